import Admission
import DoorConfiguration
import DoorScreen
import Formatting
import Foundation
import LinuxBox
import Scanner
import Terminal
import Waiting

/// What a kiosk shows while it cannot begin. It tries again every few seconds, so that putting things
/// right is all that anybody has to do. No key leaves it but F10 with the supervisor's PIN, where the
/// hash of that could be read.
struct SetupScreen {
  /// Seconds between two tries.
  private static let pause: TimeInterval = 2
  /// Seconds between two pictures: the clock goes on, so that it is seen to live.
  private static let tick: TimeInterval = 1

  private let terminal: any DoorTerminal
  private let queue: EventQueue<DoorLoop.Event>
  private let work: BackgroundWork
  private let log: NightLog
  private let appearance: Appearance
  private var failure: DoorStart.Failure
  private var state: DoorState
  private var checker: PINChecker?
  private var decoder: ScanDecoder
  private var entry = PINEntry()
  private var watchdog: Watchdog
  private let credentials: CredentialsWatch?
  private let clock: DoorClock
  private var alarm: ScheduledCall?

  init(
    terminal: sending any DoorTerminal, failure: DoorStart.Failure,
    queue: EventQueue<DoorLoop.Event>, work: BackgroundWork, log: NightLog,
    clock: DoorClock = DoorClock()
  ) {
    self.failure = failure
    self.clock = clock
    credentials = CredentialsWatch(environment: ProgramEnvironment.variables, at: clock.now())
    self.queue = queue
    self.work = work
    self.log = log
    appearance = Appearance(
      charset: terminal.usesUnicode ? .unicode : .ascii, isColoured: terminal.usesColours)
    state = DoorState(setup: failure.readable.asKiosk.screenSetup())
    checker = failure.readable.asKiosk.pinChecker
    decoder = ScanDecoder(
      input: .keyboard(gap: Double(failure.readable.scanner.gapMilliseconds) / 1000),
      keys: KeySequences(terminal.keySequences))
    watchdog = Watchdog(
      environment: ProgramEnvironment.variables,
      socket: NotifySocket(environment: ProgramEnvironment.variables))
    self.terminal = terminal
  }

  /// Until it can begin. The terminal is as it was before when this returns.
  /// - Returns: nil where it was left, or a signal or the end of the terminal came first.
  mutating func run(
    reading read: () throws(ConfigurationError) -> LoadedConfiguration
  ) async -> DoorStart? {
    defer {
      alarm?.cancel()
      terminal.restore()
    }
    log.cannotBegin(failure.fault)
    if let wait = await checker?.wait { lockPIN(for: wait) }
    var nextTry = clock.now().uptime + Self.pause
    draw()
    for await event in queue.events {
      _ = queue.took()
      if handle(event) {
        watchdog.stopping()
        return nil
      }
      if clock.now().uptime >= nextTry {
        do throws(DoorStart.Failure) {
          return try DoorStart(reading: read)
        } catch {
          show(error)
        }
        if failure.isOfCredentials, credentials?.asksForRestart(at: clock.now()) == true {
          log.restarting()
          watchdog.stopping()
          return nil
        }
        nextTry = clock.now().uptime + Self.pause
      }
      draw()
    }
    return nil
  }

  private mutating func show(_ failure: DoorStart.Failure) {
    guard failure != self.failure else { return }
    log.cannotBegin(failure.fault)
    let (before, now) = (self.failure.readable.asKiosk, failure.readable.asKiosk)
    if now.screenSetup() != before.screenSetup() { state = DoorState(setup: now.screenSetup()) }
    // The same checker as long as it is the same PIN: it counts the wrong ones.
    if now.kiosk != before.kiosk { checker = now.pinChecker }
    self.failure = failure
  }

  /// - Returns: whether it is over.
  private mutating func handle(_ event: DoorLoop.Event) -> Bool {
    switch event {
    case .signal(.terminate), .signal(.hangUp), .inputEnded: return true
    case .signal(.resized): terminal.resize()
    case .signal(.resumed): terminal.redraw()
    case .input(let chunk): return handle(decoder.feed(chunk.bytes, at: chunk.readAt.uptime))
    case .wake:
      _ = state.reduce(.tick, at: clock.now())
      return handle(decoder.advance(to: clock.now().uptime))
    case .pin(.right): return reduce(.pin(.checked(isRight: true)))
    case .pin(.wrong(let wait)):
      log.pin(.wrong(wait: wait))
      lockPIN(for: wait)
      return reduce(.pin(.checked(isRight: false)))
    case .signal(.interrupt), .judged, .saved, .verdict, .tonight, .screen, .othersChanged: break
    }
    return false
  }

  /// What is typed means nothing but for the PIN: nothing is looked up here.
  private mutating func handle(_ typed: [ScannerEvent]) -> Bool {
    for event in typed {
      switch entry.read(event, isAsked: state.isAskingForPIN) {
      case .typed(let count) where state.isAskingForPIN:
        if reduce(.pin(.typed(count: count))) { return true }
      case .entered(let pin) where state.isAskingForPIN:
        let effects = state.reduce(.pin(.entered(isWellFormed: pin != nil)), at: clock.now())
        guard effects.contains(.checkPIN), let pin, let checker else { break }
        work.add { [queue] in queue.post(.pin(await checker.check(pin))) }
      case .typed, .entered, .scan, .dropped: break
      case .other:
        if [.key(.function(10)), .key(.escape)].contains(event), case .key(let key) = event,
          reduce(.key(key))
        {
          return true
        }
      }
    }
    return false
  }

  /// - Returns: whether it is left.
  private mutating func reduce(_ event: DoorEvent) -> Bool {
    let wasAskingForPIN = state.isAskingForPIN
    let effects = state.reduce(event, at: clock.now())
    if state.isAskingForPIN != wasAskingForPIN { decoder.forgetTyped(at: clock.now().uptime) }
    return effects.contains(.leave)
  }

  /// - Parameter wait: seconds.
  private mutating func lockPIN(for wait: TimeInterval) {
    _ = reduce(.pin(.locked(until: clock.now().uptime + wait)))
  }

  private mutating func draw() {
    let now = clock.now()
    let frame = view(
      failure.fault, state: state, size: terminal.size, at: now, appearance: appearance)
    watchdog.drew(isShown: terminal.draw(frame), at: now.uptime)
    let due = min(
      now.uptime + Self.tick, watchdog.nextSign, decoder.nextDeadline ?? .infinity)
    alarm?.cancel()
    alarm = clock.timer.call(after: .seconds(max(0.01, due - now.uptime))) { [queue] in
      queue.post(.wake)
    }
  }
}

extension Settings {
  /// What is wrong may hide that it is one.
  fileprivate var asKiosk: Settings {
    var settings = self
    settings.kiosk.isEnabled = true
    return settings
  }
}
