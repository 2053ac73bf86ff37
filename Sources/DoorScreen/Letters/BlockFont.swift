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
    if let ascii = character.asciiValue { return plain[Int(ascii)] }
    return beyondASCII[character]
  }

  private static let plain: [Letter?] = (0..<128).map { code in
    shapes[Character(Unicode.Scalar(UInt8(code)))].map(Letter.init(shape:))
  }

  /// Signs, and letters with the accents that the languages of the door have.
  private static let beyondASCII: [Character: Letter] = {
    var letters: [Character: Letter] = [:]
    for (character, shape) in shapes {
      if !character.isASCII { letters[character] = Letter(shape: shape) }
      for (accent, mark) in accents where character.isLetter {
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
