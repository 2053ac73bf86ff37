import Admission
import DoorScreen
import Foundation
import Testing

/// F3 looks without admitting, for one scan or 20 s; its panel is blue, never green.
@Suite struct LookTests {
  private static let sizes = [(80, 24), (40, 12)]

  @Test func `It is for twenty seconds`() {
    var state = Night.state()
    #expect(!state.looks(at: Night.now))
    #expect(state.press(.function(3)) == [])
    for (after, looks) in [(0.0, true), (19.99, true), (20, false), (100, false)] {
      #expect(state.looks(at: Night.now.advanced(by: after)) == looks, "\(after)")
      #expect((state.seen(after: after).mainRole == .look) == looks, "\(after)")
    }
  }

  @Test(arguments: [
    (0.0, "20 s left"), (0.5, "20 s left"), (1, "19 s left"), (18.2, "2 s left"),
    (19.5, "1 s left"),
  ])
  func `The time left counts down`(after: TimeInterval, text: String) {
    var state = Night.state()
    state.press(.function(3))
    #expect(state.seen(after: after).contains(text))
    #expect(state.nextChange(after: Night.now.advanced(by: after)) <= Night.now.uptime + after + 1)
  }

  @Test func `It is for one scan`() {
    var state = Night.state()
    state.press(.function(3))
    state.take(
      .scan(.taken(number: 12, code: "AB12CD9123", isRepeat: false, isLook: true)), after: 1)
    #expect(!state.looks(at: Night.now.advanced(by: 1)))
    #expect(state.seen(after: 1).mainRole == .look, "while it is looked up")
    state.take(.scan(.taken(number: 13, code: "ZZ12CD9888", isRepeat: false)), after: 1.1)
    state.take(.scan(.verdict(Night.outcome(.valid, isLook: true))), after: 1.2)
    #expect(state.seen(after: 1.2).mainRole == .look)
    state.take(.scan(.verdict(Night.outcome(.valid, number: 13, code: "ZZ12CD9888"))), after: 1.3)
    #expect(state.seen(after: 1.3).mainRole == .admit)
  }

  @Test(arguments: Reason.allCases, sizes) func `Its panel is blue`(
    _ reason: Reason, _ size: (Int, Int)
  ) {
    var state = Night.state()
    state.press(.function(3))
    state.scan(Night.outcome(reason), isLook: true)
    let frame = state.seen(columns: size.0, rows: size.1)
    #expect(frame.mainRole == .look)
    for role in [Style.Role.admit, .refuse, .unverified] { #expect(frame.cells(role) == 0) }
    let words =
      switch reason.verdict {
      case .admit: "WOULD BE ADMITTED"
      case .refuse: "WOULD BE REFUSED"
      case .unverified: "COULD NOT BE VERIFIED"
      case .out: reason == .left ? "WOULD BE COUNTED OUT: 2" : "NOBODY INSIDE"
      }
    #expect(frame.contains(words), "\(frame.text)")
    #expect(!frame.contains("Let "))
    #expect(frame.contains("#12"))
  }

  @Test func `A look says why`() {
    var state = Night.state()
    state.press(.function(3))
    state.scan(Night.outcome(.notActive), isLook: true)
    #expect(state.seen(columns: 40, rows: 12).contains("Pass not active: blocked_by_venue"))
    state.press(.function(3))
    state.scan(
      Night.outcome(.valid, number: 13, count: HeadCount(allowed: 4, used: 1, admitted: 3)),
      isLook: true)
    #expect(state.seen(columns: 40, rows: 12).contains("WOULD BE ADMITTED: 3 people"))
    #expect(state.seen(columns: 40, rows: 12).contains("Tonight 1 of 4"), "nobody of them is in")
  }

  @Test func `In the list it is a look`() {
    var state = Night.state()
    state.press(.function(3))
    state.scan(Night.outcome(.valid), isLook: true)
    let frame = state.seen(after: 20)
    #expect(frame.contains("LOOK") && !frame.contains("✓ ADMIT"))
  }

  @Test func `What it looks at is neither corrected nor let in`() {
    for outcome in [Night.group, Night.outcome(.alreadyUsed)] {
      var state = Night.state()
      state.press(.function(3))
      state.scan(outcome, isLook: true)
      for key in [DoorKey.up, .down, .function(6)] { #expect(state.press(key) == []) }
    }
  }

  @Test(arguments: [DoorKey.function(3), .escape]) func `A key ends it`(_ key: DoorKey) {
    var state = Night.state()
    let idle = state.seen()
    state.press(.function(3))
    state.press(key)
    #expect(!state.looks(at: Night.now))
    #expect(state.seen() == idle)
  }

  /// It is seen whatever stands on the panel.
  @Test(arguments: sizes) func `The mode is always seen`(columns: Int, rows: Int) {
    var state = Night.state()
    state.take(.scan(.taken(number: 12, code: "AB12CD9123", isRepeat: false)))
    state.press(.function(3))
    state.take(.scan(.verdict(Night.outcome(.valid))))
    var frame = state.seen(columns: columns, rows: rows)
    #expect(frame.mainRole == .admit, "that scan came before")
    #expect(frame.contains("LOOK: next scan admits nobody (20 s)"), "\(frame.text)")
    state.press(.function(1))
    frame = state.seen(columns: columns, rows: rows)
    #expect(frame.contains("LOOK: next scan admits nobody"), "\(frame.text)")
  }

  @Test func `It takes the panel and leaves a strip of red`() {
    var state = Night.state()
    state.scan(Night.outcome(.alreadyUsed))
    state.press(.function(3), after: 1)
    #expect(state.seen(after: 1).mainRole == .look)
    #expect(state.seen(after: 1).contains("STOP #12"))
  }

  @Test func `Read twice it stays a look`() {
    var state = Night.state()
    state.press(.function(3))
    state.scan(Night.outcome(.valid), isLook: true)
    state.scan(Night.outcome(.valid, number: 13, isRepeat: true), after: 2)
    let frame = state.seen(after: 2)
    #expect(frame.mainRole == .look && frame.contains("SAME PASS #12"))
    #expect(!frame.contains("COUNTED"))
    state.scan(Night.outcome(.valid, number: 14, isRepeat: true), after: 12)
    #expect(state.seen(after: 12).mainRole == .look, "its panel had gone")
  }

  /// A repeat whose first read turned out amber is a try of its own; as a look it stays one.
  @Test func `A look that turns out no repeat stays a look`() {
    var state = Night.state()
    state.scan(Night.outcome(.offline))
    state.press(.function(3), after: 1)
    state.take(
      .scan(.taken(number: 13, code: "AB12CD9123", isRepeat: true, isLook: true)), after: 2)
    state.take(.scan(.verdict(Night.outcome(.valid, number: 13, isLook: true))), after: 2.1)
    #expect(state.seen(after: 2.1).mainRole == .look)
    #expect(state.seen(after: 2.1).cells(.admit) == 0)
  }
}
