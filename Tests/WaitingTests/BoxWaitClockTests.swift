import SeededRandom
import Synchronization
import TestSupport
import Testing
import Waiting

struct BoxWaitClockTests {
  private let clock = BoxWaitClock.box

  @Test func `A call that is due earlier comes first, though it is asked for later`() async throws {
    let late = Promise<Void>()
    let early = Promise<Void>()
    let call = clock.call(after: .seconds(3600)) { late.fulfil(with: ()) }
    _ = clock.call(after: .milliseconds(1)) { early.fulfil(with: ()) }
    let came: Void? = await early.value(within: .seconds(60))
    #expect(came != nil)
    #expect(late.valueSoFar == nil)
    call.cancel()
  }

  @Test func `A call that keeps its thread holds up no other one`() async throws {
    let isLetGo = Promise<Void>()
    let other = Promise<Void>()
    _ = clock.call(after: .milliseconds(5)) {
      while isLetGo.valueSoFar == nil {}
    }
    _ = clock.call(after: .milliseconds(5)) { other.fulfil(with: ()) }
    let came: Void? = await other.value(within: .seconds(60))
    isLetGo.fulfil(with: ())
    #expect(came != nil)
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func `Each comes once and not too early, and none that is cancelled`(seed: UInt64) async throws {
    var generator = SplitMix64(seed: seed)
    let came = Mutex<[Int: Int]>([:])
    let early = Mutex<[Int]>([])
    var expected: Set<Int> = []
    var cancelled: Set<Int> = []
    for number in 0..<2_000 {
      let delay = Duration.microseconds(Int.random(in: 0...300_000, using: &generator))
      let due = clock.now + delay
      let call = clock.call(after: delay) {
        if clock.now < due { early.withLock { $0.append(number) } }
        came.withLock { $0[number, default: 0] += 1 }
      }
      // One that might be under way by now says nothing.
      if delay > .milliseconds(200), Bool.random(using: &generator) {
        call.cancel()
        if clock.now < due { cancelled.insert(number) }
      } else {
        expected.insert(number)
      }
    }
    try await wait(for: "the calls") { came.withLock { expected.isSubset(of: $0.keys) } }
    let end = clock.now + .milliseconds(300)
    try await wait(for: "the time of those that are cancelled") { clock.now > end }
    #expect(early.withLock { $0 } == [], "seed \(seed)")
    #expect(came.withLock { cancelled.isDisjoint(with: $0.keys) }, "seed \(seed)")
    #expect(came.withLock { $0.values.allSatisfy { $0 == 1 } }, "seed \(seed)")
  }
}
