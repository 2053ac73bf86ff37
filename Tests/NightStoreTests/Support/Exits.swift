import Admission
import FoundationEssentials

@testable import NightStore

extension NightStore {
  /// A scan of an exit, as the service layer makes it.
  @discardableResult
  func leave(
    _ pass: Pass, at seconds: TimeInterval, door: String = "Exit",
    group: Rules.GroupEntry = .all, keepsUnmet: Bool = false, onLedger: [LedgerAdmission] = [],
    isDryRun: Bool = false
  ) async throws -> RecordedDecision {
    var rules = Rules()
    rules.groupEntry = group
    let counted = pass.peopleCountedIn(eventID: tonightID)
    var entry = AdmissionEntry(
      kind: pass.kind, passID: pass.id, eventID: tonightID, answeredAt: night + seconds,
      scan: scan(at: seconds, of: pass, door: door),
      isDryRun: isDryRun, direction: .out)
    entry.keepsUnmet = keepsUnmet
    entry.onLedger = onLedger
    return try await admitOrJournal(entry) { [rules] before in
      decideExit(counted: counted, before: before, rules: rules)
    }
  }

  /// A scan of an entrance where those who left may come in again.
  @discardableResult
  func admit(
    _ pass: Pass, at seconds: TimeInterval, door: String = "Main",
    group: Rules.GroupEntry = .all, reentry: Rules.Reentry, onLedger: [LedgerAdmission] = [],
    report: ReportOrder? = nil
  ) async throws -> RecordedDecision {
    var rules = Rules()
    rules.groupEntry = group
    rules.reentry = reentry
    var entry = entry(pass, at: seconds, door: door, report: report)
    entry.onLedger = onLedger
    return try await admitOrJournal(entry) { [rules] before in
      var evidence = Evidence(
        finding: .found(pass, .live), tonight: .chosen(Event(id: tonightID)),
        admittedHere: before.missing(from: pass.peopleCountedIn(eventID: tonightID)),
        now: night + seconds)
      evidence.outside = before.outside
      evidence.leftAt = before.lastLeft?.at
      return decide(evidence, rules: rules)
    }
  }
}

extension NightStore {
  func countByHand(_ direction: DoorDirection, at seconds: TimeInterval) async throws {
    let hand = HandCount(direction: direction, scan: counting(at: seconds))
    _ = try await count(hand)
  }
}

private func counting(at seconds: TimeInterval) -> ScanRecord {
  record("", at: seconds, passType: nil, source: nil)
}

private func scan(at seconds: TimeInterval, of pass: Pass, door: String) -> ScanRecord {
  record(pass.code, at: seconds, door: door, source: .cache(fetchedAt: night, because: nil))
}
