/// Where the changes ended that were read last. As text it is one word for each part.
struct ChangeCursor: Equatable {
  /// The transactions that had ended when the reading began, as the server prints a snapshot.
  var seen: String
  /// Where a reading of several pages is; nil where it is done.
  var page: Page?

  struct Page: Equatable {
    /// The transactions that had ended when its first page was read: `seen` of the next reading.
    var first: String
    /// The last row that was read.
    var changedBy: String
    var sequence: String
  }

  /// No transaction at all.
  static let beginning = ChangeCursor(seen: "1:1:")

  init(seen: String, page: Page? = nil) {
    self.seen = seen
    self.page = page
  }

  /// - Parameter text: what is no cursor is the beginning: reading again does no harm.
  init(_ text: String?) {
    let parts = (text ?? "").split(separator: " ").map(String.init)
    let isSound =
      parts.prefix(2).allSatisfy(Self.isSnapshot)
      && parts.dropFirst(2).allSatisfy { UInt64($0) != nil }
    switch parts.count {
    case 1 where isSound: self.init(seen: parts[0])
    case 4 where isSound:
      self.init(
        seen: parts[0], page: Page(first: parts[1], changedBy: parts[2], sequence: parts[3]))
    default: self = .beginning
    }
  }

  var text: String {
    guard let page else { return seen }
    return [seen, page.first, page.changedBy, page.sequence].joined(separator: " ")
  }

  /// How many transactions may end before a place without news is told all the same: whoever is told
  /// one has to save it.
  private static let transactions: UInt64 = 1000

  /// Whether it does as well as a later place where nothing was found in between.
  func doesAsWell(as snapshot: String) -> Bool {
    guard page == nil, let own = Self.next(seen), let later = Self.next(snapshot) else {
      return false
    }
    return own <= later && later - own < Self.transactions
  }

  /// The first transaction that had not begun.
  private static func next(_ snapshot: String) -> UInt64? {
    let parts = snapshot.split(separator: ":", omittingEmptySubsequences: false)
    return parts.count == 3 ? UInt64(parts[1]) : nil
  }

  /// Such as `10:20:10,14`.
  private static func isSnapshot(_ text: String) -> Bool {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 3, let least = UInt64(parts[0]), let next = UInt64(parts[1]) else {
      return false
    }
    return least > 0 && least <= next
      && parts[2].split(separator: ",").allSatisfy { UInt64($0) != nil }
  }
}
