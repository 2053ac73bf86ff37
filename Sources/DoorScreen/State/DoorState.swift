package import Admission
package import FoundationEssentials

/// All that the door screen knows. Every input is an event to `reduce`; `view` draws it.
package struct DoorState: Sendable, Equatable {
  /// Seconds, as promised (Contract: Repeats) (Contract: Scans), and our choice where nothing is.
  enum Span {
    /// A repeat this soon after the verdict leaves the panel as it is, marked.
    static let marking: TimeInterval = 1
    /// A red or amber panel that was up for less than this leaves a strip.
    static let readable: TimeInterval = 2
    static let strip: TimeInterval = 5
    static let dropped: TimeInterval = 5
    /// How long it is said that F5 was pressed.
    static let asking: TimeInterval = 3
    /// How long a look waits for its scan.
    static let look: TimeInterval = 20
    /// How long a late contradiction stands, unless a key is pressed.
    static let contradiction: TimeInterval = 60
    /// How long one page of the codes to try stays.
    static let demoPage: TimeInterval = 4
    /// How long the question for the PIN stands after its last key.
    static let pin: TimeInterval = 15
    /// How long several events stand to be chosen from again.
    static let choosing: TimeInterval = 60
    /// How long after the question went without the right PIN somebody may still type one.
    static let pinHidden: TimeInterval = 60
    /// What stands half-typed stays for so long after its last digit, and is hidden for as long.
    static let pinTyping: TimeInterval = 30
    /// How long the question stands whether to take one more back (Contract: The door screen).
    static let undoQuestion: TimeInterval = 10
    /// How long the question stands whether to turn the door.
    static let turnQuestion: TimeInterval = 10
    /// How long + or - stands alone before it counts: what is typed on meanwhile is a code.
    static let handCount: TimeInterval = 1
    /// Signs that come sooner than this after each other are one key that is held down.
    static let keyRepeat: TimeInterval = 0.15
  }

  package let setup: ScreenSetup
  var verdicts = Verdicts()
  var scans = Scans()
  /// Newest first.
  var strips: [Strip] = []
  var undoing = Undoing()
  /// Whether to turn the door, until it is confirmed.
  var turning: TurnQuestion?
  /// Uptime in seconds until which the next scan only looks; nil while scans admit.
  var lookUntil: TimeInterval?
  var typing = Typing()
  var overlay: Overlay?
  var night: NightFacts
  var choice = EventChoice()
  var pin = PINTyping()

  /// The verdict on the panel, and the one before it.
  struct Verdicts: Sendable, Equatable {
    var shown: ShownVerdict?
    var beat = Beat()
    /// The panel that gave way to a look-up, until the verdict of that or its own time ends it: staff
    /// cards still act on it.
    var displaced: ShownVerdict?
    /// When the newest guest's verdict was shown, in seconds, monotonic: a key that was pressed before
    /// that was meant for somebody else.
    var shownAt = -TimeInterval.infinity
  }

  struct Scans: Sendable, Equatable {
    /// Those without a verdict, the newest last.
    var waiting: [WaitingScan] = []
    /// Those with one, the newest first.
    var recent: [RecentScan] = []
    /// The newest repeat that the panel has already answered.
    var answeredRepeat: Int?
    /// The highest number of a scan so far.
    var newestNumber = 0
    /// How often a used pass was tried tonight, by its code's bytes.
    var triesOfUsed: [[UInt8]: Int] = [:]
  }

  /// Taking back whom F8 means.
  struct Undoing: Sendable, Equatable {
    /// What came of it, while that is shown.
    var result: ShownUndo?
    /// The newest scan when an admission was asked to be taken back; nil once a verdict came since.
    var askedAfter: Int?
    /// The newest scan when F8 was pressed last; nil once somebody came in by a later one, or by hand.
    var doneUpTo: Int?
    /// Staff asked whom F8 would take back, and nothing came since that they have to see.
    var isOfferAwaited = false
    /// Which admission to take back next, until it is confirmed.
    var question: UndoQuestion?
  }

  struct Typing: Sendable, Equatable {
    var draft = ""
    /// Signs that count people once they have stood alone.
    var signs: HandSigns?
    var dropped: Dropped?
    /// Uptime in seconds until which it stands that the service is asked again (F5).
    var askingUntil: TimeInterval?
    /// A key was pressed tonight.
    var hasPressedKey = false
    /// A scan came before any key: nobody may have a keyboard.
    var isKeyboardless = false
  }

  /// What is known of the night, for the lines at the top and the pages.
  struct NightFacts: Sendable, Equatable {
    var tonight = Tonight.none(.notChosen)
    var service = ServiceStatus.connecting
    var crowd = Crowd()
    var direction: DoorDirection
    /// People during the last 15 minutes; nil until it is told.
    var arrivals: Int?
    var notices: [Notice.Kind: Notice] = [:]
    var storedPasses = StoredPasses()
    var priceList = PriceList.notAsked
    var demoNetwork = DemoNetwork.normal
    var shared = SharedDoors()
    var doubleEntries = DoubleEntries()
  }

  /// Choosing among several events.
  struct EventChoice: Sendable, Equatable {
    /// Those that staff may choose among; empty where there are not several.
    var events: [Event] = []
    /// Uptime in seconds until which they stand to be chosen from again; nil where they do not.
    var until: TimeInterval?
    /// Which of them is selected; the first where it is none of them.
    var pickedID: String?
  }

  /// What of a PIN goes on when nobody asks for it.
  struct PINTyping: Sendable, Equatable {
    /// Uptime in seconds until which none may be tried; nil where one may be.
    var lockedUntil: TimeInterval?
    /// Uptime in seconds until which digits typed by hand may be one although nobody asks.
    var hiddenUntil: TimeInterval?
    /// So many of those stand typed.
    var hiddenDigits = 0
  }

  /// Something unfinished that was dropped.
  struct Dropped: Sendable, Equatable {
    enum Cause: Sendable, Equatable {
      /// A scan came in.
      case scan
      /// Its terminator did not come.
      case noEnd
      /// It was typed as a PIN is, while nobody asked for one.
      case mayBePIN
    }

    var text: String
    var cause: Cause
    /// Uptime in seconds.
    var until: TimeInterval
  }

  /// What came of taking back, until the panel gives way.
  struct ShownUndo: Sendable, Equatable {
    var result: UndoResult
    /// Uptime in seconds.
    var until: TimeInterval

    /// Nothing is late any more about the one that is meant.
    mutating func noteRecorded(_ reference: AdmissionReference) {
      guard case .undone(var entry) = result, entry.reference == reference else { return }
      entry.isRecordedLate = false
      result = .undone(entry)
    }
  }

  /// One more admission that may be taken back.
  struct UndoQuestion: Sendable, Equatable {
    var entry: UndoneEntry
    /// Uptime in seconds.
    var until: TimeInterval
  }

  package init(setup: ScreenSetup) {
    self.setup = setup
    night = NightFacts(direction: setup.direction)
  }

  /// Whether this door shares a ledger with others, alone at the moment or not.
  package var sharesLedger: Bool { night.shared.isShared }

  /// Whether a scan has no verdict yet.
  package var isLookingUp: Bool { !scans.waiting.isEmpty }

  /// Whether a scan read at that moment only looks and admits nobody (F3).
  package func looks(at now: Moment) -> Bool { lookUntil.map { now.uptime < $0 } ?? false }

  /// While this holds, a line that was typed by hand and ended with Enter is no scan but
  /// `DoorKey.enter`; a scanner's burst is a scan as always.
  package var isFinding: Bool {
    if case .find = overlay { return true }
    return false
  }

  func panel(at now: Moment) -> Panel {
    if let question = undoing.question, now.uptime < question.until {
      return .undoQuestion(question.entry)
    }
    if let turning, now.uptime < turning.until { return .turnQuestion(turning.direction) }
    if let undo = undoing.result, now.uptime < undo.until { return .undone(undo.result) }
    if let shown = verdicts.shown, now.uptime < shown.until {
      return shown.repetition == .neutral
        ? .repeated(shown.outcome, waiting: scans.waiting.count)
        : .verdict(shown, waiting: scans.waiting.count)
    }
    if let newest = scans.waiting.last {
      return .lookingUp(newest, others: scans.waiting.count - 1)
    }
    return lookSeconds(at: now).map(Panel.readyToLook) ?? .idle
  }

  /// Whole seconds that a look still waits for its scan; nil while scans admit.
  func lookSeconds(at now: Moment) -> Int? {
    guard let lookUntil, now.uptime < lookUntil else { return nil }
    return max(1, Countdown.wholeSeconds(left: lookUntil - now.uptime))
  }

  func strips(at now: Moment) -> [Strip] { strips.filter { now.uptime < $0.until } }

  func dropped(at now: Moment) -> Dropped? {
    typing.dropped.flatMap { now.uptime < $0.until ? $0 : nil }
  }

  /// Whether F5 was pressed a moment ago.
  func isAskingAgain(at now: Moment) -> Bool { typing.askingUntil.map { now.uptime < $0 } ?? false }

  /// When the picture next changes by itself, in seconds of uptime; always later than `now`.
  package func nextChange(after now: Moment) -> TimeInterval {
    var times = strips.map(\.until)
    if let shown = verdicts.shown { times.append(shown.until) }
    if let change = verdicts.beat.nextChange(after: now) { times.append(change) }
    if let undo = undoing.result { times.append(undo.until) }
    if let question = undoing.question { times.append(question.until) }
    if let turning { times.append(turning.until) }
    if let due = typing.signs?.due { times.append(due) }
    if let lookUntil, let seconds = lookSeconds(at: now) {
      times += [lookUntil - Countdown.secondsLeft(whenWhole: seconds - 1), lookUntil]
    }
    if let dropped = typing.dropped { times.append(dropped.until) }
    if let until = typing.askingUntil { times.append(until) }
    if let until = night.doubleEntries.until { times.append(until) }
    if let until = choice.until { times.append(until) }
    if let until = pin.hiddenUntil { times.append(until) }
    if case .pin(let prompt) = overlay {
      times.append(prompt.until)
      if let until = pin.lockedUntil, let seconds = pinWait(at: now) {
        times += [until - Countdown.secondsLeft(whenWhole: seconds - 1), until]
      }
    }
    if panel(at: now) == .idle, !setup.demoCodes.isEmpty {
      times.append(((now.uptime / Span.demoPage).rounded(.down) + 1) * Span.demoPage)
    }
    let wall = now.wall.timeIntervalSince1970
    var wallTimes = [((wall / 60).rounded(.down) + 1) * 60]
    if let end = night.tonight.event?.latestEnd?.timeIntervalSince1970 {
      // At the end it is over; once the grace has passed it is no longer tonight's.
      wallTimes += [end, (end + Tonight.graceAfterEnd).nextUp]
    }
    if let stored = night.storedPasses.whole?.at {
      wallTimes.append(AgeText.nextChange(since: stored, after: now.wall).timeIntervalSince1970)
    }
    if case .rates = overlay {
      var changes = rateClock(at: now.wall).wakeTimes(for: night.priceList.rates)
      if let asOf = night.priceList.oldSince {
        changes.append(AgeText.nextChange(since: asOf, after: now.wall))
      }
      wallTimes += changes.map(\.timeIntervalSince1970)
    }
    if case .doors = overlay { times += night.shared.nextChanges(after: now) }
    times += wallTimes.map { now.uptime + ($0 - wall) }
    let soonest = times.filter { $0 > now.uptime }.min() ?? now.uptime + 60
    return max(soonest, now.uptime + 0.001)
  }
}

extension DoorState {
  var isKeyRefused: Bool {
    switch night.service {
    case .keyRefused: true
    case .connecting, .live, .failing, .offline: false
    }
  }
}

extension ServiceStatus {
  /// Stored passes decide.
  var isDown: Bool {
    switch self {
    case .failing, .offline, .keyRefused: true
    case .connecting, .live: false
    }
  }

  var latency: Duration? {
    switch self {
    case .live(let latency): latency
    case .connecting, .failing, .offline, .keyRefused: nil
    }
  }
}
