/// The same arithmetic each time. On a machine that does nothing else all samples are alike; how far
/// they are apart is how far any figure here can be off.
final class FixedWork {
  private var state: UInt64 = 0x9E37_79B9_7F4A_7C15

  func measure() -> Duration {
    let start = ContinuousClock.now
    work()
    return start.duration(to: .now)
  }

  /// Not inlined, and its result is kept: otherwise it would be left out, since nobody needs it.
  @inline(never)
  private func work() {
    var value = state
    for _ in 0..<1_000_000 {
      value ^= value << 13
      value ^= value >> 7
      value ^= value << 17
    }
    state = value
  }
}
