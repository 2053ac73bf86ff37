package import DoorConfiguration
import DoorScreen
import Formatting
import Foundation
import LinuxBox
import Scanner
import Terminal

/// Takes the terminal over and gets the door screen under way. What is wrong with the set-up ends the
/// program; where nobody sits beside it, it stands on the screen until it is put right.
package struct DoorLauncher {
  /// Seconds for which the log is waited for at the end.
  private static let longestFarewell: TimeInterval = 2

  /// Nil at a real door.
  var demo: Demo?
  /// Reads the configuration, anew each time.
  let read: () throws(ConfigurationError) -> LoadedConfiguration

  package init(
    demo: Demo? = nil, read: @escaping () throws(ConfigurationError) -> LoadedConfiguration
  ) {
    self.demo = demo
    self.read = read
  }

  /// - Throws: `ProgramExit.usage`, once the reason is on standard error.
  package static func requireTerminal() throws {
    guard StandardStreams.inputIsTerminal, StandardStreams.outputIsTerminal else {
      StandardStreams.writeError(
        line: "doorcheck: the door screen needs a terminal on standard input and output; "
          + "without one, use \"doorcheck scan\"")
      throw ProgramExit.usage
    }
  }

  /// Does not return but by an error.
  /// - Throws: `ProgramExit`, once the reason is on standard error.
  package func run() async throws {
    let log = NightLog(Logs.logger(for: .doorScreen))
    let first = Result { () throws(DoorStart.Failure) in try DoorStart(reading: read) }
    if case .failure(let failure) = first, !Self.isUnattended(failure.readable) {
      throw ProgramExit.configuration(failure.fault)
    }
    let signals = TerminalSignals()
    let queue = EventQueue<DoorLoop.Event>()
    let work = BackgroundWork()
    work.add { for await signal in signals.events { queue.post(.signal(signal)) } }
    let input = TerminalInput { chunk in
      queue.post(chunk.map(DoorLoop.Event.input) ?? .inputEnded)
    }
    var ending = EndOfRecording()
    let start: DoorStart?
    switch first {
    case .success(let ready):
      StandardStreams.write(warnings: ready.warnings)
      start = ready
    case .failure(let failure):
      KeyboardSignals.ignore()
      var screen = SetupScreen(
        terminal: try Self.openTerminal(failure.readable), failure: failure, queue: queue,
        work: work, log: log)
      start = await screen.run(reading: read)
      start?.warnings.forEach(log.warned)
    }
    if let start {
      let session = DoorSession(
        settings: start.settings, opening: start.opening, demo: demo, queue: queue, work: work,
        log: log)
      let cleaner = try CodeCleaner(format: start.settings.scanner.format)
      ending = try await session.run(on: try Self.openTerminal(start.settings), cleaner: cleaner)
    } else {
      await work.end(within: .seconds(Self.longestFarewell))
    }
    input.stop()
    demo?.end()
    log.ended()
    LogWriter.standardError.finish(within: Self.longestFarewell)
    // A terminal has no log.
    if let text = ending.text, StandardStreams.errorIsTerminal {
      StandardStreams.writeError(line: "doorcheck: \(text)")
    }
    // What did not end in time may be anywhere, and must not meet a runtime that is being taken down.
    // What is recorded is on the disk, and the terminal is as it was.
    _exit((ending.unsaved == 0 ? ProgramExit.success : .inputOutput).rawValue)
  }

  /// In kiosk mode, and wherever a service manager waits for the screen: a program that ended would
  /// leave it dark. A file that cannot be read does not say whether it is a kiosk's.
  private static func isUnattended(_ readable: Settings) -> Bool {
    readable.kiosk.isEnabled || NotifySocket(environment: ProgramEnvironment.variables) != nil
  }

  private static func openTerminal(_ settings: Settings) throws -> sending Terminal {
    let terminal: Terminal
    do throws(TerminalError) {
      terminal = try Terminal.open(
        environment: ProgramEnvironment.variables, theme: settings.screen.theme)
    } catch {
      switch error {
      case .inputNotATerminal, .outputNotATerminal:
        try requireTerminal()
        StandardStreams.writeError(line: "doorcheck: this terminal cannot be used")
      case .unknownTerminal(let name):
        StandardStreams.writeError(
          line:
            "doorcheck: the terminal \"\(DisplayText.cleaned(name))\" (TERM) is not known here; "
            + "try TERM=linux or TERM=xterm-256color, or install ncurses-term")
      case .system(let code):
        StandardStreams.writeError(
          line: "doorcheck: the terminal cannot be opened: \(String(cString: strerror(code)))")
      }
      throw ProgramExit.usage
    }
    // Opening it has armed some of them.
    if settings.kiosk.isEnabled { KeyboardSignals.ignore() }
    return terminal
  }
}
