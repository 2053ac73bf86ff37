import Foundation

/// Letters to be read from two metres: five rows each, made of filled cells, so that they need
/// neither colour nor a big font.
enum BlockFont {
  static let rows = 5

  /// The shape of a character without its accent, row by row; nil where the font has none.
  static func shape(of character: Character) -> [String]? { shapes[parts(of: character).base] }

  /// What stands above a letter, column by column, in half cells: the lower or the upper half, or a
  /// dot for nothing. Nil for a letter without an accent.
  static func accent(of character: Character) -> String? {
    let parts = parts(of: character)
    guard let mark = parts.accent.flatMap({ accents[$0] }), let width = shapes[parts.base]?[0].count
    else { return nil }
    // An acute leans to the right of the middle.
    let before = (width - mark.count + (mark == acute ? 1 : 0)) / 2
    return String(repeating: ".", count: before) + mark
  }

  private static func parts(of character: Character) -> (base: Character, accent: Unicode.Scalar?) {
    if shapes[character] != nil { return (character, nil) }
    let scalars = String(character).decomposedStringWithCanonicalMapping.unicodeScalars
    guard scalars.count == 2, let base = scalars.first, let accent = scalars.last else {
      return (character, nil)
    }
    return (Character(base), accent)
  }

  private static let acute = "▄▀"
  private static let accents: [Unicode.Scalar: String] = [
    "\u{300}": "▀▄", "\u{301}": acute, "\u{302}": "▄▀▄",
  ]

  private static let shapes: [Character: [String]] = [
    "A": [".###.", "#...#", "#####", "#...#", "#...#"],
    "B": ["####.", "#...#", "####.", "#...#", "####."],
    "C": [".####", "#....", "#....", "#....", ".####"],
    "D": ["####.", "#...#", "#...#", "#...#", "####."],
    "E": ["####", "#...", "###.", "#...", "####"],
    "F": ["####", "#...", "###.", "#...", "#..."],
    "G": [".####", "#....", "#..##", "#...#", ".####"],
    "H": ["#...#", "#...#", "#####", "#...#", "#...#"],
    "I": ["###", ".#.", ".#.", ".#.", "###"],
    "J": ["..###", "...#.", "...#.", "#..#.", ".##.."],
    "K": ["#...#", "#..#.", "###..", "#..#.", "#...#"],
    "L": ["#...", "#...", "#...", "#...", "####"],
    "M": ["#...#", "##.##", "#.#.#", "#...#", "#...#"],
    "N": ["#...#", "##..#", "#.#.#", "#..##", "#...#"],
    "O": [".###.", "#...#", "#...#", "#...#", ".###."],
    "P": ["####.", "#...#", "####.", "#....", "#...."],
    "Q": [".###.", "#...#", "#.#.#", "#..#.", ".##.#"],
    "R": ["####.", "#...#", "####.", "#..#.", "#...#"],
    "S": [".####", "#....", ".###.", "....#", "####."],
    "T": ["#####", "..#..", "..#..", "..#..", "..#.."],
    "U": ["#...#", "#...#", "#...#", "#...#", ".###."],
    "V": ["#...#", "#...#", "#...#", ".#.#.", "..#.."],
    "W": ["#...#", "#...#", "#.#.#", "##.##", "#...#"],
    "X": ["#...#", ".#.#.", "..#..", ".#.#.", "#...#"],
    "Y": ["#...#", ".#.#.", "..#..", "..#..", "..#.."],
    "Z": ["#####", "...#.", "..#..", ".#...", "#####"],
    "0": [".##.", "#..#", "#..#", "#..#", ".##."],
    "1": [".#.", "##.", ".#.", ".#.", "###"],
    "2": ["###.", "...#", ".##.", "#...", "####"],
    "3": ["###.", "...#", ".##.", "...#", "###."],
    "4": ["#..#", "#..#", "####", "...#", "...#"],
    "5": ["####", "#...", "###.", "...#", "###."],
    "6": [".##.", "#...", "###.", "#..#", ".##."],
    "7": ["####", "...#", "..#.", ".#..", ".#.."],
    "8": [".##.", "#..#", ".##.", "#..#", ".##."],
    "9": [".##.", "#..#", ".###", "...#", ".##."],
    "¿": [".#..", "....", ".#..", "#..#", ".##."],
    "?": [".##.", "#..#", "..#.", "....", "..#."],
    "=": ["....", "####", "....", "####", "...."],
    "✓": ["....#", "...##", "#.##.", "###..", ".#..."],
    "✗": ["##.##", ".###.", "..#..", ".###.", "##.##"],
    " ": ["..", "..", "..", "..", ".."],
  ]
}
