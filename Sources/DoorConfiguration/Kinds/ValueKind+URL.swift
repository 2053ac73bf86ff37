import Foundation

extension ValueKind where Value == URL {
  /// Where the service is. The key travels with each request: in the clear only on this box.
  static var serviceURL: Self {
    let expectation = "an https URL (http only to a loopback address) without query or fragment"
    return Self(expectation: expectation, spell: \.absoluteString) { text throws(ValueRefusal) in
      let trimmed = text.trimmingCharacters(in: .whitespaces)
      // An @ may follow a password, and a key may hide in a query.
      var refusal = ValueRefusal(
        expected: expectation, hidesValue: trimmed.contains { "@?#".contains($0) })
      guard let url = URL(string: trimmed, encodingInvalidCharacters: false),
        let scheme = url.scheme?.lowercased(), let host = url.host(), !host.isEmpty
      else { throw refusal }
      refusal.reason = fault(of: url, scheme: scheme, host: host)
      guard refusal.reason == nil else { throw refusal }
      return withoutFinalSlashes(trimmed) ?? url
    }
  }

  private static func fault(of url: URL, scheme: String, host: String) -> String? {
    if url.user() != nil || url.password() != nil {
      return "a user name or password does not belong in it"
    }
    if url.query() != nil || url.fragment() != nil { return "it has a query or a fragment" }
    if let port = url.port, !(1...65_535).contains(port) { return "there is no such port" }
    switch scheme {
    case "https": return nil
    case "http":
      return host.isLoopbackHost
        ? nil : "plain http would send the key through the network readably"
    default: return "it is neither https nor http"
    }
  }

  /// So that a path can follow.
  private static func withoutFinalSlashes(_ text: String) -> URL? {
    var text = text[...]
    while text.hasSuffix("/") { text.removeLast() }
    return URL(string: String(text), encodingInvalidCharacters: false)
  }
}
