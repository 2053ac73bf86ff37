import Admission
import Formatting
import FoundationEssentials

/// What is known of the doors that share a ledger (Contract: Several doors).
struct SharedDoors: Sendable, Equatable {
  var ledger = LedgerStatus.none
  /// As the ledger had them when they were told: this one first, those that were ended last.
  private(set) var doors: [DoorOnLedger] = []
  /// The id of this door.
  private(set) var thisDoor: String?
  /// When they were told, in seconds of uptime, and by the wall clock; nil until they were.
  private(set) var told: Moment?

  /// A clock that is less off than this needs no words; seconds.
  private static let leastClockOffset: TimeInterval = 2

  var isShared: Bool { ledger != .none }

  /// When this door was cut off from the others; nil while it is not.
  var aloneSince: Date? {
    switch ledger {
    case .alone(let since): since
    case .none, .together: nil
    }
  }

  /// - Parameter doors: this one first.
  mutating func note(_ doors: [DoorOnLedger], at now: Moment) {
    let thisDoor = doors.first?.id
    func isEnded(_ door: DoorOnLedger) -> Bool { door.state == .ended && door.id != thisDoor }
    self.doors = doors.filter { !isEnded($0) } + doors.filter(isEnded)
    self.thisDoor = thisDoor
    told = now
  }

  /// How many doors are there for an event, and how many of them have been silent; nil while nobody knows.
  func count(for eventID: String?) -> (doors: Int, silent: Int)? {
    guard ledger == .together, !doors.isEmpty else { return nil }
    let there = doors.filter { door in
      isThisDoor(door)
        || door.state != .ended
          && (door.eventID == nil || eventID == nil || door.eventID == eventID)
    }
    return (there.count, there.count { !isThisDoor($0) && $0.state == .silent })
  }

  func isThisDoor(_ door: DoorOnLedger) -> Bool { door.id == thisDoor }

  /// Nil where nobody knows: how the others are while this door is alone.
  func state(of door: DoorOnLedger) -> DoorOnLedger.State? {
    if isThisDoor(door) { return aloneSince == nil ? .connected : .alone }
    guard aloneSince != nil else { return door.state }
    return door.state == .ended ? .ended : nil
  }

  /// Seconds for which a door has not been seen.
  func unseen(_ door: DoorOnLedger, at now: Moment) -> Int {
    if isThisDoor(door), ledger == .together { return 0 }
    return Int(Self.clamped(door.unseen + now.uptime - (told?.uptime ?? now.uptime)))
  }

  /// When `unseen` next reads differently, in seconds of uptime.
  func nextChanges(after now: Moment) -> [TimeInterval] {
    guard let told else { return [] }
    return doors.map { door in
      let seconds = unseen(door, at: now)
      let unit = seconds < 60 ? 1 : seconds < 3600 ? 60 : 3600
      return told.uptime + TimeInterval((seconds / unit + 1) * unit) - door.unseen
    }
  }

  /// What is to be known of a door beside its figures, the most important first.
  func remarks(on door: DoorOnLedger) -> [DoorRemark] {
    var remarks: [DoorRemark] = []
    guard door.state != .ended || isThisDoor(door) else { return remarks }
    let name = Self.plain(door.name)
    let isShared = doors.contains {
      $0.id != door.id && (isThisDoor($0) || $0.state != .ended) && Self.plain($0.name) == name
    }
    if isShared { remarks.append(.sameName) }
    if !isThisDoor(door), let this = doors.first(where: isThisDoor) {
      if let event = door.eventID, let thisEvent = this.eventID {
        if event != thisEvent {
          remarks.append(.otherEvent)
        } else {
          let names = Self.differingRules(this, door)
          if !names.isEmpty { remarks.append(.otherRules(names)) }
        }
      }
    }
    if let offset = door.clockOffset, abs(offset) >= Self.leastClockOffset {
      let seconds = Int(Self.clamped(abs(offset)).rounded())
      remarks.append(.clock(seconds: offset < 0 ? -seconds : seconds))
    }
    return remarks
  }

  private static func differingRules(_ one: DoorOnLedger, _ other: DoorOnLedger) -> [String] {
    guard one.rules != other.rules else { return [] }
    var doors = [one, other]
    for index in doors.indices { doors[index].state = .connected }
    return DoorConflicts(among: doors).rules.map(\.name)
  }

  private static func clamped(_ seconds: TimeInterval) -> TimeInterval {
    seconds > 0 ? min(seconds, 1e12) : 0
  }

  /// As people read a name.
  private static func plain(_ name: String) -> String {
    DisplayText.cleaned(name).lowercased().split(separator: " ").joined(separator: " ")
  }
}

/// What is to be known of a door beside its figures.
enum DoorRemark: Equatable {
  /// Another door is called the same.
  case sameName
  /// It checks in for another event than this door.
  case otherEvent
  /// It goes by other rules than this door, for the same event: those of these names.
  case otherRules([String])
  /// Its clock is ahead of the ledger's by so many seconds, or behind where they are below 0.
  case clock(seconds: Int)
}
