import Admission
import CheckIn
package import Door
package import DoorConfiguration
import DoorScreen
import Formatting
import Foundation
import LinuxBox
import NightStore
import Terminal

/// One round over all points, each told as soon as it is known.
package final class CheckRun {
  private let load: () throws(ConfigurationError) -> LoadedConfiguration
  private let format: OutputFormat
  private let asksForScan: Bool
  private let isTerminal = StandardStreams.outputIsTerminal
  private let abilities: TerminalAbilities
  private let output: FindingOutput<CheckPoint>
  private var findings: [CheckFinding] = []

  /// - Parameters:
  ///   - load: reads the configuration, and prints nothing.
  ///   - asksForScan: on a terminal, and where no scan was read lately.
  package init(
    load: @escaping () throws(ConfigurationError) -> LoadedConfiguration, format: OutputFormat,
    asksForScan: Bool
  ) {
    self.load = load
    self.format = format
    self.asksForScan = asksForScan
    abilities = TerminalAbilities.probe(environment: ProgramEnvironment.variables)
    output = FindingOutput(
      format: format, isColoured: StandardStreams.outputIsColoured,
      usesUnicode: abilities.usesUnicode || !isTerminal,
      columns: isTerminal ? abilities.size?.columns ?? 80 : nil)
  }

  /// - Returns: what to end with.
  package func run() async -> ProgramExit {
    do throws(ConfigurationError) {
      let loaded = try load()
      if let left = try await check(loaded) { return left }
    } catch {
      tell(
        .fail(
          .configuration, error.description, next: "fix this first",
          exit: .configuration))
      for point in [CheckPoint.service, .key, .event, .passes, .rates, .clock, .store] {
        tell(.skipped(point, "the configuration comes first"))
      }
      tell(terminal.all)
      tell(.skipped(.scanner, "the configuration comes first"))
    }
    for line in output.summary(of: findings) { StandardStreams.write(line: line) }
    return .of(findings)
  }

  /// - Returns: what to end with, where somebody left.
  private func check(
    _ loaded: LoadedConfiguration
  ) async throws(ConfigurationError) -> ProgramExit? {
    let settings = loaded.settings
    let readiness = StoreReadiness(file: settings.storeFile).look()
    defer { readiness.store?.close() }
    let surveyor = try ServiceSurveyor(settings: settings, store: readiness.store)
    let cards = StaffCardFile(
      folder: settings.storeFolder(environment: ProgramEnvironment.variables))
    tell(ConfigurationFinding(loaded: loaded, hasCards: (try? cards.read()) != nil).finding)
    show(transient: "asking the service")
    let survey = await surveyor.survey()
    let now = Date()
    show(transient: "")
    tell(ServiceFindings(survey: survey, settings: settings, now: now).all)
    tell(readiness.finding)
    let event = survey.tonight.event?.id
    let ledger = await checkLedger(
      of: settings, eventID: event, doorID: readiness.store?.doorID)
    if let exits = ExitFinding(settings: settings, eventID: event, survey: ledger).finding {
      tell(exits)
    }
    tell(terminal.all)
    switch await scanner(settings, readiness.store) {
    case .found(let finding): tell(finding)
    case .left(let exit): return exit
    }
    return nil
  }

  /// - Returns: what was found there; nil where there is none to look at.
  private func checkLedger(
    of settings: Settings, eventID: String?, doorID: String?
  ) async -> LedgerSurvey? {
    guard let url = settings.ledger.url else { return nil }
    do throws(ConfigurationError) {
      guard let address = try settings.ledgerAddress() else { return nil }
      show(transient: "asking the ledger")
      let survey = await LedgerSurvey.ask(address, besides: doorID)
      show(transient: "")
      let findings = LedgerFindings(
        survey: survey, settings: settings, url: url, eventID: eventID)
      tell(findings.all)
      return survey
    } catch {
      tell(.fail(.ledger, error.description, next: "look at ledger.url", exit: .configuration))
      return LedgerSurvey(failure: .unreachable(error.description))
    }
  }

  private var terminal: TerminalFindings {
    TerminalFindings(
      abilities: isTerminal ? abilities : nil, refusesColour: noColor,
      console: isTerminal ? .probe() : nil)
  }

  private func scanner(_ settings: Settings, _ store: NightStore?) async -> ScannerReadiness.Result
  {
    let scanner = ScannerReadiness(settings: settings, store: store)
    if let noted = await scanner.noted(at: Date()) { return .found(noted) }
    guard asksForScan else { return .found(.skipped(.scanner, "left out")) }
    guard isTerminal, StandardStreams.inputIsTerminal, format == .text else {
      return .found(
        .skipped(
          .scanner, "no scan in the last minute, and no terminal to ask for one",
          next: "scan a pass on the door screen, or run it on the door's own terminal"))
    }
    let result = await scanner.listen { [self] line, text in
      line.terminal.write(transient(text))
    }
    show(transient: "")
    return result
  }

  private var noColor: Bool { !ProgramEnvironment.variables["NO_COLOR", default: ""].isEmpty }

  private func tell(_ findings: [CheckFinding]) {
    for finding in findings { tell(finding) }
  }

  private func tell(_ finding: CheckFinding) {
    findings.append(finding)
    for line in output.lines(for: finding) { StandardStreams.write(line: line) }
  }

  /// A line that the next one takes the place of, on a terminal alone.
  private func show(transient text: String) {
    guard isTerminal, format == .text else { return }
    try? FileHandle.standardOutput.write(contentsOf: Data(transient(text).utf8))
  }

  private func transient(_ text: String) -> String {
    let columns = max(1, (output.columns ?? 80) - 1)
    let shown = DisplayText(text).cut(to: columns, charset: .ascii).text
    return "\r\u{1B}[K\(shown)"
  }
}
