/// Why the venue's program (`hooks.verdict`) did not do what it is there for.
package enum HookFailure: Sendable, Hashable {
  /// In the system's words.
  case notStarted(String)
  /// With another exit status than 0.
  case exited(Int32)
  /// By a signal that was not ours.
  case killed(signal: Int32)
  /// It took over 5 s, and was stopped.
  case overdue
  /// So many verdicts waited for it that the oldest was dropped.
  case behind
}

/// For the log.
extension HookFailure: CustomStringConvertible {
  package var description: String {
    switch self {
    case .notStarted(let reason): "did not start: \(reason)"
    case .exited(let status): "ended with exit status \(status)"
    case .killed(let signal): "was killed by signal \(signal)"
    case .overdue: "took too long and was killed"
    case .behind: "is behind: the oldest verdict that waited for it was dropped"
    }
  }
}
