/// What a scanner puts around a code, apart from what is always taken off (Contract: Scans).
struct Affixes: Equatable {
  /// `]`, a letter, a letter or digit.
  var aimIdentifier: String?
  var prefix: String
  var suffix: String

  init(of arrived: [Unicode.Scalar], around code: Range<Int>) {
    var before = String(String.UnicodeScalarView(arrived[..<code.lowerBound])).unicodeScalars[...]
    aimIdentifier = Self.dropIdentifiers(from: &before)
    prefix = String(before)
    suffix = String(
      String.UnicodeScalarView(
        arrived[code.upperBound...].reversed().drop(while: CodeCleaner.isBlank).reversed()))
  }

  /// What is left of a scan once everything has gone that is always taken off.
  static func code(in text: String) -> [Unicode.Scalar] {
    var scalars = text.unicodeScalars[...]
    _ = dropIdentifiers(from: &scalars)
    return scalars.reversed().drop(while: CodeCleaner.isBlank).reversed()
  }

  /// In the cleaner's order: blanks, AIM identifier, ECI prefix.
  /// - Returns: the AIM identifier.
  private static func dropIdentifiers(from scalars: inout Substring.UnicodeScalarView) -> String? {
    scalars = scalars.drop(while: CodeCleaner.isBlank)
    let all = scalars
    CodeCleaner.dropAIMIdentifier(&scalars)
    let identifier = all[..<scalars.startIndex]
    CodeCleaner.dropECIPrefix(&scalars)
    return identifier.isEmpty ? nil : String(identifier)
  }
}
