package import Foundation

/// One JSON object on one line, its fields in the order in which they were added.
package struct JSONLine {
  private var fields: [String] = []

  package init() {}

  package mutating func add(_ name: String, _ value: String?) {
    add(name, literal: value.map(Self.quoted))
  }

  package mutating func add(_ name: String, _ value: Int?) {
    add(name, literal: value.map(String.init))
  }

  package mutating func add(_ name: String, _ value: Bool) {
    add(name, literal: value ? "true" : "false")
  }

  package mutating func add(_ name: String, _ value: Decimal?) {
    add(name, literal: value.map { "\($0)" })
  }

  package mutating func add(_ name: String, _ values: [String]?) {
    add(name, literal: values.map { "[\($0.map(Self.quoted).joined(separator: ","))]" })
  }

  private mutating func add(_ name: String, literal: String?) {
    fields.append("\(Self.quoted(name)):\(literal ?? "null")")
  }

  package var text: String { "{\(fields.joined(separator: ","))}" }

  /// A JSON string in which whatever could end a line, move a cursor or turn the writing direction
  /// is written as `\u` and four digits (Contract: Commands).
  package static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      default:
        if isUnsafe(scalar) {
          for unit in UTF16.encode(scalar)! {
            let digits = String(unit, radix: 16)
            quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
          }
        } else {
          quoted.unicodeScalars.append(scalar)
        }
      }
    }
    return quoted + "\""
  }

  private static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    // Control characters; format characters, the bidirectional ones among them; separators.
    case .control, .format, .lineSeparator, .paragraphSeparator: true
    default: false
    }
  }
}
