import Admission
import DoorScreen
import Foundation
import Testing

/// What becomes of scans and verdicts on the panel (Contract: Repeats) (Contract: Scans).
@Suite struct DoorStateTests {
  @Test(arguments: Reason.allCases) func `Old colour is gone when a scan arrives`(_ reason: Reason)
  {
    var state = Night.state()
    state.scan(Night.outcome(reason), after: 0)
    #expect(state.seen(after: 3).mainRole == role(of: reason.verdict))
    state.take(.scan(.taken(number: 13, code: "ZZ99999888", isRepeat: false)), after: 3)
    let frame = state.seen(after: 3)
    #expect(frame.mainRole == .neutral)
    #expect(frame.contains("Looking up") && frame.contains("#13") && frame.contains("ZZ…888"))
    #expect(!frame.contains("ZZ99999888"))
  }

  @Test func `Verdicts replace each other while others wait`() {
    var state = Night.state()
    for number in 1...3 {
      state.take(.scan(.taken(number: number, code: "CODE\(number)", isRepeat: false)))
    }
    #expect(state.seen().contains("2 more waiting"))
    state.take(.scan(.verdict(Night.outcome(.valid, number: 1))))
    #expect(state.seen().mainRole == .admit)
    #expect(state.seen().contains("2 waiting #1"))
    state.take(.scan(.verdict(Night.outcome(.alreadyUsed, number: 2))), after: 1)
    #expect(state.seen(after: 1).mainRole == .refuse)
    #expect(state.seen(after: 1).contains("1 waiting #2"))
    state.take(.scan(.taken(number: 4, code: "CODE4", isRepeat: false)), after: 1.5)
    #expect(state.seen(after: 1.5).mainRole == .neutral)
    #expect(state.seen(after: 1.5).contains("1 more waiting"))
    state.take(.scan(.verdict(Night.outcome(.valid, number: 3))), after: 2)
    #expect(state.seen(after: 2).contains("1 waiting #3"))
    state.take(.scan(.verdict(Night.outcome(.valid, number: 4))), after: 2)
    #expect(!state.seen(after: 2).contains("waiting"))
  }

  @Test func `A verdict that expires while others wait gives way to the look-up`() {
    var state = Night.state()
    state.take(.scan(.taken(number: 1, code: "CODE1", isRepeat: false)))
    state.take(.scan(.taken(number: 2, code: "CODE2", isRepeat: false)))
    state.take(.scan(.verdict(Night.outcome(.valid, number: 1))))
    #expect(state.seen(after: 7.9).mainRole == .admit)
    #expect(state.seen(after: 8).contains("Looking up"))
  }

  @Test func `Two equal verdicts in a row differ`() {
    var state = Night.state()
    state.scan(Night.outcome(.valid, number: 1))
    let first = state.seen()
    state.scan(Night.outcome(.valid, number: 2))
    #expect(state.seen() != first)
  }

  @Test(arguments: [1.0, 8, 30]) func `Panel returns to idle`(seconds: Double) {
    var setup = Night.setup()
    setup.panelSeconds = seconds
    var state = Night.state(setup: setup)
    state.scan(Night.outcome(.valid))
    #expect(state.seen(after: seconds - 0.01).mainRole == .admit)
    #expect(state.nextChange(after: Night.now.advanced(by: 0)) <= Night.now.uptime + seconds)
    let idle = state.seen(after: seconds)
    #expect(idle.mainRole == .neutral && idle.contains("Scan a pass"))
  }

  /// Displaced red and amber leave a strip if they were up for less than 2 s; green never does.
  @Test(
    arguments: [
      (Reason.alreadyUsed, 1.9, true), (.alreadyUsed, 2, false), (.offline, 0.1, true),
      (.offline, 2.5, false), (.valid, 0.1, false),
    ], [true, false])
  func `Displaced panel leaves a strip`(_ row: (Reason, Double, Bool), byAVerdict: Bool) {
    let (reason, seconds, leavesStrip) = row
    var state = Night.state()
    if byAVerdict { state.take(.scan(.taken(number: 12, code: "AB12CD9123", isRepeat: false))) }
    if byAVerdict { state.take(.scan(.taken(number: 13, code: "ZZ12CD9123", isRepeat: false))) }
    if !byAVerdict { state.take(.scan(.taken(number: 12, code: "AB12CD9123", isRepeat: false))) }
    state.take(.scan(.verdict(Night.outcome(reason, pass: Night.pass("Bruno")))))
    if byAVerdict {
      state.take(.scan(.verdict(Night.outcome(.valid, number: 13))), after: seconds)
    } else {
      state.take(.scan(.taken(number: 13, code: "ZZ12CD9123", isRepeat: false)), after: seconds)
    }
    let strip = { (after: Double) in
      state.seen(after: after, columns: 40, rows: 12).lines.last { $0.contains("#12") }
    }
    #expect((strip(seconds) != nil) == leavesStrip)
    #expect((strip(seconds + 4.99) != nil) == leavesStrip)
    #expect(strip(seconds + 5) == nil)
    if leavesStrip { #expect(strip(seconds)?.contains("Bruno") == true) }
  }

  @Test func `The newest strips are kept`() {
    var state = Night.state()
    for number in 1...6 {
      state.scan(Night.outcome(.alreadyUsed, number: number), after: 0.1 * Double(number))
    }
    let frame = state.seen(after: 0.6)
    #expect(frame.contains("STOP #5") && frame.contains("STOP #4") && frame.contains("STOP #3"))
    #expect(!frame.contains("STOP #2"))
  }

  @Test func `The list holds the last scans newest first`() throws {
    var state = Night.state()
    state.scan(Night.outcome(.valid, number: 1, code: "AAAAAA111", pass: Night.pass("Ada")))
    state.scan(
      Night.outcome(.notTonight, number: 2, code: "BBBBBB222", pass: Night.pass("Bea")), after: 10)
    let lines = state.seen(after: 30).lines
    let ada = try #require(lines.firstIndex { $0.contains("AA…111") })
    let bea = try #require(lines.firstIndex { $0.contains("BB…222") })
    #expect(bea < ada)
    #expect(lines[ada].contains("23:41:07") && lines[ada].contains("✓ ADMIT"))
    #expect(lines[ada].contains("Ada"))
    #expect(lines[bea].contains("✗ STOP") && lines[bea].contains("Bea"))
  }

  @Test func `A repeat is no second line in the list`() {
    var state = Night.state()
    state.scan(Night.outcome(.valid, number: 1))
    state.scan(Night.outcome(.valid, number: 2, isRepeat: true), after: 0.5)
    #expect(state.seen(after: 20).lines.count { $0.contains("AB…123") } == 1)
  }

  private func role(of verdict: Verdict) -> Style.Role {
    switch verdict {
    case .admit: .admit
    case .refuse: .refuse
    case .unverified: .unverified
    case .out: .neutral
    }
  }
}
