import ScreenReader

/// A scan's bytes through a terminal of the same kind and back, by `cat`: what the harness and the
/// kernel cost without doorcheck.
final class TerminalEcho {
  private let terminal: TimedTerminal
  private let process: StartedProcess

  init(folder: String) throws {
    terminal = try TimedTerminal(isRaw: true)
    process = try StartedProcess(
      "/bin/cat", [], environment: Door.commonEnvironment,
      streams: .terminal(path: terminal.path, errorPath: "\(folder)/errors-cat.txt"))
  }

  func measure(_ code: String) throws -> Duration {
    let bytes = Array("\(code)\r".utf8)
    let (start, output) = try terminal.write(bytes)
    let come = output.reduce(0) { $0 + $1.bytes.count }
    return start.duration(to: try terminal.output(bytes: bytes.count - come))
  }

  /// A program that does nothing but print a word, from its start until the word has come.
  static func measureStart(folder: String) throws -> Duration {
    let terminal = try TimedTerminal(isRaw: true)
    let process = try StartedProcess(
      "/bin/echo", ["READY"], environment: Door.commonEnvironment,
      streams: .terminal(path: terminal.path, errorPath: "\(folder)/errors-echo.txt"))
    let come = try terminal.output(bytes: 6)
    process.wait()
    return process.started.duration(to: come)
  }
}
