package import Admission

/// How a venue's codes look, and what its scanners put around them (`scanner.*`).
package struct CodeFormat: Sendable, Equatable {
  package enum LetterCase: String, Sendable, CaseIterable { case keep, upper, lower }

  /// A regular expression that a clean code matches.
  package var pattern = "^[A-Za-z0-9_-]{4,64}$"
  package var prefix: String?
  package var suffix: String?
  package var letterCase: LetterCase = .keep
  /// A regular expression with one group, which takes the code out of what was scanned.
  package var extract: String?
  /// The console's layout, where it is not the scanner's; nil: what arrives is what was printed.
  package var layout: KeyboardLayout?

  package init() {}
}

/// Makes a code of a scan (Contract: Scans, what is cleaned, and in which order).
package struct CodeCleaner {
  private let format: CodeFormat
  private let pattern: RegularExpression
  private let extract: RegularExpression?

  /// - Throws: where one of the format's expressions does not compile.
  package init(format: CodeFormat) throws(RegularExpression.Fault) {
    self.format = format
    pattern = try RegularExpression(format.pattern)
    extract =
      if let expression = format.extract { try RegularExpression(expression) } else { nil }
  }

  /// What was scanned, cleaned, and whether it is a code.
  package func clean(_ scan: RawScan.Content, isTyped: Bool = false) -> CleanedCode {
    code(in: printed(scan, isTyped: isTyped))
  }

  /// The same for a code that was given as text, which came through no console's layout.
  package func clean(_ text: String) -> CleanedCode { code(in: printed(text)) }

  /// What was printed, as far as can be told, without what the scanner put around it; nil where it
  /// was too long. What the console's layout did to it is undone first, unless a person typed it,
  /// by the keys of that layout.
  package func printed(_ scan: RawScan.Content, isTyped: Bool = false) -> String? {
    switch scan {
    case .tooLong: return nil
    case .bytes(let bytes):
      let text = String(decoding: bytes, as: UTF8.self)
      guard let layout = format.layout, !isTyped else { return printed(text) }
      return printed(layout.repaired(text))
    }
  }

  /// The same for a code that was given as text.
  package func printed(_ text: String) -> String? {
    guard text.utf8.count <= ScanDecoder.longestScan else { return nil }
    var scalars = text.unicodeScalars[...]
    while let first = scalars.first, Self.isBlank(first) { scalars.removeFirst() }
    while let last = scalars.last, Self.isBlank(last) { scalars.removeLast() }
    Self.dropAIMIdentifier(&scalars)
    Self.dropECIPrefix(&scalars)
    if let prefix = format.prefix?.unicodeScalars, scalars.starts(with: prefix) {
      scalars = scalars.dropFirst(prefix.count)
    }
    if let suffix = format.suffix?.unicodeScalars,
      scalars.reversed().starts(with: suffix.reversed())
    {
      scalars = scalars.dropLast(suffix.count)
    }
    return String(scalars)
  }

  /// - Parameter printed: what `printed` made of a scan.
  package func code(in printed: String?) -> CleanedCode {
    guard var code = printed else { return CleanedCode(text: "", unreadable: .tooLong) }
    if Document(beginning: code) != nil { return .document }
    if let extract {
      switch extract.firstMatch(in: code) {
      case .found(let group?): code = group
      case .found(nil), .none: return CleanedCode(text: code, unreadable: .notACode)
      case .tooCostly: return CleanedCode(text: code, unreadable: .extractTooCostly)
      }
    }
    switch format.letterCase {
    case .keep: break
    case .upper: code = code.uppercased()
    case .lower: code = code.lowercased()
    }
    // SQLite compares no further than to a NUL, so one in a code would make it another guest's.
    if code.utf8.contains(0) { return CleanedCode(text: code, unreadable: .notACode) }
    return switch pattern.firstMatch(in: code) {
    case .found: CleanedCode(text: code)
    case .none: CleanedCode(text: code, unreadable: .notACode)
    case .tooCostly: CleanedCode(text: code, unreadable: .patternTooCostly)
    }
  }

  /// What a line is, for the decoder.
  package func kind(of scan: RawScan) -> LineKind {
    guard let text = printed(scan.content, isTyped: scan.isTyped) else { return .other }
    if let document = Document(beginning: text) ?? document(behind: scan) {
      return .document(document)
    }
    return code(in: text).isReadable ? .code : .other
  }

  /// A scan as it is to be judged.
  /// - Parameter printed: what `printed` made of it.
  package func code(of scan: RawScan, printed: String?) -> CleanedCode {
    if document(behind: scan) != nil { return .document }
    var code = code(in: printed)
    if let fault = scan.fault, code.unreadable != .document { code.unreadable = fault }
    return code
  }

  /// What was typed right before a document does not make it a code.
  private func document(behind scan: RawScan) -> Document? {
    guard scan.burstStart > 0, case .bytes(let bytes) = scan.content else { return nil }
    return printed(.bytes(Array(bytes.dropFirst(scan.burstStart)))).flatMap(Document.init)
  }

  static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isWhitespace || scalar == "\u{02}" || scalar == "\u{03}"
  }

  /// Which symbology was read: `]`, a letter, a letter or digit.
  static func dropAIMIdentifier(_ scalars: inout Substring.UnicodeScalarView) {
    let start = Array(scalars.prefix(3))
    guard start.count == 3, start[0] == "]", isLetter(start[1]),
      isLetter(start[2]) || isDigit(start[2])
    else { return }
    scalars = scalars.dropFirst(3)
  }

  /// Which character set follows: a backslash and six digits.
  static func dropECIPrefix(_ scalars: inout Substring.UnicodeScalarView) {
    let start = scalars.prefix(7)
    guard start.count == 7, start.first == "\\", start.dropFirst().allSatisfy(isDigit) else {
      return
    }
    scalars = scalars.dropFirst(7)
  }

  private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
    ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
  }

  private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }
}

package struct CleanedCode: Sendable, Equatable {
  package var text: String
  /// Why this is no code, so that nobody is to be asked about it; nil where it is one.
  package var unreadable: UnreadableCause?

  package var isReadable: Bool { unreadable == nil }

  package init(text: String, unreadable: UnreadableCause? = nil) {
    self.text = text
    self.unreadable = unreadable
  }
}

extension CleanedCode {
  /// A document where a code was expected: it shows nothing of itself.
  package static let document = CleanedCode(text: "", unreadable: .document)
}
