import Dispatch
import Glibc
import Synchronization

/// What the system tells the door screen.
package enum TerminalSignal: Sendable, CaseIterable {
  /// SIGWINCH: the terminal has another size.
  case resized
  /// SIGCONT: the program was stopped and goes on; others may have used the terminal meanwhile.
  case resumed
  /// SIGTERM.
  case terminate
  /// SIGHUP: the terminal is gone, or its session ends.
  case hangUp
  /// SIGINT, from outside only: typed, Ctrl-C is a byte like any other.
  case interrupt

  package var number: Int32 {
    switch self {
    case .resized: SIGWINCH
    case .resumed: SIGCONT
    case .terminate: SIGTERM
    case .hangUp: SIGHUP
    case .interrupt: SIGINT
    }
  }
}

/// Signals as events of the one loop.
package final class TerminalSignals: Sendable {
  /// In the order in which they came; several of one kind may come as one.
  package let events: AsyncStream<TerminalSignal>
  private let continuation: AsyncStream<TerminalSignal>.Continuation

  /// From its return on, none of these signals ends the program by itself.
  package init() {
    let (events, continuation) = AsyncStream.makeStream(
      of: TerminalSignal.self, bufferingPolicy: .unbounded)
    self.events = events
    self.continuation = continuation
    let queue = DispatchQueue(label: "doorcheck.signals")
    let registered = DispatchGroup()
    var sources: [any DispatchSourceSignal] = []
    for signal in TerminalSignal.allCases {
      let source = DispatchSource.makeSignalSource(signal: signal.number, queue: queue)
      source.setEventHandler { @Sendable in continuation.yield(signal) }
      registered.enter()
      source.setRegistrationHandler { @Sendable in registered.leave() }
      source.resume()
      sources.append(source)
    }
    let box = SignalSources(sources)
    continuation.onTermination = { _ in box.cancel() }
    registered.wait()
  }

  /// Ends `events`. From then on the signals do nothing at all.
  package func stop() { continuation.finish() }
}

private final class SignalSources: Sendable {
  private let sources: Mutex<[any DispatchSourceSignal]>

  init(_ sources: sending [any DispatchSourceSignal]) { self.sources = Mutex(sources) }

  func cancel() {
    sources.withLock { sources in
      for source in sources { source.cancel() }
      sources = []
    }
  }
}
