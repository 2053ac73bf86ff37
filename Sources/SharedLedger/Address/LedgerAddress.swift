import CPostgres
import FoundationEssentials

/// Where the shared ledger is, and how to connect to it. It never prints its password.
package struct LedgerAddress: Sendable, Equatable {
  /// As libpq calls them, without the password.
  let parameters: [String: String]
  /// Nil: libpq looks into ~/.pgpass.
  let password: String?

  /// As `sslmode` names it.
  package var encryption: String { parameters["sslmode"] ?? "" }
  /// The file of the authorities whose certificates are believed; nil where none is needed.
  package var authorities: String? { parameters["sslrootcert"] }

  /// Certificate authorities that Debian trusts.
  static let systemAuthorities = "/etc/ssl/certs/ca-certificates.crt"
  /// Where Debian's servers listen, which is where libpq looks where no host is given.
  static let defaultHost = "/var/run/postgresql"

  /// - Parameters:
  ///   - url: a connection URI without a password, as `ledger.url` gives it.
  ///   - password: as `ledger.password` gives it.
  ///   - home: the user's home folder, in which libpq looks for root.crt and .pgpass.
  package init(
    url: String, password: String? = nil, home: String? = nil
  ) throws(LedgerAddressError) {
    var parameters = try Self.parameters(of: url)
    guard parameters["password"] == nil, parameters["sslpassword"] == nil else {
      throw .passwordInURL
    }
    if parameters["service"] != nil { throw .unusable(parameter: "service") }
    let host = parameters["hostaddr"] ?? parameters["host"] ?? Self.defaultHost
    if parameters["host"] == nil, parameters["hostaddr"] == nil { parameters["host"] = host }

    let isLocal = host.split(separator: ",", omittingEmptySubsequences: false)
      .allSatisfy(Self.isLocal)
    if let mode = parameters["sslmode"], mode != "verify-full", !isLocal {
      throw .weakEncryption(mode: mode)
    }
    parameters["sslmode"] = parameters["sslmode"] ?? (isLocal ? "prefer" : "verify-full")
    if parameters["sslrootcert"] == nil {
      let own = (home ?? homeFolder()) + "/.postgresql/root.crt"
      let file = FileManager.default.fileExists(atPath: own) ? own : Self.systemAuthorities
      if parameters["sslmode"] == "verify-full" { parameters["sslrootcert"] = file }
    }
    // It would wait without an end.
    parameters["gssencmode"] = "disable"
    parameters["client_encoding"] = "UTF8"
    if host.contains(","), parameters["target_session_attrs"] == nil {
      parameters["target_session_attrs"] = "read-write"
    }
    for (name, value) in Self.defaults where parameters[name] == nil { parameters[name] = value }
    self.parameters = parameters
    self.password = password.flatMap { $0.isEmpty ? nil : $0 }
  }

  /// A connection that nobody answers any more is found out by the kernel, too.
  private static let defaults = [
    "application_name": "doorcheck", "connect_timeout": "3", "tcp_user_timeout": "2000",
    "keepalives": "1", "keepalives_idle": "5", "keepalives_interval": "2", "keepalives_count": "3",
  ]

  /// What libpq says of a faulty URI holds the URI, so none of it but a parameter's name is told.
  private static func parameters(of url: String) throws(LedgerAddressError) -> [String: String] {
    guard url.hasPrefix("postgresql://") || url.hasPrefix("postgres://"), !url.contains("\0") else {
      throw .notAURI
    }
    var message: UnsafeMutablePointer<CChar>?
    guard let options = PQconninfoParse(url, &message) else {
      defer { PQfreemem(message) }
      let text = message.map { String(cString: $0) } ?? ""
      let start = "invalid URI query parameter: \""
      guard let name = text.split(separator: start, maxSplits: 1).last, text.hasPrefix(start) else {
        throw .notAURI
      }
      throw .unknownParameter(String(name.prefix { $0 != "\"" }.prefix(40)))
    }
    defer { PQconninfoFree(options) }
    var parameters: [String: String] = [:]
    var option = options
    while let keyword = option.pointee.keyword {
      if let value = option.pointee.val, value.pointee != 0 {
        parameters[String(cString: keyword)] = String(cString: value)
      }
      option += 1
    }
    return parameters
  }

  /// Whether it is a socket of this machine, or its loopback interface.
  private static func isLocal(_ host: Substring) -> Bool {
    if host.isEmpty || host.hasPrefix("/") || host.hasPrefix("@") { return true }
    if host.lowercased() == "localhost" || host == "::1" { return true }
    let numbers = host.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
    return numbers.count == 4 && numbers[0] == 127 && numbers.allSatisfy { $0 != nil }
  }
}

/// Why `ledger.url` cannot be used.
package enum LedgerAddressError: Error, Sendable, Equatable {
  case notAURI
  case unknownParameter(String)
  /// It could lead anywhere, so it is refused.
  case unusable(parameter: String)
  case passwordInURL
  /// Without checking the server's certificate and name.
  case weakEncryption(mode: String)

  /// What to tell the operator. It holds nothing of the URL that could be a secret.
  package var message: String {
    switch self {
    case .notAURI:
      "ledger.url is no PostgreSQL connection URI; expected postgresql://user@host:5432/database"
    case .unknownParameter(let name): "ledger.url has a parameter that libpq does not know: \(name)"
    case .unusable(let parameter): "ledger.url must name the server itself, without \(parameter)"
    case .passwordInURL:
      "ledger.url holds a password; put it into ledger.password or ~/.pgpass instead"
    case .weakEncryption(let mode):
      """
      ledger.url says sslmode=\(mode.prefix(20)), which does not check the server's certificate; \
      a host that is not this machine needs verify-full
      """
    }
  }
}

extension LedgerAddress: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// The user, host and database, without anything secret.
  package var description: String {
    let host = parameters["host"] ?? parameters["hostaddr"] ?? Self.defaultHost
    let user = parameters["user"].map { $0 + "@" } ?? ""
    return "\(user)\(host):\(parameters["port"] ?? "5432")/\(parameters["dbname"] ?? "")"
  }
  package var debugDescription: String { description }
  package var customMirror: Mirror { Mirror(self, children: []) }
}

/// As libpq finds it.
private func homeFolder() -> String {
  ProcessInfo.processInfo.environment["HOME"] ?? ""
}
