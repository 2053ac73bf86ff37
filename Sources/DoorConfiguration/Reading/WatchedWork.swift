import Dispatch
import Foundation
import Glibc
import Synchronization

/// Work that can be given up. Neither a match of a regular expression nor a YAML parser can be
/// cancelled; a thread can at least be left behind, and the process is about to exit then.
enum WatchedWork {
  /// Runs `body` on a thread of its own.
  /// - Parameters:
  ///   - limit: milliseconds of that thread's own processor time for each step, so that a busy box
  ///     does not make innocent work look slow.
  ///   - body: times its steps with the clock.
  /// - Returns: nil when a step took longer. The thread may still run then.
  static func run<Result: Sendable>(
    limit: Double, _ body: @escaping @Sendable (StepClock) -> Result
  ) -> Result? {
    let clock = StepClock()
    let outcome = Outcome<Result>()
    let done = DispatchSemaphore(value: 0)
    let thread = Thread {
      clock.start()
      let result = body(clock)
      outcome.value.withLock { $0 = result }
      clock.stop()
      done.signal()
    }
    // Parsers recurse: a thousand levels of YAML must fit.
    thread.stackSize = 16 << 20
    thread.start()
    // Longer than any limit, for a thread that gets no processor at all.
    let lastMoment = DispatchTime.now() + .seconds(30)
    while done.wait(timeout: .now() + .milliseconds(5)) == .timedOut {
      if clock.millisecondsInStep > limit || DispatchTime.now() > lastMoment { return nil }
    }
    return outcome.value.withLock { $0 }
  }

  private final class Outcome<Result: Sendable>: Sendable {
    let value = Mutex<Result?>(nil)
  }
}

/// How much processor time a thread has spent on its present step; read by another thread.
final class StepClock: Sendable {
  private struct State {
    /// The thread's own clock; nil before it runs, and after.
    var clock: clockid_t?
    /// Milliseconds on that clock; nil between steps.
    var stepStartedAt: Double?
  }

  private let state = Mutex(State())

  /// On the thread itself, before its first step.
  fileprivate func start() {
    var clock = clockid_t()
    guard pthread_getcpuclockid(pthread_self(), &clock) == 0 else { return }
    state.withLock { $0.clock = clock }
  }

  /// On the thread itself, after its last step: its clock goes with it.
  fileprivate func stop() { state.withLock { $0 = State() } }

  /// On the thread itself: does a step.
  /// - Returns: the milliseconds of processor time that it took.
  @discardableResult
  func time(_ step: () -> Void) -> Double {
    state.withLock { state in
      state.stepStartedAt = state.clock.map(Self.milliseconds)
    }
    step()
    let time = millisecondsInStep
    state.withLock { $0.stepStartedAt = nil }
    return time
  }

  fileprivate var millisecondsInStep: Double {
    state.withLock { state in
      guard let clock = state.clock, let start = state.stepStartedAt else { return 0 }
      return Self.milliseconds(of: clock) - start
    }
  }

  private static func milliseconds(of clock: clockid_t) -> Double {
    var time = timespec()
    clock_gettime(clock, &time)
    return Double(time.tv_sec) * 1000 + Double(time.tv_nsec) / 1_000_000
  }
}
