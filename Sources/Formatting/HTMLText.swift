/// Markup that is ready to be joined: every text in it has been made harmless.
package struct HTMLText: Equatable, ExpressibleByStringInterpolation, CustomStringConvertible {
  package private(set) var description: String

  /// Our own markup.
  package init(stringLiteral markup: StaticString) { description = "\(markup)" }

  /// Whatever is put into markup is escaped, unless it is markup itself.
  package init(stringInterpolation interpolation: Interpolation) {
    description = interpolation.markup
  }

  package static func joined(_ parts: [HTMLText]) -> HTMLText {
    var whole: HTMLText = ""
    whole.description = parts.map(\.description).joined(separator: "\n")
    return whole
  }

  package struct Interpolation: StringInterpolationProtocol {
    fileprivate var markup = ""

    package init(literalCapacity: Int, interpolationCount: Int) {
      markup.reserveCapacity(literalCapacity + 16 * interpolationCount)
    }

    package mutating func appendLiteral(_ literal: StaticString) { markup += "\(literal)" }

    package mutating func appendInterpolation(_ text: String) { markup += HTMLText.escaped(text) }

    package mutating func appendInterpolation(_ number: Int) { markup += "\(number)" }

    /// A length in a drawing, to a tenth.
    package mutating func appendInterpolation(_ length: Double) {
      markup += "\((length * 10).rounded() / 10)"
    }

    /// The data of a drawn path, which is longer than any text is shown.
    package mutating func appendInterpolation(path: String) {
      markup += path.filter { "MmHhVvLlZz0123456789-. ".contains($0) }
    }

    package mutating func appendInterpolation(_ part: HTMLText) { markup += part.description }

    package mutating func appendInterpolation(_ parts: [HTMLText]) {
      markup += HTMLText.joined(parts).description
    }
  }

  /// Also safe inside quotes, and without what could turn the writing direction.
  private static func escaped(_ text: String) -> String {
    var escaped = ""
    for scalar in DisplayText.cleaned(text).unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "'": escaped += "&#39;"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}
