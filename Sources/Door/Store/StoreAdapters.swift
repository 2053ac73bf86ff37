import Admission
import CheckIn
import Foundation
import NightStore

/// The night's store as the service layer wants it.
package struct StoreLedger: NightLedger, PassMemory {
  let store: NightStore

  var isWhole: Bool { store.isWhole }
  var isReplaced: Bool { store.isReplaced }

  func waitUntilWhole(for patience: Duration) async -> Bool {
    await store.waitUntilWhole(for: patience)
  }

  func settle(
    _ entry: AdmissionEntry, judge: @escaping @Sendable (EarlierAdmissions) throws -> Decision
  ) async throws -> Settlement {
    let settled = try await store.settle(entry, journalsRefusals: false, judge: judge)
    return Settlement(
      decision: settled.decision, before: settled.before, admissionID: settled.admissionID)
  }

  func earlierAdmissions(
    passID: String, eventID: String, code: String, answeredAt: Date, answered: AnswerMoment?
  ) async throws -> EarlierAdmissions {
    try await store.earlierAdmissions(
      passID: passID, eventID: eventID, code: code, answeredAt: answeredAt, answered: answered)
  }

  func journal(_ scans: [JournalLine]) async throws { try await store.journal(scans) }

  func peopleAdmitted(eventID: String, since: Date?) async throws -> Int {
    try await store.peopleAdmitted(eventID: eventID, since: since)
  }

  func undo(admission id: Int64, at now: Date) async throws -> RecordedAdmission? {
    try await store.undo(admission: id, at: now)
  }

  func newestAdmission(
    door: String, during span: Range<Date>
  ) async throws -> RecordedAdmission? {
    try await store.newestAdmission(door: door, during: span)
  }

  func standingAdmission(
    _ id: Int64
  ) async throws -> (admission: RecordedAdmission, isNewestOfItsPass: Bool)? {
    try await store.standingAdmission(id)
  }

  func setPeople(
    _ people: Int, ofAdmission id: Int64, at now: Date
  ) async throws -> RecordedAdmission? {
    try await store.setPeople(people, ofAdmission: id, at: now)
  }

  func admit(byHand admission: HandAdmission) async throws -> Int64 {
    try await store.admit(byHand: admission)
  }

  func stored(code: String, eventID: String?) async throws -> StoredAnswer? {
    try await store.storedAnswer(code: code, eventID: eventID)
  }

  func lookalike(of code: String, eventID: String) async throws -> Lookalike? {
    try await store.lookalike(of: code, eventID: eventID)
  }

  func remember(
    _ pass: Pass, eventID: String, asked: Moment, receivedAt: TimeInterval
  ) async throws {
    try await store.store(
      passes: [pass], fetchedAt: asked.wall, eventID: eventID, receivedAt: receivedAt,
      askedAt: asked.uptime)
  }

  func rememberUnknown(code: String, askedAt: Date, receivedAt: TimeInterval) async throws {
    try await store.storeUnknown(code: code, fetchedAt: askedAt, receivedAt: receivedAt)
  }
}

extension PassClaimFile: PassClaims {}
