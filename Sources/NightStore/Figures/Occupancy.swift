package import Admission
package import FoundationEssentials
import GRDB

/// Who was inside over a night, from who came in and who left, in the order of their times (Contract: Out
/// and in again).
package struct Occupancy: Sendable, Equatable {
  /// People who came in, or left, at once.
  package struct Movement: Sendable, Equatable {
    package var at: Date
    package var passage: Passage
    /// Came in for the first time.
    package var people: Int
    /// Came in again.
    package var back: Int
    package var gone: Int
    /// Of those who left, whom no door saw come in.
    package var unseen: Int

    package init(
      at: Date, passage: Passage, people: Int = 0, back: Int = 0, gone: Int = 0, unseen: Int = 0
    ) {
      self.at = at
      self.passage = passage
      self.people = people
      self.back = back
      self.gone = gone
      self.unseen = unseen
    }

    /// By how many there are more inside after it.
    package var change: Int { people.addingClamped(back) - (gone - unseen) }
  }

  /// A quarter of an hour.
  package struct Quarter: Sendable, Equatable {
    package var start: Date
    /// The most who were inside at any moment of it.
    package var most: Int
    /// Somebody came in or left in it.
    package var hasMovement: Bool
  }

  /// How many were inside from a moment on.
  package struct Step: Sendable, Equatable {
    package var at: Date
    package var inside: Int
  }

  private static let quarter = 900.0
  /// A wall clock that was set in between could ask for any number of quarters: a week's.
  private static let mostQuarters = 7 * 24 * 4

  /// Who came in again, without those who came for the first time.
  package private(set) var back = NightFigures.Tally()
  /// Who left, those counted out by hand included.
  package private(set) var left = NightFigures.Tally()
  /// Of these, whom no door saw come in.
  package private(set) var unseen = 0
  /// People without a code whom staff counted in, and out.
  package private(set) var countedIn = 0
  package private(set) var countedOut = 0
  package private(set) var steps: [Step] = []
  /// As the counts say, which may be less than nobody for a moment.
  private var count = 0

  package init() {}

  /// - Parameter movements: by their times; those taken back are not among them.
  package init(_ movements: some Sequence<Movement>) {
    for movement in movements { add(movement) }
  }

  private mutating func add(_ movement: Movement) {
    if movement.back > 0 {
      back.admissions += 1
      back.people = back.people.addingClamped(movement.back)
    }
    if movement.gone > 0 {
      left.admissions += 1
      left.people = left.people.addingClamped(movement.gone)
      unseen = unseen.addingClamped(movement.unseen)
    }
    switch movement.passage {
    case .counted, .byHand, .left: break
    case .counter:
      countedIn = countedIn.addingClamped(movement.people)
      countedOut = countedOut.addingClamped(movement.gone)
    }
    // A number of people from a hostile answer must not overflow any sum.
    count += max(-1_000_000, min(movement.change, 1_000_000))
    steps.append(Step(at: movement.at, inside: max(0, count)))
  }

  /// Somebody was counted out, so that who is inside and who came may differ.
  package var hasLeavers: Bool { left.people > 0 }

  /// Nobody was counted otherwise than at an entrance without an exit.
  package var isOfEntrancesAlone: Bool { !hasLeavers && back.people == 0 && countedIn == 0 }

  /// At the end, or now.
  package var inside: Int { steps.last?.inside ?? 0 }

  /// The most who were inside, and since when; nil where nobody ever was.
  package var highest: Step? {
    // The first of them.
    let highest = steps.max { $0.inside < $1.inside }
    return highest.flatMap { highest in
      highest.inside > 0 ? steps.first { $0.inside == highest.inside } : nil
    }
  }

  /// From the first quarter in which anybody moved to the last; those without a movement are left out only
  /// where there would be more than a week of them.
  package var quarters: [Quarter] {
    var quarters: [Quarter] = []
    var inside = 0
    for step in steps {
      let start = Self.start(ofQuarterOf: step.at)
      if let last = quarters.last, last.start < start {
        let between = Int((start.timeIntervalSince(last.start) / Self.quarter).rounded()) - 1
        for number in 0..<(between < Self.mostQuarters ? between : 0) {
          quarters.append(
            Quarter(
              start: last.start + Double(number + 1) * Self.quarter, most: inside,
              hasMovement: false))
        }
      }
      if quarters.last?.start != start {
        // Whoever is inside when it begins.
        quarters.append(Quarter(start: start, most: inside, hasMovement: true))
      }
      quarters[quarters.count - 1].most = max(quarters[quarters.count - 1].most, step.inside)
      inside = step.inside
    }
    return quarters
  }

  /// The longest time in a row in which so many were inside, or more; nil where they never were.
  /// - Parameter end: until when the last of them count.
  package func longest(atLeast people: Int, until end: Date) -> DateInterval? {
    var longest: DateInterval?
    var start: Date?
    func close(at moment: Date) {
      guard let begun = start else { return }
      start = nil
      let interval = DateInterval(start: begun, end: max(begun, moment))
      if interval.duration > longest?.duration ?? -1 { longest = interval }
    }
    for step in steps {
      if step.inside < people {
        close(at: step.at)
      } else if start == nil {
        start = step.at
      }
    }
    close(at: end)
    return longest
  }

  private static func start(ofQuarterOf moment: Date) -> Date {
    // Every zone of today is whole quarters from UTC, so these are the local clock's too.
    Date(
      timeIntervalSince1970: (moment.timeIntervalSince1970 / quarter).rounded(.down) * quarter)
  }
}

extension Occupancy {
  /// Of all doors; nil where nobody was ever counted out, back in, or without a code.
  init?(eventID: String, in database: Database) throws {
    let rows = try Row.fetchCursor(
      database,
      sql: """
        SELECT at, kind, people, back, gone, unseen FROM admissions
        WHERE event_id = ? AND undone_at IS NULL AND people + back + gone > 0 ORDER BY at, id
        """,
      arguments: [eventID])
    self.init()
    while let row = try rows.next() {
      let at: Double = row["at"]
      add(
        Movement(
          at: Date(timeIntervalSince1970: at),
          passage: Passage(rawValue: row["kind"]) ?? .counted, people: row["people"],
          back: row["back"], gone: row["gone"], unseen: row["unseen"]))
    }
    if isOfEntrancesAlone { return nil }
  }
}
