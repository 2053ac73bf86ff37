import Foundation
import Scanner

extension ValueKind where Value == String {
  private static var longest: Int { 500 }

  /// One line of text, without blanks at its ends.
  static var line: Self {
    let expectation = "one line of text"
    return Self(expectation: expectation, spell: \.self) { text throws(ValueRefusal) in
      let trimmed = text.trimmingCharacters(in: .whitespacesAndNewlines)
      guard !trimmed.isEmpty else {
        throw ValueRefusal(expected: expectation, reason: "it is blank")
      }
      guard trimmed.unicodeScalars.count <= longest else {
        throw ValueRefusal(
          expected: expectation, reason: "it is longer than \(longest) characters")
      }
      guard !trimmed.unicodeScalars.contains(where: isControl) else {
        throw ValueRefusal(
          expected: expectation, reason: "it holds line breaks or control characters")
      }
      return trimmed
    }
  }

  /// Any characters, as they stand: what scanners add may be blanks or control characters.
  static var literal: Self {
    let expectation = "a text of at most 64 characters"
    return Self(expectation: expectation, spell: \.self) { text throws(ValueRefusal) in
      guard text.unicodeScalars.count <= 64 else { throw ValueRefusal(expected: expectation) }
      return text
    }
  }

  /// ISO 4217.
  static var currency: Self {
    let expectation = "a currency of three capital letters, such as EUR"
    return Self(expectation: expectation, spell: \.self) { text throws(ValueRefusal) in
      let trimmed = text.trimmingCharacters(in: .whitespaces)
      guard trimmed.utf8.count == 3, trimmed.utf8.allSatisfy({ (0x41...0x5A).contains($0) }) else {
        throw ValueRefusal(expected: expectation)
      }
      return trimmed
    }
  }

  /// One of some words.
  static func word(of words: [String]) -> Self {
    let expectation = oneOf(words)
    return Self(expectation: expectation, spell: \.self) { text throws(ValueRefusal) in
      let trimmed = text.trimmingCharacters(in: .whitespaces)
      guard words.contains(trimmed) else {
        throw ValueRefusal(
          expected: expectation, suggestion: NearestName.find(trimmed, among: words))
      }
      return trimmed
    }
  }

  fileprivate static func oneOf(_ words: [String]) -> String {
    words.count == 1 ? words[0] : "one of " + words.joined(separator: ", ")
  }

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator: true
    default: false
    }
  }
}

extension ValueKind where Value: RawRepresentable<String> & CaseIterable {
  /// One of the domain's own words.
  static func choice(_ type: Value.Type) -> Self {
    let words = type.allCases.map(\.rawValue)
    let kind = ValueKind<String>.word(of: words)
    return Self(expectation: kind.expectation, spell: \.rawValue) { text throws(ValueRefusal) in
      let word = try kind.read(.text(text))
      guard let value = Value(rawValue: word) else {
        throw ValueRefusal(expected: kind.expectation)
      }
      return value
    }
  }
}

extension ValueKind where Value == String {
  /// The path of a program that can be started.
  static var program: Self {
    let expectation = "the absolute path of an executable file"
    return Self(expectation: expectation, spell: \.self) { text throws(ValueRefusal) in
      let path = try ValueKind<String>.line.read(.text(text))
      guard path.hasPrefix("/") else {
        throw ValueRefusal(expected: expectation, reason: "it does not begin with \"/\"")
      }
      guard access(path, X_OK) == 0 else {
        throw ValueRefusal(expected: expectation, reason: String(cString: strerror(errno)))
      }
      var status = stat()
      guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
        let isFolder = status.st_mode & S_IFMT == S_IFDIR
        throw ValueRefusal(
          expected: expectation, reason: isFolder ? "it is a folder" : "it is not a regular file")
      }
      return path
    }
  }
}

extension ValueKind where Value == String {
  /// A regular expression (PCRE2) that compiles and has so many groups; nil: any number.
  static func regularExpression(groups: Int?) -> Self {
    let expectation =
      groups == 1 ? "a regular expression with exactly one group" : "a regular expression"
    return Self(expectation: expectation, spell: \.self) { text throws(ValueRefusal) in
      let found: Int
      do {
        found = try RegularExpression(text).groupCount
      } catch {
        throw ValueRefusal(expected: expectation, reason: "\(error)")
      }
      if let groups, groups != found {
        throw ValueRefusal(
          expected: expectation,
          reason: "it has \(found == 0 ? "none" : "\(found)"); (?:…) groups without taking out")
      }
      return text
    }
  }
}
