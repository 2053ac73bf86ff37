import Admission
import FoundationEssentials

/// The lines of a file or a pipe, where no times tell what belongs together: those of a document go, and
/// those that may be its own or a guest's wait for what comes behind them.
struct StreamLines: Sendable {
  /// How long a line waits, and how long a document goes on without one: it comes at once, guests do
  /// not. In seconds.
  static let longestHold: TimeInterval = 2

  private var document: DocumentRest?
  /// When a line ended last.
  private var lastAt = -TimeInterval.infinity
  /// Lines that look like codes and may belong to the document.
  private var doubtful: [RawScan] = []

  var isHolding: Bool { !doubtful.isEmpty }

  /// - Parameters:
  ///   - text: the line itself.
  ///   - isAfterTab: whether a tabulator ended the one before.
  /// - Returns: the scans that are known to be some now.
  mutating func add(
    _ scan: RawScan, text: String, kind: LineKind, isAfterTab: Bool
  ) -> [RawScan] {
    if doubtful.isEmpty, scan.readAt - lastAt > Self.longestHold { document = nil }
    lastAt = scan.readAt
    switch document?.part(of: text, kind: kind, isAfterTab: isAfterTab) ?? .isOther {
    case .belongs:
      doubtful = []
      return []
    case .mayBelong:
      doubtful.append(scan)
      return doubtful.count == DocumentRest.mostDoubtful ? release() : []
    case .isOther:
      (document, doubtful) = (nil, [])
      if case .document(let found) = kind { document = DocumentRest(found, firstLine: text) }
      return [scan]
    }
  }

  /// After a silence they are codes: the rest of a document would have come with it.
  mutating func advance(to time: TimeInterval) -> [RawScan] {
    guard let newest = doubtful.last, time - newest.readAt >= Self.longestHold else { return [] }
    return release()
  }

  /// At the end of the input: a document was cut off, or its end was, and these are codes. Whoever
  /// stands there is told.
  mutating func finish() -> [RawScan] {
    release().map { RawScan(content: .bytes([]), readAt: $0.readAt, fault: .document) }
  }

  private mutating func release() -> [RawScan] {
    defer { (document, doubtful) = (nil, []) }
    return doubtful
  }
}
