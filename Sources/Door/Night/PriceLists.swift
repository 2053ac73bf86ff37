package import Admission
import Foundation
package import Fourvenues
package import NightStore

/// Tonight's price lists of the kinds that have one, as one list.
package struct PriceLists: Sendable {
  private let client: FourvenuesClient
  private let store: NightStore?
  /// Passes and guest lists have rates; a door that takes neither shows those of passes.
  private let kinds: [PassKind]

  init(client: FourvenuesClient, store: NightStore?, accepts: [PassKind]) {
    let priced = accepts.filter(\.hasRates)
    (self.client, self.store, kinds) = (client, store, priced.isEmpty ? [.pass] : priced)
  }

  /// Asks for them, and stores what is told. Where the service tells some, the others are as they are
  /// stored.
  /// - Throws: why the first of them was not told, where none was.
  package func ask(eventID: String) async throws(FourvenuesError) -> [Rate] {
    let askedAt = Date()
    var (all, failure, isTold) = ([Rate](), FourvenuesError?.none, false)
    // Not side by side: an optimized build mixes up what a task group's tasks with typed errors return.
    for kind in kinds {
      do throws(FourvenuesError) {
        let rates = try await client.rates(of: kind, eventID: eventID)
        try? await store?.store(rates: rates, kind: kind, eventID: eventID, fetchedAt: askedAt)
        all += rates
        isTold = true
      } catch {
        failure = failure ?? error
        all += (try? await store?.storedRates(eventID: eventID, kinds: [kind])?.value) ?? []
      }
    }
    if let failure, !isTold { throw failure }
    return all
  }

  package func stored(eventID: String) async -> Fetched<[Rate]>? {
    try? await store?.storedRates(eventID: eventID, kinds: kinds)
  }
}
