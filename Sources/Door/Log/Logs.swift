import LinuxBox
package import Logging

/// Where the log goes: to standard error, one line an entry.
package enum Logs {
  package enum Use {
    /// Standard error belongs to the log.
    case commands
    /// Standard error may be the very screen that is drawn on; then nothing is logged.
    case doorScreen
  }

  /// For a command that says itself what went wrong.
  package static var silent: Logger { Logger(label: "doorcheck") { _ in SwiftLogNoOpLogHandler() } }

  package static func logger(for use: Use) -> Logger {
    let form: LineLogHandler.Form = JournalStream.isStandardError ? .journal : .dated
    var logger = Logger(label: "doorcheck") { _ -> any LogHandler in
      switch use {
      case .doorScreen where StandardStreams.errorIsTerminal: SwiftLogNoOpLogHandler()
      case .doorScreen:
        LineLogHandler(form: form) { LogWriter.standardError.write($0) }
      case .commands:
        LineLogHandler(form: form) { StandardStreams.writeError(wholeLine: $0) }
      }
    }
    logger.logLevel = use == .commands ? .error : .info
    return logger
  }
}
