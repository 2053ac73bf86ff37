import Admission
import CheckIn
import FoundationEssentials
import Synchronization

/// A clock that a test sets; it begins at `start`.
final class SettableClock: Sendable {
  static let start = Date(timeIntervalSince1970: 1_800_000_000)
  private static let hour: TimeInterval = 3600

  private let reading = Mutex(ClockWatch.Reading(wall: SettableClock.start, elapsed: 0))

  func box(builtAt: Date = .distantPast) -> BoxClock {
    BoxClock(builtAt: builtAt) { self.reading.withLock { $0 } }
  }

  /// Time goes by.
  func pass(hours: Double) {
    reading.withLock {
      $0.wall += hours * Self.hour
      $0.elapsed += hours * Self.hour
    }
  }

  /// Somebody sets it.
  func set(by hours: Double) { reading.withLock { $0.wall += hours * Self.hour } }
}

/// A service whose answers a test changes as the night goes on.
final class Programme: VenueProgramme {
  struct Answers {
    var events: [Event]?
    var single: [String: Event] = [:]
    var unknown: Set<String> = []
    var asked: [String] = []
    var stored: [Event] = []
    var silent: [CheckedContinuation<Void, Never>]?
    var refusesKey = false
    var isHeard = true
  }

  let answers: Mutex<Answers>

  /// A service that takes every question and answers none until `answer` is called.
  convenience init(silentWith stored: [Event]) {
    self.init()
    answers.withLock {
      $0.stored = stored
      $0.silent = []
    }
  }

  func answer(events: [Event]? = nil, single: [Event] = []) {
    let waiting = answers.withLock { answers in
      answers.events = events
      answers.single = Dictionary(uniqueKeysWithValues: single.map { ($0.id, $0) })
      defer { answers.silent = nil }
      return answers.silent ?? []
    }
    for continuation in waiting { continuation.resume() }
  }

  private func listen() async {
    await withCheckedContinuation { continuation in
      let isSilent = answers.withLock { answers in
        answers.silent?.append(continuation)
        return answers.silent != nil
      }
      if !isSilent { continuation.resume() }
    }
  }

  init(events: [Event]? = nil, single: [Event] = []) {
    answers = Mutex(
      Answers(
        events: events, single: Dictionary(uniqueKeysWithValues: single.map { ($0.id, $0) })))
  }

  func event(id: String) async -> EventAnswer {
    await listen()
    return answers.withLock {
      $0.asked.append("event \(id)")
      if $0.unknown.contains(id) { return .unknown }
      return $0.single[id].map(EventAnswer.told) ?? .silent
    }
  }

  func events(around now: Date) async -> [Event]? {
    await listen()
    return answers.withLock {
      $0.asked.append("events")
      return $0.events
    }
  }

  func storedEvent(id: String) async -> Event? {
    answers.withLock { $0.stored.first { $0.id == id } }
  }

  func storedEvents() async -> [Event]? {
    answers.withLock { $0.stored.isEmpty ? nil : $0.stored }
  }

  func rates(eventID: String) async -> [Rate]? { nil }

  var refusesKey: Bool { get async { answers.withLock(\.refusesKey) } }
  var isHeard: Bool { get async { answers.withLock(\.isHeard) } }
}
