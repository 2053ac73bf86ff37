import FoundationEssentials
import Testing

@testable import Fourvenues

/// RFC 9110, sections 5.6.7 and 10.2.3.
@Suite struct RetryAfterTests {
  private let now = Date(timeIntervalSince1970: 784_111_777)

  @Test(arguments: [
    ("Sun, 06 Nov 1994 08:49:37 GMT", 784_111_777 as TimeInterval?),
    ("Thu, 01 Jan 1970 00:00:00 GMT", 0), ("Thu, 29 Feb 2024 23:59:59 GMT", 1_709_251_199),
    ("Fri, 01 Mar 2024 00:00:00 GMT", 1_709_251_200),
    ("Tue, 01 Mar 2100 00:00:00 GMT", 4_107_542_400),
    ("Sun, 31 Dec 2028 23:59:60 GMT", 1_861_920_000), ("", nil), ("now", nil),
    ("Sun, 06 Nov 1994 08:49:37 CET", nil), ("Sun, 06 Foo 1994 08:49:37 GMT", nil),
    ("Sun, 06 Nov 1994 24:49:37 GMT", nil), ("Sun, 06 Nov 1994 8:-1:37 GMT", nil),
    ("Sun, 99 Nov 1994 08:49:37 GMT", nil), ("Sunday, 06-Nov-94 08:49:37 GMT", nil),
    ("Sun, 06 Nov 99999999999999999999 08:49:37 GMT", nil),
  ])
  func `A date is read or is none`(text: String, seconds: TimeInterval?) {
    #expect(HTTPDate.date(from: text) == seconds.map { Date(timeIntervalSince1970: $0) })
  }

  @Test(
    arguments: [
      (nil, nil), ("", nil), ("soon", nil), ("-1", nil), ("1.5", nil), ("0", 0), ("2", 2),
      (" 2", 2),
      ("99999999999999999999999", 86_400), ("Sun, 06 Nov 1994 08:49:40 GMT", 3),
      ("Sun, 06 Nov 1994 08:00:00 GMT", 0), ("Sun, 06 Nov 2994 08:00:00 GMT", 86_400),
    ] as [(String?, Int?)])
  func `Seconds and dates say the delay`(header: String?, seconds: Int?) {
    #expect(
      RetryAfter.delay(header: header, serverDate: nil, now: now)
        == seconds.map { Duration.seconds($0) })
  }

  @Test func `A date is read by the server's clock`() {
    #expect(
      RetryAfter.delay(
        header: "Sun, 06 Nov 1994 08:49:40 GMT", serverDate: now.addingTimeInterval(1),
        now: now.addingTimeInterval(-3600)) == .seconds(2))
  }
}
