import Admission
import FoundationEssentials

/// What is known of tonight's rates.
enum PriceList: Sendable, Equatable {
  /// Nobody has asked yet.
  case notAsked
  /// They could not be had, and none are stored.
  case unknown
  /// - isStale: they could not be fetched anew since `asOf`.
  case known([Rate], asOf: Date?, isStale: Bool)

  /// A rate's option, or a rate without any.
  struct Entry: Equatable {
    var rate: Rate
    var option: RateOption?
  }

  var rates: [Rate] {
    switch self {
    case .notAsked, .unknown: []
    case .known(let rates, _, _): rates
    }
  }

  /// From when the list is, where it could not be fetched anew since.
  var oldSince: Date? {
    switch self {
    case .notAsked, .unknown, .known(_, _, isStale: false): nil
    case .known(_, let asOf, isStale: true): asOf
    }
  }

  /// Kind by kind, each in the service's order.
  var entries: [Entry] {
    PassKind.allCases.flatMap { kind in rates.filter { $0.kind == kind } }.flatMap { rate in
      rate.options.isEmpty
        ? [Entry(rate: rate)] : rate.options.map { Entry(rate: rate, option: $0) }
    }
  }

  /// The first entry that holds, from which somebody who opens the list begins.
  func firstHeld(_ clock: RateClock) -> Int? {
    entries.firstIndex { $0.option.map(clock.phase) == .holds }
  }
}

extension DoorState {
  func rateClock(at now: Date) -> RateClock {
    RateClock(start: night.tonight.event?.startsAt, now: now)
  }
}
