import Admission
import FoundationEssentials
import GRDB

/// A line of the journal, ready to be written.
struct JournalRow: Sendable {
  enum Action: String, Sendable {
    case scan, `repeat`, look
    case byHand = "by_hand"
    case counter, undo, people
  }

  var action: Action
  var at: Date
  var door: String
  var eventID: String?
  var code: String?
  /// Nil where no pass is known.
  var passKind: PassKind?
  var passType: String?
  var reason: Reason?
  /// Nil: the reason's own.
  var verdict: Verdict?
  var source: Source?
  /// Nil where nothing was looked up.
  var latency: Duration?
  /// Who came in for the first time.
  var people = 0
  /// Who came in again.
  var back = 0
  /// Who left.
  var gone = 0
  var admissionID: Int64?
  /// What that admission is called everywhere.
  var entryID: AdmissionID?
  /// The id of another door that did it; nil: this one.
  var origin: String?
  /// Where the line is the making of an admission: its row.
  var admission: AdmissionRow?

  @discardableResult
  func insert(into database: Database) throws -> Int64 {
    try database.cachedStatement(
      sql: """
        INSERT INTO journal (
          at, action, event_id, door, code, pass_kind, pass_type, verdict, reason, source, failure,
          age_seconds, latency_ms, people, admission_id, pass_id, allowed, used, answered_at,
          counted_in, entry_id, origin, back, gone)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
    ).execute(arguments: [
      at.timeIntervalSince1970, action.rawValue, eventID, door, code,
      passKind?.rawValue, passType,
      reason.map { (verdict ?? $0.verdict).rawValue }, reason?.rawValue,
      reason == nil ? nil : sourceName,
      failure?.journalName, ageSeconds, latency.map { max(0, $0 / .milliseconds(1)) }, people,
      admissionID, admission?.passID, admission?.allowed, admission?.used,
      admission?.answeredAt?.timeIntervalSince1970, admission?.countedIn,
      (admission?.id ?? entryID)?.rawValue, origin, back, gone,
    ])
    return database.lastInsertedRowID
  }

  private var sourceName: String {
    switch source {
    case nil: "none"
    case .live: "live"
    case .cache: "cache"
    }
  }

  private var ageSeconds: Double? {
    switch source {
    case nil: nil
    case .live: 0
    case .cache(let fetchedAt, _): max(0, at.timeIntervalSince(fetchedAt))
    }
  }

  /// Why the service's own answer was not there: told by the source, or else by the reason. A slow
  /// service has not failed.
  private var failure: LookUpFailure? {
    if case .cache(_, let failure) = source { return failure }
    return switch reason {
    case .unauthorized: .unauthorized
    case .rateLimited: .rateLimited
    case .serviceError: .serviceError
    case .offline: .offline
    case nil, .unreadableCode, .noEvent, .unknownPass, .wrongOrganization, .archived, .notActive,
      .notTonight, .wrongDoor, .tooEarly, .tooLate, .alreadyUsed, .venueFull, .valid, .left,
      .nobodyInside:
      nil
    }
  }
}

extension JournalRow {
  init(
    _ record: ScanRecord, reason: Reason, people: Int = 0, admissionID: Int64? = nil,
    admission: AdmissionRow? = nil
  ) {
    let action: Action =
      switch record.action {
      case .scan: .scan
      case .repeat: .repeat
      case .look: .look
      }
    self.init(
      action: action, at: record.at, door: record.door, eventID: record.eventID,
      code: record.code,
      passKind: record.kind ?? (admission?.passID == nil ? nil : admission?.passKind),
      passType: record.passType, reason: reason, source: record.source,
      latency: record.latency, people: people, admissionID: admissionID, admission: admission)
    back = admission?.back ?? 0
    gone = admission?.departure?.people ?? 0
  }
}

extension LookUpFailure {
  var journalName: String {
    switch self {
    case .unauthorized: "unauthorized"
    case .rateLimited: "rate_limited"
    case .serviceError: "service_error"
    case .offline: "offline"
    }
  }
}
