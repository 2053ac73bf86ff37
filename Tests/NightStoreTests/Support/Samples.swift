import Admission
import FoundationEssentials

@testable import NightStore

/// 2026-01-31 22:00 UTC: when every test's night begins.
let night = Date(timeIntervalSince1970: 1_769_896_800)
let tonightID = "event-1"

/// A state in which a kind lets somebody in.
private func goodState(of kind: PassKind) -> String {
  switch kind {
  case .pass, .ticket: "activated"
  case .list: Pass.listedState
  case .booking: "accepted"
  }
}

func pass(
  _ id: String, kind: PassKind = .pass, code: String? = nil, name: String? = "Ana García",
  people: Int? = 1,
  counted: Int? = nil, eventID: String = tonightID
) -> Pass {
  Pass(
    kind: kind, id: id, organizationID: "org", code: code ?? "CODE-\(id)", customerName: name,
    typeID: "type", typeName: "Season", state: goodState(of: kind),
    usages: [
      Usage(
        eventID: eventID, beneficiaries: people, peopleCountedIn: counted,
        isCheckedIn: counted != nil, time: night)
    ])
}

func record(
  _ code: String, action: ScanRecord.Action = .scan, at seconds: TimeInterval = 0,
  door: String = "Main", eventID: String? = tonightID, kind: PassKind? = nil,
  passType: String? = "Season", source: Source? = .live
) -> ScanRecord {
  ScanRecord(
    action: action, at: night.addingTimeInterval(seconds), door: door, eventID: eventID,
    code: code, kind: kind, passType: passType, source: source, latency: .milliseconds(80))
}

func entry(
  _ pass: Pass, at seconds: TimeInterval = 0, answeredAt: TimeInterval? = nil,
  door: String = "Main", source: Source = .live, isDryRun: Bool = false,
  report: ReportOrder? = nil
) -> AdmissionEntry {
  AdmissionEntry(
    kind: pass.kind, passID: pass.id, eventID: tonightID,
    answeredAt: night.addingTimeInterval(answeredAt ?? seconds),
    countedIn: pass.peopleCountedIn(eventID: tonightID),
    scan: record(
      pass.code, action: isDryRun ? .look : .scan, at: seconds, door: door,
      kind: pass.kind == .pass ? nil : pass.kind, passType: pass.typeName, source: source),
    isDryRun: isDryRun, report: report)
}

/// Judges a pass by the real rules, as the service layer does.
func judging(
  _ pass: Pass, group: Rules.GroupEntry = .all, at seconds: TimeInterval = 0
) -> @Sendable (EarlierAdmissions) -> Decision {
  { earlier in
    var rules = Rules()
    rules.groupEntry = group
    return decide(
      Evidence(
        finding: .found(pass, .live), tonight: .chosen(Event(id: tonightID)),
        admittedHere: earlier.missing(from: pass.peopleCountedIn(eventID: tonightID)),
        now: night.addingTimeInterval(seconds)),
      rules: rules)
  }
}

extension NightStore {
  @discardableResult
  func admit(
    _ pass: Pass, at seconds: TimeInterval = 0, door: String = "Main", source: Source = .live,
    group: Rules.GroupEntry = .all, report: ReportOrder? = nil
  ) async throws -> RecordedDecision {
    let entry = entry(pass, at: seconds, door: door, source: source, report: report)
    return try await admitOrJournal(entry, judge: judging(pass, group: group, at: seconds))
  }

  /// As the service layer does, which journals whom it does not admit once the verdict is out.
  @discardableResult
  func admitOrJournal(
    _ entry: AdmissionEntry, judge: @escaping @Sendable (EarlierAdmissions) throws -> Decision
  ) async throws -> RecordedDecision {
    let recorded = try await admit(entry, judge: judge)
    if recorded.admissionID == nil { try await journal([(entry.scan, recorded.decision)]) }
    return recorded
  }
}

extension NightStore {
  // Those who ask for reports by the wall clock alone have a monotonic one that goes beside it.

  func claimDueReports(
    now: Date, lease: TimeInterval, limit: Int = 20, uptime: TimeInterval? = nil
  ) async throws -> [EntryReport] {
    try await claimDue(at: moment(now, uptime), lease: lease, limit: limit)
  }

  func acknowledge(_ report: EntryReport, at date: Date, uptime: TimeInterval? = nil) async throws {
    try await acknowledge(report, at: moment(date, uptime))
  }

  private func moment(_ date: Date, _ uptime: TimeInterval?) -> Moment {
    Moment(wall: date, uptime: uptime ?? AnswerOrder.uptime() + date.timeIntervalSince(night))
  }

  func retry(
    _ report: EntryReport, at next: Date, mayHaveArrived: Bool
  ) async throws(StoreError) {
    try await retry(report, at: next, mayHaveArrived: mayHaveArrived, reason: nil)
  }

  func refuse(_ report: EntryReport, reason: String) async throws(StoreError) {
    try await refuse(report, reason: reason, mayHaveArrived: false)
  }

  func storeUnknown(
    code: String, kinds: [PassKind] = [.pass], fetchedAt: Date, receivedAt: TimeInterval? = nil
  ) async throws(StoreError) {
    try await rememberUnknown(
      code: code, kinds: kinds, askedAt: fetchedAt, receivedAt: receivedAt ?? AnswerOrder.uptime())
  }
}
