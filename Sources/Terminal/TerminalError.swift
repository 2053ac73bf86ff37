/// Why the door screen cannot be shown.
package enum TerminalError: Error, Equatable, Sendable {
  /// Nobody can type or scan there: a pipe, a file, `/dev/null`.
  case inputNotATerminal
  case outputNotATerminal
  /// `TERM` names a terminal that this box does not know, or one that cannot place its cursor.
  /// Empty where it is not set.
  case unknownTerminal(String)
  /// The system had no descriptor or no memory left. Carries `errno`.
  case system(Int32)
}
