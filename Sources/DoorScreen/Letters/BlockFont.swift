/// Letters to be read from two metres: five rows each, made of filled cells, so that they need
/// neither colour nor a big font.
enum BlockFont {
  static let rows = 5

  /// The shape of one character.
  struct Letter: Sendable {
    /// In cells, at most 8.
    var width: Int
    /// The filled cells of each row; the lowest bit is the left edge.
    fileprivate var rows: [UInt8]
    /// Those of the row above it: the accent.
    fileprivate var above: UInt8 = 0

    func isFilled(_ x: Int, row: Int) -> Bool { rows[row] & 1 << x != 0 }
    func isFilled(above x: Int) -> Bool { above & 1 << x != 0 }
  }

  /// Nil where the font has none.
  static func letter(of character: Character) -> Letter? {
    let scalars = character.unicodeScalars
    if let only = scalars.first, scalars.count == 1 {
      if only.isASCII { return plain[Int(only.value)] }
      // As a character it is compared in its canonical form, which takes long.
      if let sign = signs[only] { return sign }
    }
    return accented[character]
  }

  private static let plain: [Letter?] = (0..<128).map { code in
    shapes[Character(Unicode.Scalar(UInt8(code)))].map(Letter.init(shape:))
  }

  private static let signs: [Unicode.Scalar: Letter] = {
    var signs: [Unicode.Scalar: Letter] = [:]
    for (character, shape) in shapes where !character.isASCII {
      for scalar in character.unicodeScalars { signs[scalar] = Letter(shape: shape) }
    }
    return signs
  }()

  /// Letters with the accents that the languages of the door have.
  private static let accented: [Character: Letter] = {
    var letters: [Character: Letter] = [:]
    for (character, shape) in shapes where character.isLetter {
      for (accent, mark) in accents {
        var letter = Letter(shape: shape)
        // An acute leans to the right of the middle, a grave to the left.
        let room = letter.width - mark.cells
        letter.above = UInt8((1 << mark.cells) - 1) << ((mark.leansRight ? room + 1 : room) / 2)
        letters[Character(String(character) + String(accent))] = letter
      }
    }
    return letters
  }()

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
    "→": ["..#..", "...#.", "#####", "...#.", "..#.."],
    "✗": ["##.##", ".###.", "..#..", ".###.", "##.##"],
    " ": ["..", "..", "..", "..", ".."],
  ]
}

extension BlockFont.Letter {
  fileprivate init(shape: [String]) {
    width = shape[0].utf8.count
    rows = shape.map { row in
      row.utf8.reversed().reduce(0) { $0 << 1 | ($1 == UInt8(ascii: "#") ? 1 : 0) }
    }
  }
}
