extension ValueKind where Value == [String] {
  /// One or more lines of text. Where only text can be given, commas part them.
  static var lines: Self {
    list(
      of: ValueKind<String>.line,
      expectation: "a list of texts such as [one, two], with at least one"
    )
  }
}

extension ValueKind {
  /// One or more of the domain's own words.
  static func choices<Word: RawRepresentable<String> & CaseIterable & Sendable>(
    _ type: Word.Type
  ) -> Self where Value == [Word] {
    let words = type.allCases.map(\.rawValue)
    return list(
      of: ValueKind<Word>.choice(type),
      expectation:
        "a list such as [\(words.prefix(2).joined(separator: ", "))], of at least one of "
        + words.joined(separator: ", "))
  }

  private static func list<Element>(of element: ValueKind<Element>, expectation: String) -> Self
  where Value == [Element] {
    var kind = Self(
      expectation: expectation,
      spell: { "[" + $0.map(element.spell).joined(separator: ", ") + "]" },
      read: { _ throws(ValueRefusal) in throw ValueRefusal(expected: expectation) })
    kind.takesList = true
    kind.read = { raw throws(ValueRefusal) in
      guard case .list(let texts) = raw, !texts.isEmpty else {
        throw ValueRefusal(expected: expectation)
      }
      var elements: [Element] = []
      for (index, text) in texts.enumerated() {
        do throws(ValueRefusal) {
          elements.append(try element.read(.text(text)))
        } catch {
          var refusal = error
          refusal.expected = expectation
          refusal.element = index
          throw refusal
        }
      }
      return elements
    }
    return kind
  }
}
