package import Admission
package import FoundationEssentials

/// Names and hours of events by their ids, for the words of a pass that is for another night.
package actor EventBook {
  private let programme: any VenueProgramme
  private var known: [String: Event] = [:]
  /// Ids that the service was asked for, or is being asked for.
  private var asked: Set<String> = []

  /// A pass may name any number of events; nobody reads more than these.
  private static let mostAsked = 3
  /// A service may name ever new ones.
  private static let mostKnown = 2000

  package init(programme: any VenueProgramme) { self.programme = programme }

  package func note(_ events: [Event]) {
    if known.count > Self.mostKnown { known = [:] }
    for event in events { known[event.id] = event }
  }

  /// The nearest to a moment first, one that is on before all; of those that nobody knows, the id
  /// alone, last.
  package func events(ids: [String], around now: Date) async -> [Event] {
    var events: [Event] = []
    for id in ids where !events.contains(where: { $0.hasID(id) }) {
      if known[id] == nil { known[id] = await programme.storedEvent(id: id) }
      events.append(known[id] ?? Event(id: id))
    }
    return events.enumerated().sorted { first, second in
      (first.element.distance(from: now), first.offset)
        < (second.element.distance(from: now), second.offset)
    }.map(\.element)
  }

  /// Asks the service for those that nobody knows, each once.
  package func learn(ids: [String]) async {
    var unknown: [String] = []
    for id in ids where unknown.count < Self.mostAsked && !unknown.contains(id) {
      if known[id] == nil { known[id] = await programme.storedEvent(id: id) }
      if known[id] == nil, !asked.contains(id) { unknown.append(id) }
    }
    asked.formUnion(unknown)
    if asked.count > Self.mostKnown { asked = [] }
    await withTaskGroup(of: (String, EventAnswer).self) { group in
      for id in unknown {
        group.addTask { [programme] in (id, await programme.event(id: id)) }
      }
      for await (id, answer) in group {
        switch answer {
        case .told(let event): note([event])
        case .unknown: if await !programme.isHeard { asked.remove(id) }
        // It may say so the next time.
        case .silent: asked.remove(id)
        }
      }
    }
  }
}

extension Event {
  /// Seconds from a moment to its hours; 0 while it is on, without end where nobody knows them.
  fileprivate func distance(from now: Date) -> TimeInterval {
    guard let startsAt else { return .infinity }
    if isOn(at: now) { return 0 }
    return abs(startsAt.timeIntervalSince(now))
  }
}
