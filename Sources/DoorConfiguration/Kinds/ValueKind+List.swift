import Admission

extension ValueKind where Value == [String] {
  /// One or more lines of text. Where only text can be given, commas part them.
  static var lines: Self {
    list(
      of: ValueKind<String>.line,
      expectation: "a list of texts such as [one, two], with at least one"
    )
  }
}

extension ValueKind where Value == [PassKind] {
  /// All kinds, none, or a list of some.
  static var kinds: Self {
    let choices = choices(PassKind.self)
    let expectation = "true, false, or " + choices.expectation
    var kind = Self(
      expectation: expectation,
      spell: { $0.isEmpty ? "false" : $0 == PassKind.allCases ? "true" : choices.spell($0) },
      read: { _ throws(ValueRefusal) in throw ValueRefusal(expected: expectation) })
    kind.takesList = true
    kind.takesWord = true
    kind.read = { raw throws(ValueRefusal) in
      let word: String? =
        switch raw {
        case .text(let text): text
        // Where only text can be given, a single word is a list of one.
        case .list(let texts) where texts.count == 1: texts[0]
        case .list: nil
        }
      if let word, let isAll = try? ValueKind<Bool>.boolean.read(.text(word)) {
        return isAll ? PassKind.allCases : []
      }
      do throws(ValueRefusal) {
        return try choices.read(raw)
      } catch {
        var refusal = error
        refusal.expected = expectation
        throw refusal
      }
    }
    return kind
  }
}

extension ValueKind {
  /// One or more of the domain's own words, each once.
  static func choices<Word: RawRepresentable<String> & CaseIterable & Sendable & Equatable>(
    _ type: Word.Type
  ) -> Self where Value == [Word] {
    let words = type.allCases.map(\.rawValue)
    var kind = list(
      of: ValueKind<Word>.choice(type),
      expectation:
        "a list such as [\(words.prefix(2).joined(separator: ", "))], of at least one of "
        + words.joined(separator: ", "))
    let read = kind.read
    kind.read = { raw throws(ValueRefusal) in
      try read(raw).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }
    return kind
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
