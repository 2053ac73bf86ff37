import Admission
import CheckIn
import Foundation
import Fourvenues
import Synchronization
import Testing

@testable import Door

/// Which refusals of the key are the door's (Contract: The door screen, key refused).
struct ServiceRecordTests {
  @Test(
    arguments: [
      (.passes, 403, false), (.passes, 401, true), (.pass, 403, true), (.pass, 401, true),
      (.event, 403, true), (.events, 401, true), (.checkIn, 403, false), (.checkIn, 401, false),
    ] as [(Endpoint, Int, Bool)])
  func `A key without the list of passes is good at the door`(
    endpoint: Endpoint, status: Int, isRefused: Bool
  ) {
    let newest = Mutex(ServiceStatus.connecting)
    let record = ServiceRecord { watch, _ in newest.withLock { $0 = watch.status } }
    let now = Date(timeIntervalSince1970: 1_800_000_000)
    record.note(Exchange(endpoint: .event, status: 200, latency: .milliseconds(43)), at: now)
    record.note(
      Exchange(
        endpoint: endpoint, status: status, latency: .milliseconds(43), failure: .unauthorized),
      at: now)
    let expected: ServiceStatus =
      isRefused ? .keyRefused(since: now) : .live(latency: .milliseconds(43))
    #expect(newest.withLock { $0 } == expected)
  }
}
