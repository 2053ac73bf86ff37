/// What a door's role may do in the ledger, and nothing else: `doorcheck ledger init` prints it.
enum LedgerRights {
  /// SQL for the owner of the schema.
  static func statements(for role: String, database: String) -> [String] {
    let role = identifier(role)
    return [
      "GRANT CONNECT ON DATABASE \(identifier(database)) TO \(role)",
      "GRANT USAGE ON SCHEMA doorcheck TO \(role)",
      "GRANT SELECT ON doorcheck.meta TO \(role)",
      "GRANT SELECT, INSERT, UPDATE, DELETE ON doorcheck.admissions, doorcheck.doors TO \(role)",
      "GRANT SELECT, INSERT, DELETE ON doorcheck.journal TO \(role)",
    ]
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
