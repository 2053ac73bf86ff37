import Foundation
import Testing

@testable import Fourvenues

/// Times as the service writes them, which Foundation reads alike.
@Suite struct WireTimeTests {
  @Test(arguments: [
    "2026-11-21T23:41:05Z", "2026-11-21T23:41:05+01:00", "2026-11-21T00:00:00-03:30",
    "2024-02-29T12:00:00Z", "2024-03-01T00:00:00Z", "2100-02-28T23:59:59Z", "1970-01-01T00:00:01Z",
    "2026-12-31T23:59:59+14:00", "2026-01-31T01:02:03Z", "2000-12-30T01:02:03Z",
  ])
  func `A time is the one that Foundation reads`(_ text: String) throws {
    #expect(WireTime.date(text) == (try Date.ISO8601FormatStyle().parse(text)))
  }

  @Test(arguments: ["2026-11-21T23:41:05.250Z", "2026-11-21T23:41:05.001+01:00"])
  func `Parts of a second count`(_ text: String) throws {
    let theirs = try Date.ISO8601FormatStyle(includingFractionalSeconds: true).parse(text)
    let ours = try #require(WireTime.date(text))
    #expect(abs(ours.timeIntervalSince(theirs)) < 1e-6)
  }

  @Test(arguments: [
    "", "2026-11-21", "2026-13-21T23:41:05Z", "2026-11-00T23:41:05Z", "2026-11-21T24:41:05Z",
    "2026-11-21T23:60:05Z", "2026-11-21T23:41:05", "2026-11-21T23:41:05.Z", "2026-11-21T23:41:05X",
    "20x6-11-21T23:41:05Z", "2026-11-21T23:41:05.25.Z", "2026-11-21T23:41:05+01:60", "ñ",
  ])
  func `What Foundation does not read is no time`(_ text: String) {
    let styles = [
      Date.ISO8601FormatStyle(includingFractionalSeconds: true), Date.ISO8601FormatStyle(),
    ]
    #expect((WireTime.date(text) == nil) == styles.allSatisfy { (try? $0.parse(text)) == nil })
  }
}
