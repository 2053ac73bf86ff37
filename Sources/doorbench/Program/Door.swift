import ScreenReader

/// The program's door screen on a terminal, and what it shows.
final class Door {
  let sandbox: Sandbox
  /// Of the folder of its store.
  let name: String
  let process: StartedProcess
  let terminal: TimedTerminal
  private let emulator = ScreenEmulator(columns: TimedTerminal.columns, rows: TimedTerminal.rows)
  /// How many scans it has been given: the running number of the newest one.
  private(set) var scans = 0
  /// What the program had done when the newest panel stood; nil where nothing is counted.
  private(set) var countsAtPanel: WorkCounts?

  /// All of the environment: nothing of the box's own but where programs are.
  static let commonEnvironment = [
    "PATH": "/usr/bin:/bin", "HOME": "/nonexistent", "LANG": "C.UTF-8", "TZ": "Europe/Madrid",
    "TERM": "xterm-256color", "SWIFT_BACKTRACE": "enable=no",
  ]

  /// What `doorcheck` needs to talk to a sandbox, and to keep its store where the benchmark is.
  static func environment(_ plan: Plan, _ sandbox: Sandbox, name: String) -> [String: String] {
    commonEnvironment.merging([
      "DOORCHECK_FOURVENUES_BASE_URL": sandbox.baseURL, "DOORCHECK_FOURVENUES_API_KEY": "x",
      "DOORCHECK_FOURVENUES_REQUESTS_PER_SECOND": "10000",
      "XDG_STATE_HOME": "\(plan.folder)/\(name)",
    ]) { $1 }
  }

  /// - Parameters:
  ///   - name: of the folder of its store.
  ///   - extra: what its environment has besides.
  init(
    plan: Plan, sandbox: Sandbox, name: String, environment extra: [String: String] = [:]
  ) throws {
    (self.sandbox, self.name) = (sandbox, name)
    terminal = try TimedTerminal()
    process = try StartedProcess(
      plan.program, ["run", "--event", sandbox.eventID],
      environment: Self.environment(plan, sandbox, name: name).merging(extra) { $1 },
      streams: .terminal(path: terminal.path, errorPath: "\(plan.folder)/errors-\(name).txt"))
  }

  /// - Returns: when the first picture stood that asks for a scan.
  @discardableResult
  func waitUntilReady() throws -> ContinuousClock.Instant {
    for _ in 0..<100 {
      var ready: ContinuousClock.Instant?
      for piece in terminal.output(quiet: .milliseconds(100)) {
        show(piece)
        if ready == nil, emulator.picture.contains("Scan a pass") { ready = piece.at }
      }
      if let ready { return ready }
    }
    throw failure("the program is not ready")
  }

  /// Scans a code: its bytes and the terminator in one write.
  /// - Returns: from before that write until the panel stood complete.
  func scan(_ code: String, expecting reason: String) throws -> Duration {
    _ = drain()
    scans += 1
    let (start, first) = try terminal.write(Array("\(code)\r".utf8))
    var pieces = first
    // The answer is waited for without looking at what is there, since looking takes time too.
    var settling = Duration.milliseconds(sandbox.latency + 30)
    for _ in 0..<100 {
      pieces += terminal.output(for: settling, quiet: .milliseconds(8))
      if let painted = painted(scans, reason, in: pieces) {
        countsAtPanel = painted.counts
        return start.duration(to: painted.at)
      }
      pieces = []
      settling = .milliseconds(20)
    }
    throw failure("no panel #\(scans) \(reason) after \(code)")
  }

  /// Scans stored passes until the door has noticed that nobody answers, and waits for nobody.
  func scanUntilSilent(from index: Int) throws {
    for next in index..<(index + Plan.mostUntilSilent) {
      // A door that still waits takes `fourvenues.patience_ms`, 700 unless told otherwise.
      if try scan(Plan.code(next), expecting: "valid") < .milliseconds(500) { return }
    }
    throw failure("the door still waits for a service that is silent")
  }

  /// Takes what has come meanwhile: the clock, the service's state.
  func drain(for time: Duration = .zero) -> [OutputPiece] {
    let pieces = terminal.output(for: time, quiet: .zero)
    for piece in pieces { show(piece) }
    return pieces
  }

  /// Pastes codes, and shows every picture on the way.
  func paste(_ codes: [String], atMost limit: Duration) throws -> [TimedPanel] {
    _ = drain()
    scans += codes.count
    let (start, first) = try terminal.write(Array(codes.map { "\($0)\r" }.joined().utf8))
    var panels: [TimedPanel] = []
    var pieces = first
    while start.duration(to: .now) < limit {
      pieces += terminal.output(quiet: .milliseconds(300), atMost: limit)
      for piece in pieces {
        show(piece)
        guard let panel = Panel(emulator.picture), panel.number != panels.last?.panel.number else {
          continue
        }
        panels.append(TimedPanel(panel: panel, after: start.duration(to: piece.at)))
      }
      pieces = []
      if panels.last?.panel.number == scans { return panels }
    }
    throw failure("no panel #\(scans)")
  }

  /// The last change of the panel's rows, if the wanted panel stands there now.
  private func painted(
    _ number: Int, _ reason: String, in pieces: [OutputPiece]
  ) -> OutputPiece? {
    let pictures = pieces.map { piece in
      show(piece)
      return emulator.picture
    }
    guard let last = pictures.last, let panel = Panel(last),
      panel.number == number, panel.reason == reason
    else { return nil }
    let rows = panel.rows
    let final = withoutBeat(last, rows)
    let complete = pictures.lastIndex { withoutBeat($0, rows) != final }.map { $0 + 1 } ?? 0
    return pieces[complete]
  }

  /// The panel's edge is reversed for a moment, which begins with the panel and ends after it. A blank
  /// looks the same in bold.
  private func withoutBeat(_ picture: Screen, _ rows: Range<Int>) -> [[ScreenCell]] {
    picture.cells[rows].map { row in
      row.map { cell in
        var cell = cell
        cell.isReverse = false
        if cell.text == " " { cell.isBold = false }
        return cell
      }
    }
  }

  private func show(_ piece: OutputPiece) { _ = emulator.feed(piece.bytes) }

  private func failure(_ what: String) -> BenchmarkFailure {
    BenchmarkFailure("\(what); the screen:\n\(emulator.picture.text)")
  }
}

struct TimedPanel {
  var panel: Panel
  /// From the first byte written until this panel was first seen.
  var after: Duration
}

/// A verdict's panel, as far as it is needed to know which one it is.
struct Panel {
  var number: Int
  /// The public name; empty for one that is not measured.
  var reason: String
  /// Its rows of cells, strips of earlier verdicts beneath it left out.
  var rows: Range<Int>

  /// Nil where no verdict stands. The running number ends the first row below the letters, and one of
  /// the next few says why.
  init?(_ screen: Screen) {
    // Header above, list and keys beneath.
    for row in 2..<(screen.rows - 1) {
      guard let word = Self.lastWord(screen, row), word.hasPrefix("#"),
        let number = Int(word.dropFirst())
      else { continue }
      let rows = row..<min(row + 3, screen.rows - 1)
      self.number = number
      reason = rows.lazy.compactMap { Self.reason(in: screen.text(row: $0)) }.first ?? ""
      self.rows = 2..<min(row + 5, screen.rows - 4)
      return
    }
    return nil
  }

  /// Of the reasons that are measured.
  private static func reason(in line: String) -> String? {
    if line.contains("Let ") { return "valid" }
    if line.contains("Already used") { return "already_used" }
    return line.contains("No such") ? "unknown_pass" : nil
  }

  private static func lastWord(_ screen: Screen, _ row: Int) -> String? {
    screen.text(row: row).split(separator: " ").last.map(String.init)
  }
}
