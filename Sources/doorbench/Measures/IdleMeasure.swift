import Glibc
import ScreenReader

/// What the program takes of a core while nobody comes.
struct IdleMeasure {
  var seconds: Int

  func run(_ door: Door) throws -> Figure {
    // The last verdict's panel goes first.
    _ = door.drain(for: .seconds(10))
    let before = try Self.processorTime(of: door.process.identifier)
    let start = ContinuousClock.now
    _ = door.drain(for: .seconds(seconds))
    let used = try Self.processorTime(of: door.process.identifier) - before
    let passed = start.duration(to: .now).milliseconds
    return Figure(.idle, used / passed * 100, "% of a core", "over \(seconds) s, ready for a scan")
  }

  /// In milliseconds, of all its threads, those that have ended included.
  private static func processorTime(of identifier: pid_t) throws -> Double {
    var clock = clockid_t()
    var time = timespec()
    guard clock_getcpuclockid(identifier, &clock) == 0, clock_gettime(clock, &time) == 0 else {
      throw SystemError.last("the processor clock of \(identifier)")
    }
    return Double(time.tv_sec) * 1e3 + Double(time.tv_nsec) / 1e6
  }
}
