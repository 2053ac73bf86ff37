/// A regular expression, as far as it is understood to make texts that it likes.
indirect enum PatternPiece {
  case literal(Unicode.Scalar)
  /// Any of some scalars: a few of those that a class holds.
  case anyOf([Unicode.Scalar])
  case group(alternatives: [[PatternPiece]])
  /// `body` at least so many times, and more if `isOpen`.
  case repeated(PatternPiece, minimum: Int, isOpen: Bool)

  /// The shortest text that it likes: nothing where nothing is needed.
  var lean: String { text { minimum in minimum } }

  /// A text with everything in it at least once.
  var full: String { text { minimum in max(1, minimum) } }

  /// Different texts that it likes, to be repeated.
  var pumps: [String] {
    switch self {
    case .literal: [lean]
    case .anyOf(let scalars): scalars.map { String($0) }
    case .group(let alternatives):
      alternatives.flatMap { [Self.text(of: $0, \.lean), Self.text(of: $0, \.full)] }
    case .repeated(let body, _, _): body.pumps
    }
  }

  /// The longest text made of a piece: nested counts multiply.
  private static let longestText = 64

  private func text(count: (_ minimum: Int) -> Int) -> String {
    switch self {
    case .literal(let scalar): String(scalar)
    case .anyOf(let scalars): scalars.first.map { String($0) } ?? ""
    case .group(let alternatives):
      Self.text(of: alternatives.first ?? []) { $0.text(count: count) }
    case .repeated(let body, let minimum, _):
      Self.cut(
        String(repeating: body.text(count: count), count: min(count(minimum), Self.longestText)))
    }
  }

  private static func text(of pieces: [PatternPiece], _ text: (PatternPiece) -> String) -> String {
    pieces.reduce("") { cut($0 + text($1)) }
  }

  private static func cut(_ text: String) -> String {
    String(text.unicodeScalars.prefix(longestText))
  }
}
