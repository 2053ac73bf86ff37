import Admission
import FoundationEssentials
import Testing

private let begin = Date(timeIntervalSince1970: 1_800_000_000)
private let hour: TimeInterval = 3600
private let day: TimeInterval = 86_400

private func reading(_ wall: TimeInterval, _ elapsed: TimeInterval) -> ClockWatch.Reading {
  ClockWatch.Reading(wall: begin.addingTimeInterval(wall), elapsed: elapsed)
}

@Suite struct ClockWatchTests {
  /// Seconds on the wall clock and on the other one after 10 s, and the step that was.
  @Test(arguments: [
    (10.0, 10.0, nil), (10.5, 10, nil), (69, 10, nil), (-49, 10, nil), (71, 10, 61.0),
    (-52, 10, -62), (10 + day, 10, day), (10 - 40 * day, 10, -40 * day),
    // The box slept: both went on.
    (8 * hour, 8 * hour, nil),
  ])
  func `A wall clock that moves by over a minute against the other one was set`(
    wall: TimeInterval, elapsed: TimeInterval, step: TimeInterval?
  ) {
    var watch = ClockWatch(at: reading(0, 0))
    #expect(watch.read(reading(wall, elapsed)) == step)
    #expect(watch.steps == (step == nil ? 0 : 1))
  }

  @Test func `A clock that is drawn right slowly is not taken for one that was set`() {
    var watch = ClockWatch(at: reading(0, 0))
    for second in 1...1000 {
      #expect(watch.read(reading(Double(second) * 1.1, Double(second))) == nil)
    }
  }

  /// Steps in seconds, 100 s apart from the 100th second on; a stamp that was made at the 50th second
  /// of this run is as old as what has passed since.
  @Test(arguments: [
    [-2 * hour], [2 * hour], [40 * day], [-40 * day], [day, -day], [-day, day], [-hour, -hour],
    [hour, hour, -3 * hour],
  ])
  func `A stamp of this run is as old as the time that has passed`(steps: [TimeInterval]) {
    var watch = ClockWatch(at: reading(0, 0))
    _ = watch.read(reading(50, 50))
    let stamp = begin.addingTimeInterval(50)
    var (offset, elapsed) = (0.0, 100.0)
    _ = watch.read(reading(100, 100))
    for step in steps {
      offset += step
      elapsed += 100
      _ = watch.read(reading(elapsed + offset, elapsed))
    }
    #expect(watch.steps == steps.count)
    #expect(watch.age(of: stamp) == elapsed - 50)
  }

  @Test func `A stamp from before this run counts by the clock as it is now`() {
    var watch = ClockWatch(at: reading(-2 * day, 0))
    _ = watch.read(reading(0, 5))
    #expect(watch.age(of: begin.addingTimeInterval(-day)) == day)
    #expect(watch.corrected(begin.addingTimeInterval(-day)) == begin.addingTimeInterval(-day))
  }

  @Test func `The age of a stamp from the future is unknown`() {
    let watch = ClockWatch(at: reading(0, 0))
    #expect(watch.age(of: begin.addingTimeInterval(2 * hour)) == nil)
    #expect(watch.age(of: begin.addingTimeInterval(5)) == 0)
  }

  @Test func `A stamp of a clock that was a day ahead is corrected`() {
    var watch = ClockWatch(at: reading(day, 0))
    _ = watch.read(reading(day + 4, 4))
    _ = watch.read(reading(5, 5))
    #expect(watch.age(of: begin.addingTimeInterval(day + 3)) == 2)
    #expect(watch.corrected(begin.addingTimeInterval(day + 3)) == begin.addingTimeInterval(3))
  }

  @Test(arguments: [(0.0, true), (599, true), (-599, true), (601, false), (-601, false)])
  func `The service's clock confirms ours within ten minutes`(
    offset: TimeInterval, isConfirmed: Bool
  ) {
    var watch = ClockWatch(at: reading(0, 0))
    #expect(!watch.isConfirmed)
    watch.note(serverDate: begin.addingTimeInterval(offset))
    #expect(watch.isConfirmed == isConfirmed)
  }

  @Test func `A step takes the confirmation away, and so does an answer that says otherwise`() {
    var watch = ClockWatch(at: reading(0, 0))
    watch.note(serverDate: begin)
    _ = watch.read(reading(hour, 1))
    #expect(!watch.isConfirmed)
    watch.note(serverDate: begin)
    #expect(!watch.isConfirmed)
    watch.note(serverDate: begin.addingTimeInterval(hour))
    #expect(watch.isConfirmed)
    watch.note(serverDate: begin)
    #expect(!watch.isConfirmed)
  }

  @Test func `The last quarter of an hour is in pieces where the clock was set`() {
    var watch = ClockWatch(at: reading(0, 0))
    _ = watch.read(reading(600, 600))
    #expect(
      watch.stretches(ofLast: 900) == [
        begin.addingTimeInterval(-300)...begin.addingTimeInterval(600)
      ])
    _ = watch.read(reading(600 + day, 600))
    _ = watch.read(reading(900 + day, 900))
    #expect(
      watch.stretches(ofLast: 900) == [
        begin.addingTimeInterval(600 + day)...begin.addingTimeInterval(900 + day),
        begin...begin.addingTimeInterval(600),
      ])
  }
}
