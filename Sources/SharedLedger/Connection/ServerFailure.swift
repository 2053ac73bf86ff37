import CPostgres
import CheckIn
import Formatting

/// Why a connection did not give the answers that were asked for.
enum ServerFailure: Error, Sendable {
  /// The connection is no more; what was asked may have been done.
  case lost(String)
  /// The time was over; the connection is no more.
  /// - Parameter answered: how many statements had been answered.
  case late(answered: Int)
  /// The server answered that it cannot; the connection stands.
  /// - Parameter statement: which one of those that were asked.
  case server(state: String, message: String, statement: Int)

  /// It is of no use for this program.
  case unfit(LedgerError)

  /// The error as the ledger's users know it.
  var ledgerError: LedgerError {
    switch self {
    case .lost(let message): .unreachable(message)
    case .late: .unreachable("no answer in time")
    case .unfit(let error): error
    case .server(let state, let message, _): LedgerError(state: state, message: message)
    }
  }
}

extension LedgerError {
  /// The ledger was set up by another version of this program.
  static func otherVersion(_ version: Int) -> LedgerError {
    .notCurrent(
      version > LedgerSchema.version
        ? "the ledger was set up by a newer doorcheck: this one has to be updated"
        : "the ledger was set up by an older doorcheck: run `doorcheck ledger init`")
  }

  /// - Parameter state: SQLSTATE, five characters.
  init(state: String, message: String) {
    let text = "\(message) (SQLSTATE \(state))"
    switch state {
    // Another door has it: a lock that was not to be had, or two doors that wait for each other.
    case "55P03", "40P01", "40001": self = .busy
    // No such table, column, function or schema.
    case "42P01", "42703", "42883", "3F000", "42704":
      self = .notCurrent("the ledger is not set up for this version: run `doorcheck ledger init`")
    // Shutting down, starting up, ended by somebody, too slow.
    case "57P01", "57P02", "57P03", "57P05", "57014", "25P03", "53300": self = .unreachable(text)
    default: self = state.hasPrefix("08") ? .unreachable(text) : .refused(text)
    }
  }
}

/// Texts of errors: one line, of a length that can be shown, without the password.
enum ServerMessage {
  static let longest = 300

  static func cleaned(_ text: String, without passwords: [String]) -> String {
    var text = text
    for password in passwords where !password.isEmpty {
      text = text.split(separator: password, omittingEmptySubsequences: false)
        .joined(separator: "•••")
    }
    let words = DisplayText.cleaned(text).split(separator: " ")
    return String(words.joined(separator: " ").prefix(longest))
  }
}
