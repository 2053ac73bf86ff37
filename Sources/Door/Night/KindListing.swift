import Admission
import CheckIn
import Foundation

/// How far all of tonight's codes of one kind are fetched, and when they are next.
struct KindListing: Sendable {
  /// Seconds between two listings; the endpoint may be asked once a minute at most.
  private static let pause: Double = 300
  /// Seconds after which a list that is added to is fetched whole again: what was given back since
  /// stands in no list of new ones (FourvenuesAPI: Tickets, guest lists and bookings).
  private static let longestWithoutWhole: Double = 3600
  /// What failed at the start is not left so for five minutes.
  private static let retry = BackOff(first: 2, longest: pause)

  let kind: PassKind
  /// Whether the key may list the kind; else it is looked up live alone.
  private(set) var isForbidden = false
  /// What refuses most of them; nil where nothing does.
  var cause: RefusalForecast.Cause?
  private var failures = 0
  /// It was fetched whole since the event was chosen.
  private var isStored = false
  private var dueAt: Duration = .zero
  private var wholeAt: Duration?
  /// From where a listing of the new ones may begin.
  private var newest: String?

  init(_ kind: PassKind) { self.kind = kind }

  func isDue(at now: Duration) -> Bool { now >= dueAt }

  /// From where to fetch: nil for all of them.
  func beginning(at now: Duration) -> String? {
    guard let wholeAt, now - wholeAt < .seconds(Self.longestWithoutWhole) else { return nil }
    return newest
  }

  /// - Parameters:
  ///   - isWhole: whether all were fetched, not the new ones alone.
  ///   - newest: from where the next may begin.
  mutating func noteDone(isWhole: Bool, newest: String?, at now: Duration) {
    (failures, isStored, isForbidden) = (0, true, false)
    if isWhole { wholeAt = now }
    self.newest = newest
    dueAt = now + .seconds(Self.pause)
  }

  mutating func noteFailure(isForbidden: Bool, at now: Duration) {
    self.isForbidden = isForbidden
    // What is missing of the new ones stands in the next whole list.
    newest = nil
    if isStored {
      dueAt = now + .seconds(Self.pause)
    } else {
      failures += 1
      dueAt = now + .seconds(Self.retry.pause(after: failures, spread: 1))
    }
  }
}
