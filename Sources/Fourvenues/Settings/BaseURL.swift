import FoundationEssentials

/// The address that every path is appended to. Only ever https, or http on this very machine, since
/// the key travels with every request.
package struct BaseURL: Sendable, Equatable, CustomStringConvertible {
  /// Without a slash at its end.
  package let description: String

  package init(_ text: String) throws(FourvenuesConfigurationError) {
    guard let parts = URLComponents(string: text), let scheme = parts.scheme?.lowercased(),
      let host = parts.host?.lowercased(), !host.isEmpty
    else { throw .malformedURL }
    if parts.user != nil || parts.password != nil { throw .userInfoInURL }
    guard Self.isPlain(host), parts.query == nil, parts.fragment == nil,
      (1...65_535).contains(parts.port ?? 443)
    else { throw .malformedURL }
    guard scheme == "https" || scheme == "http" && Self.isLoopback(host) else {
      throw .insecureURL
    }
    var path = parts.percentEncodedPath
    while path.hasSuffix("/") { path.removeLast() }
    let port = parts.port.map { ":\($0)" } ?? ""
    description = "\(scheme)://\(host)\(port)\(path)"
  }

  /// A name or an address as it stands in the name system: a host of any other letters (written in
  /// its own script, or with blanks in it) would be understood differently by different readers.
  private static func isPlain(_ host: String) -> Bool {
    let inside =
      host.hasPrefix("[") && host.hasSuffix("]") ? host.dropFirst().dropLast() : host[...]
    let isAddress = inside.utf8.count < host.utf8.count
    return !inside.isEmpty
      && inside.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
          UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"):
          true
        case UInt8(ascii: ":"): isAddress
        default: false
        }
      }
  }

  /// 127.0.0.0/8 in four decimal parts, ::1, or localhost.
  private static func isLoopback(_ host: String) -> Bool {
    if host == "localhost" || host == "[::1]" { return true }
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
    let numbers = parts.compactMap { part -> UInt8? in
      // A leading zero reads as octal in some places.
      part.count > 1 && part.hasPrefix("0") ? nil : UInt8(part)
    }
    return parts.count == 4 && numbers.count == 4 && numbers[0] == 127
  }
}
