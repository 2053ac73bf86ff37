import FoundationEssentials

/// Tells what begins like a document and is no pass: a licence (AAMVA), a business card, a
/// calendar, a Wi-Fi label (Contract: Scans). What such a barcode says is nobody's business at a
/// door.
package enum Document: Sendable, Equatable {
  case licence, card, calendar, label

  /// - Parameter text: what was scanned, or as much of it as stands in its first line; nil: no
  ///   document.
  package init?(beginning text: String) {
    let letters = text.uppercased().unicodeScalars.drop { $0.value <= 0x20 }
    if Self.isLicence(letters) {
      self = .licence
    } else if Self.begins(letters, "BEGIN", then: "VCARD") || Self.begins(letters, "MECARD") {
      self = letters.first == "B" ? .card : .label
    } else if Self.begins(letters, "BEGIN", then: "VCALENDAR")
      || Self.begins(letters, "BEGIN", then: "VEVENT")
    {
      self = .calendar
    } else if Self.begins(letters, "WIFI") {
      self = .label
    } else {
      return nil
    }
  }

  /// "@" with control characters after it, and "ANSI " or "AAMVA" with the issuer's number.
  private static func isLicence(_ letters: Substring.UnicodeScalarView) -> Bool {
    let rest = letters.first == "@" ? letters.dropFirst().drop { $0.value <= 0x20 } : letters
    if rest.isEmpty { return letters.first == "@" }
    for name in ["ANSI", "AAMVA"] where rest.starts(with: name.unicodeScalars) {
      let number = rest.dropFirst(name.unicodeScalars.count).drop { $0 == " " }.prefix(6)
      if number.count == 6, number.allSatisfy({ ("0"..."9").contains($0) }) { return true }
    }
    return false
  }

  /// The mark between the words is another character on a console with another layout.
  private static func begins(
    _ letters: Substring.UnicodeScalarView, _ name: String, then kind: String = ""
  ) -> Bool {
    guard letters.starts(with: name.unicodeScalars) else { return false }
    let rest = letters.dropFirst(name.unicodeScalars.count)
    guard let mark = rest.first, !isOfCode(mark) else { return false }
    return rest.dropFirst().starts(with: kind.unicodeScalars)
  }

  private static func isOfCode(_ scalar: Unicode.Scalar) -> Bool {
    ("A"..."Z").contains(scalar) || ("0"..."9").contains(scalar) || scalar == "-" || scalar == "_"
  }
}

/// What a line is, as far as the decoder must know to tell where a scan ends.
package enum LineKind: Sendable, Equatable {
  case code
  case document(Document)
  case other
}

extension LineKind {
  /// Whether a line that comes after a pause is one of the document's all the same.
  func isInside(_ document: Document, line: String) -> Bool {
    switch self {
    case .document: false
    case .code, .other: DocumentRest.isLine(line, of: document)
    }
  }
}

/// A document that a scanner is typing, or may go on with after a pause.
struct TypedDocument: Sendable {
  let kind: Document
  let beganAt: TimeInterval
  /// When something of it was read last.
  var readAt: TimeInterval
  /// Whether that was no end of a line.
  var isInLine = false

  func mayGoOn(at time: TimeInterval) -> Bool { time - readAt <= 2 && time - beganAt <= 10 }
}

/// The lines of a document after its first one, where no times tell when it ends.
struct DocumentRest: Sendable {
  /// What a line is to the document that stands open.
  enum Part: Sendable {
    case belongs
    /// It looks like a code, and the document has not come to its end.
    case mayBelong
    case isOther
  }

  /// So many lines in a row that look like codes are codes: the document's end was lost.
  static let mostDoubtful = 4

  private let document: Document
  /// The last line of a card or a calendar, without the mark after its first word.
  private let lastKind: String
  private var hasHeader: Bool
  private var isContinued = false
  private var isOver = false
  private var lastCharacter: Character?
  /// Names of a licence's elements, of which each stands there once.
  private var names: Set<String> = []

  /// - Parameter firstLine: how it began.
  init(_ document: Document, firstLine: String) {
    self.document = document
    let text = firstLine.uppercased()
    lastKind =
      switch document {
      case .card: "VCARD"
      case .calendar: text.contains("VEVENT") ? "VEVENT" : "VCALENDAR"
      case .licence, .label: ""
      }
    // A licence begins with a line of its own that says nothing.
    hasHeader = text.unicodeScalars.contains { ("A"..."Z").contains($0) }
    isContinued = firstLine.hasSuffix("=")
    noteEnd(of: firstLine)
  }

  mutating func part(of line: String, kind: LineKind, isAfterTab: Bool) -> Part {
    if isOver { return .isOther }
    let wasContinued = isContinued
    isContinued = line.hasSuffix("=")
    if document == .licence { return licencePart(of: line, kind: kind) }
    noteEnd(of: line)
    switch kind {
    // A calendar holds events.
    case .document(.calendar) where lastKind == "VCALENDAR" && line.uppercased().contains("VEVENT"):
      return .belongs
    case .document: return .isOther
    case .other: return .belongs
    case .code: return wasContinued || isAfterTab || line.hasPrefix(" ") ? .belongs : .mayBelong
    }
  }

  private mutating func licencePart(of line: String, kind: LineKind) -> Part {
    let letters = line.uppercased().unicodeScalars.map(\.value).filter { $0 > 0x20 }
    if letters.isEmpty { return .belongs }
    guard hasHeader else {
      hasHeader = kind == .document(.licence)
      return hasHeader ? .belongs : .isOther
    }
    guard Self.isElement(letters, isCode: kind == .code) else { return .isOther }
    // A venue's own codes may all begin like an element.
    let isFirst = names.insert(String(line.uppercased().prefix(3))).inserted
    return isFirst || kind != .code ? .belongs : .isOther
  }

  /// A label ends with two semicolons, whichever characters these are on a console with another
  /// layout; a card and a calendar with a line of their own.
  private mutating func noteEnd(of line: String) {
    let text = line.uppercased().filter { !$0.isWhitespace }
    switch document {
    case .licence: break
    case .label:
      let last = text.last
      let isDouble = text.count > 1 ? text.dropLast().last == last : lastCharacter == last
      isOver =
        isDouble && last.map { !$0.isLetter || !$0.isASCII } == true && last?.isNumber == false
      lastCharacter = last
    // A scanner may put something behind it.
    case .card, .calendar: isOver = text.hasPrefix("END") && text.dropFirst(3).contains(lastKind)
    }
  }

  /// Whether a line looks like those of the document.
  static func isLine(_ line: String, of document: Document) -> Bool {
    let text = line.uppercased().filter { !$0.isWhitespace }
    switch document {
    case .licence:
      return isElement(text.unicodeScalars.map(\.value).filter { $0 > 0x20 }, isCode: true)
    case .label: return text.count > 2 && text.hasSuffix(";;")
    case .card, .calendar:
      let name = text.prefix { $0 != ":" && $0 != ";" }
      let isName = name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
      return isName && !name.isEmpty && name.count < text.count && !text.contains("://")
    }
  }

  /// A name of three letters and its value; what could be a code must have one of the names that
  /// licences use.
  private static func isElement(_ letters: [UInt32], isCode: Bool) -> Bool {
    var name = letters.prefix(3)
    let isName = name.count == 3 && name.allSatisfy { (0x41...0x5A).contains($0) }
    guard isCode else { return isName }
    // The first one stands behind the kind of the licence, DL or ID.
    if letters.count > 5,
      ["DL", "ID"].contains(where: { letters.starts(with: $0.unicodeScalars.map(\.value)) })
    {
      name = letters.dropFirst(2).prefix(3)
    }
    let scalars = Array(name)
    guard scalars.count == 3, (0x30...0x5A).contains(scalars[2]) else { return false }
    return scalars[0] == 0x44 && (0x41...0x44).contains(scalars[1])
      || scalars[0] == 0x5A && (0x41...0x5A).contains(scalars[1])
  }
}
