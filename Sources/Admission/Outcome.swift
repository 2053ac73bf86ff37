package import FoundationEssentials

/// What became of one scan: the verdict, what it is about, and how it came about. The screen, the
/// `scan` command and the hooks all show this and nothing else.
package struct Outcome: Sendable, Equatable {
  /// Running number of the scan since the program began, from 1.
  package var number: Int
  /// The code after cleaning; the service's spelling where it answered.
  package var code: String
  package var decision: Decision
  /// The scanner read the newest code again: the verdict is repeated, and nothing was recorded.
  package var isRepeat: Bool
  /// Nil where no pass is known.
  package var pass: PassSummary?
  package var tonight: Tonight
  /// Who of this pass came in before, when that is known.
  package var earlierEntry: Entry?
  /// Nil where nothing answered.
  package var source: Source?
  /// When the verdict was reached.
  package var at: Date
  /// From the look-up's first request to the verdict.
  package var latency: Duration
  /// What a pass is for that is not for tonight's event: the events, the nearest to now first; of
  /// those that nobody knows, the id alone. Empty where it is for none; nil where that was not
  /// asked.
  package var nights: [Event]?
  /// The line of tonight's price list that the pass's type matches. Information, never a debt.
  package var rate: Rate?
  /// The admission was not durable yet when the verdict was given.
  package var isRecordedLate: Bool
  /// Judged as always, but nobody was recorded by it (F3).
  package var isLook: Bool
  /// How the service was doing when the verdict was given; nil where nobody keeps that.
  package var service: ServiceHealth?

  package var verdict: Verdict { decision.verdict }
  package var reason: Reason { decision.reason }
  package var count: HeadCount? { decision.count }

  /// The public name of the reason (Contract: The verdict).
  package var reasonName: String { isRepeat ? "repeat_scan" : reason.rawValue }

  /// How old somebody must be who comes in on it, in years: what the pass itself says, else the lowest
  /// of what the options of its rate that hold ask for: what one of them asks beyond that stands beside
  /// its price. It changes no verdict.
  package var minimumAge: Int? {
    if let age = pass?.details.minimumAge, age > 0 { return age }
    let start = tonight.event?.startsAt
    let held = rate?.options.filter { option in
      guard let start else { return option.from == nil && option.until == nil }
      return option.phase(at: at.timeIntervalSince(start)) == .holds
    }
    return held?.compactMap(\.minimumAge).filter { $0 > 0 }.min()
  }

  /// Age in whole seconds of the answer that decided; nil where there was none.
  package var ageSeconds: Int? {
    switch source {
    case nil: nil
    case .live: 0
    case .cache(let fetchedAt, _): max(0, Int(at.timeIntervalSince(fetchedAt)))
    }
  }

  package init(
    number: Int, code: String, decision: Decision, isRepeat: Bool = false,
    pass: PassSummary? = nil, tonight: Tonight, earlierEntry: Entry? = nil,
    source: Source? = nil, at: Date, latency: Duration = .zero, rate: Rate? = nil,
    isRecordedLate: Bool = false, isLook: Bool = false
  ) {
    self.number = number
    self.code = code
    self.decision = decision
    self.isRepeat = isRepeat
    self.pass = pass
    self.tonight = tonight
    self.earlierEntry = earlierEntry
    self.source = source
    self.at = at
    self.latency = latency
    self.rate = rate
    self.isRecordedLate = isRecordedLate
    self.isLook = isLook
  }
}

/// Somebody on a pass who came in earlier tonight.
package struct Entry: Sendable, Equatable {
  package var at: Date
  /// Nil where the entry was recorded elsewhere.
  package var door: String?

  package init(at: Date, door: String? = nil) {
    self.at = at
    self.door = door
  }
}

/// What is shown of a pass. The name is already as `door.show_names` wants it.
package struct PassSummary: Sendable, Equatable {
  package var kind: PassKind
  package var id: String
  package var customer: String?
  package var type: String?
  /// The service's raw word.
  package var state: String
  /// Events on which somebody has come in on this pass, tonight included.
  package var nightsUsed: Int
  /// Events that the pass is good for.
  package var nights: Int

  package var details: PassDetails

  package init(
    kind: PassKind = .pass, id: String, customer: String? = nil, type: String? = nil,
    state: String, nightsUsed: Int, nights: Int, details: PassDetails = PassDetails()
  ) {
    self.kind = kind
    self.details = details
    self.id = id
    self.customer = customer
    self.type = type
    self.state = state
    self.nightsUsed = nightsUsed
    self.nights = nights
  }

  /// - Parameter count: tonight's people, which tells whether tonight is one of the nights used.
  package init(pass: Pass, count: HeadCount?, eventID: String?, showNames: ShownNames) {
    var used = Set(pass.usages.filter(\.isCheckedIn).map(\.eventID))
    var nights = Set(pass.usages.map(\.eventID))
    if let eventID, let count, count.allowed > 0, count.used + count.admitted > 0 {
      used.insert(eventID)
      nights.insert(eventID)
    }
    self.init(
      kind: pass.kind, id: pass.id, customer: pass.customerName.flatMap(showNames.shown),
      type: pass.typeName, state: pass.state, nightsUsed: used.count, nights: nights.count,
      details: pass.details.shown(showNames, customer: pass.customerName))
  }
}

extension Pass {
  /// When somebody first came in on this pass tonight, according to the service. A usage's time can
  /// also be that of the purchase, so it counts only when somebody is in and it lies between 12 h
  /// before the event's start and 12 h after its end (FourvenuesAPI: Pass, inferred).
  package func entryTime(at event: Event, now: Date) -> Date? {
    guard let start = event.startsAt else { return nil }
    let margin: TimeInterval = 12 * 3600
    let earliest = start.addingTimeInterval(-margin)
    let latest = min(event.endsAt?.addingTimeInterval(margin) ?? now, now)
    return usages(forEvent: event.id).filter(\.isCheckedIn).compactMap(\.time)
      .filter { $0 >= earliest && $0 <= latest }.min()
  }
}
