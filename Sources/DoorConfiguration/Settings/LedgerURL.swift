import CPostgres
import Foundation

/// Where the ledger is that several doors share: a PostgreSQL connection URI without a password.
package struct LedgerURL: Sendable, Equatable {
  /// As it was given.
  package let text: String
  /// For people: server, database and role, such as `db.example:5432/doorcheck as north`.
  package let shown: String
  /// Whom it connects as; nil: whoever runs the program.
  package let role: String?
  /// Whether every server that it names is this box: a socket, or a loopback address.
  package let isLocal: Bool

  /// Why a text is no such URI. It quotes nothing of it, as a password may stand anywhere.
  struct Fault: Error, Equatable {
    var reason: String
    /// What was probably meant.
    var suggestion: String?
  }

  /// Where Debian's server has its socket.
  static let defaultSocketFolder = "/var/run/postgresql"

  private static let schemes = ["postgresql://", "postgres://"]
  private static let sslModes = [
    "disable", "allow", "prefer", "require", "verify-ca", "verify-full",
  ]

  init(_ text: String) throws(Fault) {
    guard Self.schemes.contains(where: { text.hasPrefix($0) }) else {
      throw Fault(reason: "it does not begin with \(Self.schemes[0])")
    }
    guard text.utf8.count <= 4096, text.unicodeScalars.allSatisfy({ $0.value > 0x20 }) else {
      throw Fault(reason: "it holds blanks or control characters, or is longer than 4096 bytes")
    }
    let parameters = try Self.parameters(of: text)
    try Self.refuseSecrets(parameters)
    let servers = try Self.servers(parameters)
    isLocal = servers.allSatisfy(\.isLocal)
    let mode = parameters["sslmode"]
    if let mode, !Self.sslModes.contains(mode) {
      throw Fault(
        reason: "it has no sslmode that there is",
        suggestion: NearestName.find(mode, among: Self.sslModes))
    }
    guard isLocal || mode ?? "verify-full" == "verify-full" else {
      throw Fault(reason: "to another machine sslmode is verify-full, which it is by itself")
    }
    self.text = text
    role = parameters["user"]
    shown =
      servers.map(\.shown).joined(separator: ",")
      + ((parameters["dbname"] ?? role).map { "/\($0)" } ?? "") + (role.map { " as \($0)" } ?? "")
  }

  /// Parsed by the library that connects by it.
  private static func parameters(of text: String) throws(Fault) -> [String: String] {
    if let missing = postgres_missing() {
      throw Fault(
        reason: "PostgreSQL's library is missing; install libpq5: \(String(cString: missing))")
    }
    guard let options = PQconninfoParse(text, nil) else {
      throw unknownParameter(in: text) ?? Fault(reason: "PostgreSQL's library cannot read it")
    }
    defer { PQconninfoFree(options) }
    var parameters: [String: String] = [:]
    var option = options
    while let keyword = option.pointee.keyword {
      if let value = option.pointee.val {
        parameters[String(cString: keyword)] = String(cString: value)
      }
      option += 1
    }
    return parameters
  }

  /// A misspelt one. Only what was meant is named.
  private static func unknownParameter(in text: String) -> Fault? {
    guard let query = text.split(separator: "?", maxSplits: 1).dropFirst().first else { return nil }
    let known = knownParameters
    let names = query.split(separator: "&").map { String($0.prefix { $0 != "=" }) }
    guard let name = names.first(where: { !known.contains($0) && $0 != "ssl" }) else { return nil }
    return Fault(
      reason: "it has a parameter that PostgreSQL's library does not know",
      suggestion: NearestName.find(name, among: known))
  }

  private static var knownParameters: [String] {
    guard let options = PQconndefaults() else { return [] }
    defer { PQconninfoFree(options) }
    var names: [String] = []
    var option = options
    while let keyword = option.pointee.keyword {
      names.append(String(cString: keyword))
      option += 1
    }
    return names
  }

  private static func refuseSecrets(_ parameters: [String: String]) throws(Fault) {
    if parameters["password"] != nil {
      throw Fault(reason: "a password does not belong in it; ledger.password takes it")
    }
    if parameters["sslpassword"] != nil {
      throw Fault(reason: "a password does not belong in it; let the key of sslkey have none")
    }
    if parameters["service"] != nil || parameters["servicefile"] != nil {
      throw Fault(reason: "it names a service; write down here where the server is")
    }
  }

  private struct Server {
    var shown: String
    var isLocal: Bool
  }

  private static func servers(_ parameters: [String: String]) throws(Fault) -> [Server] {
    func list(_ name: String) -> [String]? {
      parameters[name]?.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    let names = list("host")
    // Where an address is given, too, it is the one that is gone to.
    let addresses = list("hostaddr")
    let ports = list("port") ?? [""]
    let count = addresses?.count ?? names?.count ?? 1
    guard names.map({ $0.count == count }) ?? true, ports.count == count || ports.count == 1 else {
      throw Fault(reason: "it does not have as many ports or addresses as hosts")
    }
    var servers: [Server] = []
    for index in 0..<count {
      let port = ports[ports.count == 1 ? 0 : index]
      if !port.isEmpty {
        guard let number = Int(port), (1...65_535).contains(number) else {
          throw Fault(reason: "there is no such port")
        }
      }
      let name = names?[index] ?? ""
      let address = addresses?[index] ?? ""
      let goal = address.isEmpty ? name : address
      let isSocket = goal.isEmpty || goal.hasPrefix("/") || goal.hasPrefix("@")
      let shown = goal.isEmpty ? defaultSocketFolder : name.isEmpty ? address : name
      servers.append(
        Server(
          shown: port.isEmpty ? shown : "\(shown):\(port)",
          isLocal: isSocket || goal.isLoopbackHost))
    }
    return servers
  }
}
