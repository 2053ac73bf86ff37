package import Foundation

/// What the loop that draws tells the service manager (sd_notify(3), sd_watchdog_enabled(3)): that it
/// is ready, and from then on that it still draws. A loop that is stuck tells nothing, and is
/// restarted; a service that is slow stops no drawing, and so nothing here.
package struct Watchdog {
  private let send: (String) -> Bool
  /// Seconds between two signs; nil where nobody waits for them.
  private let pause: TimeInterval?
  private var isReady = false
  /// When the next sign is due, in seconds, monotonic.
  package private(set) var nextSign: TimeInterval

  /// - Parameters:
  ///   - environment: `WATCHDOG_USEC` counts, and `WATCHDOG_PID`, which may name another process.
  ///   - send: whether a message was taken.
  init(
    environment: [String: String], processIdentifier: Int32 = getpid(),
    send: @escaping (String) -> Bool
  ) {
    self.send = send
    let isOurs = environment["WATCHDOG_PID"].map { Int32($0) == processIdentifier } ?? true
    let limit = environment["WATCHDOG_USEC"].flatMap(UInt64.init) ?? 0
    // Half of what the service manager waits, so that one sign may come late.
    pause = isOurs && limit > 0 ? TimeInterval(limit) / 2_000_000 : nil
    nextSign = pause == nil ? .infinity : 0
  }

  /// - Parameter socket: nil where no service manager listens.
  package init(environment: [String: String], socket: NotifySocket?) {
    self.init(environment: socket == nil ? [:] : environment) { socket?.send($0) ?? true }
  }

  /// To be called by the loop each time it has drawn.
  /// - Parameters:
  ///   - isShown: the terminal has taken the picture. One that does not read is not yet ready, but
  ///     no reason for a restart either, which could not help it.
  ///   - uptime: seconds, monotonic.
  package mutating func drew(isShown: Bool, at uptime: TimeInterval) {
    if !isReady, isShown { isReady = send("READY=1") }
    guard let pause, uptime >= nextSign else { return }
    // What was not taken is tried again in time.
    nextSign = uptime + (send("WATCHDOG=1") ? pause : pause / 4)
  }

  /// The loop has ended, as it should.
  package func stopping() { _ = send("STOPPING=1") }
}
