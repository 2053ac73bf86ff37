/// A random generator that gives the same numbers for the same seed on every machine, so that what went
/// wrong by chance can be tried again. No secrets come from it.
package struct SplitMix64: RandomNumberGenerator, Sendable {
  private static let step: UInt64 = 0x9E37_79B9_7F4A_7C15
  private var state: UInt64

  package init(seed: UInt64) { state = seed }

  /// - Parameter stream: tells apart what must not depend on each other, such as requests.
  package init(seed: UInt64, stream: UInt64) {
    // Two numbers in a row would otherwise start one step apart on the same sequence.
    self.init(seed: Self.mixed(seed &+ Self.mixed(stream &+ Self.step)))
  }

  package mutating func next() -> UInt64 {
    state &+= Self.step
    return Self.mixed(state)
  }

  private static func mixed(_ value: UInt64) -> UInt64 {
    var value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }
}
