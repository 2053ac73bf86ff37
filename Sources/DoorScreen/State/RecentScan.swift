import Admission

/// A scan in the list of the last ones.
struct RecentScan: Sendable, Equatable {
  var outcome: Outcome
  var manner: Manner
  /// A late answer refused whom a stored one had let in: those people are in, and counted.
  var isContradiction = false
  /// The admission was taken back.
  var isUndone = false
}
