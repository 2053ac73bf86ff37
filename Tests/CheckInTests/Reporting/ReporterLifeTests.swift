import Admission
import CheckIn
import FoundationEssentials
import Testing

/// How the reporter rests, wakes and ends.
@Suite(.timeLimit(.minutes(1))) struct ReporterLifeTests {
  private let clock = ReportingClock()

  @Test func `It rests until it is woken`() async {
    let outbox = MemoryOutbox()
    let (resting, sent) = (Signal(), Signal())
    let sender = ScriptedSender { _ in sent.give() }
    let reporter = reporter(
      outbox, sender, clock,
      sleep: { _ in
        resting.give()
        try await sleepForever()
      })
    let run = Task { await reporter.run() }
    await resting.wait()
    outbox.add(dueEntry(1))
    reporter.wake()
    await sent.wait()
    await resting.wait()
    #expect(sender.sent == [1])
    #expect(outbox.waiting == [])
    run.cancel()
    await run.value
  }

  @Test func `It stops while it rests`() async {
    let resting = Signal()
    let reporter = reporter(
      MemoryOutbox(), ScriptedSender(), clock,
      sleep: { _ in
        resting.give()
        try await sleepForever()
      })
    let run = Task { await reporter.run() }
    await resting.wait()
    run.cancel()
    await run.value
  }

  @Test func `At the end it waits for the one under way, and takes no other`() async {
    let outbox = MemoryOutbox([dueEntry(1), dueEntry(2)])
    let (sending, ending, answering) = (Signal(), Signal(), Signal())
    let sender = ScriptedSender { _ in
      sending.give()
      await answering.wait()
    }
    let reporter = reporter(
      outbox, sender, clock,
      sleep: { _ in
        // Its patience has begun.
        ending.give()
        try await sleepForever()
      })
    let run = Task { await reporter.run() }
    await sending.wait()
    let end = Task { await reporter.finish(run, .afterThisOne, within: 2) }
    await ending.wait()
    answering.give()
    await end.value
    #expect(sender.sent == [1])
    #expect(outbox.notes == [.acknowledged(1, at: 0)])
    #expect(outbox.waiting == [2])
  }

  @Test func `At the end it sends what is due, and not what has time`() async {
    let resting = Signal()
    let outbox = MemoryOutbox()
    let sender = ScriptedSender()
    let reporter = reporter(
      outbox, sender, clock,
      sleep: { _ in
        resting.give()
        try await sleepForever()
      })
    let run = Task { await reporter.run() }
    await resting.wait()
    for id in 1...3 { outbox.add(dueEntry(Int64(id))) }
    outbox.add(dueEntry(4), dueAt: reportingStart + 16)
    await reporter.finish(run, .afterWhatIsDue, within: 5)
    #expect(sender.sent == [1, 2, 3])
    #expect(outbox.waiting == [4])
  }

  @Test func `A service that is not there holds the end up no longer than agreed`() async {
    let outbox = MemoryOutbox([dueEntry(1), dueEntry(2)])
    let sending = Signal()
    let sender = ScriptedSender([.mayHaveArrived]) { _ in
      sending.give()
      try? await sleepForever()
    }
    // The patience is over at once.
    let reporter = reporter(outbox, sender, clock)
    let run = Task { await reporter.run() }
    await sending.wait()
    await reporter.finish(run, .afterWhatIsDue, within: 5)
    #expect(sender.sent == [1])
    #expect(
      outbox.notes == [
        .refused(1, "no answer came: the service may count it or not", mayHaveArrived: true)
      ])
    #expect(outbox.waiting == [2])
  }

  @Test(arguments: [
    (EntryDelivery.delivered, MemoryOutbox.Note.acknowledged(1, at: 0)),
    (.notSent, .again(1, at: 0, mayHaveArrived: false)),
  ])
  fileprivate func `It stops while it sends, and the outbox learns what came of that`(
    delivery: EntryDelivery, note: MemoryOutbox.Note
  ) async {
    let outbox = MemoryOutbox([dueEntry(1), dueEntry(2)])
    let sending = Signal()
    let sender = ScriptedSender([delivery]) { _ in
      sending.give()
      try? await sleepForever()
    }
    let reporter = reporter(outbox, sender, clock)
    let run = Task { await reporter.run() }
    await sending.wait()
    run.cancel()
    await run.value
    #expect(sender.sent == [1])
    #expect(outbox.notes == [note])
    #expect(outbox.waiting.contains(2))
  }
}
