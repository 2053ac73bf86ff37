import Admission
import CheckIn
import Foundation
import Synchronization
import Testing

/// Before the first `not_tonight`, the answers about tonight's event and about those that the pass
/// names are awaited (Contract: The verdict).
@Suite(.timeLimit(.minutes(1))) struct FirstStrangerTests {
  private static let gala = Event(
    id: "gala", name: "Gala", startsAt: tonightsEvent.startsAt?.addingTimeInterval(86_400))

  /// A service whose events a test lets answer, behind a door at which guests of other nights come.
  private final class StrangersDoor: Sendable {
    let programme = Programme(silentWith: [])
    private let service: CheckInService
    private let keeper: TonightKeeper
    private let outcomes: AsyncStream<Outcome>
    private let clock = TestClock()

    init(deadline: Duration) {
      let (outcomes, continuation) = AsyncStream.makeStream(of: Outcome.self)
      self.outcomes = outcomes
      let clock = clock
      let keeper = TonightKeeper(
        programme: programme, given: tonightsEvent, naming: .option,
        clock: SettableClock().box())
      self.keeper = keeper
      let strangers = ["gala", "fair"].map { event in
        (
          event,
          Finding.found(
            Pass(
              id: event, code: event, state: "activated",
              usages: [Usage(eventID: event, beneficiaries: 1)]), .live)
        )
      }
      service = CheckInService(
        finder: PassFinder(
          service: StoredPasses(answers: Dictionary(uniqueKeysWithValues: strangers)),
          memory: NoMemory(), now: { clock.now }),
        ledger: RecordingLedger(store: nil, uptime: { clock.now.uptime }),
        setup: CheckInService.Setup(
          rules: Rules(), door: "North", showNames: .full, repeatSeconds: 0, deadline: deadline),
        tonight: .chosen(tonightsEvent), keeper: keeper, now: { clock.now },
        tell: { if case .verdict(let outcome) = $0 { continuation.yield(outcome) } })
      Task { await keeper.refresh() }
    }

    func scan(_ code: String) async {
      _ = await service.submit(CheckInService.Scan(code: code, readAt: clock.now))
    }

    func verdict() async -> Outcome? {
      for await outcome in outcomes { return outcome }
      return nil
    }

    var waiting: Int { get async { await service.waiting } }

    /// Waits until so many questions stand unanswered.
    func asked(_ count: Int) async {
      while programme.answers.withLock({ $0.silent?.count ?? 0 }) < count { await Task.yield() }
    }
  }

  @Test func `The first red waits for the name of its night`() async {
    let door = StrangersDoor(deadline: .seconds(3600))
    await door.scan("gala")
    await door.asked(2)
    #expect(await door.waiting == 1, "no verdict yet")
    door.programme.answer(single: [tonightsEvent, Self.gala])
    let outcome = await door.verdict()
    #expect(outcome?.reason == .notTonight)
    #expect(outcome?.nights == [Self.gala])
  }

  @Test func `That the service knows no such event comes in time for the first`() async {
    let door = StrangersDoor(deadline: .seconds(3600))
    await door.scan("gala")
    await door.asked(2)
    door.programme.answers.withLock { $0.unknown = [tonightsEvent.id] }
    door.programme.answer(events: [Self.gala], single: [Self.gala])
    #expect(await door.verdict()?.reason == .noEvent)
  }

  @Test func `It waits until the deadline, and no longer`() async {
    let door = StrangersDoor(deadline: .milliseconds(60))
    await door.scan("gala")
    let outcome = await door.verdict()
    #expect(outcome?.reason == .notTonight)
    #expect(outcome?.nights == [Event(id: "gala")], "nobody has said its name")
  }

  @Test func `Only the first one waits`() async {
    let door = StrangersDoor(deadline: .seconds(3600))
    await door.scan("gala")
    await door.asked(2)
    door.programme.answer(single: [tonightsEvent, Self.gala])
    #expect(await door.verdict()?.nights == [Self.gala])
    // The service falls silent, and nobody is kept at the door for it.
    door.programme.answers.withLock { $0.silent = [] }
    await door.scan("fair")
    #expect(await door.verdict()?.nights == [Event(id: "fair")])
    door.programme.answer()
  }
}
