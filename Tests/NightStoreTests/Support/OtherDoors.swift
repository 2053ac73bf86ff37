import Admission
import FoundationEssentials

@testable import NightStore

let ledgerID = "ledger-1"
let southID = String(repeating: "b", count: 32)

/// An admission of another door, whose clock is as good as this one's unless an offset says otherwise.
func elsewhere(
  _ pass: Pass, at seconds: TimeInterval = 0, people: Int = 1, used: Int = 0,
  door: String = "South", doorID: String = southID, id: AdmissionID = .new(),
  revision: Int64 = 1, offset: TimeInterval? = 0, isByHand: Bool = false,
  source: Source = .live
) -> LedgerAdmission {
  let isStored = if case .cache = source { true } else { false }
  return LedgerAdmission(
    id: id, revision: revision, doorID: doorID, door: door, eventID: tonightID,
    passage: isByHand ? .byHand : .counted, kind: pass.kind, passID: pass.id, code: pass.code,
    passType: pass.typeName, allowed: isByHand ? nil : pass.usages[0].beneficiaries,
    used: isByHand ? nil : used, people: people, at: night + seconds, clockOffset: offset,
    countedIn: isByHand ? nil : pass.peopleCountedIn(eventID: tonightID),
    isStoredAnswer: isStored, reason: isByHand ? .alreadyUsed : .valid)
}

extension LedgerAdmission {
  /// As its door changed it later.
  func changed(
    people: Int? = nil, undoneAt seconds: TimeInterval? = nil,
    reportedAt reported: TimeInterval? = nil, acknowledgedAt acknowledged: TimeInterval? = nil
  ) -> LedgerAdmission {
    var changed = self
    changed.revision += 1
    if let people { changed.people = people }
    if let seconds { changed.undoneAt = night + seconds }
    if let reported {
      changed.reportedAt = night + reported
      changed.reportedPeople = changed.people
    }
    if let acknowledged {
      changed.acknowledgedAt = night + acknowledged
      changed.acknowledgedPeople = changed.people
    }
    return changed
  }
}

extension NightStore {
  /// What the feed of a ledger brings, whose clock is this box's.
  @discardableResult
  func takeOver(
    _ admissions: [LedgerAdmission], cursor: String? = nil, offset: TimeInterval? = 0
  ) async throws -> Bool {
    try await record(admissions, cursor: cursor, ofLedger: ledgerID, clockOffset: offset)
  }

  /// A scan while the ledger answers.
  @discardableResult
  func admit(
    _ pass: Pass, at seconds: TimeInterval, onLedger: [LedgerAdmission], door: String = "Main",
    group: Rules.GroupEntry = .all, answeredAt: TimeInterval? = nil, source: Source = .live
  ) async throws -> RecordedDecision {
    var entry = entry(pass, at: seconds, answeredAt: answeredAt, door: door, source: source)
    entry.onLedger = onLedger
    return try await admit(entry, judge: judging(pass, group: group, at: seconds))
  }

  /// People admitted, and how many rows and lines there are of it.
  func people() async throws -> Int { try await peopleAdmitted(eventID: tonightID) }

  func own() async throws -> [LedgerAdmission] {
    try await undelivered(ofLedger: ledgerID, atMost: .max)
  }
}
