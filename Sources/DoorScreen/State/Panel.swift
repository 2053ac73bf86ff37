import Admission
import FoundationEssentials

/// What the panel is about at one moment.
enum Panel: Equatable {
  case idle
  /// The newest scan's look-up runs, and those of `others` before it.
  case lookingUp(WaitingScan, others: Int)
  /// - isMarked: the same pass was read again within a second.
  case verdict(Outcome, isMarked: Bool, waiting: Int)
  /// The same pass was read again later: neither green nor red.
  case repeated(Outcome, waiting: Int)
}

/// A scan whose verdict has not come yet.
struct WaitingScan: Sendable, Equatable {
  var number: Int
  var code: String
}

/// The newest verdict, until a new scan arrives.
struct ShownVerdict: Sendable, Equatable {
  enum Repetition: Sendable, Equatable { case none, marked, neutral }

  var outcome: Outcome
  /// Uptime in seconds when the verdict came.
  var since: TimeInterval
  /// Uptime in seconds when the panel gives way.
  var until: TimeInterval
  var repetition = Repetition.none
}

/// What is left of a red or amber panel that was displaced too soon to be read.
struct Strip: Sendable, Equatable {
  var outcome: Outcome
  /// Uptime in seconds when it goes.
  var until: TimeInterval
}

/// A page over the panel. Scans go on beneath it, and the next one closes it.
enum Overlay: Sendable, Equatable {
  /// - first: the line at the top.
  case help(first: Int)
  /// Tonight's price list.
  /// - selected: index into `PriceList.entries`.
  case rates(selected: Int)
}
