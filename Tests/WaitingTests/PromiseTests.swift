import TestSupport
import Testing
import Waiting

struct PromiseTests {
  private let clock = ManualClock()

  @Test func `A value that is there is had at once, and the first one counts`() async {
    let promise = Promise<Int>()
    #expect(promise.valueSoFar == nil)
    #expect(promise.fulfil(with: 1))
    #expect(!promise.fulfil(with: 2))
    #expect(await promise.value() == 1)
    #expect(await promise.value(within: .zero, on: clock) == 1)
    #expect(clock.waiting == 0)
  }

  @Test func `All who wait are given the value`() async throws {
    let promise = Promise<Int>()
    async let first = promise.value(within: .seconds(1), on: clock)
    async let second = promise.value(within: .seconds(2), on: clock)
    async let third = promise.value()
    try await clock.untilWaiting(2)
    promise.fulfil(with: 7)
    #expect(await (first, second, third) == (7, 7, 7))
    #expect(clock.waiting == 0)
  }

  @Test func `A wait ends at its deadline, not before`() async throws {
    let promise = Promise<Int>()
    async let short = promise.value(within: .milliseconds(250), on: clock)
    async let long = promise.value(within: .milliseconds(700), on: clock)
    try await clock.untilWaiting(2)
    clock.advance(by: .milliseconds(249))
    #expect(clock.waiting == 2)
    clock.advance(by: .milliseconds(1))
    #expect(await short == nil)
    #expect(clock.waiting == 1)
    promise.fulfil(with: 3)
    #expect(await long == 3)
  }

  @Test(arguments: [Duration.zero, .seconds(-1)])
  func `Without patience nobody waits`(patience: Duration) async {
    #expect(await Promise<Int>().value(within: patience, on: clock) == nil)
    #expect(clock.waiting == 0)
  }

  @Test func `A wait ends when its task is cancelled, before and after it began`() async throws {
    let promise = Promise<Int>()
    let clock = clock
    let waiting = Task { await promise.value(within: .seconds(1), on: clock) }
    try await clock.untilWaiting()
    waiting.cancel()
    #expect(await waiting.value == nil)
    let late = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      return await promise.value(within: .seconds(1), on: clock)
    }
    #expect(await late.value == nil)
    #expect(clock.waiting == 0)
  }

  @Test func `A task's value is waited for, and the task goes on after a deadline`() async throws {
    let promise = Promise<Int>()
    let task = Task { await promise.value() }
    async let inTime = task.value(within: .seconds(1), on: clock)
    try await clock.untilWaiting()
    clock.advance(by: .seconds(1))
    #expect(await inTime == nil)
    promise.fulfil(with: 5)
    #expect(await task.value(within: .seconds(20)) == 5)
  }

  @Test func `What is scheduled on the box's clock is called, unless it was cancelled`() async {
    let called = Promise<Int>()
    let cancelled = BoxWaitClock.box.call(after: .zero) {}
    cancelled.cancel()
    let first = BoxWaitClock.box.call(after: .milliseconds(1)) { called.fulfil(with: 1) }
    first.cancel()
    _ = BoxWaitClock.box.call(after: .milliseconds(20)) { called.fulfil(with: 2) }
    #expect(await called.value(within: .seconds(20)) == 2)
  }
}

struct SignalTests {
  private let clock = ManualClock()

  @Test func `A signal wakes all who wait then, and nobody later`() async throws {
    let signal = Signal()
    async let first: Void = signal.wait(for: .seconds(1), on: clock)
    async let second: Void = signal.wait(for: .seconds(1), on: clock)
    try await clock.untilWaiting(2)
    signal.send()
    _ = await (first, second)
    async let third: Void = signal.wait(for: .seconds(1), on: clock)
    try await clock.untilWaiting()
    clock.advance(by: .seconds(1))
    await third
  }

  @Test func `Nobody waits for what has happened already`() async {
    await Signal().wait(for: .seconds(1), on: clock, if: { false })
    #expect(clock.waiting == 0)
  }
}
