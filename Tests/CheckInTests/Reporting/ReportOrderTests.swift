import Admission
import CheckIn
import FoundationEssentials
import Testing

private let start = Date(timeIntervalSince1970: 1_800_000_000)

private struct Passes: PassLookUp {
  func lookUp(code: String, as kind: PassKind) async -> (finding: Finding, elapsed: Duration) {
    let usage = Usage(
      eventID: "tonight", beneficiaries: 5, peopleCountedIn: 2, isCheckedIn: true)
    let pass = Pass(
      id: "id", code: code, typeName: "general", state: "activated", usages: [usage])
    return (.found(pass, .live), .milliseconds(40))
  }
}

/// What the ledger is told of an entry that the service is to be told of (Contract: Configuration,
/// `check_in.report`).
@Suite(.timeLimit(.minutes(1))) struct ReportOrderTests {
  private static let rates = [
    Rate(
      id: "r", name: "General",
      options: [
        RateOption(id: "early", price: 10, from: 0, until: 3600),
        RateOption(id: "late", price: 15, from: 3600, until: 7200),
      ])
  ]

  private func entry(
    at elapsed: TimeInterval, delay: TimeInterval?, rates: [Rate]? = Self.rates,
    startsAt: Date? = start
  ) async -> AdmissionEntry? {
    let ledger = TestLedger()
    let now = Moment(wall: start + elapsed, uptime: 100)
    let service = CheckInService(
      finder: PassFinder(service: Passes(), memory: NoMemory(), now: { now }),
      ledger: RecordingLedger(store: ledger),
      setup: CheckInService.Setup(
        rules: Rules(), door: "North", showNames: .full, repeatSeconds: 3, reportDelay: delay),
      tonight: .chosen(Event(id: "tonight", startsAt: startsAt, endsAt: start + 9000)),
      now: { now }, tell: { _ in })
    await service.set(rates: rates)
    _ = await service.submit(
      CheckInService.Scan(code: "AAAA", readAt: now))
    await service.finish()
    return await ledger.entries.first
  }

  @Test func `Reading is all it does unless it is told otherwise`() async {
    #expect(await entry(at: 60, delay: nil)?.report == nil)
  }

  @Test(
    arguments: [
      (0, "early"), (3599, "early"), (3600, "late"), (7200, nil), (-1, nil),
    ] as [(TimeInterval, String?)])
  func `The option is that of the moment of the admission, and staff have time to correct it`(
    elapsed: TimeInterval, option: String?
  ) async {
    let expected = ReportOrder(optionID: option, earliest: start + elapsed + 16)
    #expect(await entry(at: elapsed, delay: 16)?.report == expected)
  }

  @Test func `Without a price list or a start no option is named`() async {
    let expected = ReportOrder(optionID: nil, earliest: start + 60)
    #expect(await entry(at: 60, delay: 0, rates: nil)?.report == expected)
    #expect(await entry(at: 60, delay: 0, startsAt: nil)?.report == expected)
  }

  @Test func `The ledger learns whom the service had counted in`() async {
    #expect(await entry(at: 60, delay: nil)?.countedIn == 2)
  }
}
