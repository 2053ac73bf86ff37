import Admission

/// A scan that lacks one or two characters of a code, at its beginning, its end or both, as from a
/// wireless scanner that had to wake up.
enum CutCode {
  /// With fewer characters left, chance finds one.
  private static let fewestLeft = 6
  private static let mostLost = 2
  /// A venue whose codes all begin alike is not searched whole.
  static let mostCandidates = 1_000

  static func isLongEnough(_ scan: String) -> Bool { scan.utf8.count >= fewestLeft }

  /// Where in the store's indexes codes stand that the scan may have been cut from: a column, and
  /// what it begins with.
  static func ranges(for scan: String) -> [(column: String, beginning: String)] {
    [
      ("code", scan), ("substr(code, 3)", scan), ("substr(code, 3)", String(scan.dropFirst())),
    ]
  }

  static func search(_ column: String) -> String {
    """
    SELECT code FROM (
      SELECT code, event_id FROM passes
      WHERE \(column) COLLATE NOCASE >= ?1 AND \(column) COLLATE NOCASE < ?2
      LIMIT \(mostCandidates))
    WHERE event_id = ?3
    """
  }

  static func `is`(_ scan: String, cutOf code: String) -> Bool {
    let lost = code.utf8.count - scan.utf8.count
    guard isLongEnough(scan), (1...mostLost).contains(lost) else { return false }
    return (0...lost).contains { first in
      let rest = code.utf8.dropFirst(first).dropLast(lost - first)
      return isSameCode(String(decoding: rest, as: UTF8.self), scan)
    }
  }
}
