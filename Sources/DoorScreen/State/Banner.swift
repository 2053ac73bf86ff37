import Admission
import FoundationEssentials

/// A line that stands over the panel for as long as it holds.
enum Banner: Equatable {
  case notice(Notice)
  /// The venue is full.
  case full(people: Int, capacity: Int)
  /// At least 95 % of the venue is taken.
  case nearlyFull(people: Int, capacity: Int)
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
    guard let capacity, night.admitted >= capacity else { return nil }
    return FullHouse(people: night.admitted, capacity: capacity)
  }

  private var full: Banner? {
    house.map { .full(people: $0.people, capacity: $0.capacity) }
  }

  private var nearlyFull: Banner? {
    guard let capacity, night.admitted < capacity,
      Double(night.admitted) >= Self.warningShare * Double(capacity)
    else { return nil }
    return .nearlyFull(people: night.admitted, capacity: capacity)
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

/// As many people were admitted as the venue holds, or more.
struct FullHouse: Equatable {
  var people: Int
  var capacity: Int
}
