package import Admission
package import FoundationEssentials
import Waiting

/// How many people came, how many are inside, and how well this door knows that.
extension RecordingLedger {
  /// With fewer free places than these a house is nearly full.
  private static let fewPlaces = 100

  /// How many came to an event and how many are inside, recorded or not.
  package func crowd(eventID: String) async -> Crowd {
    crowd(eventID: eventID, stored: await storedCrowd(eventID: eventID))
  }

  /// The same, and how many of them came since each of some moments.
  package func crowd(
    eventID: String, sinceEach moments: [Date]
  ) async -> (crowd: Crowd, cameSince: [Int]) {
    let stored = try? await store?.crowd(eventID: eventID, sinceEach: moments)
    let cameSince =
      stored.map { stored in
        zip(stored.cameSince, moments).map {
          $0 + own.peopleUnrecorded(eventID: eventID, since: $1)
        }
      } ?? moments.map { own.peopleAdmitted(eventID: eventID, since: $0) }
    return (crowd(eventID: eventID, stored: stored?.crowd), cameSince)
  }

  /// Nil where there is no store, or it cannot be read.
  func storedCrowd(eventID: String, with news: [LedgerAdmission] = []) async -> Crowd? {
    try? await store?.crowd(eventID: eventID, with: news)
  }

  /// - Parameter stored: what the store holds now; nil: it cannot be asked.
  func crowd(eventID: String, stored: Crowd?) -> Crowd {
    stored?.adding(own.crowdUnrecorded(eventID: eventID)) ?? own.crowd(eventID: eventID)
  }

  /// Whether somebody may have left, or come in, whom this door has not heard of. Just after the start the
  /// first word of the other doors is waited for.
  func mayMissExits(eventID: String) async -> Bool {
    guard let link else { return false }
    await link.untilInStep()
    return link.mayMissExits(eventID: eventID)
  }

  /// Whether other doors share the ledger, and this one cannot hear them now.
  var isAlone: Bool { link.map { $0.status != .together } ?? false }

  /// Whether other doors may fill the house before this one hears of it: what they do is here within a
  /// second, in which fewer come in than are still free.
  func isNearlyFull(_ entry: AdmissionEntry) async -> Bool {
    guard let places = entry.places else { return false }
    return await crowd(eventID: entry.eventID).inside.addingClamped(Self.fewPlaces) > places
  }

  /// The pass that somebody came in on by a code, the last time, as far as is known in the time that a
  /// panel waits.
  func passAdmitted(on code: String, eventID: String) async -> PassAtEvent? {
    if let pass = own.passAdmitted(on: code, eventID: eventID) { return pass }
    guard let store else { return nil }
    let reading = Task { try? await store.passAdmitted(on: code, eventID: eventID) }
    return await reading.value(within: Self.patience, on: clock) ?? nil
  }
}
