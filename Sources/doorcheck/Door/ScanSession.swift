import Admission
import ArgumentParser
import CheckIn
import Fourvenues
import NightStore
import Scanner
import Terminal

/// Scans without a screen: codes in, verdicts out, in order.
struct ScanSession {
  /// More scans than this are not looked up at the same time; reading waits meanwhile.
  private static let mostWaiting = 64

  private let settings: Settings
  private let isDryRun: Bool
  private let link: VenueLink
  private let cleaner: CodeCleaner

  /// - Throws: `ExitCode.configuration`, once the reason is on standard error.
  init(settings: Settings, isDryRun: Bool = false) throws {
    self.settings = settings
    self.isDryRun = isDryRun
    cleaner = try ExitCode.orConfiguration { try CodeCleaner(format: settings.scanner.format) }
    link = try ExitCode.orConfiguration {
      try VenueLink(
        settings: settings, logger: Logs.logger(for: .commands), store: Self.store(settings),
        onRecordingChange: Self.warn)
    }
  }

  /// - Throws: `ExitCode.configuration` where several events are on.
  func run(codes: [String], _ show: @escaping @Sendable (Outcome) -> Void) async throws {
    let checkIn = try await begin(show)
    for code in codes { await submit(cleaner.clean(code), to: checkIn) }
    await checkIn.finish()
  }

  /// - Throws: `ExitCode.configuration` where several events are on.
  func runStandardInput(_ show: @escaping @Sendable (Outcome) -> Void) async throws {
    let checkIn = try await begin(show)
    var decoder = ScanDecoder(input: .stream)
    for await chunk in StandardStreams.inputChunks() {
      await submit(decoder.feed(chunk, at: Moment.now.uptime), to: checkIn)
    }
    await submit(decoder.finish(at: Moment.now.uptime), to: checkIn)
    await checkIn.finish()
  }

  /// Closes the connections and the store.
  func end() async {
    await link.finder.finish()
    await link.client.shutdown()
    link.store?.close()
  }

  private static func store(_ settings: Settings) -> NightStore? {
    guard settings.isRecording else { return nil }
    let opening = StoreOpening.open(file: settings.storeFile)
    if let failure = opening.failure {
      StandardStreams.writeError(line: "doorcheck: not recording: \(failure)")
    }
    if let name = opening.setAsideName {
      StandardStreams.writeError(
        line: "doorcheck: the store was damaged; it is set aside as \(name)")
    }
    return opening.store
  }

  private static func warn(isRecording: Bool) {
    if !isRecording { StandardStreams.writeError(line: "doorcheck: not recording") }
  }

  /// What the rules need of the night is fetched first: one answer more, but no verdict without it.
  private func begin(
    _ show: @escaping @Sendable (Outcome) -> Void
  ) async throws -> CheckInService {
    _ = try await NightLookUp(link: link).tonight(settings: settings)
    let checkIn = await link.checkIn(
      settings: settings, isDryRun: isDryRun,
      report: {
        if case .verdict(let outcome) = $0 { show(outcome) }
      })
    if settings.rules.rateWindows == .enforce { await checkIn.set(rates: link.keeper.rates()) }
    return checkIn
  }

  private func submit(_ events: [ScannerEvent], to checkIn: CheckInService) async {
    for case .scan(let scan) in events { await submit(cleaner.clean(scan.content), to: checkIn) }
  }

  private func submit(_ code: CleanedCode, to checkIn: CheckInService) async {
    if await checkIn.waiting >= Self.mostWaiting { await checkIn.finish() }
    _ = await checkIn.submit(
      CheckInService.Scan(code: code.text, isReadable: code.isReadable, readAt: .now))
  }
}
