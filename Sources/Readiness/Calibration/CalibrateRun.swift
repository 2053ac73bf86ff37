import Admission
package import Door
package import DoorConfiguration
import DoorScreen
import Foundation
import LinuxBox
import Scanner
package import Terminal

/// One self-test: the code is shown, scans are listened to, and what they say is told.
package final class CalibrateRun {
  private let settings: Settings
  private let code: String
  private let format: OutputFormat
  private let abilities: TerminalAbilities
  private let line: ScannerLine
  private var recorder = ScanRecorder()
  private var keys: ScanDecoder
  private var scans: [RecordedScan] = []
  private var reread = Reread()

  /// Seconds for each scan.
  private static let patience: TimeInterval = 60

  /// - Parameters:
  ///   - code: what is to be scanned.
  ///   - prompts: where people are talked to; what is found goes to standard output.
  /// - Throws: `TerminalError`, before anything has been set.
  package init(
    settings: Settings, code: String, format: OutputFormat, prompts: Int32
  ) throws(TerminalError) {
    self.settings = settings
    self.code = code
    self.format = format
    abilities = TerminalAbilities.probe(output: prompts, environment: ProgramEnvironment.variables)
    line = try ScannerLine(output: prompts)
    keys = ScanDecoder(
      input: .keyboard(gap: Double(settings.scanner.gapMilliseconds) / 1000),
      keys: ScannerLine.keys)
  }

  package func run() async -> ProgramExit {
    let left: ProgramExit?
    do {
      defer { line.end() }
      let noColor = ProgramEnvironment.variables["NO_COLOR", default: ""]
      show(
        TestCodePicture(code: code, abilities: abilities, refusesColour: !noColor.isEmpty).lines)
      left = await listen()
    }
    if let left { return left }
    guard !scans.isEmpty else {
      StandardStreams.writeError(line: "doorcheck: \(Self.nothing)")
      return .notReady
    }
    return tell()
  }

  private static let nothing =
    "nothing was scanned. Is the scanner plugged in, and set to keyboard mode (USB HID)? A scanner "
    + "that reads no screens needs the code on paper: give one that you have by --code"

  // MARK: Listening

  /// - Returns: what to end with, where somebody left.
  private func listen() async -> ProgramExit? {
    let left = await listen(within: Self.patience, afterEach: Self.patience) { scan in
      if let scan { record(scan) }
      return scans.count < TestCode.scans
        ? "Scan \(scans.count + 1) of \(TestCode.scans)" : nil
    }
    // How often a scanner reads that cannot be used helps nobody.
    let found = Calibration(of: scans, expected: code)
    guard left == nil, scans.count == TestCode.scans, found.recognised > 0, found.isScannerFit
    else { return left }
    return await listen(within: Reread.patience, afterEach: Reread.longest) { scan in
      if let scan { reread.add(scan) }
      return reread.isComplete ? nil : "Hold the same code before the scanner"
    }
  }

  /// - Parameters:
  ///   - patience: seconds until the first scan.
  ///   - pause: seconds from each to the next.
  ///   - next: is given a scan, or nil at the beginning, and says what to ask for; nil is nothing more.
  /// - Returns: what to end with, where somebody left.
  private func listen(
    within patience: TimeInterval, afterEach pause: TimeInterval,
    _ next: (RecordedScan?) -> String?
  ) async -> ProgramExit? {
    var deadline = Moment.now.uptime + patience
    guard var wanted = next(nil) else { return nil }
    prompt(wanted, seconds: patience)
    defer { line.terminal.write("\r\u{1B}[K") }
    for await event in line.events {
      let now = Moment.now.uptime
      var typed: [ScannerEvent]
      var heard: [RecordedScan]
      switch event {
      case .input(let chunk):
        typed = keys.feed(chunk.bytes, at: chunk.readAt.uptime)
        heard = recorder.feed(chunk.bytes, at: chunk.readAt.uptime)
      case .tick:
        typed = keys.advance(to: now)
        heard = recorder.advance(to: now).map { [$0] } ?? []
      case .ended(let exit): return exit
      }
      if typed.contains(where: Self.isLeaving) { return .interrupted }
      for scan in heard {
        guard let text = next(scan) else { return nil }
        (wanted, deadline) = (text, now + pause)
      }
      if now >= deadline { return nil }
      prompt(wanted, seconds: deadline - now)
    }
    return nil
  }

  private static func isLeaving(_ event: ScannerEvent) -> Bool {
    event == .key(.escape) || event == .key(.function(10))
  }

  private func record(_ scan: RecordedScan) {
    guard scans.count < TestCode.scans else { return }
    scans.append(scan)
    let isCode = Calibration(of: [scan], expected: code).recognised == 1
    show(["Scan \(scans.count): " + (isCode ? "the code" : "another code, or much changed")])
  }

  private func prompt(_ wanted: String, seconds: TimeInterval) {
    let text = "\(wanted): \(Int(seconds.rounded(.up))) s, Ctrl-C leaves"
    line.terminal.write("\r\u{1B}[K\(text.prefix(columns - 1))")
  }

  // MARK: Telling

  private func tell() -> ProgramExit {
    let calibration = Calibration(
      of: scans, expected: code, preferred: LikelyLayouts.ofThisBox.preferred)
    let findings = CalibrationFindings(
      calibration, reread: reread, current: settings.scanner)
    let output = FindingOutput<CalibrationPoint>(
      format: format, isColoured: StandardStreams.outputIsColoured,
      usesUnicode: abilities.usesUnicode,
      columns: StandardStreams.outputIsTerminal ? columns : nil)
    for finding in findings.all {
      for line in output.lines(for: finding) { StandardStreams.write(line: line) }
    }
    let proposal = ScannerProposal(findings: findings, scans: scans, code: code)
    let arrived = ArrivedScans(
      scans: scans, expected: code, cards: (try? settings.staffCardFile?.read()) ?? nil)
    let lines =
      switch format {
      case .text: arrived.textLines(columns: output.columns) + proposal.textLines
      case .json: arrived.jsonLines + [proposal.jsonLine]
      }
    for line in lines { StandardStreams.write(line: line) }
    return proposal.isFit ? .success : .notReady
  }

  private var columns: Int { max(20, abilities.size?.columns ?? 80) }

  private func show(_ lines: [String]) {
    line.terminal.write(lines.map { "\r\u{1B}[K\($0)\n" }.joined())
  }
}
