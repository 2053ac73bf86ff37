import CheckIn
import Fourvenues
import Testing

@testable import Door

/// What the client says of a report, in the reporter's words (FourvenuesAPI: Endpoints)
/// (FourvenuesAPI: When it does not say yes).
struct EntryDeliveryTests {
  @Test(
    arguments: [
      (.refused(status: 404), .refused(reason: "status 404")),
      (.refused(status: nil), .refused(reason: "no entry")),
      (.keyRefused(status: 403), .keyRefused),
      (
        .tryLater(status: 429, after: .seconds(7)),
        .tryLater(after: .seconds(7), mayHaveArrived: false)
      ),
      (.tryLater(status: 301, after: nil), .tryLater(after: nil, mayHaveArrived: false)),
      (.tryLater(status: 500, after: nil), .tryLater(after: nil, mayHaveArrived: true)),
      (.tryLater(status: 503, after: nil), .tryLater(after: nil, mayHaveArrived: true)),
      // What stands between may have passed it on.
      (.tryLater(status: 502, after: nil), .mayHaveArrived),
      (.tryLater(status: 504, after: .seconds(1)), .mayHaveArrived),
      (.notSent, .notSent), (.mayHaveArrived, .mayHaveArrived),
    ] as [(EntryReportFailure, EntryDelivery)])
  func `A failure is no more and no less than it says`(
    failure: EntryReportFailure, delivery: EntryDelivery
  ) {
    #expect(EntryDelivery(failure) == delivery)
  }
}
