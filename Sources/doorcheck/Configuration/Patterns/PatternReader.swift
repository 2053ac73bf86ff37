/// Understands a regular expression roughly: enough to know what repeats, and what comes before it.
/// What it does not know it takes for nothing; the pattern has been compiled before.
struct PatternReader {
  private var rest: ArraySlice<Unicode.Scalar>
  /// Scalars that the pattern names, in classes or by themselves.
  private(set) var named: [Unicode.Scalar] = []
  /// Scalars that a class refuses: a match that must go on fails there.
  private(set) var refused: [Unicode.Scalar] = []

  init(pattern: String) {
    rest = Array(pattern.unicodeScalars)[...]
  }

  mutating func readAll() -> PatternPiece {
    var alternatives: [[PatternPiece]] = []
    repeat {
      alternatives += readAlternatives()
      // A bracket too many is none of ours.
    } while rest.popFirst() != nil
    return .group(alternatives: alternatives)
  }

  /// Up to the bracket that closes the group, or to the end.
  private mutating func readAlternatives() -> [[PatternPiece]] {
    var alternatives: [[PatternPiece]] = [[]]
    while let next = rest.first, next != ")" {
      rest.removeFirst()
      if next == "|" {
        alternatives.append([])
      } else if let piece = readPiece(next) {
        alternatives[alternatives.count - 1].append(readQuantifier(of: piece))
      }
    }
    return alternatives
  }

  private mutating func readPiece(_ first: Unicode.Scalar) -> PatternPiece? {
    switch first {
    case "^", "$": return nil
    case ".": return .anyOf(["a", "0", " "])
    case "[": return .anyOf(readClass())
    case "(":
      skipGroupKind()
      let alternatives = readAlternatives()
      _ = rest.popFirst()
      return .group(alternatives: alternatives)
    case "\\": return readEscape().map { .anyOf($0) }
    default:
      named.append(first)
      return .literal(first)
    }
  }

  /// `?:`, `?<name>`, `?=`, `?i:` and the like.
  private mutating func skipGroupKind() {
    guard rest.first == "?" else { return }
    rest.removeFirst()
    if let next = rest.first, next == "<" || next == "P" || next == "'" {
      let end = rest.firstIndex { $0 == ">" || $0 == "'" && rest.first != "'" || $0 == ")" }
      let isLookBehind = rest.dropFirst().first.map { $0 == "=" || $0 == "!" } ?? false
      rest = isLookBehind ? rest.dropFirst(2) : rest[(end.map { $0 + 1 } ?? rest.endIndex)...]
      return
    }
    while let next = rest.first, next != ")" {
      guard next == "-" || next.properties.isAlphabetic else {
        rest.removeFirst()
        return
      }
      rest.removeFirst()
    }
  }

  /// Members after a backslash; nil where it stands for no character.
  private mutating func readEscape() -> [Unicode.Scalar]? {
    guard let kind = rest.popFirst() else { return nil }
    switch kind {
    case "d": return ["0"]
    case "w": return ["a", "0"]
    case "s", "h": return [" "]
    case "v", "R", "n": return ["\n"]
    case "r": return ["\r"]
    case "t": return ["\t"]
    case "D", "W", "S", "N", "X", "O", "H", "V":
      let refusing: [Unicode.Scalar: Unicode.Scalar] = ["D": "0", "W": "a", "S": " ", "H": " "]
      if let scalar = refusing[kind] { refused.append(scalar) }
      return ["-", "a", " "].filter { kind != "S" || $0 != " " }
    case "p", "P":
      if rest.first == "{" { rest = rest.drop { $0 != "}" }.dropFirst() }
      return ["a", "A", "0"]
    case "x", "u":
      let isBraced = rest.first == "{"
      if isBraced { rest.removeFirst() }
      let digits = rest.prefix(isBraced ? 8 : kind == "x" ? 2 : 4) { $0.properties.isASCIIHexDigit }
      rest = rest.dropFirst(digits.count)
      if isBraced, rest.first == "}" { rest.removeFirst() }
      let value = UInt32(String(String.UnicodeScalarView(digits)), radix: 16)
      return value.flatMap(Unicode.Scalar.init).map { [$0] }
    case "b", "B", "A", "Z", "z", "G", "K", "Q", "E", "1"..."9": return nil
    default:
      named.append(kind)
      return [kind]
    }
  }

  /// Some members of a class: the ends and the middle of its ranges.
  private mutating func readClass() -> [Unicode.Scalar] {
    let isNegated = rest.first == "^"
    if isNegated { rest.removeFirst() }
    var members: [Unicode.Scalar] = []
    while let next = rest.popFirst(), next != "]" {
      switch next {
      case "[" where rest.first == ":":
        rest = rest.drop { $0 != "]" }.dropFirst()
        members += ["a", "0"]
      case "[": members += readClass()
      case "\\": members += readEscape() ?? []
      case "-" where !members.isEmpty && rest.first.map { $0 != "]" } ?? false:
        guard let start = members.last, let end = rest.popFirst() else { continue }
        if let middle = Unicode.Scalar((start.value + end.value) / 2) { members.append(middle) }
        members.append(end)
      default: members.append(next)
      }
    }
    if isNegated {
      refused += members
      return ["a", "0", "!", " "].filter { !members.contains($0) }
    }
    named += members
    return members
  }

  private mutating func readQuantifier(of piece: PatternPiece) -> PatternPiece {
    var piece = piece
    // `(a+)+?` has a quantifier and its manner; a second `*` would not compile.
    while let next = rest.first {
      switch next {
      case "*": piece = .repeated(piece, minimum: 0, isOpen: true)
      case "+": piece = .repeated(piece, minimum: 1, isOpen: true)
      case "?": piece = .repeated(piece, minimum: 0, isOpen: false)
      case "{":
        let bounds = rest.dropFirst().prefix { $0 != "}" }
        let numbers = String(String.UnicodeScalarView(bounds)).split(
          separator: ",", omittingEmptySubsequences: false)
        guard rest.dropFirst(bounds.count + 1).first == "}",
          numbers.allSatisfy({ $0.isEmpty || Int($0) != nil })
        else { return piece }
        rest = rest.dropFirst(bounds.count + 1)
        let minimum = numbers.first.flatMap { Int($0) } ?? 0
        piece = .repeated(
          piece, minimum: minimum, isOpen: numbers.count > 1 && numbers.last != numbers.first)
      default: return piece
      }
      rest.removeFirst()
    }
    return piece
  }
}

extension ArraySlice {
  fileprivate func prefix(_ most: Int, while holds: (Element) -> Bool) -> ArraySlice {
    prefix(most).prefix(while: holds)
  }
}
