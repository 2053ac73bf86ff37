import Admission
import DoorScreen
import Formatting
import Foundation
import Testing

/// What tonight costs, beside a pass and on a page of its own.
@Suite struct RatesTests {
  private static let sizes = [(80, 24), (40, 12)]

  @Test(arguments: [
    ("EUR", 10 as Decimal, "10,00 €"), ("EUR", 0, "0,00 €"), ("EUR", 12.5, "12,50 €"),
    ("EUR", 1234.567, "1234,57 €"), ("EUR", 0.1, "0,10 €"), ("eur", 10, "10,00 €"),
    ("GBP", 10, "£10.00"), ("USD", 7.25, "$7.25"), ("JPY", 1500, "¥1500"),
    ("TND", 10, "TND 10.000"),
    ("CHF", 10, "CHF 10.00"), ("XXX", 1, "XXX 1.00"), ("EUR", .nan, "?"),
    ("EUR", Decimal(string: "9.995")!, "10,00 €"),
  ])
  func `Prices are written with their currency`(currency: String, amount: Decimal, text: String) {
    #expect(PriceFormat(currency: currency, language: .english).text(amount) == text)
  }

  /// The vendor's sample, in words as the issue has them.
  @Test(arguments: sizes) func `What holds stands beside the pass`(columns: Int, rows: Int) {
    var state = Night.state()
    var night = Night.event
    night.startsAt = Night.now.wall.addingTimeInterval(-18_667)  // 18:30, so that it ends at 02:00
    state.take(.night(.rates([Night.sampleRate], asOf: Night.now.wall, isStale: false)))
    var outcome = Night.outcome(.valid, rate: Night.sampleRate)
    outcome.tonight = .chosen(night)
    state.scan(outcome)
    let frame = state.seen(columns: columns, rows: rows)
    #expect(
      words(frame).contains("Rate: 10,00 € until 02:00. Valid only for erasmus."), "\(frame.text)")
    #expect(!frame.contains("COLLECT"))
  }

  /// One second before, at and after the ends of a window from +1 h to +2 h, in three zones, on
  /// ordinary nights and on those on which the clocks change (28/29 March, 24/25 October 2026).
  @Test(
    arguments: [
      ("2026-03-07T23:00:00Z", "Europe/Madrid", "01:00", "02:00"),
      ("2026-03-07T23:00:00Z", "Atlantic/Canary", "00:00", "01:00"),
      ("2026-03-07T23:00:00Z", "UTC", "00:00", "01:00"),
      ("2026-03-29T00:00:00Z", "Europe/Madrid", "03:00", "04:00"),
      ("2026-03-29T00:00:00Z", "Atlantic/Canary", "02:00", "03:00"),
      ("2026-03-29T00:00:00Z", "UTC", "01:00", "02:00"),
      ("2026-10-24T23:30:00Z", "Europe/Madrid", "02:30", "02:30"),
      ("2026-10-24T23:30:00Z", "Atlantic/Canary", "01:30", "01:30"),
      ("2026-10-24T23:30:00Z", "UTC", "00:30", "01:30"),
    ],
    [
      (3599.0, "Rate: 10,00 € from FROM"), (3600, "Rate: 10,00 € until UNTIL"),
      (3601, "Rate: 10,00 € until UNTIL"), (7199, "Rate: 10,00 € until UNTIL"),
      (7200, "Rate: ended at UNTIL"), (7201, "Rate: ended at UNTIL"),
      (-5, "Rate: 10,00 € from FROM"),
    ])
  func `A window says from when and until when`(
    _ night: (start: String, zone: String, from: String, until: String),
    _ row: (elapsed: TimeInterval, text: String)
  ) throws {
    let start = try Date(night.start, strategy: .iso8601)
    var setup = Night.setup()
    setup.time = LocalTime(timeZone: try #require(TimeZone(identifier: night.zone)))
    let rate = Night.rate("VIP table", [Night.option(10, 3600, 7200)])
    var outcome = Night.outcome(.valid, rate: rate)
    outcome.tonight = .chosen(Event(id: "ev1", name: "Night", startsAt: start))
    outcome.at = start.addingTimeInterval(row.elapsed)
    var state = Night.state(setup: setup, tonight: outcome.tonight)
    state.scan(outcome)
    let text = row.text.replacingOccurrences(of: "FROM", with: night.from)
      .replacingOccurrences(of: "UNTIL", with: night.until)
    #expect(state.seen().lines.contains { $0.contains(" \(text) ") }, "\(state.seen().text)")
  }

  @Test(
    arguments: [
      ([Night.option(10, 0, nil), Night.option(15, nil, nil)], "Rate: 10,00 € · 15,00 €"),
      ([Night.option(10, 0, 600), Night.option(15, 7200, nil)], "Rate: 15,00 € from 00:59"),
      ([Night.option(20, 9000, nil), Night.option(15, 7200, nil)], "Rate: 15,00 € from 00:59"),
      ([Night.option(10, -7200, -3600), Night.option(9, 0, 600)], "Rate: ended at 23:09"),
      ([Night.option(10, 600, 600)], "Rate: no valid price"), ([], "Rate: no valid price"),
      ([Night.option(10, 600, 0), Night.option(11, 0, nil)], "Rate: 11,00 €"),
      ([Night.option(10, 86_400, nil)], "Rate: 10,00 € from 8 Mar 22:59"),
    ] as [([RateOption], String)])
  func `Options stand with their prices and hours`(_ options: [RateOption], text: String) {
    var state = Night.state()
    state.scan(Night.outcome(.valid, rate: Night.rate("VIP table", options)))
    #expect(state.seen().lines.contains { $0.contains(" \(text) ") }, "\(state.seen().text)")
  }

  @Test func `Without a start the windows are relative`() {
    let event = Tonight.chosen(Event(id: "ev1", name: "Night"))
    var state = Night.state(tonight: event)
    var outcome = Night.outcome(.valid, rate: Night.sampleRate)
    outcome.tonight = event
    state.scan(outcome)
    #expect(state.seen().contains("Rate: 10,00 € from +0:00 to +7:30. Valid only for erasmus."))
    state.take(.night(.rates([Night.sampleRate], asOf: nil, isStale: false)))
    state.take(.key(.function(2)))
    #expect(state.seen().contains("from +0:00 to +7:30"))
    #expect(state.seen(columns: 40, rows: 12).contains("+0:00–+7:30"))
    #expect(!state.seen().contains("next change"))
  }

  /// What was told of the rates, and what a pass without a matching one shows of it.
  @Test(arguments: sizes) func `Unknown rates are said`(columns: Int, rows: Int) {
    var state = Night.state()
    state.scan(Night.outcome(.valid))
    #expect(!state.seen(columns: columns, rows: rows).contains("ates unknown"), "never asked")
    state.take(.night(.rates(nil, asOf: nil, isStale: false)))
    #expect(state.seen(columns: columns, rows: rows).contains("rates unknown"))
    state.take(.night(.rates([], asOf: Night.now.wall, isStale: false)))
    #expect(!state.seen(columns: columns, rows: rows).contains("rates unknown"))
    state.take(.night(.rates(nil, asOf: nil, isStale: false)))
    state.scan(Night.outcome(.unknownPass, number: 13))
    #expect(!state.seen(columns: columns, rows: rows).contains("rates unknown"), "no pass")
  }

  @Test func `An old price list says so`() {
    var state = Night.state()
    state.take(.night(.rates([Night.sampleRate], asOf: Night.at(hours: -0.6), isStale: true)))
    state.scan(Night.outcome(.valid, rate: Night.sampleRate))
    #expect(state.seen().contains("Rate as of 23:05: 10,00 € until 06:29"))
    state.take(.key(.function(2)))
    #expect(state.seen().contains("NOT RENEWED for 36 min"))
    #expect(state.seen(columns: 40, rows: 12).contains("NOT RENEWED for 36 min"))
  }

  /// Rates never change what the panel says; only a venue that collects shows a line to collect.
  @Test(arguments: [
    (Night.sampleRate, 0, "COLLECT 10,00 €"), (Night.rates[5], 0, "nothing to collect"),
    (Night.rates[3], 0, "COLLECT: amount not known"), (Night.rates[4], 0, "COLLECT: amount not"),
    (
      Night.rate("Two", [Night.option(10, nil, nil), Night.option(15.5, 0, nil)]), 0,
      "COLLECT 10,00 € or 15,50 €"
    ),
    (
      Night.rate("Same", [Night.option(10, nil, nil), Night.option(10, 0, nil)]), 0,
      "COLLECT 10,00 €"
    ),
    (Night.sampleRate, 1, "COLLECT 10,00 € if unpaid"),
  ])
  func `The panel says what to collect`(_ rate: Rate, inBefore: Int, text: String) {
    let count = HeadCount(allowed: 3, used: inBefore, admitted: 2)
    for (columns, rows) in Self.sizes {
      var state = Night.state(setup: Night.collecting())
      state.scan(Night.outcome(.valid, rate: rate, count: count))
      let frame = state.seen(columns: columns, rows: rows)
      #expect(frame.contains(text), "\(frame.text)")
      #expect(frame.cells(.field) >= columns - 10, "a bar of its own\n\(frame.text)")
      #expect(frame.mainRole == .admit)
      var other = Night.state()
      other.scan(Night.outcome(.valid, rate: rate, count: count))
      #expect(
        !other.seen(columns: columns, rows: rows).lines.joined().lowercased().contains("collect"))
    }
  }

  @Test(arguments: Reason.allCases.filter { $0 != .valid })
  func `Nothing is collected from who does not come in`(_ reason: Reason) {
    var state = Night.state(setup: Night.collecting())
    state.scan(Night.outcome(reason, pass: Night.pass(), rate: Night.sampleRate))
    #expect(!state.seen().lines.joined().lowercased().contains("collect"))
  }

  @Test func `With unknown rates what to collect is not known`() {
    var state = Night.state(setup: Night.collecting())
    state.take(.night(.rates(nil, asOf: nil, isStale: false)))
    state.scan(Night.outcome(.valid))
    #expect(state.seen(columns: 40, rows: 12).contains("COLLECT: amount not known, ask"))
    state.take(.night(.rates([], asOf: nil, isStale: false)))
    #expect(!state.seen(columns: 40, rows: 12).contains("COLLECT"), "no rate of its type")
  }

  @Test func `An enforced window gives the reason its time`() {
    let early = Night.outcome(.tooEarly, rate: Night.rates[4])
    #expect(
      message(for: early, language: .english, time: Night.time) == "too early: from 01:59")
    let late = Night.outcome(.tooLate, rate: Night.rates[3])
    #expect(
      message(for: late, language: .english, time: Night.time) == "too late: until 21:59")
  }

  @Test(arguments: sizes) func `The page shows every rate`(columns: Int, rows: Int) {
    var state = opened(Night.rates)
    var missing: Set<String> = [
      "General", "Guest list", "VIP table", "Early bird", "Late door", "Staff", "Mistyped", "Empty",
      "10,00 €", "22:59–06:29", "0,00 €", "21:59–23:59", "15,00 €", "23:59–00:59", "120,00 €",
      "from 22:59", "8,00 €", "20,00 €", "01:59–06:29", "always", "faulty, never valid",
      "no valid price", "Valid only for erasmus.", "1 drink", "Bottle included", "6 people",
    ]
    for _ in 0..<10 {
      let text = words(state.seen(columns: columns, rows: rows))
      missing = missing.filter { !text.contains($0) }
      state.take(.key(.down))
    }
    for _ in 0..<10 {
      state.take(.key(.up))
      let text = words(state.seen(columns: columns, rows: rows))
      missing = missing.filter { !text.contains($0) }
    }
    #expect(missing == [])
  }

  @Test func `What holds stands out`() throws {
    let frame = opened(Night.rates).seen()
    func style(_ text: String) throws -> (Style, String) {
      let row = try #require(frame.lines.firstIndex { $0.contains(text) && !$0.contains(" · ") })
      return (frame.rows[row][20].style, frame.lines[row])
    }
    #expect(try style("VIP table").0.isBold)
    #expect(try style("VIP table").1.contains("•"))
    #expect(try style("Late door").0.role == .faint)
    #expect(try !style("Late door").1.contains("•"))
    #expect(try !style("Mistyped").1.contains("•"))
  }

  /// The guest list's free hour ends at 23:59:07, which is 1080 s after the pictures' moment.
  @Test(arguments: [
    (0.0, "next change 23:59, in 18 min"), (1.0, "in 18 min"), (1019, "in 2 min"),
    (1020, "in 60 s"), (1078.5, "in 2 s"), (1079, "in 1 s"), (1080, "next change 00:59, in 1 h"),
    (1081, "next change 00:59, in 1 h"), (1141, "in 59 min"),
  ])
  func `The next change counts down`(after: TimeInterval, text: String) {
    let state = opened(Night.rates, start: -2520)
    #expect(state.seen(after: after).contains(text), "\(state.seen(after: after).text)")
  }

  @Test func `It wakes for the countdown only while the page is open`() {
    let state = opened(Night.rates, start: -2520)
    var now = Night.now.advanced(by: 1075)
    var texts: [String] = []
    while now.uptime < Night.now.uptime + 1080.5 {
      texts += state.seen(after: now.uptime - Night.now.uptime).lines.filter { $0.contains("next") }
      now = now.advanced(by: state.nextChange(after: now) - now.uptime)
    }
    for second in 1...5 { #expect(texts.contains { $0.contains("in \(second) s") }) }
    #expect(texts.count < 20)
    var closed = state
    closed.take(.key(.function(2)))
    #expect(closed.nextChange(after: Night.now.advanced(by: 1075)) >= Night.now.uptime + 1080)
  }

  @Test(arguments: [true, false]) func `Any scan closes it`(isRepeat: Bool) {
    var state = opened(Night.rates)
    state.take(.scan(.taken(number: 1, code: "AB12CD9123", isRepeat: isRepeat)))
    #expect(!state.seen().contains("RATES TONIGHT"))
  }

  @Test func `Keys open and close it`() {
    var state = Night.state()
    state.take(.night(.rates(Night.rates, asOf: nil, isStale: false)))
    let idle = state.seen()
    for close in [DoorKey.function(2), .escape] {
      #expect(state.take(.key(.function(2))) == [])
      #expect(state.seen().contains("RATES TONIGHT"))
      state.take(.key(close))
      #expect(state.seen() == idle)
    }
    state.take(.key(.function(1)))
    state.take(.key(.function(2)))
    #expect(state.seen().contains("RATES TONIGHT"))
    #expect(state.take(.key(.enter)) == [])
  }

  @Test func `Hundreds of rates scroll`() {
    let many = (1...300).map { Night.rate("Rate number \($0)", [Night.option(1, 0, 10)]) }
    var state = opened(many)
    for _ in 0..<60 { state.take(.key(.pageDown)) }
    let frame = state.seen(columns: 40, rows: 12)
    #expect(frame.contains("300/300") && frame.contains("Rate number 300"), "\(frame.text)")
    state.take(.key(.up))
    #expect(state.seen(columns: 40, rows: 12).contains("299/300"))
    state.take(.night(.rates([many[0]], asOf: nil, isStale: false)))
    #expect(state.seen(columns: 40, rows: 12).contains("1/1"), "a rate that vanished vanishes")
  }

  @Test func `The page says when there is nothing`() {
    var state = Night.state()
    state.take(.key(.function(2)))
    #expect(state.seen().contains("not asked for yet"))
    state.take(.night(.rates(nil, asOf: nil, isStale: false)))
    #expect(state.seen().contains("Rates unknown"))
    state.take(.night(.rates([], asOf: nil, isStale: false)))
    #expect(state.seen().contains("No rates for tonight"))
  }

  /// What stands on the screen, broken lines put together.
  private func words(_ frame: Frame) -> String {
    frame.lines.map { $0.trimmingCharacters(in: .whitespaces) }.joined(separator: " ")
  }

  private func opened(_ rates: [Rate], start: TimeInterval = -2520) -> DoorState {
    var event = Night.event
    event.startsAt = Night.now.wall.addingTimeInterval(start)
    var state = Night.state(tonight: .chosen(event))
    state.take(.night(.rates(rates, asOf: Night.now.wall, isStale: false)))
    state.take(.key(.function(2)))
    return state
  }
}
