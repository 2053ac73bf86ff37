import Admission
import FoundationEssentials

/// Double entries of which staff are told, one after the other, each until a key or its time ends it.
struct DoubleEntries: Sendable, Equatable {
  /// More would be told long after anybody could do something; the report has them all.
  private static let most = 50
  /// How long each stands, in seconds.
  private static let span: TimeInterval = 60
  /// No key ends what stood for less than this, in seconds: it was pressed for something else.
  private static let readable: TimeInterval = 2

  /// The first is the one that is shown.
  private var waiting: [DoubleEntry] = []
  /// Since when, in seconds of uptime.
  private var since: TimeInterval = 0

  var shown: DoubleEntry? { waiting.first }
  /// How many come after it.
  var more: Int { max(0, waiting.count - 1) }
  /// When the one that is shown goes, in seconds of uptime.
  var until: TimeInterval? { waiting.isEmpty ? nil : since + Self.span }

  mutating func add(_ entries: [DoubleEntry], at now: Moment) {
    if waiting.isEmpty { since = now.uptime }
    waiting += entries.prefix(Self.most - waiting.count)
  }

  mutating func endByKey(at now: Moment) {
    if now.uptime - since >= Self.readable { end(at: now.uptime) }
  }

  mutating func forgetWhatIsOver(at now: Moment) {
    while let until, now.uptime >= until { end(at: until) }
  }

  private mutating func end(at uptime: TimeInterval) {
    guard !waiting.isEmpty else { return }
    waiting.removeFirst()
    since = uptime
  }
}
