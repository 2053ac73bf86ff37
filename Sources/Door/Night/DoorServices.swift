package import Admission
package import CheckIn
package import DoorConfiguration
import DoorScreen
package import Formatting
package import Foundation
package import Fourvenues
import LinuxBox
package import Logging
package import NightStore
import Synchronization
package import Waiting

/// The service layer, put together for one run of the program.
package struct DoorServices: Sendable {
  /// Hears what the service's clock says with each answer.
  package let clock: BoxClock
  package let client: FourvenuesClient
  let keeper: TonightKeeper
  package let priceLists: PriceLists
  let finder: PassFinder
  /// The kinds of code that this door takes, in their order.
  let kinds: [PassKind]
  let ledger: RecordingLedger
  private let claims: PassClaimFile?
  /// Nil where the program goes on from memory.
  package let store: NightStore?
  /// Nil where the service is not told who came in.
  let reporting: Reporting?
  /// How long the service is waited for where what is stored of the night could stand in.
  package let patience: Duration
  /// Runs what is done behind everything else.
  let work: BackgroundWork
  /// The clock by which that waits.
  let timer: any WaitClock
  private let unanswered = Unanswered()
  private let settings: Settings
  /// Which way people go through this door.
  private let turning: DoorTurning
  private let doorNews: SharedDoor.News
  /// This door among others; nil until it has a store, and where it shares no ledger.
  private let shared = Promise<SharedDoor>()
  /// The store's file; nil where nothing is recorded.
  private let storeFile: String?

  /// How long an orderly end waits for what is not recorded yet.
  static let patienceAtEnd: Duration = .seconds(2)

  /// The store is looked into once the service's time is up.
  private static let patienceWithStore: Duration = .milliseconds(500)

  /// - Parameters:
  ///   - opening: the store, if anything is kept.
  ///   - pickedID: which of several events staff picked before the program was started anew.
  ///   - turning: which way people go through this door; nil: as it is set up.
  ///   - work: its owner ends it.
  ///   - observe: is told of each exchange with the service, on any thread.
  ///   - doorNews: is told of the other doors, where they share a ledger.
  /// - Throws: `ConfigurationError`, where the client refuses what the configuration let pass.
  package init(
    settings: Settings, logger: Logger, opening: StoreOpening = StoreOpening(),
    pickedID: String? = nil, turning: DoorTurning? = nil,
    work: BackgroundWork = BackgroundWork(), timer: any WaitClock = .box,
    observe: @escaping @Sendable (Exchange) -> Void = { _ in },
    onRecordingChange: @escaping @Sendable (Bool) -> Void = { _ in },
    onDenial: @escaping @Sendable (Bool) -> Void = { _ in },
    doorNews: SharedDoor.News = SharedDoor.News()
  ) throws(ConfigurationError) {
    let store = opening.store
    self.settings = settings
    self.turning = turning ?? DoorTurning(usual: settings.door.direction)
    self.doorNews = doorNews
    self.work = work
    self.timer = timer
    let silence = Silence()
    let clock = BoxClock(builtAt: Version.builtAt)
    self.clock = clock
    client = FourvenuesClient(
      configuration: try settings.clientConfiguration(), logger: logger,
      observe: { exchange in
        if let serverDate = exchange.serverDate { clock.note(serverDate: serverDate) }
        if exchange.status != nil { silence.noteAnswer(at: Moment.now.uptime) }
        observe(exchange)
      })
    priceLists = PriceLists(client: client, store: store, accepts: settings.door.accepts)
    keeper = TonightKeeper(
      programme: ClientProgramme(
        client: client, timeZone: settings.time.timeZone, store: store, priceLists: priceLists,
        unanswered: unanswered),
      given: settings.event.known, naming: settings.event.naming, pickedID: pickedID,
      clock: clock)
    self.store = store
    kinds = settings.door.accepts
    storeFile = settings.isRecording ? settings.storeFile : nil
    patience = .milliseconds(settings.fourvenues.deadlineMilliseconds)
    reporting =
      settings.reportsEntries && settings.isRecording
      ? Reporting(store: store, client: client) : nil
    claims = opening.claims
    ledger = RecordingLedger(
      store: store, claims: claims ?? NoOtherProcess(),
      kept: storeFile.map { UnsavedFiles(store: $0) },
      onRecordingChange: onRecordingChange)
    finder = PassFinder(
      service: client, memory: store ?? NoMemory(), setup: settings.finding,
      now: { .now }, age: { clock.age(of: $0) }, silence: silence, onDenial: onDenial)
  }

  /// Waits for what is not recorded yet, and keeps the rest for the next start.
  func endRecording(within patience: Duration) async -> EndOfRecording {
    await EndOfRecording(of: ledger, store: storeFile, within: patience)
  }

  /// From now on what this door does is shared with the others, if it has a ledger to share.
  func share(_ store: NightStore) async {
    let door = try? SharedDoor(
      settings: settings, store: store, claims: claims ?? NoOtherProcess(), timer: timer,
      direction: { [turning] in turning.direction },
      tonight: { [keeper] in await keeper.tonight },
      news: SharedDoor.News(status: doorNews.status) { [client, doorNews] news in
        if case .doors(let doors) = news { client.shareRate(among: max(1, doors.present)) }
        doorNews.keeping(news)
      })
    guard let door else { return }
    await ledger.share(by: door.link)
    shared.fulfil(with: door)
    work.add { await door.keeper.run() }
  }

  /// Delivers to the shared ledger what it does not have yet, and says that this door is ended.
  func leaveDoors(within patience: Duration) async {
    await shared.valueSoFar?.keeper.finish(within: patience, isDoor: true)
  }

  /// Deletes what the shared ledger holds of nights long past.
  func deleteOldOnLedger(days: Int, but event: Admission.Event?) async {
    guard let ledger = shared.valueSoFar?.link.ledger else { return }
    try? await ledger.deleteOld(days: days, but: event?.id)
  }

  /// Whether something that was asked about the night has never been answered.
  var lacksAnswer: Bool { !unanswered.isEmpty }

  /// Whether the service refused the key when it was last asked about the night.
  package var refusesKey: Bool { unanswered.refusesKey }

  /// - Parameters:
  ///   - awaitsTonight: while no event is known, the first scans wait for it, as long as for an
  ///     answer of the service, and for the store that stands in.
  ///   - reportDelay: seconds from an admission until the service is told of it, if it is.
  ///   - audience: who is shown the verdicts.
  func checkIn(
    settings: Settings, isDryRun: Bool, awaitsTonight: Bool = false, reportDelay: TimeInterval,
    audience: Audience = Audience(),
    tell: @escaping @Sendable (CheckInEvent) -> Void
  ) async -> CheckInService {
    if !isDryRun {
      claims?.announce()
      if store != nil { claims?.announceStore() }
    }
    if let store { await share(store) }
    let tonight = await keeper.tonight
    return CheckInService(
      finder: finder, ledger: ledger,
      setup: CheckInService.Setup(
        rules: settings.doorRules, door: settings.door.name, showNames: settings.door.showNames,
        repeatSeconds: settings.repeatSeconds,
        rereadSeconds: settings.scanner.rereadMilliseconds.map { TimeInterval($0) / 1000 },
        isDryRun: isDryRun, direction: turning.direction,
        reportDelay: reporting == nil ? nil : reportDelay,
        deadline: .milliseconds(settings.fourvenues.deadlineMilliseconds)),
      tonight: tonight,
      patienceForTonight: awaitsTonight && tonight == .none(.notChosen)
        ? patience + Self.patienceWithStore : nil,
      keeper: keeper, now: { .now }, age: { [clock] in clock.age(of: $0) },
      audience: audience,
      tell: { [reporting] news in
        tell(news)
        guard let reporting, case .verdict(let outcome) = news, outcome.verdict == .admit else {
          return
        }
        reporting.reporter.wake()
      })
  }
}

extension FourvenuesClient: PassLookUp {}

/// What the service tells is stored, for when it does not.
private struct ClientProgramme: VenueProgramme {
  let client: FourvenuesClient
  let timeZone: TimeZone
  let store: NightStore?
  let priceLists: PriceLists
  let unanswered: Unanswered

  func event(id: String) async -> EventAnswer {
    do throws(FourvenuesError) {
      let event = try await unanswered.noting(.event, isHeard: isHeard) {
        () async throws(FourvenuesError) in
        try await client.event(id: id)
      }
      try? await store?.store(events: [event], fetchedAt: Date())
      return .told(event)
    } catch {
      return error == .notFound ? .unknown : .silent
    }
  }

  func events(around now: Date) async -> [Admission.Event]? {
    let told = try? await unanswered.noting(.events) { () async throws(FourvenuesError) in
      try await client.events(around: now, timeZone: timeZone)
    }
    guard let events = told else { return nil }
    try? await store?.store(events: TonightChoice.distinct(events), fetchedAt: Date())
    return events
  }

  var refusesKey: Bool { unanswered.refusesKey }
  var isHeard: Bool { !client.isAddressInDoubt }

  func storedEvent(id: String) async -> Admission.Event? {
    try? await store?.storedEvent(id: id)?.value
  }

  func storedEvents() async -> [Admission.Event]? {
    let kept = (try? await store?.storedEvents().map(\.value)) ?? []
    return kept.isEmpty ? nil : kept
  }

  func rates(eventID: String) async -> [Rate]? {
    try? await unanswered.noting(.rates(.pass)) { () async throws(FourvenuesError) in
      try await priceLists.ask(eventID: eventID)
    }
  }
}

/// What the service has been asked about the night and has not told even once. That it knows no such
/// event is an answer, where it is the service that says so; asking at once again would not change it.
private final class Unanswered: Sendable {
  private let state = Mutex((told: Set<Endpoint>(), failed: Set<Endpoint>(), refusesKey: false))

  var isEmpty: Bool { state.withLock { $0.failed.isEmpty } }
  /// What was said last. A key may be good for some endpoints alone: rates decide nothing.
  var refusesKey: Bool { state.withLock { $0.refusesKey } }

  func noting<Value: Sendable>(
    _ endpoint: Endpoint, isHeard: @autoclosure () -> Bool = true,
    _ ask: () async throws(FourvenuesError) -> Value
  ) async throws(FourvenuesError) -> Value {
    do throws(FourvenuesError) {
      let value = try await ask()
      note(endpoint, isTold: true)
      noteKey(endpoint, isRefused: false)
      return value
    } catch {
      noteKey(endpoint, isRefused: error == .failed(.unauthorized))
      note(endpoint, isTold: Self.tells(error, of: endpoint, isHeard: isHeard()))
      throw error
    }
  }

  /// Whether an answer that gives nothing is one all the same.
  private static func tells(
    _ error: FourvenuesError, of endpoint: Endpoint, isHeard: Bool
  ) -> Bool {
    switch (error, endpoint) {
    case (.notFound, .event): isHeard
    // A key may be good for all else.
    case (.failed(.unauthorized), .rates): true
    case (.notFound, _), (.failed, _): false
    }
  }

  private func noteKey(_ endpoint: Endpoint, isRefused: Bool) {
    if case .rates = endpoint { return }
    state.withLock { $0.refusesKey = isRefused }
  }

  private func note(_ endpoint: Endpoint, isTold: Bool) {
    state.withLock { state in
      if isTold {
        state.told.insert(endpoint)
        state.failed.remove(endpoint)
      } else if !state.told.contains(endpoint) {
        state.failed.insert(endpoint)
      }
    }
  }
}

extension FourvenuesClient {
  /// Events that begin from 2 days before to 2 days after a moment, as the venue counts days: a long
  /// night may have begun the day before yesterday.
  package func events(
    around now: Date, timeZone: TimeZone
  ) async throws(FourvenuesError) -> [Admission.Event] {
    let style = Date.ISO8601FormatStyle(timeZone: timeZone).year().month().day()
    let margin: TimeInterval = 2 * 86_400
    return try await events(
      from: now.addingTimeInterval(-margin).formatted(style),
      to: now.addingTimeInterval(margin).formatted(style))
  }
}

extension Settings {
  /// - Throws: `ConfigurationError`, where the client refuses what the configuration let pass.
  func clientConfiguration() throws(ConfigurationError) -> FourvenuesConfiguration {
    do {
      return try FourvenuesConfiguration(
        baseURL: fourvenues.baseURL.absoluteString,
        credentials: Credentials(
          apiKey: fourvenues.apiKey?.revealed, integrationID: fourvenues.integrationID?.revealed,
          secret: fourvenues.secret?.revealed),
        proxy: fourvenues.proxy.map {
          ServiceProxy(
            host: $0.host, port: $0.port, user: $0.user?.revealed, password: $0.password?.revealed)
        },
        deadline: .milliseconds(fourvenues.deadlineMilliseconds),
        requestsPerSecond: fourvenues.requestsPerSecond)
    } catch {
      throw ConfigurationError(problems: [ConfigurationProblem(text: error.advice)])
    }
  }
}

extension Settings.Event {
  /// What the configuration says of tonight's event; nil where it names none.
  package var known: Admission.Event? {
    id.map { Admission.Event(id: $0, name: name, startsAt: startsAt, endsAt: endsAt) }
  }

  package var naming: TonightKeeper.Naming { isOption ? .option : .configuration }
}

extension FourvenuesConfigurationError {
  fileprivate var advice: String {
    switch self {
    case .malformedURL: "fourvenues.base_url: expected a URL such as https://api.example.com/path"
    case .insecureURL: "fourvenues.base_url: expected https, or http to a loopback address"
    case .userInfoInURL: "fourvenues.base_url: expected a URL without a user name or password"
    case .noCompleteCredentials:
      "No API key: set fourvenues.api_key, or fourvenues.integration_id with fourvenues.secret"
    case .unprintableCredential(let header):
      "the value for \(header) has a blank, a line break or a character outside ASCII in it"
    case .deadlineNotPositive: "fourvenues.deadline_ms: expected more than 0"
    case .rateOutOfRange: "fourvenues.requests_per_second: expected 1 to 10000"
    }
  }
}

extension Settings {
  fileprivate var finding: PassFinder.Setup {
    var setup = PassFinder.Setup()
    // Where no stored pass may admit, an early answer from the store would only be amber.
    setup.patience = rules.offlineAdmit ? .milliseconds(fourvenues.patienceMilliseconds) : nil
    setup.longestAge = TimeInterval(cacheMaxAgeHours) * 3600
    setup.kinds = door.accepts
    return setup
  }

  /// The zone of `door.time_zone`; without one, the box's own.
  package var time: LocalTime {
    LocalTime(
      timeZone: door.timeZone.flatMap(TimeZone.init(identifier:))
        ?? BoxTimeZone(environment: ProgramEnvironment.variables).timeZone)
  }

  /// The configured language, else the locale's, else English.
  package var language: Language {
    if let named = screen.language { return named }
    let environment = ProgramEnvironment.variables
    let locale =
      ["LC_ALL", "LC_MESSAGES", "LANG"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
    return Language(rawValue: String((locale ?? "").prefix(2))) ?? .english
  }

  /// An outcome's kind and what it holds for the door, where the door takes others than passes.
  var particulars: @Sendable (Outcome) -> String? {
    guard door.accepts != [.pass] else { return { _ in nil } }
    let language = language
    return { DoorScreen.particulars(of: $0, language: language) }
  }

  /// An outcome in one sentence, in the venue's language and time.
  var message: @Sendable (Outcome) -> String {
    let (language, time, accepted) = (language, time, door.accepts)
    return { DoorScreen.message(for: $0, language: language, time: time, accepted: accepted) }
  }
}
