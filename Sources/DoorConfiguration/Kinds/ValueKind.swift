/// A value as a source spells it, before anybody knows what it means.
package enum RawValue: Sendable, Equatable {
  case text(String)
  case list([String])
}

/// Why a value was not taken.
struct ValueRefusal: Error, Sendable, Equatable {
  /// What it must be: "one of keep, upper, lower".
  var expected: String
  /// What is wrong with this one, where that is not plain.
  var reason: String?
  /// What was probably meant.
  var suggestion: String?
  /// Which element of a list it is, from 0.
  var element: Int?
  /// The value holds what must not be shown, such as a password in a URL.
  var hidesValue = false
}

/// How values of one sort are read and spelt.
struct ValueKind<Value: Sendable>: Sendable {
  var expectation: String
  var isSecret = false
  var takesList = false
  /// Of a kind that takes lists: whether a single word means something, too.
  var takesWord = false
  var read: @Sendable (RawValue) throws(ValueRefusal) -> Value
  /// As a file spells it; empty for none.
  var spell: @Sendable (Value) -> String

  /// A kind whose values are single texts.
  init(
    expectation: String, isSecret: Bool = false,
    spell: @escaping @Sendable (Value) -> String,
    read: @escaping @Sendable (String) throws(ValueRefusal) -> Value
  ) {
    self.expectation = expectation
    self.isSecret = isSecret
    self.spell = spell
    self.read = { raw throws(ValueRefusal) in
      guard case .text(let text) = raw else { throw ValueRefusal(expected: expectation) }
      return try read(text)
    }
  }

  /// The same for a value that may be missing.
  var optional: ValueKind<Value?> {
    var optional = ValueKind<Value?>(
      expectation: expectation, isSecret: isSecret,
      spell: { [spell] in $0.map(spell) ?? "" },
      read: { [read] text throws(ValueRefusal) in try read(.text(text)) })
    optional.read = { [read] raw throws(ValueRefusal) in try read(raw) }
    optional.takesList = takesList
    optional.takesWord = takesWord
    return optional
  }
}
