package import Admission
import Foundation
import GRDB

extension NightStore {
  /// Found by the code, each for itself, whatever a venue's codes have in common.
  static func nearMisses(of kinds: [PassKind]) -> String {
    """
    SELECT pass, fetched_at FROM passes
    WHERE code IN (SELECT value FROM json_each(?1)) AND kind IN \(kinds.sqlList)
    ORDER BY event_id = ?2 DESC, code LIMIT ?3
    """
  }

  /// Stored passes of some kinds whose code differs from one that was typed by hand in one character, which is
  /// another one, missing or too much, or in case alone; tonight's first. Costs about as much in a
  /// million passes as in a thousand.
  package func nearMisses(
    of code: String, eventID: String?, kinds: [PassKind] = [.pass], limit: Int
  ) async throws(StoreError) -> [StoredPass] {
    let spellings = NearMiss.spellings(of: code)
    guard !spellings.isEmpty, limit > 0 else { return [] }
    return try await read { database in
      let list = String(decoding: try JSONEncoder().encode(spellings), as: UTF8.self)
      var codes: Set<[UInt8]> = []
      return try Row.fetchAll(
        database.cachedStatement(sql: Self.nearMisses(of: kinds)),
        arguments: [list, eventID, limit]
      )
      .map {
        StoredPass(
          pass: try PassText.decode($0["pass"]),
          fetchedAt: Date(timeIntervalSince1970: $0["fetched_at"]))
      }
      .filter {
        !$0.pass.code.utf8.elementsEqual(code.utf8)
          && codes.insert(Array($0.pass.code.utf8)).inserted
      }
    }
  }
}

/// The codes that somebody may have meant who typed one wrong character.
enum NearMiss {
  /// Longer ones nobody types.
  private static let longest = 64
  /// With fewer characters, chance finds one.
  private static let shortest = 4
  /// All that is printed, but for capitals: codes are compared without regard to case.
  private static let characters = (0x21...0x7E).map { Unicode.Scalar(UInt8($0)) }
    .filter { !("A"..."Z").contains($0) }

  /// Each with one character replaced, left out or added, and the code itself.
  static func spellings(of code: String) -> [String] {
    let typed = Array(code.unicodeScalars)
    guard (shortest...longest).contains(typed.count) else { return [] }
    var spellings = [code]
    func add(_ scalars: some Sequence<Unicode.Scalar>) {
      var text = String.UnicodeScalarView()
      text.append(contentsOf: scalars)
      spellings.append(String(text))
    }
    for place in 0...typed.count {
      let (before, after) = (typed[..<place], typed[place...])
      for character in characters {
        add(before + [character] + after)
        if !after.isEmpty { add(before + [character] + after.dropFirst()) }
      }
      if !after.isEmpty { add(before + after.dropFirst()) }
    }
    return spellings
  }
}
