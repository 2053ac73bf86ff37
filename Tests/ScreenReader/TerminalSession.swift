import Glibc
import Waiting

/// A program, the terminal it runs on, and somebody who watches and types. When the session goes, so
/// does the program.
package final class TerminalSession: Sendable {
  package let terminal: PseudoTerminal
  /// The settings of the line before any program has touched it.
  package let initialModes: LineModes
  /// Nil where the test itself draws on `terminal.slave`.
  package let program: ChildProgram?
  private let watch: OutputWatch

  /// Starts a program.
  /// - Parameters:
  ///   - path: of the program.
  ///   - arguments: without the program's name.
  ///   - environment: all of it. `TERM` decides which terminal is emulated.
  ///   - errorPath: a file for its standard error; nil is the terminal.
  package init(
    running path: String, _ arguments: [String] = [], environment: [String: String],
    columns: Int = 80, rows: Int = 24, errorPath: String? = nil
  ) throws {
    terminal = try PseudoTerminal(columns: columns, rows: rows)
    initialModes = terminal.modes
    watch = try OutputWatch(
      terminal: terminal, columns: columns, rows: rows,
      isLinuxConsole: environment["TERM"] == "linux")
    let program = try ChildProgram(
      path: path, arguments: arguments, environment: environment, on: terminal,
      errorPath: errorPath)
    self.program = program
    watch.start()
    program.observe { [watch] _ in watch.finish() }
  }

  /// A terminal without a program, for a test that draws on `terminal.slave` itself.
  /// - Parameter name: the terminal to emulate, as in `TERM`.
  package init(drawingOn name: String, columns: Int = 80, rows: Int = 24) throws {
    terminal = try PseudoTerminal(columns: columns, rows: rows)
    initialModes = terminal.modes
    program = nil
    watch = try OutputWatch(
      terminal: terminal, columns: columns, rows: rows, isLinuxConsole: name == "linux")
    watch.start()
  }

  deinit {
    program?.send(signal: SIGKILL)
    watch.finish()
  }

  /// What is seen now.
  package var screen: Screen { watch.screen }

  /// Everything the program has sent so far, byte for byte.
  package var output: [UInt8] { watch.log }

  /// What the program has made of the console, on `TERM=linux`.
  package var console: ConsoleState { watch.console }

  /// Waits until the screen is as wanted; looks at it after every piece of output.
  /// - Parameters:
  ///   - what: for the message of the error.
  ///   - limit: how long at most.
  /// - Throws: `Timeout` with the screen, at `limit`, or at once when the program's output is over.
  @discardableResult
  package func waitFor(
    _ what: String = "a screen", deadline limit: Duration = .seconds(10),
    _ predicate: @escaping @Sendable (Screen) -> Bool
  ) async throws -> Screen {
    let promise = watch.promise(what, predicate)
    guard let seen = await promise.value(within: limit) else {
      throw Timeout(what: "waited \(limit) for \(what)", screen: watch.screen)
    }
    return try seen.get()
  }

  /// Waits until a text stands on the screen, in one row.
  @discardableResult
  package func waitFor(text: String, deadline limit: Duration = .seconds(10)) async throws -> Screen
  {
    try await waitFor("the text \"\(text)\"", deadline: limit) { $0.contains(text) }
  }

  /// Waits until the program has ended, and everything it sent is on the screen.
  package func waitForEnd(deadline limit: Duration = .seconds(10)) async throws -> ProgramEnd {
    guard let program else { throw Timeout(what: "there is no program") }
    do {
      let end = try await program.waitForEnd(deadline: limit)
      try await watch.waitForEnd(deadline: limit)
      return end
    } catch var error as Timeout {
      error.screen = screen
      throw error
    }
  }

  /// Sends bytes as fast as the program takes them.
  /// - Throws: `Timeout` when it takes nothing for `limit`.
  package func type(_ bytes: [UInt8], deadline limit: Duration = .seconds(10)) throws {
    var rest = bytes[...]
    while !rest.isEmpty {
      rest = rest.dropFirst(try terminal.write(rest))
      if !rest.isEmpty, !terminal.waitForRoom(limit) {
        throw Timeout(what: "\(rest.count) bytes were not read", screen: screen)
      }
    }
  }

  package func type(_ text: String, deadline limit: Duration = .seconds(10)) throws {
    try type(Array(text.utf8), deadline: limit)
  }

  /// Types as fingers do: one byte, and then a pause, also after the last one.
  package func type(slowly text: String, every pause: Duration) async throws {
    for byte in text.utf8 {
      try type([byte])
      try await Task.sleep(for: pause)
    }
  }

  /// Gives the terminal another size. The kernel tells the program, by SIGWINCH.
  package func resize(columns: Int, rows: Int) throws {
    // The emulator first: output for the new size may follow at once.
    watch.resize(columns: columns, rows: rows)
    try terminal.resize(columns: columns, rows: rows)
  }

  /// Closes the terminal, as when a window is closed or a line drops.
  package func hangUp() {
    watch.finishAndWait()
    terminal.hangUp()
  }

  /// A terminal that stops reading; the program's output stays in the kernel until `resumeReading`.
  package func stopReading() { watch.isPaused = true }
  package func resumeReading() { watch.isPaused = false }
}

/// A state did not come in time.
package struct Timeout: Error, CustomStringConvertible {
  package var what: String
  /// What stood on the screen instead.
  package var screen: Screen?

  package init(what: String, screen: Screen? = nil) {
    self.what = what
    self.screen = screen
  }

  package var description: String {
    guard let screen else { return what }
    let line = String(repeating: "-", count: screen.columns)
    return "\(what); the screen:\n\(line)\n\(screen.text)\n\(line)"
  }
}

extension Duration {
  var inMilliseconds: Int {
    Int(components.seconds) * 1000 + Int(components.attoseconds / 1_000_000_000_000_000)
  }
}
