import Admission
import CheckIn
import DoorConfiguration
import DoorScreen
import Formatting
import Foundation
import LinuxBox
import Scanner
import Terminal
import Waiting

/// The one loop of the door screen: everything that happens is an event, handled one at a time, and
/// only here is the terminal drawn on.
actor DoorLoop {
  enum Event: Sendable {
    case input(InputChunk)
    /// The terminal is gone.
    case inputEnded
    case signal(TerminalSignal)
    /// The verdict will be this once it is recorded.
    case judged(@Sendable () -> Outcome)
    /// What was judged is recorded, and is the verdict.
    case saved(ServiceHealth)
    case verdict(Outcome)
    case tonight(Tonight)
    /// What became of a PIN.
    case pin(PINChecker.Answer)
    /// Something for the screen alone.
    case screen(DoorEvent)
    /// Other doors let somebody in, or took somebody back.
    case othersChanged
    /// The time that was asked for has come.
    case wake
  }

  struct Setup: Sendable {
    var screen: ScreenSetup
    /// Seconds between the bytes of a burst (`scanner.gap_ms`).
    var gap: TimeInterval
    var log: NightLog
    /// Nil where no PIN is asked for.
    var pinChecker: PINChecker?
    /// Hears that the loop lives.
    var serviceManager: NotifySocket?
    /// Says how often.
    var environment: [String: String] = ProgramEnvironment.variables
    var clock = DoorClock()
  }

  /// What the loop has done for it.
  struct Outside: Sendable {
    var checkIn: CheckInService
    /// Hears of each scan that is to be judged.
    var service: ServiceRecord
    var staff: any StaffRequests
    /// Hears how far the verdicts were shown.
    var audience: Audience
    /// Is told each verdict but those of looks once it is shown, and returns at once. Nil where nobody
    /// is to be told.
    var hook: (@Sendable (Outcome) -> Void)?
    /// Changes how a demo's service does.
    var changeDemo: @Sendable () -> Void = {}
  }

  private let terminal: any DoorTerminal
  let cleaner: CodeCleaner
  var cards: StaffCardReader
  let outside: Outside
  private let queue: EventQueue<Event>
  private let appearance: Appearance
  var decoder: ScanDecoder
  var state: DoorState
  let log: NightLog
  let pinChecker: PINChecker?
  var pinEntry = PINEntry()
  /// Something came while a PIN was asked for, or right after it.
  var hadPINTyped = false
  private var ringing = Ringing()
  private var watchdog: Watchdog
  private let clock: DoorClock
  private var alarm: Alarm?
  private var isOver = false
  /// Something has changed that is not painted yet.
  private var isPictureDue = false
  /// Seconds of uptime: so long that picture waits for the verdict on a scan. Nil where it does not.
  private var verdictAwaitedUntil: TimeInterval?
  private var isCountDue = false
  /// Seconds, monotonic.
  private var drawnAt: TimeInterval = 0
  /// The verdict to come, while it is being recorded, and its picture.
  private var judged: Outcome?
  private var prepared: PreparedPicture?
  /// The newest scan whose verdict will be in the next picture, and what the hook has yet to be told.
  private var verdictNumber = 0
  private var untold: [Outcome] = []
  /// When the newest bytes came, and the first of those that came close together.
  var readAt: Moment
  var burstBeganAt: Moment
  var isBurstOver = false
  /// When the newest byte came, in seconds of uptime, and whether it came alone, so far.
  var byteAt = -TimeInterval.infinity
  var isLoneByte = false

  /// Seconds that events in a row may go without a picture, and that "looking up" gives a verdict that
  /// comes sooner than it could be read. The old colour must be gone within 0.1.
  private static let longestUndrawn: TimeInterval = 0.03

  /// Seconds until a terminal that did not take a picture is given the next one.
  private static let nextTry: TimeInterval = 0.02

  /// Of a verdict that is still being recorded.
  private struct PreparedPicture {
    var outcome: Outcome
    var frame: Frame
    /// Seconds of uptime: then it changes by itself.
    var holdsUntil: TimeInterval
  }

  private struct Alarm {
    /// Seconds, monotonic.
    var at: TimeInterval
    var call: ScheduledCall
  }

  init(
    terminal: sending any DoorTerminal, setup: Setup, cleaner: sending CodeCleaner,
    cards: StaffCardReader, outside: Outside, queue: EventQueue<Event>
  ) {
    appearance = Appearance(
      charset: terminal.usesUnicode ? .unicode : .ascii, isColoured: terminal.usesColours)
    decoder = ScanDecoder(
      input: .keyboard(gap: setup.gap), keys: KeySequences(terminal.keySequences))
    state = DoorState(setup: setup.screen)
    log = setup.log
    pinChecker = setup.pinChecker
    watchdog = Watchdog(environment: setup.environment, socket: setup.serviceManager)
    clock = setup.clock
    readAt = setup.clock.now()
    burstBeganAt = readAt
    self.terminal = terminal
    self.cleaner = cleaner
    self.cards = cards
    self.outside = outside
    self.queue = queue
  }

  var now: Moment { clock.now() }

  /// Draws until somebody leaves, a signal ends the program, or the terminal is gone. The terminal is
  /// as it was before when this returns.
  func run(tonight: Tonight) async {
    defer { terminal.restore() }
    await reduce(.night(.tonight(tonight)), at: now)
    log.tonight(tonight)
    await checkClock(now)
    if let wait = await pinChecker?.wait { await lockPIN(for: wait) }
    draw()
    for await event in queue.events {
      let isLast = queue.took()
      if case .judged(let outcome) = event {
        let outcome = outcome()
        judged = outcome
        if isLast { prepare(for: outcome) }
        continue
      }
      forgetPrepared(by: event)
      await handle(event)
      if isOver { break }
      isPictureDue = true
      if case .input = event, isVerdictAwaited {
        setAlarm(after: now, isBehind: false)
      } else if isLast || now.uptime - drawnAt > Self.longestUndrawn {
        // In a flood nobody can read every picture; the newest counts, and is never far behind.
        draw()
      }
      if isLast { countAdmitted() }
    }
    // What is not painted by now never is.
    outside.audience.leave()
    alarm?.call.cancel()
    watchdog.stopping()
  }

  private func handle(_ event: Event) async {
    forgetTypedPIN(at: now)
    switch event {
    case .input(let chunk): await read(chunk)
    case .inputEnded: isOver = true
    case .signal(.resized): terminal.resize()
    case .signal(.resumed): terminal.redraw()
    case .signal(.interrupt) where state.setup.kiosk != nil: break
    case .signal(.terminate), .signal(.hangUp), .signal(.interrupt): isOver = true
    case .pin(let answer): await noteAnswer(answer)
    case .judged: break
    case .saved(let health):
      guard var outcome = judged else { break }
      outcome.service = health
      await show(outcome)
    case .verdict(let outcome): await show(outcome)
    case .screen(let event):
      await reduce(event, at: now)
      log.noted(event)
    case .tonight(let tonight):
      await reduce(.night(.tonight(tonight)), at: now)
      log.tonight(tonight)
      isCountDue = true
    case .othersChanged: isCountDue = true
    case .wake:
      alarm = nil
      let now = now
      // A key counts from when it was pressed, not from when it was sure to be one.
      for typed in decoder.advance(to: now.uptime) { await handle(typed, at: readAt) }
      await checkClock(now)
      await reduce(.tick, at: now)
    }
  }

  private func show(_ outcome: Outcome) async {
    judged = nil
    await reduce(.scan(.verdict(outcome)), at: now)
    verdictNumber = outcome.number
    // What a look would have done must open no turnstile.
    if !outcome.isLook { untold.append(outcome) }
    // Whoever came in at another door may be known since this very scan, which is no news then.
    if outcome.decision.people > 0 || state.sharesLedger { isCountDue = true }
  }

  /// Nobody waits for the count, and the newest one holds.
  private func countAdmitted() {
    guard isCountDue else { return }
    isCountDue = false
    outside.staff.countSoon()
  }

  /// Hours and rates hang on the clock, so a clock that cannot be right is said all the time.
  private func checkClock(_ now: Moment) async {
    await reduce(.notice(.clockWrong, isActive: !Version.isPlausible(now.wall)), at: now)
  }

  // MARK: What follows

  func lightUp() { terminal.wake() }

  /// - Parameter isTyped: by fingers, as far as can be told.
  func submit(_ code: CleanedCode, at readAt: Moment, isTyped: Bool = false) async {
    let isLook = state.looks(at: now)
    outside.service.expectVerdict()
    let readableAt = now.uptime + Self.longestUndrawn
    let submission = await outside.checkIn.submit(
      CheckInService.Scan(code: code.text, unreadable: code.unreadable, readAt: readAt),
      isLook: isLook)
    if !isPictureDue, !submission.isRepeat { verdictAwaitedUntil = readableAt }
    terminal.wake()
    await reduce(
      .scan(
        .taken(
          number: submission.number, code: code.text, isRepeat: submission.isRepeat,
          isLook: isLook, isTyped: isTyped)),
      at: now)
  }

  /// Changes the state by an event, and does what follows from it.
  func reduce(_ event: DoorEvent, at now: Moment) async {
    let (wasAskingForPIN, tookPIN) = (state.isAskingForPIN, state.takesPIN(at: now))
    let effects = state.reduce(event, at: now)
    if state.isAskingForPIN != wasAskingForPIN || tookPIN && !state.takesPIN(at: now) {
      // What stands half-typed belongs to the other side of the question.
      decoder.forgetTyped(at: now.uptime)
      pinEntry = PINEntry()
    }
    for effect in effects { await perform(effect, at: now) }
  }

  private func perform(_ effect: Effect, at now: Moment) async {
    let staff = outside.staff
    switch effect {
    case .leave: isOver = true
    case .refresh:
      terminal.redraw()
      staff.refreshNight()
    case .changeDemo: outside.changeDemo()
    case .choose(let eventID): staff.chooseEvent(eventID)
    case .undo: staff.undo(pressedAt: now)
    case .offerUndo: staff.offerUndo()
    case .confirmUndo(let reference): staff.undo(reference)
    case .setAdmitted(let number, let people): staff.setAdmitted(number: number, people: people)
    case .letIn(let number): staff.letIn(number: number)
    case .countByHand(let direction): staff.countByHand(direction)
    case .forgetTyped: decoder.forgetTyped(at: self.now.uptime)
    case .turn(let direction): staff.turn(to: direction)
    case .find(let text): staff.find(text)
    case .countRefusals(let outcome): staff.countRefusals(of: outcome)
    case .findNearMisses(let code, let number): staff.findNearMisses(of: code, number: number)
    // What is stored is the service's own code, around which no scanner has put anything.
    case .scan(let code): await submit(CleanedCode(text: code), at: self.now)
    // Only the loop has the PIN, where it was entered.
    case .checkPIN: break
    case .ring(let bell): ringing.begin(bell, at: now.uptime)
    }
  }

  // MARK: The picture

  private func draw() {
    let now = now
    drawnAt = now.uptime
    isPictureDue = false
    if verdictAwaitedUntil != nil {
      alarm?.call.cancel()
      alarm = nil
      verdictAwaitedUntil = nil
    }
    let isShown = terminal.draw(picture(at: now))
    noteShown(isPainted: isShown)
    watchdog.drew(isShown: isShown, at: now.uptime)
    // First it is seen, then heard.
    if let stroke = ringing.takeStroke(at: now.uptime) { terminal.ring(stroke) }
    setAlarm(after: now, isBehind: !isShown)
  }

  /// What was read needs no picture yet: the verdict would wait for its drawing, and for a slow terminal.
  private var isVerdictAwaited: Bool { verdictAwaitedUntil.map { now.uptime < $0 } ?? false }

  /// A turnstile opens for a verdict also where the terminal is stuck, so that was shown, too.
  private func noteShown(isPainted: Bool) {
    if isPainted || outside.hook != nil { outside.audience.noteShown(verdictNumber) }
    for outcome in untold { outside.hook?(outcome) }
    untold.removeAll(keepingCapacity: true)
  }

  private func picture(at now: Moment) -> Frame {
    defer { prepared = nil }
    guard let prepared, now.uptime < prepared.holdsUntil else {
      return view(state, size: terminal.size, at: now, appearance: appearance)
    }
    assert(prepared.frame == view(state, size: terminal.size, at: now, appearance: appearance))
    return prepared.frame
  }

  /// Draws a verdict's picture while the verdict is still being recorded, so that it only has to be sent
  /// then. In a flood there is no time for it.
  private func prepare(for outcome: Outcome) {
    if isPictureDue, !isVerdictAwaited { draw() }
    let now = now
    var coming = state
    _ = coming.reduce(.scan(.verdict(outcome)), at: now)
    let frame = view(coming, size: terminal.size, at: now, appearance: appearance)
    terminal.prepare(frame)
    prepared = PreparedPicture(
      outcome: outcome, frame: frame, holdsUntil: coming.nextChange(after: now))
  }

  /// What comes in between may change the picture.
  private func forgetPrepared(by event: Event) {
    switch event {
    case .saved(let health): if health != prepared?.outcome.service { prepared = nil }
    case .verdict(let outcome): if outcome != prepared?.outcome { prepared = nil }
    case .input, .inputEnded, .signal, .judged, .tonight, .pin, .screen, .othersChanged, .wake:
      prepared = nil
    }
  }

  /// Wakes the loop when the picture changes by itself, or when bytes have stood long enough.
  /// - Parameter isBehind: the terminal has not taken the newest picture yet.
  private func setAlarm(after now: Moment, isBehind: Bool) {
    var due = min(
      decoder.nextDeadline ?? .infinity, state.nextChange(after: now), watchdog.nextSign,
      ringing.next ?? .infinity)
    if isBehind { due = min(due, now.uptime + Self.nextTry) }
    if let verdictAwaitedUntil { due = min(due, verdictAwaitedUntil) }
    // One that comes too early costs a look at the clock; setting another one for each picture costs
    // more.
    if let alarm, alarm.at <= due { return }
    alarm?.call.cancel()
    let call = clock.timer.call(after: .seconds(max(0, due - now.uptime))) { [queue] in
      queue.post(.wake)
    }
    alarm = Alarm(at: due, call: call)
  }
}
