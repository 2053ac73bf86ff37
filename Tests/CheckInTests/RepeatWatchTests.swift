import Admission
import CheckIn
import Foundation
import Testing

/// When a code read again is the next friend (Contract: Counting people).
@Suite struct RepeatWatchTests {
  /// A read of the one code.
  struct Read: Sendable, CustomTestStringConvertible {
    /// Seconds after the one before.
    var after: TimeInterval
    /// What it must be taken for.
    var reading: RepeatWatch.Reading
    /// People left after its verdict; nil: it is refused.
    var left: Int?

    init(_ after: TimeInterval, _ reading: RepeatWatch.Reading, left: Int?) {
      (self.after, self.reading, self.left) = (after, reading, left)
    }

    var testDescription: String { "\(after) s: \(reading), \(left.map(String.init) ?? "refused")" }
  }

  struct Case: Sendable {
    var name: String
    var window: TimeInterval = 3
    var countsFriends = true
    var reread: TimeInterval?
    var reads: [Read]
  }

  private static let cases = [
    Case(
      name: "four friends, one scan each",
      reads: [
        Read(0, .own, left: 3), Read(1.5, .own, left: 2), Read(1.5, .own, left: 1),
        Read(1.5, .own, left: 0), Read(1.5, .again, left: 0), Read(3, .again, left: 0),
        Read(3.1, .own, left: nil),
      ]),
    Case(
      name: "the scanner stutters between friends",
      reads: [
        Read(0, .own, left: 2), Read(0.4, .again, left: 2), Read(1, .again, left: 2),
        Read(1.1, .own, left: 1), Read(0.9, .again, left: 1), Read(1.1, .own, left: 0),
      ]),
    Case(
      name: "repeat_seconds below a second", window: 0.5,
      reads: [Read(0, .own, left: 2), Read(0.5, .again, left: 2), Read(0.6, .own, left: 1)]),
    Case(
      name: "repeat_seconds: 0", window: 0, reread: 2,
      reads: [Read(0, .own, left: 2), Read(0.1, .own, left: 1), Read(0.1, .own, left: 0)]),
    Case(
      name: "a slow scanner that was measured", reread: 2,
      reads: [Read(0, .own, left: 2), Read(2.3, .again, left: 2), Read(2.4, .own, left: 1)]),
    Case(
      name: "a quick scanner that was measured", reread: 0.5,
      reads: [Read(0, .own, left: 2), Read(0.8, .again, left: 2), Read(0.9, .own, left: 1)]),
    Case(
      name: "a refusal leaves nobody to come",
      reads: [Read(0, .own, left: nil), Read(1.5, .again, left: nil), Read(3.1, .own, left: nil)]),
    Case(
      name: "one scan lets all in", countsFriends: false,
      reads: [Read(0, .own, left: 2), Read(1.5, .again, left: 2), Read(3.1, .own, left: 0)]),
  ]

  @Test(arguments: cases) func `The next friend is no repeat`(_ scene: Case) {
    var watch = RepeatWatch(
      window: scene.window, countsFriends: scene.countsFriends, reread: scene.reread)
    var time: TimeInterval = 100
    for (index, read) in scene.reads.enumerated() {
      time += read.after
      #expect(watch.read("GROUP", at: time) == read.reading, "\(scene.name), read \(index)")
      watch.decided(
        "GROUP", read.left == nil ? .refuse : .admit, leavesPeople: (read.left ?? 0) > 0)
    }
  }

  /// Nobody knows yet whether anybody is left.
  @Test func `While the look-up runs the verdict decides`() {
    var watch = RepeatWatch(window: 3, countsFriends: true)
    #expect(watch.read("GROUP", at: 100) == .own)
    #expect(watch.read("GROUP", at: 100.9) == .again)
    #expect(watch.read("GROUP", at: 102) == .nextFriend)
    #expect(watch.read("OTHER", at: 102.1) == .own)
    #expect(watch.read("GROUP", at: 102.2) == .own)
    var all = RepeatWatch(window: 3)
    #expect(all.read("GROUP", at: 100) == .own)
    #expect(all.read("GROUP", at: 102) == .again)
  }

  /// A, B and A again before any verdict: the first A's is not the second one's.
  @Test(arguments: [Verdict.admit, .refuse, .unverified])
  func `An earlier scan's verdict is its own`(first: Verdict) {
    for second in [Verdict.admit, .unverified] {
      var watch = RepeatWatch(window: 3)
      _ = watch.read("A", at: 100)
      #expect(watch.read("B", at: 100.1) == .own)
      #expect(watch.read("A", at: 100.2) == .own)
      watch.decided("A", first)
      watch.decided("B", .admit)
      watch.decided("A", second)
      #expect(watch.read("A", at: 100.4) == (second == .unverified ? .own : .again))
    }
  }

  @Test func `What is no code repeats nothing`() {
    var watch = RepeatWatch(window: 3)
    _ = watch.read("A", at: 100)
    #expect(watch.readNothing() == .own)
    #expect(watch.read("A", at: 100.2) == .own)
    for verdict in [Verdict.unverified, .unverified, .admit] { watch.decided("A", verdict) }
    #expect(watch.read("A", at: 100.4) == .again)
  }

  @Test func `Staff say whether anybody is left`() {
    var watch = RepeatWatch(window: 3, countsFriends: true)
    _ = watch.read("GROUP", at: 100)
    watch.decided("GROUP", .admit, leavesPeople: true)
    watch.corrected("GROUP", leavesPeople: false)
    #expect(watch.read("GROUP", at: 101.5) == .again)
    watch.corrected("GROUP", leavesPeople: true)
    #expect(watch.read("GROUP", at: 103) == .nextFriend)
  }
}
