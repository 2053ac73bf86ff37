package import Admission
import FoundationEssentials
import Waiting

/// All of a kind for an event, a page at a time. Nothing is fetched before it is asked for, so that no
/// more than a page is in memory.
package struct PassPages: AsyncSequence, Sendable {
  package typealias Element = [Pass]
  package typealias Failure = FourvenuesError

  /// A page of exactly this length has another one after it (FourvenuesAPI: Endpoints, inferred, for
  /// every kind).
  static let fullPage = 500
  /// A service that never ends is given up on.
  private static let mostPages = 400

  let client: FourvenuesClient
  let kind: PassKind
  let eventID: String
  let days: [String]
  let since: String?
  /// Between two pages of it, from the question to the next: at most 2 a second (FourvenuesAPI:
  /// Tickets, guest lists and bookings).
  var pause: Duration = .milliseconds(500)

  package func makeAsyncIterator() -> Iterator {
    Iterator(self)
  }

  /// What chooses the rows, in a query each.
  fileprivate var filters: [String] {
    switch kind.api.listFilter {
    case .day: days.map { "date=\($0.percentEncoded)" }
    case .event:
      [
        "event_id=\(eventID.percentEncoded)"
          + (since.map { "&start_date=\($0.percentEncoded)" } ?? "")
      ]
    }
  }

  fileprivate func decode(_ element: Data) throws -> ListedPass {
    func read<Wire: WireModel>(_ type: Wire.Type) throws -> ListedPass {
      let wire = try AnswerJSON.decode(type, from: element)
      return ListedPass(pass: wire.pass, createdAt: wire.createdAt)
    }
    return try read(kind.api.wire)
  }

  package struct Iterator: AsyncIteratorProtocol {
    /// Where the next page begins.
    private struct Position {
      /// Those after the current one are still to come.
      var filters: ArraySlice<String>
      var offset = 0
      var pages = 0
    }

    private let list: PassPages
    private var position: Position?
    private var askedAt: Duration?
    /// What the pages so far hold, by hash: of 200,000 passes nothing else would be small.
    private var seen: Set<Int> = []
    /// What may come again: the page before, since a sale between two pages moves all behind it, and
    /// the days before, since a night's table may stand under both of its days.
    private var mayRepeat: Set<Int> = []
    private var hasGap = false
    private var creation: NewestCreation

    /// False once the list is known not to hold every pass: something in it could not be read, it did
    /// not end, or others than the page before came again, so that passes may have slipped between; or it was to hold
    /// those alone that are new, or no day was named where days are asked for.
    package var isWhole: Bool { !hasGap && list.since == nil }

    /// From where a later listing may begin, once this one has come to its end: when the newest one was
    /// created, as the service writes it. Nil where that is not known, or where something is missing.
    package var newest: String? {
      position == nil && !hasGap && list.kind.api.isListedSince ? creation.newest : nil
    }

    init(_ list: PassPages) {
      self.list = list
      let filters = list.filters
      position = filters.isEmpty ? nil : Position(filters: filters[...])
      hasGap = filters.isEmpty
      creation = NewestCreation(newest: list.since)
    }

    package mutating func next(
      isolation actor: isolated (any Actor)?
    ) async throws(FourvenuesError) -> [Pass]? {
      guard let current = position, let filter = current.filters.first else { return nil }
      position = nil
      await keepPace()
      let gapSoFar = hasGap
      // Until it is there, it is missing.
      hasGap = true
      let page = try await list.client.list(
        .list(list.kind, filter: filter, offset: current.offset), decode: list.decode)
      hasGap = gapSoFar || page.unreadable > 0
      creation.note(page.elements)
      var (fresh, hashes): ([Pass], Set<Int>) = ([], [])
      for pass in page.elements.map(\.pass) {
        let hash = [pass.id, pass.code].hashValue
        if !hashes.insert(hash).inserted || seen.contains(hash) && !mayRepeat.contains(hash) {
          hasGap = true
        }
        if seen.insert(hash).inserted { fresh.append(pass) }
      }
      // A service that knows no paging answers the same again.
      let isSameAgain = current.offset > 0 && fresh.isEmpty
      if isSameAgain, page.count > 0 { hasGap = true }
      position = isSameAgain ? nextFilter(after: current) : next(after: current, page.count)
      mayRepeat = position?.offset == 0 ? seen : hashes
      if isSameAgain, position == nil { return nil }
      return fresh.filter(isOfEvent)
    }

    package mutating func next() async throws(FourvenuesError) -> [Pass]? {
      try await next(isolation: nil)
    }

    private mutating func next(after current: Position, _ count: Int) -> Position? {
      guard count >= PassPages.fullPage else { return nextFilter(after: current) }
      if count == PassPages.fullPage, current.pages + 1 < PassPages.mostPages {
        var next = current
        next.offset += PassPages.fullPage
        next.pages += 1
        return next
      }
      if current.offset > 0 { hasGap = true }
      return nextFilter(after: current)
    }

    private func nextFilter(after current: Position) -> Position? {
      let rest = current.filters.dropFirst()
      return rest.isEmpty ? nil : Position(filters: rest, pages: current.pages + 1)
    }

    /// Of a day's rows, those of other events are no business of this door.
    private func isOfEvent(_ pass: Pass) -> Bool {
      switch list.kind.api.listFilter {
      case .event: true
      case .day: !pass.usages(forEvent: list.eventID).isEmpty
      }
    }

    private mutating func keepPace() async {
      let clock = list.client.clock
      if let askedAt, askedAt + list.pause > clock.now {
        await clock.sleep(for: askedAt + list.pause - clock.now)
      }
      askedAt = clock.now
    }
  }
}

/// One of a list, and when it was created.
struct ListedPass: Sendable {
  var pass: Pass
  var createdAt: String?
}

/// The newest of what was listed. Where one does not say when it was created, it may be the newest, and
/// an earlier moment is no place to go on from.
private struct NewestCreation {
  private var date: Date?
  private(set) var newest: String?
  private var isLost = false

  init(newest: String?) {
    self.newest = newest
    date = newest.flatMap { WireTime.date($0) }
  }

  mutating func note(_ page: [ListedPass]) {
    for listed in page where !isLost {
      guard let text = listed.createdAt, let date = WireTime.date(text) else {
        isLost = true
        newest = nil
        return
      }
      if self.date.map({ date > $0 }) ?? true { (self.date, newest) = (date, text) }
    }
  }
}
