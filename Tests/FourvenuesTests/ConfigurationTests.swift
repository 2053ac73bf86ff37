import Fourvenues
import Testing

/// The settings `fourvenues.*` (Contract: Configuration) (FourvenuesAPI: Bases and credentials).
@Suite struct ConfigurationTests {
  private func configuration(
    _ url: String = "https://api.fourvenues.com/integrations",
    _ credentials: Credentials = Credentials(apiKey: "k")
  ) throws(FourvenuesConfigurationError) -> FourvenuesConfiguration {
    try FourvenuesConfiguration(baseURL: url, credentials: credentials)
  }

  @Test(arguments: [
    ("https://api.fourvenues.com/integrations", "https://api.fourvenues.com/integrations"),
    ("https://api.fourvenues.com/integrations//", "https://api.fourvenues.com/integrations"),
    ("HTTPS://Api.Fourvenues.com", "https://api.fourvenues.com"),
    ("https://10.0.0.1:8443/x", "https://10.0.0.1:8443/x"),
    ("http://127.0.0.1:8080/x/", "http://127.0.0.1:8080/x"),
    ("http://127.255.255.254", "http://127.255.255.254"),
    ("http://[::1]:80", "http://[::1]:80"), ("http://LOCALHOST:1", "http://localhost:1"),
  ])
  func `Safe addresses are accepted`(url: String, base: String) throws {
    #expect(try configuration(url).baseURL.description == base)
  }

  @Test(arguments: [
    ("http://api.fourvenues.com", FourvenuesConfigurationError.insecureURL),
    ("http://10.0.0.1", .insecureURL), ("http://0.0.0.0", .insecureURL),
    ("http://128.0.0.1", .insecureURL), ("http://127.0.0.1.evil.example", .insecureURL),
    ("http://localhost.evil.example", .insecureURL), ("http://127.1", .insecureURL),
    ("http://0127.0.0.1", .insecureURL), ("http://127.0.0.01", .insecureURL),
    ("http://127.0.0.256", .insecureURL), ("http://127.0.0", .insecureURL),
    ("http://[::2]", .insecureURL), ("http://[::ffff:10.0.0.1]", .insecureURL),
    ("ftp://127.0.0.1", .insecureURL), ("unix://127.0.0.1", .insecureURL),
    ("http+unix://localhost", .insecureURL),
    ("https://user@h.example", .userInfoInURL), ("https://u:p@h.example", .userInfoInURL),
    ("http://127.0.0.1\\@evil.example", .userInfoInURL), ("https://:p@h.example", .userInfoInURL),
    ("", .malformedURL), ("api.fourvenues.com", .malformedURL), ("//h.example", .malformedURL),
    ("https://", .malformedURL), ("https:///x", .malformedURL), ("https:h", .malformedURL),
    ("https://h.example/?key=1", .malformedURL), ("https://h.example/#x", .malformedURL),
    ("https://h .example", .malformedURL), ("https://exämple.de", .malformedURL),
    ("https://h.example:0", .malformedURL), ("https://h.example:65536", .malformedURL),
    ("https://h.example\r\nx: y", .malformedURL), ("http://127.0.0.1%2eevil.example", .insecureURL),
  ])
  func `Unsafe and malformed addresses are refused`(
    url: String, error: FourvenuesConfigurationError
  ) {
    #expect(throws: error) { try configuration(url) }
  }

  @Test(
    arguments: [
      (nil, nil, nil, FourvenuesConfigurationError.noCompleteCredentials),
      ("", "", "", .noCompleteCredentials), (nil, "i", nil, .noCompleteCredentials),
      (nil, nil, "s", .noCompleteCredentials),
      ("a\n", nil, nil, .unprintableCredential(header: "x-api-key")),
      ("a", "i", "s\r\nx: y", .unprintableCredential(header: "secret")),
      (nil, "é", "s", .unprintableCredential(header: "integration_id")),
      ("a", nil, nil, nil), (nil, "i", "s", nil), ("a", "i", nil, nil), ("a", "i", "s", nil),
    ] as [(String?, String?, String?, FourvenuesConfigurationError?)])
  func `Only complete credentials are accepted`(
    key: String?, id: String?, secret: String?, error: FourvenuesConfigurationError?
  ) {
    let credentials = Credentials(apiKey: key, integrationID: id, secret: secret)
    var thrown: FourvenuesConfigurationError?
    do throws(FourvenuesConfigurationError) {
      _ = try configuration("https://h.example", credentials)
    } catch {
      thrown = error
    }
    #expect(thrown == error)
  }

  @Test func `Deadline and rate have their ranges`() {
    for (deadline, rate, error) in [
      (Duration.zero, 9, FourvenuesConfigurationError.deadlineNotPositive),
      (.milliseconds(-1), 9, .deadlineNotPositive), (.seconds(1), 0, .rateOutOfRange),
      (.seconds(1), 10_001, .rateOutOfRange),
    ] {
      #expect(throws: error) {
        try FourvenuesConfiguration(
          baseURL: "https://h.example", credentials: Credentials(apiKey: "k"), deadline: deadline,
          requestsPerSecond: rate)
      }
    }
  }

  @Test func `Nothing prints a secret`() throws {
    let credentials = Credentials(apiKey: "hush-1", integrationID: "hush-2", secret: "hush-3")
    let configuration = try configuration("https://h.example", credentials)
    var dumped = ""
    dump(configuration, to: &dumped)
    dump(credentials, to: &dumped)
    dumped += "\(configuration) \(credentials) \(String(reflecting: configuration))"
    dumped += String(reflecting: credentials) + "\(Optional(credentials) as Any) \([credentials])"
    #expect(dumped.contains("h.example"))
    #expect(!dumped.contains("hush"))
  }
}
