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
      (.list(.pass), 403, false), (.list(.pass), 401, true), (.lookUp(.pass), 403, true),
      (.lookUp(.pass), 401, true), (.event, 403, true), (.events, 401, true),
      (.checkIn, 403, false), (.checkIn, 401, false),
    ] as [(Endpoint, Int, Bool)])
  func `A key without the list of passes is good at the door`(
    endpoint: Endpoint, status: Int, isRefused: Bool
  ) {
    let newest = Mutex(ServiceStatus.connecting)
    let record = ServiceRecord { health in newest.withLock { $0 = health.status } }
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

  /// A key that is good for tickets alone lets tickets in (Contract: Every code at the same door).
  @Test(
    arguments: [
      ([.lookUp(.pass)], false), ([.list(.ticket)], false), ([.rates(.list)], false),
      ([.lookUp(.pass), .lookUp(.ticket)], true), ([.event], true),
    ] as [([Endpoint], Bool)])
  func `A key that is refused for one kind is good for the others`(
    endpoints: [Endpoint], isRefused: Bool
  ) {
    let newest = Mutex(ServiceStatus.connecting)
    let record = ServiceRecord(kinds: [.ticket, .pass]) { health in
      newest.withLock { $0 = health.status }
    }
    let now = Date(timeIntervalSince1970: 1_800_000_000)
    record.note(Exchange(endpoint: .event, status: 200, latency: .milliseconds(43)), at: now)
    for endpoint in endpoints {
      record.note(
        Exchange(
          endpoint: endpoint, status: 401, latency: .milliseconds(43), failure: .unauthorized),
        at: now)
    }
    let expected: ServiceStatus =
      isRefused ? .keyRefused(since: now) : .live(latency: .milliseconds(43))
    #expect(newest.withLock { $0 } == expected)
    // Granted again for one of them, it is good.
    record.note(
      Exchange(endpoint: .lookUp(.ticket), status: 200, latency: .milliseconds(43)), at: now)
    #expect(newest.withLock { $0 } == .live(latency: .milliseconds(43)))
  }

  /// One message a verdict: the screen hears of the look-up's exchange together with its answer.
  @Test func `What a verdict will tell is not told before it`() {
    let shown = Mutex<[ServiceStatus]>([])
    let record = ServiceRecord { health in shown.withLock { $0.append(health.status) } }
    let now = Date(timeIntervalSince1970: 1_800_000_000)
    func answer(after milliseconds: Int) {
      record.note(
        Exchange(endpoint: .lookUp(.pass), status: 200, latency: .milliseconds(milliseconds)),
        at: now)
    }
    record.expectVerdict()
    record.expectVerdict()
    answer(after: 10)
    var told: [ServiceStatus] = []
    record.giveVerdict(of: 1) { told.append($0.status) }
    // The same one again, as of somebody who keeps a record.
    record.giveVerdict(of: 1) { told.append($0.status) }
    answer(after: 20)
    #expect(shown.withLock { $0 } == [], "another scan is still looked up")
    record.giveVerdict(of: 2) { told.append($0.status) }
    #expect(told == [.live(latency: .milliseconds(10)), .live(latency: .milliseconds(20))])
    answer(after: 30)
    #expect(shown.withLock { $0 } == [.live(latency: .milliseconds(30))], "it came late")
  }
}
