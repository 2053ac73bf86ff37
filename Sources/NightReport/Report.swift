package import Admission
package import Formatting
package import Foundation
package import NightStore

/// A night in figures, ready to be written in any form. Holds nothing but what the store does.
package struct Report: Sendable {
  var event: Event
  var night: ReportedNight
  /// Entries of the event among those figures that no start has recorded in the store yet.
  var waiting = 0
  /// Such entries that cannot be read, of whatever event.
  var unreadable = 0
  /// People that the venue holds (`door.capacity`); nil where nobody said.
  var capacity: Int?
  /// Of text and page; names and columns of the other forms are the same in all.
  var language = Language.english
  var time: LocalTime
  /// The figures are of this moment: a night may still go on.
  var madeAt: Date

  package init(
    event: Event, night: ReportedNight, waiting: Int = 0, unreadable: Int = 0,
    capacity: Int? = nil, language: Language = .english, time: LocalTime, madeAt: Date
  ) {
    self.event = event
    self.night = night
    self.waiting = waiting
    self.unreadable = unreadable
    self.capacity = capacity
    self.language = language
    self.time = time
    self.madeAt = madeAt
  }

  var figures: NightFigures { night.figures }

  /// By which it counts where others than passes came or were expected, in their order. Where all were
  /// passes there is nothing to tell apart.
  var kinds: [PassKind] {
    let seen = Set(figures.passTypes.compactMap(\.kind) + (guests?.passTypes ?? []).map(\.kind))
    return seen.isSubset(of: [.pass]) ? [] : PassKind.allCases.filter(seen.contains)
  }

  /// People and scans of each of the kinds, and of those of whom no kind is known.
  var kindCounts: [NightFigures.PassTypeCount] {
    (kinds.map(Optional.some) + [nil]).compactMap { kind in
      let own = figures.passTypes.filter { $0.kind == kind }
      if own.isEmpty, kind == nil { return nil }
      return NightFigures.PassTypeCount(
        kind: kind, passType: kind?.rawValue, scans: own.reduce(0) { $0.addingClamped($1.scans) },
        people: own.reduce(0) { $0.addingClamped($1.people) })
    }
  }

  /// Those of a kind who were expected; nil where nobody knows.
  func expected(of kind: PassKind) -> (expected: Int, came: Int)? {
    let own = guests?.passTypes.filter { $0.kind == kind } ?? []
    if own.isEmpty { return nil }
    return (
      own.reduce(0) { $0.addingClamped($1.expected) }, own.reduce(0) { $0.addingClamped($1.came) }
    )
  }

  /// Nothing was scanned, looked at or let in.
  var isEmpty: Bool { figures == NightFigures(eventID: event.id) }

  /// People may still come: those who have not are no no-shows yet. Where nobody knows the event's end,
  /// it lasts until the last scan is `Tonight.graceAfterEnd` ago.
  var goesOn: Bool {
    if let end = event.endsAt { return madeAt < end }
    return figures.lastAt.map { madeAt.timeIntervalSince($0) < Tonight.graceAfterEnd } ?? false
  }

  /// Nil where nobody knows how many were expected.
  var guests: ExpectedGuests? {
    switch night.attendance {
    case .known(let guests): guests
    case .neverListed, .forgotten: nil
    }
  }

  var byHand: [LedgerEntry] { night.entries.filter { $0.isByHand && $0.undoneAt == nil } }
  /// Those who left were not let in.
  var takenBack: [LedgerEntry] {
    night.entries.filter { $0.undoneAt != nil && $0.cameIn > 0 }
  }

  /// When the capacity's last place was first taken; nil where it never was, or none is known.
  var fullAt: Date? {
    guard let capacity else { return nil }
    var inside = 0
    for entry in night.entries where entry.undoneAt == nil {
      inside = inside.addingClamped(entry.movement.change)
      if inside >= capacity { return entry.at }
    }
    return nil
  }

  /// How long the service did not answer at all at one door or more, in minutes to a tenth, as the
  /// journal shows it: each door counts between its own first and last line of the event. What is not
  /// nothing does not become nothing by rounding.
  var minutesOffline: Decimal {
    let seconds = max(0, figures.offline / .seconds(1))
    let tenths = (seconds / 6).rounded()
    return Decimal(seconds > 0 ? max(1, tenths) : 0) / 10
  }
}

extension NightFigures.Peak {
  /// `peoplePerMinute` without binary fractions.
  var rate: Decimal { Decimal(people) * 60 / Decimal(NightFigures.peakSpan) }

  var end: Date { start.addingTimeInterval(NightFigures.peakSpan) }
}

extension NightFigures.QuarterHour {
  static let length: TimeInterval = 15 * 60

  var end: Date { start.addingTimeInterval(Self.length) }
}
