import FoundationEssentials

/// The venue's nights.
struct Programme: Sendable {
  /// Tonight's where the options name no other: the event of the vendor's sample pass, so that the
  /// sample is checked in for tonight.
  static let usualTonightID = "el4gr63f00xkq01i1d8jh5ohuzaZhvoE"
  static let otherTonightID = "el4gr63f00xkq01i1d8secondroomZvE"
  static let yesterdayID = "el4gr63f00xkq01i1d8jhyesterdayvE"
  static let tomorrowID = "el4gr63f00xkq01i1d8jh5tomorrowvE"

  /// Start and end of the night that the guest list is for, even where no event runs.
  let tonight: SandboxEvent
  let events: [SandboxEvent]
  let calendar: Calendar

  init(options: SandboxOptions, startedAt now: Date) {
    let hour: TimeInterval = 3600
    let length = 8 * hour
    let start =
      options.startsAt
      ?? options.endsAt.map { $0.addingTimeInterval(-length) }
      ?? Date(
        timeIntervalSince1970: ((now.timeIntervalSince1970 - 2 * hour) / hour).rounded(.down) * hour
      )
    let tonight = SandboxEvent(
      id: options.tonightEventID ?? Self.usualTonightID, name: options.eventName, startsAt: start,
      endsAt: options.endsAt ?? start.addingTimeInterval(length))
    func night(_ id: String, _ name: String, hoursLater: TimeInterval) -> SandboxEvent {
      let start = start.addingTimeInterval(hoursLater * hour)
      return SandboxEvent(
        id: id, name: name, startsAt: start, endsAt: start.addingTimeInterval(length))
    }
    var events = [night(Self.yesterdayID, "Noche de Ayer", hoursLater: -24)]
    switch options.eventsTonight {
    case .none: break
    case .one: events.append(tonight)
    case .two:
      var other = tonight
      other.id = Self.otherTonightID
      other.name = "Sala Dos"
      events += [tonight, other]
    }
    events.append(night(Self.tomorrowID, "Noche de Mañana", hoursLater: 24))
    self.tonight = tonight
    self.events = (events + options.extraEvents).sorted { $0.startsAt < $1.startsAt }
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = options.timeZone
    self.calendar = calendar
  }

  func event(id: String) -> SandboxEvent? {
    events.first { $0.id.utf8.elementsEqual(id.utf8) }
  }

  /// The events that start on the days from `first` to `last`, both included.
  func events(from first: Day, to last: Day) -> [SandboxEvent] {
    events.filter { event in
      day(of: event.startsAt).map { first <= $0 && $0 <= last } ?? false
    }
  }

  /// The day of a moment at the venue.
  func day(of moment: Date) -> Day? {
    let parts = calendar.dateComponents([.year, .month, .day], from: moment)
    guard let year = parts.year, let month = parts.month, let day = parts.day else { return nil }
    return Day(year: year, month: month, day: day)
  }
}

/// A date as the events' list takes it, `YYYY-MM-DD`.
struct Day: Comparable {
  let year: Int
  let month: Int
  let day: Int

  init(year: Int, month: Int, day: Int) {
    self.year = year
    self.month = month
    self.day = day
  }

  init?(_ text: String) {
    let parts = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    guard parts.map(\.count) == [4, 2, 2],
      text.utf8.allSatisfy({ $0 == UInt8(ascii: "-") || (0x30...0x39).contains($0) })
    else { return nil }
    let numbers = parts.compactMap { Int(Substring($0)) }
    guard numbers.count == 3, (1...12).contains(numbers[1]), (1...31).contains(numbers[2]) else {
      return nil
    }
    self.init(year: numbers[0], month: numbers[1], day: numbers[2])
  }

  static func < (one: Day, other: Day) -> Bool {
    (one.year, one.month, one.day) < (other.year, other.month, other.day)
  }
}
