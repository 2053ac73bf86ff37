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

/// The lines of a document after its first one, where no times tell when it ends.
struct DocumentRest: Sendable {
  private let document: Document
  private var hasHeader: Bool
  private var isContinued = false
  private var isOver = false

  /// - Parameter firstLine: how it began.
  init(_ document: Document, firstLine: String) {
    self.document = document
    // A licence begins with a line of its own that says nothing.
    hasHeader = firstLine.unicodeScalars.contains { ("A"..."Z").contains($0) }
    isContinued = firstLine.hasSuffix("=")
    isOver = document == .label
  }

  /// Whether the next line belongs to it.
  mutating func takes(_ line: String, kind: LineKind, isAfterTab: Bool) -> Bool {
    if isOver { return false }
    let wasContinued = isContinued
    isContinued = line.hasSuffix("=")
    switch document {
    case .label: return false
    case .licence:
      let letters = line.uppercased().unicodeScalars.map(\.value).filter { $0 > 0x20 }
      if letters.isEmpty { return true }
      guard hasHeader else {
        hasHeader = kind == .document(.licence)
        return hasHeader
      }
      return Self.isElement(letters, isCode: kind == .code)
    case .card, .calendar:
      let text = line.uppercased()
      if text.hasPrefix("END:VCARD") || text.hasPrefix("END:VCALENDAR") { isOver = true }
      return kind == .other || wasContinued || isAfterTab || line.hasPrefix(" ")
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
