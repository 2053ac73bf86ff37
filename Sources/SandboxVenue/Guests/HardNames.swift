/// Names that are hard to show at a door. They are data from outside, as any name is.
enum HardNames {
  static let long =
    "María de los Ángeles Fernanda Ximena del Pilar Guadalupe Esperanza "
    + "Montserrat Etxeberria-Goikoetxea von Hohenlohe-Langenburg y Fernández de Córdoba-Aragón"
  static let greek = "Αλέξανδρος Παπαδόπουλος"
  static let arabic = "فاطمة الزهراء بن علي"
  static let chinese = "欧阳娜娜 王小明"
  /// Letters and their accents apart (U+0301, U+0308, U+0303).
  static let combining = "Jose\u{301} Mu\u{308}ller Nu\u{303}nez"
  /// A family joined by U+200D, a flag, and a skin tone.
  static let emoji = "Kim 👩‍👩‍👧‍👦 🇪🇸 👋🏽"
  /// Clears the screen, sets the title, breaks the line, and turns the direction of writing.
  static let hostile = "Eve\u{1B}[2J\u{1B}]0;owned\u{7}\r\nVALID\u{9B}31m\u{202E}live\u{2028}\u{0}"
  static let hostileType = "\u{1B}[42m\u{1B}[1;1HVALID\u{8}\u{8}\u{7F}%s%n\t{{type}}"
}
