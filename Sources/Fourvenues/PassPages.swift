package import Admission
import FoundationEssentials

/// The passes of an event, a page at a time. Nothing is fetched before it is asked for, so that no
/// more than a page is in memory.
package struct PassPages: AsyncSequence, Sendable {
  package typealias Element = [Pass]
  package typealias Failure = FourvenuesError

  /// A page of exactly this length has another one after it (FourvenuesAPI: Endpoints, inferred).
  static let fullPage = 500
  /// A service that never ends is given up on.
  private static let mostPages = 400

  struct Position: Sendable {
    var offset = 0
    var pages = 0
  }

  let client: FourvenuesClient
  let eventID: String

  package func makeAsyncIterator() -> Iterator {
    Iterator(client: client, eventID: eventID)
  }

  package struct Iterator: AsyncIteratorProtocol {
    let client: FourvenuesClient
    let eventID: String
    private var position: Position? = Position()
    /// What the pages so far hold, by hash: of 200,000 passes nothing else would be small.
    private var seen: Set<Int> = []
    /// False once the list is known not to hold every pass: something in it could not be read, it did
    /// not end, or pages overlapped, so that passes may have slipped between them.
    package private(set) var isWhole = true

    init(client: FourvenuesClient, eventID: String) {
      self.client = client
      self.eventID = eventID
    }

    package mutating func next(
      isolation actor: isolated (any Actor)?
    ) async throws(FourvenuesError) -> [Pass]? {
      guard let current = position else { return nil }
      position = nil
      let page = try await client.list(.passes(eventID: eventID, page: current)) {
        try AnswerJSON.decode(WirePass.self, from: $0).pass
      }
      if page.unreadable > 0 { isWhole = false }
      let before = seen.count
      seen.formUnion(page.elements.map { [$0.id, $0.code].hashValue })
      if seen.count < before + page.elements.count { isWhole = false }
      // A service that knows no paging answers the same again.
      if current.pages > 0, seen.count == before { return nil }
      if page.count >= PassPages.fullPage {
        if page.count == PassPages.fullPage, current.pages + 1 < PassPages.mostPages {
          position = Position(
            offset: current.offset + PassPages.fullPage, pages: current.pages + 1)
        } else if current.pages > 0 {
          isWhole = false
        }
      }
      return page.elements
    }

    package mutating func next() async throws(FourvenuesError) -> [Pass]? {
      try await next(isolation: nil)
    }
  }
}
