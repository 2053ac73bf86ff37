import Admission
import CheckIn
import DoorConfiguration
import DoorScreen
import Formatting
import Foundation
import LinuxBox
import Scanner
import Terminal

/// The one loop of the door screen: everything that happens is an event, taken one at a time, and
/// only here is the terminal drawn on.
actor DoorLoop {
  enum Event: Sendable {
    case input(InputChunk)
    /// The terminal is gone.
    case inputEnded
    case signal(TerminalSignal)
    case verdict(Outcome)
    case tonight(Tonight)
    /// What became of a PIN.
    case pin(PINChecker.Answer)
    /// Something for the screen alone.
    case screen(DoorEvent)
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
  }

  private let terminal: Terminal
  private let cleaner: CodeCleaner
  private var cards: StaffCardReader
  private let checkIn: CheckInService
  private let service: ServiceRecord
  private let refresh: TonightRefresh
  private let staff: StaffActions
  private let hook: VerdictHook?
  private let queue: EventQueue<Event>
  private let appearance: Appearance
  private var decoder: ScanDecoder
  private var state: DoorState
  private let log: NightLog
  private let pinChecker: PINChecker?
  private var pinEntry = PINEntry()
  /// Something came while a PIN was asked for, or right after it.
  private var hadPINTyped = false
  private var ringing = Ringing()
  private var watchdog: Watchdog
  private var alarm: Alarm?
  private var isOver = false
  /// Something has changed that is not painted yet.
  private var isPictureDue = false
  private var isCountDue = false
  /// Seconds, monotonic.
  private var drawnAt: TimeInterval = 0
  /// When the newest bytes came, and the first of those that came close together.
  private var readAt = Moment.now
  private var burstBeganAt = Moment.now
  private var isBurstOver = false
  /// In seconds: bytes that come later than that begin another burst.
  private static let pauseInBurst = 0.1

  /// Seconds that events in a row may go without a picture. The old colour must be gone within 0.1.
  private static let longestUndrawn: TimeInterval = 0.03

  /// Seconds until a terminal that did not take a picture is given the next one.
  private static let nextTry: TimeInterval = 0.02

  private struct Alarm {
    /// Seconds, monotonic.
    var at: TimeInterval
    var task: Task<Void, Never>
  }

  init(
    terminal: sending Terminal, setup: Setup, cleaner: sending CodeCleaner,
    cards: StaffCardReader, checkIn: CheckInService, service: ServiceRecord,
    refresh: TonightRefresh, staff: StaffActions,
    hook: VerdictHook?, queue: EventQueue<Event>
  ) {
    appearance = Appearance(
      charset: terminal.usesUnicode ? .unicode : .ascii, isColoured: terminal.usesColours)
    decoder = ScanDecoder(
      input: .keyboard(gap: setup.gap), keys: KeySequences(terminal.keySequences))
    state = DoorState(setup: setup.screen)
    log = setup.log
    pinChecker = setup.pinChecker
    watchdog = Watchdog(environment: ProgramEnvironment.variables, socket: setup.serviceManager)
    self.terminal = terminal
    self.cleaner = cleaner
    self.cards = cards
    self.checkIn = checkIn
    self.service = service
    self.refresh = refresh
    self.staff = staff
    self.hook = hook
    self.queue = queue
  }

  /// Draws until somebody leaves, a signal ends the program, or the terminal is gone. The terminal is
  /// as it was before when this returns.
  func run(tonight: Tonight) async {
    defer { terminal.restore() }
    await reduce(.tonight(tonight), at: .now)
    log.tonight(tonight)
    await checkClock(.now)
    if let wait = await pinChecker?.wait { await lockPIN(for: wait) }
    draw()
    for await event in queue.events {
      let isLast = queue.took()
      await take(event)
      if isOver { break }
      // In a flood nobody can read every picture; the newest counts, and is never far behind.
      isPictureDue = true
      if isPictureDue, isLast || Moment.now.uptime - drawnAt > Self.longestUndrawn { draw() }
      if isLast { countAdmitted() }
    }
    alarm?.task.cancel()
    watchdog.stopping()
  }

  /// Nobody waits for the count, and the newest one holds.
  private func countAdmitted() {
    guard isCountDue else { return }
    isCountDue = false
    Task { [staff] in await staff.countAdmitted() }
  }

  private func take(_ event: Event) async {
    forgetTypedPIN(at: .now)
    switch event {
    case .input(let chunk):
      noteTime(of: chunk)
      let typed = decoder.feed(chunk.bytes, at: readAt.uptime) { kind(of: $0) }
      isBurstOver = typed.contains { if case .scan = $0 { true } else { false } }
      for event in typed { await take(event, at: readAt) }
    case .inputEnded: isOver = true
    case .signal(.resized): terminal.resize()
    case .signal(.resumed): terminal.redraw()
    case .signal(.interrupt) where state.setup.kiosk != nil: break
    case .signal(.terminate), .signal(.hangUp), .signal(.interrupt): isOver = true
    case .pin(let answer): await take(answer)
    case .verdict(let outcome):
      await reduce(.verdict(outcome), at: .now)
      // What a look would have done must open no turnstile.
      if !outcome.isLook { hook?.tell(outcome) }
      if outcome.verdict == .admit { isCountDue = true }
    case .screen(let event):
      await reduce(event, at: .now)
      log.noted(event)
    case .tonight(let tonight):
      await reduce(.tonight(tonight), at: .now)
      log.tonight(tonight)
      isCountDue = true
    case .wake:
      alarm = nil
      let now = Moment.now
      // A key counts from when it was pressed, not from when it was sure to be one.
      for typed in decoder.settle(at: now.uptime) { await take(typed, at: readAt) }
      await checkClock(now)
      await reduce(.tick, at: now)
    }
  }

  private func noteTime(of chunk: InputChunk) {
    if isBurstOver || chunk.readAt.uptime - readAt.uptime > Self.pauseInBurst {
      burstBeganAt = chunk.readAt
    }
    readAt = chunk.readAt
  }

  /// Hours and rates hang on the clock, so a clock that cannot be right is said all the time.
  private func checkClock(_ now: Moment) async {
    await reduce(.notice(.clockWrong, isActive: !Version.isPlausible(now.wall)), at: now)
  }

  private func take(_ typed: ScannerEvent, at readAt: Moment) async {
    guard state.takesPIN(at: .now) else {
      await takeUnguarded(typed, at: readAt)
      return
    }
    hadPINTyped = true
    switch pinEntry.take(typed, isAsked: state.isAskingForPIN) {
    case .other: await takeUnguarded(typed, at: readAt)
    case .scan(let scan): await take(scan, at: readAt)
    case .dropped(let isScanners): await dropBurst("…", isScanners: isScanners)
    case .typed(let count): await reduce(.pinTyped(count: count), at: .now)
    case .entered(let pin): enter(pin)
    }
  }

  /// What came while nobody asks for a PIN.
  private func takeUnguarded(_ typed: ScannerEvent, at readAt: Moment) async {
    switch typed {
    case .scan(let scan): await take(scan, at: readAt)
    case .draft(let text): await reduce(.draft(Self.shown(text)), at: .now)
    case .draftDropped(let text): await reduce(.draftDropped(Self.shown(text)), at: .now)
    case .burstDropped(let text, let isScanners, _):
      await dropBurst(Self.shown(text), isScanners: isScanners)
    case .key(let key): await reduce(.key(key), at: readAt)
    }
  }

  private func dropBurst(_ text: String, isScanners: Bool) async {
    let event = DoorEvent.burstDropped(text, isScanners: isScanners)
    await reduce(event, at: .now)
    log.noted(event)
  }

  /// What the decoder must know of a line: a card of any box is nothing that a text begins with.
  private func kind(of scan: RawScan) -> LineKind {
    let printed = cleaner.printed(scan.content, isTyped: scan.isTyped)
    return printed.map(cards.isCard) == true ? .code : cleaner.kind(of: scan)
  }

  /// What stands unfinished, as it may be seen: neither a card nor a document.
  private static func shown(_ text: String) -> String {
    Document(beginning: text) == nil ? StaffCards.hidden(in: text) : "…"
  }

  private func take(_ scan: RawScan, at readAt: Moment) async {
    if !scan.isTyped, scan.fault != .partMissing {
      await reduce(.notice(.scannerWithoutEnd(lost: 0), isActive: false), at: .now)
    }
    let printed = cleaner.printed(scan.content, isTyped: scan.isTyped)
    switch cards.read(printed, at: scan.readAt) {
    case .command(let command, let isAgain):
      terminal.wake()
      // Whoever held it up had seen nothing that was shown while it was read.
      await reduce(.card(command, isAgain: isAgain), at: burstBeganAt)
    case .foreign: await submit(.staffCard, at: readAt)
    case nil where scan.isTyped && state.isFinding:
      // What is typed by hand belongs to the open search; Enter chooses there.
      await reduce(.key(.enter), at: .now)
    case nil: await submit(cleaner.code(of: scan, printed: printed), at: readAt)
    }
  }

  /// - Parameter pin: nil where what was typed cannot be one.
  private func enter(_ pin: PIN?) {
    let effects = state.reduce(.pinEntered(isWellFormed: pin != nil), at: .now)
    guard effects.contains(.checkPIN), let pin, let pinChecker else { return }
    Task { [queue] in queue.post(.pin(await pinChecker.check(pin))) }
  }

  /// What stands half-typed from the time of a PIN is no code later either.
  private func forgetTypedPIN(at now: Moment) {
    guard hadPINTyped, !state.takesPIN(at: now) else { return }
    hadPINTyped = false
    pinEntry = PINEntry()
    decoder.forgetTyped(at: now.uptime)
  }

  private func take(_ answer: PINChecker.Answer) async {
    log.pin(answer)
    switch answer {
    case .right: await reduce(.pinChecked(isRight: true), at: .now)
    case .wrong(let wait):
      await lockPIN(for: wait)
      await reduce(.pinChecked(isRight: false), at: .now)
    }
  }

  /// - Parameter wait: seconds.
  private func lockPIN(for wait: TimeInterval) async {
    let now = Moment.now
    await reduce(.pinLocked(until: now.uptime + wait), at: now)
  }

  private func submit(_ code: CleanedCode, at readAt: Moment) async {
    let isLook = state.looks(at: .now)
    service.expectVerdict()
    let submission = await checkIn.submit(
      CheckInService.Scan(code: code.text, unreadable: code.unreadable, readAt: readAt),
      isLook: isLook)
    terminal.wake()
    await reduce(
      .scanned(
        number: submission.number, code: code.text, isRepeat: submission.isRepeat, isLook: isLook),
      at: .now)
  }

  private func reduce(_ event: DoorEvent, at now: Moment) async {
    let (wasAskingForPIN, tookPIN) = (state.isAskingForPIN, state.takesPIN(at: now))
    let effects = state.reduce(event, at: now)
    if state.isAskingForPIN != wasAskingForPIN || tookPIN && !state.takesPIN(at: now) {
      // What stands half-typed belongs to the other side of the question.
      decoder.forgetTyped(at: now.uptime)
      pinEntry = PINEntry()
    }
    for effect in effects {
      switch effect {
      case .leave: isOver = true
      case .refresh:
        terminal.redraw()
        Task { [refresh] in await refresh.renew() }
      case .choose(let eventID): Task { [refresh] in await refresh.pick(eventID) }
      case .undo: staff.undo(pressedAt: now)
      case .offerUndo: staff.offerUndo()
      case .confirmUndo(let reference): staff.undo(reference)
      case .setAdmitted(let number, let people): staff.setAdmitted(number: number, people: people)
      case .letIn(let number): staff.letIn(number: number)
      case .find(let text): staff.find(text)
      // What is stored is the service's own code, around which no scanner has put anything.
      case .scan(let code): await submit(CleanedCode(text: code), at: .now)
      // Only the loop has the PIN, where it was entered.
      case .checkPIN: break
      case .ring(let bell): ringing.begin(bell, at: now.uptime)
      }
    }
  }

  private func draw() {
    let now = Moment.now
    drawnAt = now.uptime
    isPictureDue = false
    let isShown = terminal.draw(
      view(state, size: terminal.size, at: now, appearance: appearance))
    watchdog.drew(isShown: isShown, at: now.uptime)
    // First it is seen, then heard.
    if let stroke = ringing.takeStroke(at: now.uptime) { terminal.ring(stroke) }
    setAlarm(after: now, isBehind: !isShown)
  }

  /// Wakes the loop when the picture changes by itself, or when bytes have stood long enough.
  /// - Parameter isBehind: the terminal has not taken the newest picture yet.
  private func setAlarm(after now: Moment, isBehind: Bool) {
    var due = min(
      decoder.nextDeadline ?? .infinity, state.nextChange(after: now), watchdog.nextSign,
      ringing.next ?? .infinity)
    if isBehind { due = min(due, now.uptime + Self.nextTry) }
    // One that comes too early costs a look at the clock; setting another one for each picture costs
    // more.
    if let alarm, alarm.at <= due { return }
    alarm?.task.cancel()
    let task = Task { [queue] in
      // The clock by which `uptime` counts.
      try? await Task.sleep(for: .seconds(max(0, due - now.uptime)), clock: .suspending)
      if !Task.isCancelled { queue.post(.wake) }
    }
    alarm = Alarm(at: due, task: task)
  }
}
