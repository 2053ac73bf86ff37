/// When a wait ends at the latest.
struct Deadline: Sendable {
  private let end: ContinuousClock.Instant

  init(in patience: Duration) { end = ContinuousClock.now + patience }

  var remaining: Duration { max(.zero, ContinuousClock.now.duration(to: end)) }
  var isOver: Bool { remaining == .zero }

  /// For poll(2): no less than what remains.
  var milliseconds: Int32 {
    Int32(clamping: Int((remaining / .milliseconds(1)).rounded(.up)))
  }
}
