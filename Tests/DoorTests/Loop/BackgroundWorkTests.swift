import TestSupport
import Testing
import Waiting

@testable import Door

@Suite(.timeLimit(.minutes(5))) struct BackgroundWorkTests {
  @Test func `At the end all is cancelled, and waited for`() async throws {
    let work = BackgroundWork()
    let ended = Collected<Int>()
    let begun = Collected<Int>()
    for number in 0..<5 {
      work.add {
        begun.add(number)
        await untilCancelled()
        ended.add(number)
      }
    }
    try await begun.until("all have begun") { $0.count == 5 }
    #expect(await work.end(within: .seconds(60)))
    #expect(ended.all.sorted() == [0, 1, 2, 3, 4])
    work.add { ended.add(99) }
    #expect(await work.end(within: .seconds(60)))
    #expect(!ended.all.contains(99), "nothing begins after the end")
  }

  @Test func `What does not end holds up nobody for longer than it may`() async throws {
    let work = BackgroundWork()
    let gate = Promise<Void>()
    let begun = Collected<Void>()
    work.add {
      begun.add(())
      await gate.value()
    }
    try await begun.until("it has begun") { !$0.isEmpty }
    #expect(await work.end(within: .milliseconds(50)) == false)
    gate.fulfil(with: ())
    #expect(await work.end(within: .seconds(60)))
  }

  @Test func `A queue does one thing after the other`() async throws {
    let work = BackgroundWork()
    let queue = WorkQueue(in: work)
    let done = Collected<Int>()
    for number in 0..<100 {
      queue.add {
        if number.isMultiple(of: 7) { await Task.yield() }
        done.add(number)
      }
    }
    await queue.finish(within: .seconds(60))
    #expect(done.all == Array(0..<100))
    await work.end(within: .seconds(60))
  }

  @Test func `Nobody waits for a queue longer than they would`() async throws {
    let work = BackgroundWork()
    let queue = WorkQueue(in: work)
    queue.add { await untilCancelled() }
    await queue.finish(within: .milliseconds(50))
    #expect(await work.end(within: .seconds(60)))
  }
}
