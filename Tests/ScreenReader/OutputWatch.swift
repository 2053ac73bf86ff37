import Dispatch
import Glibc
import Synchronization
import Waiting

/// The thread that reads what a program sends, and whoever waits for something in it.
final class OutputWatch: Sendable {
  private let terminal: PseudoTerminal
  private let state: Mutex<State>
  private let ended = Promise<Void>()
  private let thread = DispatchGroup()
  /// Wakes the thread. Closed when thread and session have both let go, so never someone else's.
  private let wakeRead: Int32
  private let wakeWrite: Int32

  private struct State {
    let emulator: ScreenEmulator
    var log: [UInt8] = []
    var isPaused = false
    /// The program has ended: what is there now is all.
    var isFinishing = false
    var hasEnded = false
    var watchers: [Watcher] = []
    /// When the first piece came that nobody has looked at yet.
    var unseenSince: ContinuousClock.Instant?
  }

  private struct Watcher {
    let what: String
    let predicate: @Sendable (Screen) -> Bool
    let promise: Promise<Result<Screen, Timeout>>
  }

  init(terminal: PseudoTerminal, columns: Int, rows: Int, isLinuxConsole: Bool) throws {
    self.terminal = terminal
    state = Mutex(
      State(
        emulator: ScreenEmulator(columns: columns, rows: rows, isLinuxConsole: isLinuxConsole)))
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { throw SystemError.last("pipe") }
    for end in ends {
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
    }
    (wakeRead, wakeWrite) = (ends[0], ends[1])
  }

  deinit {
    close(wakeRead)
    close(wakeWrite)
  }

  var screen: Screen { state.withLock { $0.emulator.picture } }
  var log: [UInt8] { state.withLock { $0.log } }
  var console: ConsoleState { state.withLock { $0.emulator.console } }

  var isPaused: Bool {
    get { state.withLock { $0.isPaused } }
    set {
      state.withLock { $0.isPaused = newValue }
      wake()
    }
  }

  func start() {
    DispatchQueue(label: "terminal output").async(group: thread) { self.run() }
  }

  /// Reads what is there, and ends.
  func finish() {
    state.withLock { $0.isFinishing = true }
    wake()
  }

  /// Reads what is there, and returns when nobody looks at the terminal any more: while somebody
  /// polls it, it is not really closed.
  func finishAndWait() {
    finish()
    _ = thread.wait(timeout: .now() + .seconds(5))
  }

  func resize(columns: Int, rows: Int) {
    state.withLock { state in
      state.emulator.resize(columns: columns, rows: rows)
      Self.check(&state)
    }
  }

  func promise(
    _ what: String, _ predicate: @escaping @Sendable (Screen) -> Bool
  ) -> Promise<Result<Screen, Timeout>> {
    let promise = Promise<Result<Screen, Timeout>>()
    state.withLock { state in
      state.watchers.append(Watcher(what: what, predicate: predicate, promise: promise))
      // Of half a picture the thread looks at the rest.
      if state.unseenSince == nil || state.isPaused { Self.check(&state) }
    }
    return promise
  }

  func waitForEnd(deadline limit: Duration) async throws {
    guard await ended.value(within: limit) != nil else {
      throw Timeout(what: "the output does not end")
    }
  }

  private func wake() {
    var byte: UInt8 = 0
    write(wakeWrite, &byte, 1)
  }

  private func run() {
    while readOnce() {}
    state.withLock { state in
      state.hasEnded = true
      Self.check(&state)
    }
    ended.fulfil(with: ())
  }

  /// Waits for one piece of output. Returns false when nothing can come any more.
  private func readOnce() -> Bool {
    let (isPaused, isFinishing) = state.withLock { ($0.isPaused, $0.isFinishing) }
    guard let descriptor = terminal.descriptor else { return false }
    if !isFinishing {
      var requests = [
        pollfd(fd: wakeRead, events: Int16(POLLIN), revents: 0),
        pollfd(fd: isPaused ? -1 : descriptor, events: Int16(POLLIN), revents: 0),
      ]
      poll(&requests, 2, -1)
      if requests[0].revents != 0 {
        var bytes = [UInt8](repeating: 0, count: 64)
        read(wakeRead, &bytes, bytes.count)
      }
      if requests[1].revents == 0 { return true }
    }
    switch terminal.read() {
    case .ended: return false
    case .nothing: return !isFinishing
    case .bytes(let bytes):
      let answers = state.withLock { state in
        state.log += bytes
        state.unseenSince = state.unseenSince ?? ContinuousClock.now
        return state.emulator.feed(bytes)
      }
      // The kernel hands a picture over in pieces; half of one is nothing that anybody sees.
      let isFollowed = isFollowed(descriptor)
      state.withLock { state in
        let now = ContinuousClock.now
        let since = state.unseenSince ?? now
        // In a flood somebody has to look all the same.
        if !isFollowed || now - since >= .milliseconds(60) {
          state.unseenSince = nil
          Self.check(&state)
        }
      }
      // Lost where the program does not read; a real terminal would lose them as well.
      if !answers.isEmpty { _ = try? terminal.write(answers[...]) }
      return true
    }
  }

  /// Whether the next piece comes right behind.
  private func isFollowed(_ descriptor: Int32) -> Bool {
    var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&request, 1, 5) > 0 && request.revents & Int16(POLLIN) != 0
  }

  private static func check(_ state: inout State) {
    guard !state.watchers.isEmpty else { return }
    let picture = state.emulator.picture
    state.watchers.removeAll { watcher in
      if watcher.predicate(picture) {
        watcher.promise.fulfil(with: .success(picture))
        return true
      }
      if state.hasEnded {
        let what = "the output is over, without \(watcher.what)"
        watcher.promise.fulfil(with: .failure(Timeout(what: what, screen: picture)))
      }
      return state.hasEnded
    }
  }
}
