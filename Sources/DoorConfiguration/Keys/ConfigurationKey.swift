/// One thing that a venue can set: its public name, what it takes, and where it goes.
package struct ConfigurationKey: Sendable {
  /// Section and key: `door.name`.
  package let name: String
  /// One line for the commented example and for people who ask.
  package let explanation: String
  /// What a value must be: "a whole number from 1 to 60".
  package let expectation: String
  let isSecret: Bool
  let takesList: Bool
  /// Of one that takes lists: whether a single word means something, too.
  let takesWord: Bool
  private let assignValue: @Sendable (RawValue, inout Settings) throws(ValueRefusal) -> Void
  private let spellValue: @Sendable (Settings) -> String

  init<Value>(
    _ name: String, _ kind: ValueKind<Value>,
    _ path: any WritableKeyPath<Settings, Value> & Sendable, _ explanation: String
  ) {
    self.name = name
    self.explanation = explanation
    expectation = kind.expectation
    isSecret = kind.isSecret
    takesList = kind.takesList
    takesWord = kind.takesWord
    assignValue = { raw, settings throws(ValueRefusal) in
      settings[keyPath: path] = try kind.read(raw)
    }
    spellValue = { kind.spell($0[keyPath: path]) }
  }

  /// A key that has no default.
  init<Value>(
    _ name: String, _ kind: ValueKind<Value>,
    _ path: any WritableKeyPath<Settings, Value?> & Sendable, _ explanation: String
  ) {
    self.init(name, kind.optional, path, explanation)
  }

  /// Reads a value and puts it in its place.
  /// - Throws: `ValueRefusal`, and leaves the settings as they were.
  func assign(_ value: RawValue, to settings: inout Settings) throws(ValueRefusal) {
    try assignValue(value, &settings)
  }

  /// The value in `settings` as a file spells it; nil for none.
  package func spelling(in settings: Settings) -> String? {
    let text = spellValue(settings)
    return text.isEmpty ? nil : text
  }

  /// As a file spells it; nil where there is none, or where it is the box's own.
  package var defaultSpelling: String? { spelling(in: Settings(hostName: "")) }

  package var section: String { String(name.prefix { $0 != "." }) }
  /// The name within its section.
  package var leaf: String { String(name.drop { $0 != "." }.dropFirst()) }

  /// The environment variable that gives the key's value.
  package var variable: String { Self.variable(for: name) }

  static let variablePrefix = "DOORCHECK_"

  static func variable(for name: String) -> String {
    variablePrefix + name.uppercased().replacing(".", with: "_")
  }
}
