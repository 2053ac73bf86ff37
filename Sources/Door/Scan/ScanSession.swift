package import Admission
import CheckIn
package import DoorConfiguration
import Foundation
import Fourvenues
import LinuxBox
import NightStore
import Scanner
import Waiting

/// Scans without a screen: codes in, verdicts out, in order.
package struct ScanSession {
  /// More scans than this are not looked up at the same time; reading waits meanwhile.
  private static let mostWaiting = 64

  private let settings: Settings
  private let isDryRun: Bool
  private let opening: StoreOpening
  private let services: DoorServices
  private let cleaner: CodeCleaner
  private let cards: StaffCards?
  /// A dry run opens no turnstile.
  private let hook: VerdictHook?
  /// As staff turn it on the door screen, before this command and while it runs.
  private let turning: DoorTurning
  /// Tells the service who came in, now or before; nil where it is not told.
  private let reporting: Task<Void, Never>?

  /// Seconds at the end for telling the service what there is to tell. The rest keeps until the next
  /// run.
  private static let longestFarewell: TimeInterval = 5

  /// - Throws: `ProgramExit.configuration`, once the reason is on standard error.
  package init(settings: Settings, isDryRun: Bool = false) throws {
    self.settings = settings
    self.isDryRun = isDryRun
    hook =
      isDryRun
      ? nil
      : VerdictHook(settings: settings, backlog: .list) { failure in
        if let failure { StandardStreams.writeError(line: "doorcheck: hooks.verdict \(failure)") }
      }
    cards = try? settings.staffCardFile?.read()
    cleaner = try ProgramExit.orConfiguration { try CodeCleaner(format: settings.scanner.format) }
    let opening = try Self.open(settings)
    self.opening = opening
    let turning = DoorTurning(
      usual: settings.door.direction,
      memory: settings.isRecording ? .theirs(settings.turnedDoorFile) : .nothing)
    self.turning = turning
    services = try ProgramExit.orConfiguration {
      try DoorServices(
        settings: settings, logger: Logs.logger(for: .commands), opening: opening,
        turning: turning, onRecordingChange: Self.warn(isRecording:),
        onDenial: Self.warn(isDenying:),
        doorNews: SharedDoor.News(status: Self.warn(of:), keeping: Self.warn(of:)))
    }
    reporting = isDryRun ? nil : services.reporting?.begin()
  }

  /// - Parameters:
  ///   - isEnding: asked before each code: true leaves out the rest.
  ///   - show: throws where nobody can be shown it, which ends the session.
  /// - Returns: how many were left out.
  /// - Throws: `ProgramExit.configuration` where several events are on, and what `show` throws.
  @discardableResult
  package func run(
    codes: [String], unless isEnding: @Sendable () -> Bool = { false },
    _ show: @escaping @Sendable (Outcome) throws -> Void
  ) async throws -> Int {
    var left = codes[...]
    try await judge(show) { checkIn in
      while !isEnding(), !checkIn.audience.isGone, let code = left.popFirst() {
        let printed = cleaner.printed(code)
        await submit(cleaner.code(in: printed), printed: printed, to: checkIn)
      }
    }
    return left.count
  }

  /// - Parameter show: throws where nobody can be shown it, which ends the session.
  /// - Throws: `ProgramExit.configuration` where several events are on, and what `show` throws.
  package func runStandardInput(_ show: @escaping @Sendable (Outcome) throws -> Void) async throws {
    // Nil: lines have waited for long enough.
    let (inputs, input) = AsyncStream.makeStream(of: [UInt8]?.self)
    try await judge { outcome in
      do {
        try show(outcome)
      } catch {
        input.finish()
        throw error
      }
    } scanning: { checkIn in
      var decoder = ScanDecoder(input: .stream)
      services.work.add {
        for await chunk in StandardStreams.inputChunks(untilAskedToEnd: true) {
          input.yield(chunk)
        }
        input.finish()
      }
      for await chunk in inputs {
        let now = Moment.now.uptime
        let events =
          chunk.map { decoder.feed($0, at: now, judge: cleaner.kind) } ?? decoder.advance(to: now)
        await submit(events, to: checkIn)
        guard decoder.holdsLines, chunk != nil else { continue }
        services.work.add { [timer = services.timer] in
          await timer.sleep(for: .seconds(ScanDecoder.longestHold))
          input.yield(nil)
        }
      }
      await submit(decoder.finish(at: Moment.now.uptime, judge: cleaner.kind), to: checkIn)
    }
  }

  /// Until every scan that `scanning` submits has its verdict, or one cannot be shown: then whoever was
  /// let in unseen is taken back.
  private func judge(
    _ show: @escaping @Sendable (Outcome) throws -> Void,
    scanning: (CheckInService) async -> Void
  ) async throws {
    let (audience, failure) = (Audience(), Promise<any Error>())
    let checkIn = try await begin(audience) { [hook] outcome in
      guard !audience.isGone else { return }
      do {
        try show(outcome)
        audience.noteShown(outcome.number)
        hook?.tell(outcome)
      } catch {
        audience.leave()
        failure.fulfil(with: error)
      }
    }
    // Scans may come all night, and the service with them or not.
    let probe = RecoveryProbe(services: services)
    services.work.add { await probe.run() }
    services.work.add { await keepStore() }
    await scanning(checkIn)
    await checkIn.finish()
    guard let error = failure.valueSoFar else { return }
    let unseen = await checkIn.takeBackUnseen(within: DoorServices.patienceAtEnd)
    unseen.lines.forEach(Self.warn)
    throw error
  }

  /// Looks for a store that could not be written at the beginning, and looks after it.
  private func keepStore() async {
    var store = services.store
    if opening.failure != nil {
      let recovery = StoreRecovery(file: settings.storeFile, ledger: services.ledger)
      store = await recovery.run()?.store
      if let store { await services.share(store) }
      store?.collectUnsavedNews().map(Self.warn)
    }
    await store.map(StoreKeeper.init)?.run({ Self.warn($0.setAsideText) }, Self.warn)
  }

  /// Closes the connections and the store.
  package func end() async {
    async let ended = services.work.end(within: DoorServices.patienceAtEnd)
    let remembering = Task { [services] in await services.finder.finish() }
    let ending = await services.endRecording(within: DoorServices.patienceAtEnd)
    // Answers can be had again; admissions came first.
    _ = await remembering.value(within: DoorServices.patienceAtEnd)
    if let text = ending.text {
      StandardStreams.writeError(line: "doorcheck: \(text)")
    }
    await services.leaveDoors(within: DoorServices.patienceAtEnd)
    await hook?.finish()
    if let reporting {
      await services.reporting?.reporter.finish(
        reporting, .afterWhatIsDue, within: Self.longestFarewell)
    }
    _ = await ended
    await services.client.shutdown()
    services.store?.close()
  }

  private static func open(_ settings: Settings) throws -> StoreOpening {
    guard settings.isRecording else { return StoreOpening() }
    let opening = try StoreOpening.open(file: settings.storeFile)
    if let failure = opening.failure {
      StandardStreams.writeError(line: "doorcheck: not recording: \(failure)")
    }
    warn(opening.setAsideText)
    opening.store?.collectUnsavedNews().map(warn)
    return opening
  }

  private static func warn(_ text: String?) {
    if let text { StandardStreams.writeError(line: "doorcheck: \(text)") }
  }

  private static func warn(_ news: UnsavedNews) { news.texts.forEach(warn) }

  private static func warn(isDenying: Bool) {
    guard isDenying else { return }
    StandardStreams.writeError(
      line: "doorcheck: the service knows none of the passes that it has listed: stored ones decide"
    )
  }

  private static func warn(of status: LedgerStatus) {
    switch status {
    case .none, .together: break
    case .alone: warn("this door is alone: it goes on without the shared ledger")
    }
  }

  private static func warn(of news: LedgerKeeper.News) {
    switch news {
    case .changed, .doors, .failed(nil): break
    case .doubleEntries(let entries):
      for entry in entries { warn("double entry: \(entry.line)") }
    case .failed(let error?): warn("the shared ledger: \(error.text)")
    }
  }

  private static func warn(isRecording: Bool) {
    if !isRecording { StandardStreams.writeError(line: "doorcheck: not recording") }
  }

  /// What the rules need of the night is fetched first: one answer more, but no verdict without it.
  private func begin(
    _ audience: Audience, _ show: @escaping @Sendable (Outcome) -> Void
  ) async throws -> CheckInService {
    let night = try await NightLookUp(services: services).answer(settings: settings)
    if let event = night.tonight.event { _ = turning.begin(eventID: event.id) }
    let checkIn = await services.checkIn(
      settings: settings, isDryRun: isDryRun, reportDelay: 0, audience: audience,
      tell: { if case .verdict(let outcome) = $0 { show(outcome) } })
    if let late = night.late {
      services.work.add {
        let told = await late.value()
        // A door that is going on is not stopped by it.
        if let event = told.event {
          _ = turning.begin(eventID: event.id)
          await checkIn.set(tonight: told)
        }
      }
    }
    let isEnforced = settings.rules.rateWindows == .enforce
    if isEnforced || reporting != nil || settings.door.accepts.contains(.list) {
      await checkIn.set(rates: rates(decideVerdicts: isEnforced))
    }
    return checkIn
  }

  /// What the service tells, else what it told before. Nobody waits for it longer than for a look-up,
  /// unless verdicts hang on it and none are stored; otherwise it only names the option that an entry
  /// is reported under.
  private func rates(decideVerdicts: Bool) async -> [Rate]? {
    guard let event = await services.keeper.tonight.event else { return nil }
    let answer = Promise<[Rate]?>()
    services.work.add { [keeper = services.keeper] in
      answer.fulfil(with: await keeper.rates())
    }
    let inTime = await answer.value(within: services.patience, on: services.timer) ?? nil
    if inTime == nil, let kept = await services.priceLists.stored(eventID: event.id) {
      return kept.value
    }
    return inTime == nil && decideVerdicts ? await answer.value() : inTime
  }

  private func submit(_ events: [ScannerEvent], to checkIn: CheckInService) async {
    for case .scan(let scan) in events {
      let printed = cleaner.printed(scan.content)
      await submit(cleaner.code(of: scan, printed: printed), printed: printed, to: checkIn)
    }
  }

  /// A staff card means something on the door screen alone, and is nobody's code anywhere.
  private func submit(
    _ code: CleanedCode, printed: String?, to checkIn: CheckInService
  ) async {
    let isCard = printed.map { StaffCards.reading($0, cards: cards) != nil } ?? false
    let code = isCard ? CleanedCode.staffCard : code
    if await checkIn.waiting >= Self.mostWaiting { await checkIn.finish() }
    await checkIn.set(direction: turning.direction)
    _ = await checkIn.submit(
      CheckInService.Scan(code: code.text, unreadable: code.unreadable, readAt: .now))
  }
}
