import Admission
import FoundationEssentials

/// A line that stands over the panel for as long as it holds.
enum Banner: Equatable {
  case notice(Notice)
  /// The venue is full.
  case full(FullHouse)
  /// At least 95 % of the venue is taken.
  case nearlyFull(FullHouse)
  /// The service does not know tonight's event.
  case unknownEvent(Event)
  /// This door is cut off from the others.
  case alone(since: Date)
  /// Tonight's event has ended.
  case over(since: Date)
}

extension DoorState {
  /// The share of the capacity from which on the screen warns.
  private static let warningShare = 0.95

  /// What holds at `now`, the most important first.
  func banners(at now: Date) -> [Banner] {
    notices([.clockWrong, .notRecording]) + [alone].compactMap(\.self)
      + notices([.certificateRefused, .serviceDenies, .scannerWithoutEnd])
      + [unknownEvent].compactMap(\.self)
      + notices([.otherEvent]) + [full, over(at: now), nearlyFull].compactMap(\.self)
      + notices([
        .mostNotTonight, .hookFailed, .clockOffset, .storeSetAside, .slowService, .preloadForbidden,
      ])
  }

  private func notices(_ kinds: [Notice.Kind]) -> [Banner] {
    kinds.compactMap { night.notices[$0] }.map(Banner.notice)
  }

  private var capacity: Int? { setup.capacity.flatMap { $0 > 0 ? $0 : nil } }

  /// The people in a house that is full; nil while it is not.
  var house: FullHouse? {
    taken.flatMap { $0.people >= $0.capacity ? $0 : nil }
  }

  /// How much of the capacity is taken; nil where there is none.
  private var taken: FullHouse? {
    capacity.map {
      FullHouse(
        people: night.crowd.counted, capacity: $0, countsInside: night.crowd.hasLeavers)
    }
  }

  private var full: Banner? {
    house.map(Banner.full)
  }

  private var nearlyFull: Banner? {
    guard let taken, taken.people < taken.capacity,
      Double(taken.people) >= Self.warningShare * Double(taken.capacity)
    else { return nil }
    return .nearlyFull(taken)
  }

  private var unknownEvent: Banner? {
    if case .unknown(let event) = night.tonight { .unknownEvent(event) } else { nil }
  }

  private var alone: Banner? { night.shared.aloneSince.map { .alone(since: $0) } }

  private func over(at now: Date) -> Banner? {
    guard let end = night.tonight.event?.latestEnd, now >= end,
      night.tonight.reasonForNone(at: now) == nil
    else { return nil }
    return .over(since: end)
  }
}

/// How much of what the venue holds is taken.
struct FullHouse: Equatable {
  var people: Int
  var capacity: Int
  /// They are those who are inside now; else all who were admitted, as nobody counts who leaves.
  var countsInside = false
}

extension Crowd {
  /// Those who take a place, as far as anybody can know.
  fileprivate var counted: Int { hasLeavers ? inside : admitted }
}
