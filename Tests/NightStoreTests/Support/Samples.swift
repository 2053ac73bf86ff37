import Admission
import FoundationEssentials
import NightStore

/// 2026-01-31 22:00 UTC: when every test's night begins.
let night = Date(timeIntervalSince1970: 1_769_896_800)
let tonightID = "event-1"

func pass(
  _ id: String, code: String? = nil, name: String? = "Ana García", people: Int? = 1,
  counted: Int? = nil, eventID: String = tonightID
) -> Pass {
  Pass(
    id: id, organizationID: "org", code: code ?? "CODE-\(id)", customerName: name,
    typeID: "type", typeName: "Season", state: "activated",
    usages: [
      Usage(
        eventID: eventID, beneficiaries: people, peopleCountedIn: counted,
        isCheckedIn: counted != nil, time: night)
    ])
}

func record(
  _ code: String, action: ScanRecord.Action = .scan, at seconds: TimeInterval = 0,
  door: String = "Main", eventID: String? = tonightID, passType: String? = "Season",
  source: Source? = .live
) -> ScanRecord {
  ScanRecord(
    action: action, at: night.addingTimeInterval(seconds), door: door, eventID: eventID,
    code: code, passType: passType, source: source, latency: .milliseconds(80))
}

func entry(
  _ pass: Pass, at seconds: TimeInterval = 0, answeredAt: TimeInterval? = nil,
  door: String = "Main", source: Source = .live, isDryRun: Bool = false,
  report: ReportOrder? = nil
) -> AdmissionEntry {
  AdmissionEntry(
    passID: pass.id, eventID: tonightID,
    answeredAt: night.addingTimeInterval(answeredAt ?? seconds),
    countedIn: pass.peopleCountedIn(eventID: tonightID),
    scan: record(
      pass.code, action: isDryRun ? .look : .scan, at: seconds, door: door,
      passType: pass.typeName, source: source),
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
  ) async throws -> SettledAdmission {
    try await settle(
      entry(pass, at: seconds, door: door, source: source, report: report),
      judge: judging(pass, group: group, at: seconds))
  }
}
