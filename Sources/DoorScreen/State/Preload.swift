package import FoundationEssentials

/// How far tonight's passes are stored.
package enum Preload: Sendable, Equatable {
  /// They are being fetched; `total` is nil until it is known.
  case running(done: Int, of: Int?)
  /// All of them are stored as they were at that moment.
  case finished(count: Int, at: Date)
  /// The fetch came to nothing; what was stored before stays.
  case stopped
  /// The store was lost, and what was stored with it.
  case lost
}

/// What is known of the stored passes, for the header.
struct StoredPasses: Sendable, Equatable {
  struct Progress: Sendable, Equatable {
    var done: Int
    var total: Int?
  }

  struct Whole: Sendable, Equatable {
    var count: Int
    var at: Date
  }

  var progress: Progress?
  var whole: Whole?

  mutating func note(_ preload: Preload) {
    switch preload {
    case .running(let done, let total): progress = Progress(done: done, total: total)
    case .finished(let count, let at):
      progress = nil
      whole = Whole(count: count, at: at)
    case .stopped: progress = nil
    case .lost: self = StoredPasses()
    }
  }
}
