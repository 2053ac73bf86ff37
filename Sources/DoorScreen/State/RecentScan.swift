import Admission

/// A scan in the list of the last ones.
struct RecentScan: Sendable, Equatable {
  var outcome: Outcome
  var manner: Manner
  /// The admission was taken back.
  var isUndone = false
}
