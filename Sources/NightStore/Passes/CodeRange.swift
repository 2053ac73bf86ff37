import Admission

/// Where in the store's indexes codes stand that may nearly be one that was scanned.
struct CodeRange: Equatable {
  /// What is indexed: the code, or the rest of it.
  var column = "code"
  var beginning: String

  /// A venue whose codes all begin alike is not searched whole.
  private static let mostCandidates = 1_000

  func search(of kinds: [PassKind]) -> String {
    """
    SELECT code FROM (
      SELECT code, event_id, kind FROM passes
      WHERE \(column) COLLATE NOCASE >= ?1 AND \(column) COLLATE NOCASE < ?2
      LIMIT \(Self.mostCandidates))
    WHERE event_id = ?3 AND kind IN \(kinds.sqlList)
    """
  }
}

/// A scan that lacks one or two characters of a code, at its beginning, its end or both, as from a
/// wireless scanner that had to wake up.
enum CutCode {
  /// With fewer characters left, chance finds one.
  private static let fewestLeft = 6
  private static let mostLost = 2

  static func ranges(for scan: String) -> [CodeRange] {
    guard scan.unicodeScalars.count >= fewestLeft else { return [] }
    let rest = String(scan.unicodeScalars.dropFirst())
    return [
      CodeRange(beginning: scan), CodeRange(column: "substr(code, 3)", beginning: scan),
      CodeRange(column: "substr(code, 3)", beginning: rest),
    ]
  }

  static func `is`(_ scan: String, cutOf code: String) -> Bool {
    let scalars = code.unicodeScalars
    let left = scan.unicodeScalars.count
    let lost = scalars.count - left
    guard left >= fewestLeft, (1...mostLost).contains(lost) else { return false }
    return (0...lost).contains { first in
      isSameCode(String(String.UnicodeScalarView(scalars.dropFirst(first).prefix(left))), scan)
    }
  }
}

/// A scan whose letters have another case than the code's, where that is not told by ASCII alone.
enum OtherCase {
  static func ranges(for scan: String) -> [CodeRange] {
    let ascii = scan.unicodeScalars.prefix { $0.isASCII }
    guard let next = scan.unicodeScalars.dropFirst(ascii.count).first else { return [] }
    let beginning = String(ascii)
    if !beginning.isEmpty { return [CodeRange(beginning: beginning)] }
    let letters = [next.properties.lowercaseMapping, next.properties.uppercaseMapping]
    return letters.map { CodeRange(beginning: $0) }
  }

  static func `is`(_ scan: String, of code: String) -> Bool {
    folded(scan) == folded(code) && !scan.utf8.elementsEqual(code.utf8)
  }

  private static func folded(_ code: String) -> [Unicode.Scalar] {
    code.unicodeScalars.flatMap { $0.properties.lowercaseMapping.unicodeScalars }
  }
}
