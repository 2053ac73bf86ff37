import Admission
import CheckIn
import FoundationEssentials
import Testing

@Suite struct ServiceWatchTests {
  private let now = Date(timeIntervalSince1970: 1_800_000_000)

  @Test func `A state is told with its beginning, and one answer ends it`() {
    var watch = ServiceWatch()
    #expect(watch.status == .connecting)
    watch.note(failure: .offline, latency: .seconds(1), at: now)
    watch.note(failure: .offline, latency: .seconds(1), at: now.addingTimeInterval(60))
    #expect(watch.status == .offline(since: now))
    watch.note(failure: .unauthorized, latency: .seconds(1), at: now.addingTimeInterval(90))
    #expect(watch.status == .keyRefused(since: now.addingTimeInterval(90)))
    watch.note(failure: .rateLimited, latency: .seconds(1), at: now)
    watch.note(failure: .serviceError, latency: .seconds(1), at: now.addingTimeInterval(1))
    #expect(watch.status == .failing(since: now))
    watch.note(failure: nil, latency: .milliseconds(43), at: now)
    #expect(watch.status == .live(latency: .milliseconds(43)))
  }

  @Test(arguments: [
    (-61.0, true), (-60, false), (0, false), (60, false), (60.5, true), (86_400, true),
  ])
  func `A clock more than a minute off is told`(offset: TimeInterval, isBad: Bool) {
    var watch = ServiceWatch()
    watch.note(
      failure: .serviceError, latency: .zero, serverDate: now.addingTimeInterval(-offset), at: now)
    #expect(watch.badClockOffset == (isBad ? offset : nil))
  }

  @Test func `A service is slow by the median of its newest answers`() {
    var watch = ServiceWatch()
    for _ in 0..<4 { watch.note(failure: nil, latency: .milliseconds(100), at: now) }
    for _ in 0..<4 { watch.note(failure: nil, latency: .milliseconds(900), at: now) }
    #expect(watch.isSlow)
    for _ in 0..<5 { watch.note(failure: nil, latency: .milliseconds(700), at: now) }
    #expect(!watch.isSlow)
    for _ in 0..<9 { watch.note(failure: .offline, latency: .seconds(9), at: now) }
    #expect(!watch.isSlow, "no answer is offline, not slow")
  }

  /// A page of 500 tickets takes longer than any look-up.
  @Test func `Pages of lists do not make a service slow`() {
    var watch = ServiceWatch()
    watch.note(failure: nil, latency: .milliseconds(90), at: now)
    for _ in 0..<9 { watch.note(failure: nil, latency: .seconds(3), isLong: true, at: now) }
    #expect(!watch.isSlow)
    #expect(watch.status == .live(latency: .milliseconds(90)))
    watch.note(failure: .serviceError, latency: .zero, isLong: true, at: now)
    #expect(watch.status == .failing(since: now))
    watch.note(failure: nil, latency: .seconds(3), isLong: true, at: now)
    #expect(watch.status == .live(latency: .seconds(3)))
    for _ in 0..<2 { watch.note(failure: nil, latency: .milliseconds(900), at: now) }
    #expect(watch.isSlow)
  }
}
