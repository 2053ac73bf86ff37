/// What a door's role may do in the ledger, and nothing else: `doorcheck ledger init` prints it.
enum LedgerRights {
  private static let needed: [(tables: [String], privileges: [String])] = [
    (["meta"], ["SELECT"]),
    (["admissions", "doors"], ["SELECT", "INSERT", "UPDATE", "DELETE"]),
    (["journal"], ["SELECT", "INSERT", "DELETE"]),
  ]

  /// Asks, as the door's role, for what it lacks: rows such as `INSERT on journal`.
  static let lacking: String = {
    let pairs = needed.flatMap { right in
      right.tables.flatMap { table in right.privileges.map { "('\($0)', '\(table)')" } }
    }
    return """
      SELECT privilege || ' on ' || name
      FROM (VALUES \(pairs.joined(separator: ", "))) AS needed (privilege, name)
      WHERE NOT has_table_privilege('doorcheck.' || name, privilege)
      """
  }()

  /// SQL for the owner of the schema.
  static func statements(for role: String, database: String) -> [String] {
    let role = identifier(role)
    return [
      "GRANT CONNECT ON DATABASE \(identifier(database)) TO \(role)",
      "GRANT USAGE ON SCHEMA doorcheck TO \(role)",
    ]
      + needed.map { right in
        let tables = right.tables.map { "doorcheck." + $0 }.joined(separator: ", ")
        return "GRANT \(right.privileges.joined(separator: ", ")) ON \(tables) TO \(role)"
      }
  }

  /// A name as SQL quotes it.
  private static func identifier(_ name: String) -> String {
    let isPlain = name.utf8.allSatisfy {
      (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) || $0 == UInt8(ascii: "_")
    }
    if isPlain, !name.isEmpty { return name }
    return "\""
      + name.split(separator: "\"", omittingEmptySubsequences: false)
      .joined(separator: "\"\"") + "\""
  }
}
