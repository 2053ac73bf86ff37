import Synchronization

/// How far a ledger was read by this process. What the file says may be older: nothing but the cursor
/// would be written twice a second, and whoever reads from an older one reads the same again.
final class LedgerPlace: Sendable {
  struct State: Sendable {
    var ledgerID: String?
    var cursor: String?
    var offset: Double?
    var writtenAt = ContinuousClock.now
    /// The newest line of the journal of which double entries were looked for, by event.
    var lookedUpTo: (eventID: String, line: Int64)?
  }

  private static let pause: Duration = .seconds(20)
  /// Seconds: a clock's difference from the ledger's that moved by less is the same.
  private static let sameOffset = 0.25

  private let state = Mutex(State())

  /// - Returns: nil where this process has not read that ledger yet.
  func cursor(ofLedger id: String) -> String? {
    state.withLock { $0.ledgerID == id ? $0.cursor : nil }
  }

  /// Whether the file is to say so, too.
  func isDue(cursor: String?, ofLedger id: String, offset: Double?) -> Bool {
    state.withLock { state in
      if state.ledgerID != id { return true }
      if let offset, abs(offset - (state.offset ?? .infinity)) > Self.sameOffset { return true }
      return cursor.map { $0 != state.cursor } ?? false
        && ContinuousClock.now - state.writtenAt > Self.pause
    }
  }

  /// That is how far it was read.
  func advance(to cursor: String?, ofLedger id: String) {
    state.withLock { if $0.ledgerID == id, let cursor { $0.cursor = cursor } }
  }

  /// The file says so.
  func note(cursor: String?, ofLedger id: String, offset: Double?) {
    state.withLock {
      $0.ledgerID = id
      $0.cursor = cursor
      $0.offset = offset
      $0.writtenAt = .now
    }
  }

  func lookedUpTo(eventID: String) -> Int64? {
    state.withLock { $0.lookedUpTo.flatMap { $0.eventID == eventID ? $0.line : nil } }
  }

  func note(lookedUpTo line: Int64, eventID: String) {
    state.withLock { $0.lookedUpTo = (eventID, line) }
  }
}
