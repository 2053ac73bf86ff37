import Testing

@testable import Fourvenues

@Suite struct PercentEncodingTests {
  @Test(arguments: [
    ("AZaz09-_~", "AZaz09-_~"), ("..", "%2E%2E"), ("a/b?c#d%", "a%2Fb%3Fc%23d%25"),
    ("a b+c&d=e", "a%20b%2Bc%26d%3De"), ("é\u{0}\n", "%C3%A9%00%0A"), ("", ""),
  ])
  func `Any code is encoded as one path component`(text: String, encoded: String) {
    #expect(text.percentEncoded == encoded)
  }
}
