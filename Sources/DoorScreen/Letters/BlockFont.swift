import Foundation

/// Letters to be read from two metres: five rows each, made of filled cells, so that they need
/// neither colour nor a big font.
enum BlockFont {
  static let rows = 5

  /// The shape of a character without its accent, row by row; nil where the font has none.
  static func shape(of character: Character) -> [String]? { shapes[parts(of: character).base] }

  /// Which cells of the row above a letter are filled, from its left edge on; nil for a letter without
  /// an accent. Full blocks alone: a console's font has no halves of them.
  static func accent(of character: Character) -> [Bool]? {
    let parts = parts(of: character)
    guard let mark = parts.accent.flatMap({ accents[$0] }), let width = shapes[parts.base]?[0].count
    else { return nil }
    // An acute leans to the right of the middle, a grave to the left.
    let room = width - mark.cells
    let before = mark.leansRight ? (room + 1) / 2 : room / 2
    return Array(repeating: false, count: before) + Array(repeating: true, count: mark.cells)
  }

  private static func parts(of character: Character) -> (base: Character, accent: Unicode.Scalar?) {
    if shapes[character] != nil { return (character, nil) }
    let scalars = String(character).decomposedStringWithCanonicalMapping.unicodeScalars
    guard scalars.count == 2, let base = scalars.first, let accent = scalars.last else {
      return (character, nil)
    }
    return (Character(base), accent)
  }

  private static let accents: [Unicode.Scalar: (cells: Int, leansRight: Bool)] = [
    "\u{300}": (2, false), "\u{301}": (2, true), "\u{302}": (3, false), "\u{303}": (3, false),
    "\u{308}": (3, false),
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
    "P": ["####.", "#..##", "####.", "#....", "#...."],
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
    "-": ["...", "...", "###", "...", "..."],
    "'": ["#", "#", ".", ".", "."],
    ".": [".", ".", ".", ".", "#"],
    "✓": ["....#", "...##", "#.##.", "###..", ".#..."],
    "✗": ["##.##", ".###.", "..#..", ".###.", "##.##"],
    " ": ["..", "..", "..", "..", ".."],
  ]
}
