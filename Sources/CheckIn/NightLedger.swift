package import Admission
package import FoundationEssentials

/// Remembers who was let in here, so that the second friend with the same code is not, and what became
/// of every scan. The night's store is one; memory is another.
package protocol NightLedger: Sendable {
  /// Judges a scan and records whom it admits, in one step: no other scan of the same pass, here or
  /// in another process, is judged in between. What it returns as admitted is kept.
  /// - Parameter judge: is told who was admitted here before, and says what to admit now. It is called
  ///   once, before the admission is durable.
  func settle(
    _ entry: AdmissionEntry, judge: @escaping @Sendable (EarlierAdmissions) -> Decision
  ) async throws -> Settlement

  /// Who was admitted here before, for going on where nothing can be recorded.
  func earlierAdmissions(
    passID: String, eventID: String, code: String, answeredAt: Date
  ) async throws -> EarlierAdmissions

  /// Writes down a scan that let nobody in.
  func journal(_ record: ScanRecord, _ decision: Decision) async throws

  /// People admitted here for an event.
  func peopleAdmitted(eventID: String) async throws -> Int
}

/// A judgement that has been recorded.
package struct Settlement: Sendable, Equatable {
  package var decision: Decision
  /// Who was admitted here before it.
  package var before: EarlierAdmissions
  /// What it can be corrected by; nil where nobody was admitted, or it is not recorded.
  package var admissionID: Int64?

  package init(decision: Decision, before: EarlierAdmissions, admissionID: Int64? = nil) {
    self.decision = decision
    self.before = before
    self.admissionID = admissionID
  }
}

/// A ledger that lasts as long as the program.
package actor MemoryLedger: NightLedger {
  private struct Key: Hashable {
    var passID: String
    var eventID: String
  }

  private var admitted: [Key: EarlierAdmissions] = [:]
  private var people: [String: Int] = [:]

  package init() {}

  package func settle(
    _ entry: AdmissionEntry, judge: @escaping @Sendable (EarlierAdmissions) -> Decision
  ) -> Settlement {
    let key = Key(passID: entry.passID, eventID: entry.eventID)
    let before = admitted[key] ?? EarlierAdmissions()
    let decision = judge(before)
    if let count = decision.count, count.admitted > 0, !entry.isDryRun {
      var after = before
      after.people += count.admitted
      after.first = before.first ?? Entry(at: entry.scan.at, door: entry.scan.door)
      admitted[key] = after
      people[entry.eventID, default: 0] += count.admitted
    }
    return Settlement(decision: decision, before: before)
  }

  /// Takes over what another ledger knows of a pass, unless something is known here already.
  package func begin(passID: String, eventID: String, from earlier: EarlierAdmissions) {
    let key = Key(passID: passID, eventID: eventID)
    if admitted[key] == nil { admitted[key] = earlier }
  }

  package func earlierAdmissions(
    passID: String, eventID: String, code: String, answeredAt: Date
  ) -> EarlierAdmissions {
    admitted[Key(passID: passID, eventID: eventID)] ?? EarlierAdmissions()
  }

  /// Memory keeps no journal.
  package func journal(_ record: ScanRecord, _ decision: Decision) {}

  package func peopleAdmitted(eventID: String) -> Int { people[eventID] ?? 0 }
}
