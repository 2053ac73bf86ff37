/// What somebody probably meant to write.
package enum NearestName {
  /// The name nearest to what was written, if it is near enough to be a slip of the hand.
  package static func find(_ written: String, among names: [String]) -> String? {
    var best: (name: String, distance: Int)?
    for name in names {
      guard let distance = distance(from: written, to: name) else { continue }
      if distance < best?.distance ?? .max { best = (name, distance) }
    }
    return best?.name
  }

  /// How many slips lead from one to the other; nil where that is too many to be slips. Case, and
  /// blanks or dashes for underscores, count as nothing.
  static func distance(from written: String, to name: String) -> Int? {
    let written = folded(written)
    let name = folded(name)
    // Longer is no slip of any name, and comparing would take its time.
    guard written.count <= 64 else { return nil }
    let limit = min(3, max(1, written.count / 3))
    guard abs(written.count - name.count) <= limit else { return nil }
    let distance = slips(written, name)
    return distance <= limit && distance < max(written.count, name.count) ? distance : nil
  }

  private static func folded(_ text: String) -> [Character] {
    text.lowercased().map { $0 == "-" || $0 == " " ? "_" : $0 }
  }

  /// Damerau–Levenshtein: a character more, less or other, and two neighbours swapped, are one each.
  private static func slips(_ first: [Character], _ second: [Character]) -> Int {
    var beforePrevious: [Int] = []
    var previous = Array(0...second.count)
    for i in 0..<first.count {
      var row = [i + 1]
      for j in 0..<second.count {
        var cost = previous[j] + (first[i] == second[j] ? 0 : 1)
        cost = min(cost, previous[j + 1] + 1, row[j] + 1)
        if i > 0, j > 0, first[i] == second[j - 1], first[i - 1] == second[j] {
          cost = min(cost, beforePrevious[j - 1] + 1)
        }
        row.append(cost)
      }
      beforePrevious = previous
      previous = row
    }
    return previous[second.count]
  }
}
