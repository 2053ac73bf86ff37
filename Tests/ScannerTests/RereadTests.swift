import FoundationEssentials
import Scanner
import Testing

/// How soon a scanner reads a code again that stays before it.
@Suite struct RereadTests {
  /// Readings at these seconds; one that is nil is another code's.
  private static func reread(
    _ times: [TimeInterval], others: Set<Int> = [], terminator: [UInt8] = [0x0D]
  ) -> Reread {
    var reread = Reread()
    for (index, time) in times.enumerated() {
      let text = others.contains(index) ? "ANOTHER" : TestCode.text
      reread.add(CalibrationTests.recorded(text, terminator, at: 100 + time, gap: 0))
    }
    return reread
  }

  /// Readings, which of them are another code's, and the seconds.
  @Test(
    arguments: [
      ([], [], nil), ([0], [], nil), ([0, 0.6], [], 0.6), ([0, 0.6, 1.8, 2.5], [], 1.2),
      ([0, 0.6, 1.2], [1], nil), ([0, 0.6, 1.2, 2], [0], 0.8), ([0, 4], [], 4),
      ([0, 4.1], [], nil),
      ([0, 1, 2, 3, 6], [], 1),
    ] as [([TimeInterval], Set<Int>, TimeInterval?)])
  func `The longest pause counts`(
    times: [TimeInterval], others: Set<Int>, seconds: TimeInterval?
  ) throws {
    let measured = Self.reread(times, others: others).seconds
    #expect((measured == nil) == (seconds == nil))
    if let measured, let seconds { #expect(abs(measured - seconds) < 1e-6) }
  }

  /// Seconds, what is set, and what is proposed.
  @Test(
    arguments: [
      (nil, nil, nil), (nil, 700, 700), (0.6, nil, 600), (0.61, nil, 650), (0.001, nil, 50),
      (0.6, 600, 600), (0.6, 1200, 1200), (0.6, 1250, 600), (0.6, 550, 600), (4, nil, 4000),
    ] as [(TimeInterval?, Int?, Int?)])
  func `What is set stays where it fits`(seconds: TimeInterval?, current: Int?, proposed: Int?) {
    let reread = Self.reread(seconds.map { [0, $0 - 1e-9] } ?? [])
    #expect(reread.milliseconds(over: current) == proposed)
  }

  @Test func `Four readings are enough`() {
    #expect(!Self.reread([0, 1, 2]).isComplete)
    let reread = Self.reread([0, 1, 2, 3, 4])
    #expect(reread.isComplete && reread.scans.count == 4)
  }
}
