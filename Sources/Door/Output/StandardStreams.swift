package import DoorConfiguration
import Foundation
import LinuxBox
package import Logging
import Synchronization
import Terminal

/// Standard output and error, a whole line at a time and at once.
package enum StandardStreams {
  package static var inputIsTerminal: Bool { isatty(STDIN_FILENO) == 1 }
  package static var outputIsTerminal: Bool { isatty(STDOUT_FILENO) == 1 }
  static var errorIsTerminal: Bool { isatty(STDERR_FILENO) == 1 }

  /// Whether text on standard output may be coloured: on a terminal, unless `NO_COLOR` is set.
  package static var outputIsColoured: Bool {
    outputIsTerminal && ProgramEnvironment.variables["NO_COLOR", default: ""].isEmpty
  }

  /// Whether characters beyond ASCII may stand on standard output: in a file, or by the locale.
  package static var outputTakesUnicode: Bool {
    !outputIsTerminal || TerminalLocale.isUTF8(ProgramEnvironment.variables)
  }

  /// What cannot be written ends the program.
  package static func write(line: String) {
    do {
      try tryToWrite(line: line)
    } catch {
      exit(error.rawValue)
    }
  }

  /// The same for whoever has something to put in order before the end.
  /// - Throws: `ProgramExit.inputOutput`, once the reason is on standard error.
  package static func tryToWrite(line: String) throws(ProgramExit) {
    do {
      try FileHandle.standardOutput.write(contentsOf: Data((line + "\n").utf8))
    } catch {
      // Whoever read it has seen enough; SIGPIPE is off because of the connections.
      if errno != EPIPE { writeError(line: "doorcheck: standard output cannot be written") }
      throw .inputOutput
    }
  }

  package static func write(warnings: [ConfigurationWarning]) {
    for warning in warnings { writeError(line: "doorcheck: \(warning)", level: .warning) }
  }

  /// A diagnostic; the journal is told how bad it is.
  package static func writeError(line: String, level: Logger.Level = .error) {
    writeError(wholeLine: JournalStream.isStandardError ? "<\(level.priority)>\(line)" : line)
  }

  static func writeError(wholeLine line: String) {
    try? FileHandle.standardError.write(contentsOf: Data((line + "\n").utf8))
  }

  /// Standard input as it comes, until it ends. Read on a thread of its own, which may wait for ever.
  /// - Parameter untilAskedToEnd: whether a signal ends it, too; the second one ends the program.
  static func inputChunks(untilAskedToEnd: Bool = false) -> AsyncStream<[UInt8]> {
    let (chunks, continuation) = AsyncStream.makeStream(of: [UInt8].self)
    if untilAskedToEnd {
      let asked = AskedToEnd { continuation.finish() }
      continuation.onTermination = { _ in asked.stopListening() }
    }
    Thread.detachNewThread {
      var buffer = [UInt8](repeating: 0, count: 65_536)
      while true {
        let count = read(STDIN_FILENO, &buffer, buffer.count)
        if count < 0 && errno == EINTR { continue }
        // A terminal that is gone has no more to say.
        if count < 0 && errno == EIO { break }
        if count < 0 {
          writeError(line: "doorcheck: standard input: \(String(cString: strerror(errno)))")
          exit(ProgramExit.inputOutput.rawValue)
        }
        if count == 0 { break }
        continuation.yield(Array(buffer[..<count]))
      }
      continuation.finish()
    }
    return chunks
  }
}

/// Hears the signals that ask the program to end. The first one does, the second one ends it by itself.
package final class AskedToEnd: Sendable {
  private static let signals = [SIGTERM, SIGINT, SIGHUP]
  private let sources = Mutex<[any DispatchSourceSignal]>([])
  private let wasAsked = Atomic(false)

  package var isAsked: Bool { wasAsked.load(ordering: .acquiring) }

  /// - Parameter end: is called on any thread.
  package init(_ end: @escaping @Sendable () -> Void = {}) {
    sources.withLock { sources in
      sources = Self.signals.map { number in
        signal(number, SIG_IGN)
        let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
        source.setEventHandler { [self] in
          wasAsked.store(true, ordering: .releasing)
          for number in Self.signals { signal(number, SIG_DFL) }
          end()
        }
        source.resume()
        return source
      }
    }
  }

  func stopListening() { sources.withLock { for source in $0 { source.cancel() } } }
}
