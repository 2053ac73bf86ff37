package import Admission
package import FoundationEssentials

/// Remembers who was let in here, so that the second friend with the same code is not.
package protocol AdmissionLedger: Sendable {
  /// Judges a scan and records whom it admits, in one step: no other scan of the same pass, here or
  /// in another process, is judged in between.
  /// - Parameter judge: is told who was admitted here before, and says what to admit now.
  func settle(
    _ entry: LedgerEntry, judge: @Sendable (AdmittedHere) -> Decision
  ) async -> Settlement

  /// People admitted here for an event.
  func peopleAdmitted(eventID: String) async -> Int
}

/// What an admission would be recorded under.
package struct LedgerEntry: Sendable, Equatable {
  package var passID: String
  package var eventID: String
  package var at: Date
  package var door: String
  /// True: judge as always, but record nobody (`scan --dry-run`).
  package var isDryRun: Bool

  package init(passID: String, eventID: String, at: Date, door: String, isDryRun: Bool = false) {
    self.passID = passID
    self.eventID = eventID
    self.at = at
    self.door = door
    self.isDryRun = isDryRun
  }
}

/// A judgement that has been recorded.
package struct Settlement: Sendable, Equatable {
  package var decision: Decision
  /// Who was admitted here before it.
  package var before: AdmittedHere

  package init(decision: Decision, before: AdmittedHere) {
    self.decision = decision
    self.before = before
  }
}

/// The people of one pass who were admitted here for one event.
package struct AdmittedHere: Sendable, Equatable {
  package var people: Int
  /// The first of them; nil while there is none.
  package var first: Entry?

  package init(people: Int = 0, first: Entry? = nil) {
    self.people = people
    self.first = first
  }
}

/// A ledger that lasts as long as the program.
package actor MemoryLedger: AdmissionLedger {
  private struct Key: Hashable {
    var passID: String
    var eventID: String
  }

  private var admitted: [Key: AdmittedHere] = [:]
  private var people: [String: Int] = [:]

  package init() {}

  package func settle(
    _ entry: LedgerEntry, judge: @Sendable (AdmittedHere) -> Decision
  ) -> Settlement {
    let key = Key(passID: entry.passID, eventID: entry.eventID)
    let before = admitted[key] ?? AdmittedHere()
    let decision = judge(before)
    if let count = decision.count, count.admitted > 0, !entry.isDryRun {
      admitted[key] = AdmittedHere(
        people: before.people + count.admitted,
        first: before.first ?? Entry(at: entry.at, door: entry.door))
      people[entry.eventID, default: 0] += count.admitted
    }
    return Settlement(decision: decision, before: before)
  }

  package func peopleAdmitted(eventID: String) -> Int { people[eventID] ?? 0 }
}
