import Admission
import CheckIn
import Door
import DoorConfiguration
import DoorScreen
import Foundation
import Fourvenues
import Testing

@testable import Readiness

extension ServiceSurvey {
  /// Of passes.
  var passes: Passes {
    get { lists[.pass] ?? .notAsked }
    set { lists[.pass] = newValue }
  }
  /// Of passes.
  var storedPasses: StoredPasses? {
    get { stored[.pass] }
    set { stored[.pass] = newValue }
  }
  /// Of passes.
  var rates: Rates {
    get { priceLists[.pass] ?? .notAsked }
    set { priceLists[.pass] = newValue }
  }
}

@Suite struct ServiceFindingTests {
  /// After the day on which the program was made; the event has been on for an hour.
  static let now = Date(timeIntervalSince1970: 1_800_000_000)
  static let noche = Event(
    id: "E1", name: "Noche", startsAt: now.addingTimeInterval(-3600),
    endsAt: now.addingTimeInterval(7 * 3600))

  static func survey(_ change: (inout ServiceSurvey) -> Void = { _ in }) -> ServiceSurvey {
    var survey = ServiceSurvey()
    survey.tonight = .chosen(noche)
    for endpoint in [Endpoint.lookUp(.pass), .list(.pass), .events, .rates(.pass)] {
      survey.note(exchange(endpoint, 200), at: now)
    }
    survey.passes = .listed(forecast(good: 3))
    survey.rates = .told([rate])
    change(&survey)
    return survey
  }

  static func exchange(
    _ endpoint: Endpoint, _ status: Int?, _ failure: LookUpFailure? = nil,
    clock: TimeInterval = 0
  ) -> Exchange {
    Exchange(
      endpoint: endpoint, status: status, latency: .milliseconds(80),
      serverDate: status.map { _ in now.addingTimeInterval(clock) }, failure: failure)
  }

  static func forecast(
    good: Int = 0, sold: Int = 0, elsewhere: Int = 0, rules: Rules = Rules()
  ) -> RefusalForecast {
    var forecast = RefusalForecast(eventID: "E1", rules: rules)
    let kinds = [(good, "activated", "E1"), (sold, "sold", "E1"), (elsewhere, "activated", "E2")]
    for (count, state, event) in kinds {
      for number in 0..<count {
        forecast.add(
          Pass(id: "\(number)", code: "C", state: state, usages: [Usage(eventID: event)]))
      }
    }
    return forecast
  }

  static let rate = Rate(
    id: "r", name: "General",
    options: [
      RateOption(id: "o1", price: 10, from: 0, until: 7200),
      RateOption(id: "o2", price: 15, from: 7200, until: 9000),
    ])

  struct Row: Sendable {
    var point: CheckPoint
    var status: FindingStatus
    /// What the message and the next step say, somewhere.
    var says: [String] = []
    var notSays: [String] = []
    var settings: @Sendable (inout Settings) -> Void = { _ in }
    var survey: @Sendable (inout ServiceSurvey) -> Void = { _ in }
  }

  static let failed = FindingStatus.fail(ProgramExit(1))
  static let unreachable = FindingStatus.fail(ProgramExit(69))

  static func all(_ status: Int?, _ failure: LookUpFailure)
    -> @Sendable (inout ServiceSurvey) -> Void
  {
    { survey in
      for endpoint in survey.exchanges.keys {
        survey.exchanges[endpoint] = exchange(endpoint, status, failure)
      }
    }
  }

  static let rows: [Row] = [
    // The service.
    Row(point: .service, status: .pass, says: ["80 ms", "https://api.fourvenues.com"]),
    Row(
      point: .service, status: unreachable, says: ["no answer", "base_url"],
      survey: all(nil, .offline)),
    Row(point: .service, status: unreachable, says: ["HTTP 500"], survey: all(500, .serviceError)),
    Row(point: .service, status: unreachable, says: ["too often"], survey: all(429, .rateLimited)),
    // A refused key is the key's line.
    Row(point: .service, status: .pass, survey: all(401, .unauthorized)),
    Row(
      point: .service, status: failed, says: ["0.7 s"],
      survey: { survey in
        for _ in 0..<3 {
          survey.watch.note(failure: nil, latency: .milliseconds(701), at: now)
          survey.watch.note(failure: nil, latency: .milliseconds(900), at: now)
        }
      }),
    // The key.
    Row(point: .key, status: .pass, says: ["pass by code", "list of passes", "rates"]),
    Row(
      point: .key, status: .pass, says: ["report entries"], settings: { $0.reportsEntries = true }),
    Row(point: .key, status: failed, says: ["401", "api_key"], survey: all(401, .unauthorized)),
    Row(point: .key, status: .skipped, survey: all(nil, .offline)),
    Row(point: .key, status: .skipped, survey: all(500, .serviceError)),
    Row(
      point: .key, status: failed,
      says: ["/v2/passes/ (403)", "may use the pass by code", "grant"],
      survey: { $0.exchanges[.list(.pass)] = exchange(.list(.pass), 403, .unauthorized) }),
    Row(
      point: .key, status: failed, says: ["/v2/passes/by-code (403)", "amber"],
      survey: { $0.exchanges[.lookUp(.pass)] = exchange(.lookUp(.pass), 403, .unauthorized) }),
    Row(
      point: .key, status: failed, says: ["/passes-rates/ (403)"],
      survey: { $0.exchanges[.rates(.pass)] = exchange(.rates(.pass), 403, .unauthorized) }),
    Row(
      point: .key, status: failed, says: ["/events/ (403)", "event.id"],
      survey: { $0.exchanges[.events] = exchange(.events, 403, .unauthorized) }),
    Row(
      point: .key, status: .pass, says: ["not known of the rates"],
      survey: { $0.exchanges[.rates(.pass)] = exchange(.rates(.pass), 500, .serviceError) }),
    // The event.
    Row(point: .event, status: .pass, says: ["Noche", "E1"]),
    Row(
      point: .event, status: .pass, says: ["(stored)"], survey: { $0.isEventStored = true }),
    Row(
      point: .event, status: failed, says: ["knows no event", "event.id"],
      survey: { $0.tonight = .unknown(Event(id: "zzz")) }),
    Row(
      point: .event, status: failed, says: ["over"],
      survey: { $0.tonight = .chosen(event(from: -9, to: -1)) }),
    Row(
      point: .event, status: .pass, survey: { $0.tonight = .chosen(event(from: 11, to: 19)) }),
    Row(
      point: .event, status: failed, says: ["not tonight"],
      survey: { $0.tonight = .chosen(event(from: 72, to: 80)) }),
    Row(
      point: .event, status: .pass, says: ["event.starts_at"],
      survey: { $0.tonight = .chosen(Event(id: "E1")) }),
    Row(
      point: .event, status: .fail(ProgramExit(78)), says: ["E1", "E2", "event.id"],
      survey: { $0.tonight = .none(.several([noche, Event(id: "E2", name: "Sala")])) }),
    Row(
      point: .event, status: failed, says: ["none is on", "E7", "event.id"],
      survey: {
        $0.tonight = .none(.noneTonight)
        $0.listed = [
          event("E8", from: 40, to: 48), event("E7", from: 8, to: 16), event(from: -9, to: -1),
        ]
      }),
    Row(
      point: .event, status: failed, says: ["none is on", "nor listed"],
      survey: { $0.tonight = .none(.noneTonight) }),
    Row(
      point: .event, status: failed, says: ["does not tell"],
      survey: { $0.tonight = .none(.unreachable) }),
    // Where the key is refused for everything, it is the cause of whatever is not known.
    Row(
      point: .event, status: failed, says: ["refuses the key", "ask whoever gave you the key"],
      notSays: ["event.id"],
      survey: {
        all(403, .unauthorized)(&$0)
        $0.tonight = .none(.unreachable)
      }),
    Row(
      point: .event, status: failed, says: ["refuses the key", "E1", "the key comes first"],
      notSays: ["event.starts_at", "knows no event"],
      survey: {
        all(401, .unauthorized)(&$0)
        $0.tonight = .chosen(Event(id: "E1"))
      }),
    Row(
      point: .event, status: .pass, says: ["Noche", "(stored)"],
      survey: {
        all(401, .unauthorized)(&$0)
        $0.isEventStored = true
      }),
    Row(
      point: .passes, status: .skipped, says: ["refuses the key"], notSays: ["no event"],
      survey: {
        all(401, .unauthorized)(&$0)
        $0.tonight = .none(.unreachable)
        $0.passes = .notAsked
      }),
    Row(
      point: .rates, status: .skipped, says: ["refuses the key"], notSays: ["no event"],
      survey: {
        all(401, .unauthorized)(&$0)
        $0.tonight = .none(.keyRefused)
        $0.rates = .notAsked
      }),
    Row(
      point: .passes, status: failed, says: ["refuses the key", "the key comes first"],
      notSays: ["without a network"], survey: { $0.passes = .brokenOff(forecast(), .unauthorized) }),
    Row(
      point: .rates, status: failed, says: ["the key comes first"], notSays: ["works without"],
      survey: { $0.rates = .failed(.unauthorized) }),
    // Where it is refused for the list alone, naming the event helps.
    Row(
      point: .event, status: failed, says: ["may not list events", "event.id"],
      survey: {
        $0.exchanges[.events] = exchange(.events, 403, .unauthorized)
        $0.tonight = .none(.keyRefused)
      }),
    // Its passes.
    Row(point: .passes, status: .pass, says: ["3 passes", "none stored yet"]),
    Row(
      point: .passes, status: .pass, says: ["3 passes", "5 stored, as of"],
      survey: { $0.storedPasses = .init(forecast: forecast(good: 5), completedAt: now) }),
    Row(
      point: .passes, status: failed, says: ["none"], survey: { $0.passes = .listed(forecast()) }),
    Row(
      point: .passes, status: .pass, survey: { $0.passes = .listed(forecast(good: 2, sold: 2)) }),
    Row(
      point: .passes, status: failed,
      says: [
        "3 of 5 would be refused", "3 not_active", "rules.active_states is [activated]", "\"sold\"",
      ],
      survey: { $0.passes = .listed(forecast(good: 2, sold: 3)) }),
    Row(
      point: .passes, status: failed,
      says: ["2 not_tonight", "rules.event_without_usage is refuse"],
      survey: { $0.passes = .listed(forecast(good: 1, elsewhere: 2)) }),
    Row(
      point: .passes, status: failed, says: ["broke off after 3", "none stored"],
      survey: { $0.passes = .brokenOff(forecast(good: 3), .serviceError) }),
    Row(
      point: .passes, status: failed, says: ["refuses the key", "4 stored of those already seen"],
      survey: {
        $0.passes = .brokenOff(forecast(), .unauthorized)
        $0.storedPasses = .init(forecast: forecast(good: 4))
      }),
    // Without a network the stored ones are judged.
    Row(
      point: .passes, status: .pass, says: ["4 stored, as of"],
      survey: {
        $0.passes = .notAsked
        $0.storedPasses = .init(forecast: forecast(good: 4), completedAt: now)
      }),
    Row(
      point: .passes, status: failed, says: ["rules.active_states"],
      survey: {
        $0.passes = .notAsked
        $0.storedPasses = .init(forecast: forecast(sold: 4), completedAt: now)
      }),
    Row(point: .passes, status: .skipped, survey: { $0.passes = .notAsked }),
    // Rates.
    Row(point: .rates, status: .pass, says: ["1 with 2 options", "1 hold now"]),
    Row(point: .rates, status: .pass, says: ["none"], survey: { $0.rates = .told([]) }),
    Row(
      point: .rates, status: failed, says: ["rules.collect_at_door"],
      settings: { $0.collectAtDoor = PassKind.allCases }, survey: { $0.rates = .told([]) }),
    Row(
      point: .rates, status: failed, says: ["rules.rate_windows"],
      settings: { $0.rules.rateWindows = .enforce }, survey: { $0.rates = .told([]) }),
    Row(
      point: .rates, status: failed, says: ["starts"],
      survey: { $0.tonight = .chosen(Event(id: "E1")) }),
    Row(
      point: .rates, status: failed, says: ["refuses the key"],
      survey: { $0.rates = .failed(.unauthorized) }),
    Row(
      point: .rates, status: .pass, says: ["stored, as of"],
      survey: { $0.rates = .stored([rate], fetchedAt: now) }),
    Row(point: .rates, status: .skipped, survey: { $0.rates = .notAsked }),
    // The clock: off by more than 60 s is too much.
    Row(point: .clock, status: .pass),
    Row(point: .clock, status: .pass, says: ["60 s"], survey: clock(60)),
    Row(point: .clock, status: failed, says: ["61 s behind"], survey: clock(61)),
    Row(point: .clock, status: failed, says: ["3600 s ahead"], survey: clock(-3600)),
    Row(point: .clock, status: .skipped, survey: { $0.watch = ServiceWatch() }),
  ]

  /// The service's clock, in seconds ahead of the box's.
  static func clock(_ seconds: TimeInterval) -> @Sendable (inout ServiceSurvey) -> Void {
    { $0.note(exchange(.lookUp(.pass), 200, clock: seconds), at: now) }
  }

  static func event(_ id: String = "E1", from start: Double, to end: Double) -> Event {
    Event(
      id: id, name: id, startsAt: now.addingTimeInterval(start * 3600),
      endsAt: now.addingTimeInterval(end * 3600))
  }

  @Test(arguments: rows.indices)
  func `Each point says how it is and what to do`(index: Int) throws {
    let row = Self.rows[index]
    var settings = Settings(hostName: "door")
    settings.door.timeZone = "Europe/Madrid"
    row.settings(&settings)
    let findings = ServiceFindings(
      survey: Self.survey(row.survey), settings: settings, now: Self.now)
    let finding = try #require(findings.all.first { $0.point == row.point })
    #expect(finding.status == row.status, "\(finding)")
    for text in row.says {
      #expect("\(finding.message) \(finding.nextStep ?? "")".contains(text), "\(finding)")
    }
    for text in row.notSays {
      #expect(!"\(finding.message) \(finding.nextStep ?? "")".contains(text), "\(finding)")
    }
    if row.status.isFailure { #expect(finding.nextStep?.isEmpty == false, "\(finding)") }
  }

  @Test func `A clock from before the program was built is wrong whatever the service says`() {
    let findings = ServiceFindings(
      survey: Self.survey(), settings: Settings(hostName: "door"),
      now: Date(timeIntervalSince1970: 0))
    #expect(findings.clock.status == Self.failed)
  }

  @Test func `What the service writes reaches no terminal raw`() {
    let survey = Self.survey {
      $0.tonight = .chosen(Event(id: "E\u{1B}[2J", name: "N\u{7}\u{202E}x", startsAt: Self.now))
      var forecast = RefusalForecast(eventID: "E1", rules: Rules())
      forecast.add(Pass(id: "1", code: "C", state: "\u{1B}]0;x\u{7}", usages: []))
      $0.passes = .listed(forecast)
    }
    let findings = ServiceFindings(
      survey: survey, settings: Settings(hostName: "door"), now: Self.now)
    for finding in findings.all {
      let text = finding.message + (finding.nextStep ?? "")
      #expect(!text.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x202E }, "\(text)")
    }
  }
}
