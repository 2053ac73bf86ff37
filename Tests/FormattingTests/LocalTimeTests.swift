import Formatting
import Foundation
import Testing

/// The door's clock, in the zone of the box's list, beside what Foundation says of it.
@Suite struct LocalTimeTests {
  static let zones = [
    "Europe/Madrid", "Europe/London", "Atlantic/Canary", "America/New_York", "America/Sao_Paulo",
    "America/St_Johns", "Asia/Kolkata", "Asia/Kathmandu", "Australia/Lord_Howe", "Africa/Abidjan",
    "Pacific/Apia", "UTC",
  ]

  /// Every 37 hours of 30 years, before and behind what a list holds, and both sides of a change.
  static let dates: [Date] =
    stride(from: 0.0, to: 30 * 366 * 86_400, by: 37 * 3600).map {
      Date(timeIntervalSince1970: 946_684_800.5 + $0)
    }
    + [
      -3e9, -1, 0, 1_792_889_999, 1_792_890_000, 1_774_745_999, 1_774_746_000, 2_500_000_000,
      4_000_000_000,
    ].map { Date(timeIntervalSince1970: $0) }

  @Test(arguments: zones)
  func `A zone's offset is what it is for Foundation`(_ name: String) throws {
    let (zone, theirs) = (
      try #require(LocalZone(identifier: name)), try #require(TimeZone(identifier: name))
    )
    for date in Self.dates where date.timeIntervalSince1970 >= 0 {
      #expect(zone.secondsFromGMT(for: date) == theirs.secondsFromGMT(for: date), "\(date)")
    }
  }

  @Test(arguments: zones)
  func `Days and times are what they are for Foundation`(_ name: String) throws {
    let time = LocalTime(zone: try #require(LocalZone(identifier: name)))
    let style = Date.ISO8601FormatStyle(timeZoneSeparator: .colon, timeZone: time.timeZone)
    let day = Date.ISO8601FormatStyle(timeZone: time.timeZone).year().month().day()
    for date in Self.dates where date.timeIntervalSince1970 >= 0 {
      #expect(time.timestamp(date) == date.formatted(style))
      #expect(time.isoDay(date) == date.formatted(day))
    }
  }

  @Test(arguments: [
    (-62_135_596_800.0, "0001-01-01"), (-1, "1969-12-31"), (951_782_400, "2000-02-29"),
    (951_868_800, "2000-03-01"), (4_107_542_400, "2100-03-01"), (253_402_300_799, "9999-12-31"),
  ])
  func `A day is one of the Gregorian calendar`(_ seconds: Double, day: String) {
    #expect(LocalTime(zone: .utc).isoDay(Date(timeIntervalSince1970: seconds)) == day)
  }

  @Test(arguments: [
    "", "Nowhere/City", "../etc/passwd", "/etc/localtime", "Europe", "Europe/", "tzdata.zi",
    "CET-1CEST",
  ])
  func `What is no zone of a list is none`(_ name: String) {
    #expect(LocalZone(identifier: name) == nil)
  }

  @Test func `Where the box has no list, Foundation tells`() throws {
    let zone = try #require(LocalZone(identifier: "Europe/Madrid", folder: "/nonexistent"))
    #expect(zone.secondsFromGMT(for: Date(timeIntervalSince1970: 1_792_000_000)) == 7200)
  }

  @Test func `A file that is cut short is none`() throws {
    let whole = try Data(contentsOf: URL(fileURLWithPath: "/usr/share/zoneinfo/Europe/Madrid"))
    let file = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: file) }
    for count in stride(from: 0, to: whole.count - 60, by: 101) {
      try whole.prefix(count).write(to: file)
      #expect(LocalZone(path: file.path) == nil)
    }
    try whole.write(to: file)
    #expect(LocalZone(path: file.path) != nil)
  }
}
