import Admission
package import FoundationEssentials

/// How far tonight's codes of one kind are stored.
package enum Preload: Sendable, Equatable {
  /// They are being fetched; `total` is nil until it is known.
  case running(done: Int, of: Int?)
  /// All of them are stored as they were at that moment.
  case finished(count: Int, at: Date)
  /// The fetch came to nothing; what was stored before stays.
  case stopped
  /// The store was lost, and what was stored with it, of every kind.
  case lost
}

/// What is known of the stored codes, for the header.
struct StoredPasses: Sendable, Equatable {
  struct Progress: Sendable, Equatable {
    var done: Int
    var total: Int?
  }

  struct Whole: Sendable, Equatable {
    var count: Int
    var at: Date
  }

  /// How far one kind is.
  struct Part: Sendable, Equatable {
    var progress: Progress?
    var whole: Whole?
  }

  private(set) var parts: [PassKind: Part] = [:]

  /// The first kind that is being fetched and has something to say: until the service delivers, what
  /// is stored is what counts, and how old it is.
  var running: (kind: PassKind, progress: Progress)? {
    for kind in PassKind.allCases {
      guard let part = parts[kind], let progress = part.progress else { continue }
      if progress.done > 0 || part.whole == nil { return (kind, progress) }
    }
    return nil
  }

  /// The kinds that are stored whole, in the order of the kinds.
  var wholes: [(kind: PassKind, count: Int)] {
    PassKind.allCases.compactMap { kind in
      parts[kind]?.whole.map { (kind, $0.count) }
    }
  }

  /// All that is stored whole, as old as the oldest of it; nil where nothing is.
  var whole: Whole? { whole(of: PassKind.allCases.filter { parts[$0]?.whole != nil }) }

  /// Those kinds together; nil where one of them is not stored whole.
  func whole(of kinds: [PassKind]) -> Whole? {
    let wholes = kinds.compactMap { parts[$0]?.whole }
    guard wholes.count == kinds.count, let oldest = wholes.map(\.at).min() else { return nil }
    return Whole(count: wholes.reduce(0) { $0.addingClamped($1.count) }, at: oldest)
  }

  mutating func note(_ preload: Preload, of kind: PassKind) {
    switch preload {
    case .running(let done, let total):
      parts[kind, default: Part()].progress = Progress(done: done, total: total)
    case .finished(let count, let at):
      parts[kind] = Part(whole: Whole(count: count, at: at))
    case .stopped: parts[kind]?.progress = nil
    case .lost: self = StoredPasses()
    }
  }
}
