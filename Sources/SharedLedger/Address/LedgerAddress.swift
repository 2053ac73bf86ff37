import CPostgres
import FoundationEssentials
import Glibc

/// Where the shared ledger is, and how to connect to it. It never prints its password.
package struct LedgerAddress: Sendable, Equatable {
  /// As libpq calls them, without the password.
  let parameters: [String: String]
  /// Nil: libpq looks into ~/.pgpass.
  let password: String?
  /// A file of passwords that libpq would not use, as others can read it; nil where there is none.
  package let openPasswordFile: String?

  /// As `sslmode` names it.
  package var encryption: String { parameters["sslmode"] ?? "" }
  /// The file of the authorities whose certificates are believed; nil where none is needed.
  package var authorities: String? { parameters["sslrootcert"] }

  /// Certificate authorities that Debian trusts.
  static let systemAuthorities = "/etc/ssl/certs/ca-certificates.crt"
  /// Where Debian's servers listen, which is where libpq looks where no host is given.
  static let defaultHost = "/var/run/postgresql"

  /// - Parameters:
  ///   - url: a connection URI, as `ledger.url` gives it. Of what it says of encryption only that counts
  ///     which is no less than checking the server's certificate and name, except to this machine; a
  ///     password in it does not count.
  ///   - password: as `ledger.password` gives it.
  ///   - home: the user's home folder, in which libpq looks for root.crt and .pgpass.
  package init(
    url: String, password: String? = nil, home: String? = nil
  ) throws(LedgerAddressError) {
    var parameters = try Self.parameters(of: url)
    for name in ["password", "sslpassword", "service"] { parameters[name] = nil }
    let host = parameters["hostaddr"] ?? parameters["host"] ?? Self.defaultHost
    if parameters["host"] == nil, parameters["hostaddr"] == nil { parameters["host"] = host }

    let isLocal = host.split(separator: ",", omittingEmptySubsequences: false)
      .allSatisfy(Self.isLocal)
    parameters["sslmode"] = isLocal ? parameters["sslmode"] ?? "prefer" : "verify-full"
    if parameters["sslrootcert"] == nil, parameters["sslmode"] == "verify-full" {
      let own = (home ?? homeFolder()) + "/.postgresql/root.crt"
      let isThere = FileManager.default.fileExists(atPath: own)
      parameters["sslrootcert"] = isThere ? own : Self.systemAuthorities
    }
    // It would wait without an end.
    parameters["gssencmode"] = "disable"
    parameters["client_encoding"] = "UTF8"
    if host.contains(","), parameters["target_session_attrs"] == nil {
      parameters["target_session_attrs"] = "read-write"
    }
    for (name, value) in Self.defaults where parameters[name] == nil { parameters[name] = value }
    self.password = password.flatMap { $0.isEmpty ? nil : $0 }
    let home = home ?? homeFolder()
    let file =
      parameters["passfile"] ?? ProcessInfo.processInfo.environment["PGPASSFILE"]
      ?? home + "/.pgpass"
    openPasswordFile = Self.isOpenToOthers(file) ? file : nil
    // Libpq would say so on standard error, which is the door's screen.
    if openPasswordFile != nil { parameters["passfile"] = "/nonexistent" }
    self.parameters = parameters
  }

  private static func isOpenToOthers(_ file: String) -> Bool {
    var status = stat()
    guard stat(file, &status) == 0 else { return false }
    return status.st_mode & S_IFMT != S_IFREG || status.st_mode & 0o077 != 0
  }

  /// A connection that nobody answers any more is found out by the kernel, too.
  private static let defaults = [
    "application_name": "doorcheck", "connect_timeout": "3", "tcp_user_timeout": "2000",
    "keepalives": "1", "keepalives_idle": "5", "keepalives_interval": "2", "keepalives_count": "3",
  ]

  private static func parameters(of url: String) throws(LedgerAddressError) -> [String: String] {
    guard url.hasPrefix("postgresql://") || url.hasPrefix("postgres://"), !url.contains("\0"),
      let options = PQconninfoParse(url, nil)
    else { throw LedgerAddressError() }
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

/// A text is no connection URI. It quotes nothing of it, as a password may stand anywhere.
package struct LedgerAddressError: Error, Sendable, Equatable {
  package var message: String {
    "ledger.url is no PostgreSQL connection URI; expected postgresql://user@host:5432/database"
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
