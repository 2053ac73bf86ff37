import Admission
import DoorScreen
import Foundation
import Testing

/// The scanner reading twice is not a second person (Contract: Repeats).
@Suite struct RepeatTests {
  private let marked = "SAME PASS #12"
  private let neutral = "SAME PASS, COUNTED ONCE"

  @Test(arguments: [
    (Reason.valid, Style.Role.admit), (.alreadyUsed, .refuse), (.offline, .unverified),
  ])
  func `Within a second the panel stays marked`(_ reason: Reason, role: Style.Role) {
    var state = Night.state()
    state.scan(Night.outcome(reason))
    state.scan(Night.outcome(reason, number: 13, isRepeat: true), after: 0.99)
    let frame = state.seen(after: 0.99)
    #expect(frame.mainRole == role)
    #expect(frame.contains(marked))
    #expect(!frame.contains(neutral))
    #expect(state.seen(after: 8).contains("Scan a pass"), "the mark does not lengthen the panel")
  }

  @Test(arguments: [Reason.valid, .alreadyUsed]) func `Later it turns neutral`(_ reason: Reason) {
    var state = Night.state()
    state.scan(Night.outcome(reason))
    state.take(.scan(.taken(number: 13, code: "AB12CD9123", isRepeat: true)), after: 2.5)
    #expect(state.seen(after: 2.5).mainRole == .neutral, "before the repeated verdict comes")
    state.take(.scan(.verdict(Night.outcome(reason, number: 13, isRepeat: true))), after: 2.6)
    let frame = state.seen(after: 2.6)
    #expect(frame.mainRole == .neutral)
    #expect(frame.contains(neutral) && frame.contains("Ana García"))
    #expect(state.seen(after: 10.4).contains(neutral))
    #expect(state.seen(after: 10.5).contains("Scan a pass"))
  }

  @Test func `Amber stays amber`() {
    var state = Night.state()
    state.scan(Night.outcome(.offline))
    state.scan(Night.outcome(.offline, number: 13, isRepeat: true), after: 2.5)
    #expect(state.seen(after: 2.5).mainRole == .unverified)
    #expect(!state.seen(after: 2.5).contains(neutral))
  }

  @Test func `Never back to green`() {
    var state = Night.state()
    state.scan(Night.outcome(.valid))
    for (number, after) in [(13, 0.5), (14, 1.5), (15, 1.6), (16, 3.0), (17, 3.1)] {
      state.scan(Night.outcome(.valid, number: number, isRepeat: true), after: after)
      #expect(state.seen(after: after).mainRole == (after < 1 ? .admit : .neutral))
    }
  }

  @Test func `Once answered a scan soon after the verdict stays marked`() {
    var state = Night.state()
    state.scan(Night.outcome(.valid))
    state.take(.scan(.taken(number: 13, code: "AB12CD9123", isRepeat: true)), after: 0.9)
    state.take(.scan(.verdict(Night.outcome(.valid, number: 13, isRepeat: true))), after: 1.1)
    #expect(state.seen(after: 1.1).mainRole == .admit)
    #expect(state.seen(after: 1.1).contains(marked))
  }

  @Test func `While the first look-up runs it leaves the panel`() {
    var state = Night.state()
    state.take(.scan(.taken(number: 12, code: "AB12CD9123", isRepeat: false)))
    let before = state.seen()
    state.take(.scan(.taken(number: 13, code: "AB12CD9123", isRepeat: true)))
    #expect(state.seen() == before)
    state.take(.scan(.verdict(Night.outcome(.valid))), after: 1.2)
    state.take(.scan(.verdict(Night.outcome(.valid, number: 13, isRepeat: true))), after: 1.2)
    #expect(state.seen(after: 1.2).mainRole == .admit)
    #expect(state.seen(after: 1.2).contains(marked))
  }

  @Test func `After a new scan it leaves the look-up alone`() {
    var state = Night.state()
    state.scan(Night.outcome(.valid))
    state.take(.scan(.taken(number: 13, code: "AB12CD9123", isRepeat: true)), after: 0.5)
    state.take(.scan(.taken(number: 14, code: "ZZ12CD9888", isRepeat: false)), after: 0.6)
    state.take(.scan(.verdict(Night.outcome(.valid, number: 13, isRepeat: true))), after: 0.7)
    #expect(state.seen(after: 0.7).contains("Looking up"))
    #expect(state.seen(after: 0.7).mainRole == .neutral)
  }

  @Test func `It says nothing about another pass`() {
    var state = Night.state()
    state.scan(Night.outcome(.valid, number: 14, code: "ZZ12CD9888"))
    state.take(.scan(.verdict(Night.outcome(.valid, number: 15, isRepeat: true))), after: 2)
    #expect(state.seen(after: 2).mainRole == .admit)
    #expect(!state.seen(after: 2).contains("SAME PASS"))
  }

  @Test func `After the panel has gone it is still said`() {
    var state = Night.state()
    state.scan(Night.outcome(.valid))
    state.scan(Night.outcome(.valid, number: 13, isRepeat: true), after: 20)
    #expect(state.seen(after: 20).contains(neutral))
  }

  @Test func `Red turned neutral too soon leaves its strip`() {
    var state = Night.state()
    state.scan(Night.outcome(.alreadyUsed))
    state.scan(Night.outcome(.alreadyUsed, number: 13, isRepeat: true), after: 1.5)
    #expect(state.seen(after: 1.5).contains("STOP #12"))
    #expect(!state.seen(after: 6.5).contains("STOP #12"))
  }
}
