package import Admission
package import FoundationEssentials

/// All that the door screen knows. Every input is an event to `reduce`; `view` draws it.
package struct DoorState: Sendable, Equatable {
  /// Seconds, from the contract ("The verdict", "Scans") and, where it is silent, our choice.
  enum Span {
    /// A repeat this soon after the verdict leaves the panel as it is, marked.
    static let marking: TimeInterval = 1
    /// A red or amber panel that was up for less than this leaves a strip.
    static let readable: TimeInterval = 2
    static let strip: TimeInterval = 5
    static let dropped: TimeInterval = 5
    /// How long one page of the codes to try stays.
    static let demoPage: TimeInterval = 4
  }

  package let setup: ScreenSetup
  var shown: ShownVerdict?
  var waiting: [WaitingScan] = []
  /// Newest first.
  var recent: [Outcome] = []
  /// Newest first.
  var strips: [Strip] = []
  /// The newest repeat that the panel has already answered.
  var answeredRepeat: Int?
  var draft = ""
  var dropped: Dropped?
  var overlay: Overlay?
  var service = ServiceStatus.connecting
  var tonight = Tonight.none(.notChosen)
  var admitted = 0
  var notices: [Notice.Kind: Notice] = [:]
  var storedPasses = StoredPasses()
  var priceList = PriceList.notAsked
  /// Which of several events is selected; the first where it is none of them.
  var pickedEventID: String?

  /// Something typed that a scan dropped.
  struct Dropped: Sendable, Equatable {
    var text: String
    /// Uptime in seconds.
    var until: TimeInterval
  }

  package init(setup: ScreenSetup) {
    self.setup = setup
  }

  func panel(at now: Moment) -> Panel {
    if let shown, now.uptime < shown.until {
      return shown.repetition == .neutral
        ? .repeated(shown.outcome, waiting: waiting.count)
        : .verdict(
          shown.outcome, isMarked: shown.repetition == .marked, waiting: waiting.count)
    }
    if let newest = waiting.last { return .lookingUp(newest, others: waiting.count - 1) }
    return .idle
  }

  func strips(at now: Moment) -> [Strip] { strips.filter { now.uptime < $0.until } }

  func droppedText(at now: Moment) -> String? {
    dropped.flatMap { now.uptime < $0.until ? $0.text : nil }
  }

  /// When the picture next changes by itself, in seconds of uptime; always later than `now`.
  package func nextChange(after now: Moment) -> TimeInterval {
    var times = strips.map(\.until)
    if let shown { times.append(shown.until) }
    if let dropped { times.append(dropped.until) }
    if panel(at: now) == .idle, !setup.demoCodes.isEmpty {
      times.append(((now.uptime / Span.demoPage).rounded(.down) + 1) * Span.demoPage)
    }
    let wall = now.wall.timeIntervalSince1970
    var wallTimes = [((wall / 60).rounded(.down) + 1) * 60]
    if let end = tonight.event?.endsAt?.timeIntervalSince1970 {
      // At the end it is over; once the grace has passed it is no longer tonight's.
      wallTimes += [end, (end + Tonight.graceAfterEnd).nextUp]
    }
    if let stored = storedPasses.whole?.at {
      wallTimes.append(AgeText.nextChange(since: stored, after: now.wall).timeIntervalSince1970)
    }
    if case .rates = overlay {
      var changes = rateClock(at: now.wall).wakeTimes(for: priceList.rates)
      if let asOf = priceList.oldSince {
        changes.append(AgeText.nextChange(since: asOf, after: now.wall))
      }
      wallTimes += changes.map(\.timeIntervalSince1970)
    }
    times += wallTimes.map { now.uptime + ($0 - wall) }
    let soonest = times.filter { $0 > now.uptime }.min() ?? now.uptime + 60
    return max(soonest, now.uptime + 0.001)
  }
}
