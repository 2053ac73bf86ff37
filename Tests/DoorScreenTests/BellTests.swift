import Admission
import DoorScreen
import Foundation
import Testing

/// What is heard: for eyes that do not look, told apart without colour, words or pitch.
@Suite struct BellTests {
  @Test(arguments: Reason.allCases) func `Every verdict is heard`(_ reason: Reason) {
    var state = Night.state()
    let effects = state.scanning(Night.outcome(reason))
    let expected: Bell =
      switch reason.verdict {
      case .admit, .out: .admit
      case .refuse: .refuse
      case .unverified: .attention
      }
    let rung = effects.filter { if case .ring = $0 { true } else { false } }
    #expect(rung == [.ring(expected)])
  }

  @Test func `Number and pitch tell the bells apart`() {
    let bells = Bell.allCases.map(\.strokes)
    #expect(Set(bells.map(\.count)).count == bells.count)
    #expect(Set(bells.map { $0[0].pitch }).count == bells.count)
    for strokes in bells {
      #expect(!strokes.isEmpty && strokes[0].pause == 0)
      // What the console takes: 21 to 32,766 Hz, below 2 s; what xterm does not swallow: 0.2 s.
      #expect(strokes.allSatisfy { (21...32_766).contains($0.pitch) })
      #expect(strokes.allSatisfy { (1..<2000).contains($0.milliseconds) })
      #expect(strokes.dropFirst().allSatisfy { $0.pause > 0.2 })
      #expect(strokes.dropFirst().allSatisfy { Double($0.milliseconds) / 1000 < $0.pause })
      // It is over before the next guest stands there.
      #expect(strokes.map(\.pause).reduce(0, +) < 1)
    }
  }

  @Test(arguments: [0.5, 2.5]) func `A repeat is silent`(after: TimeInterval) {
    var state = Night.state()
    state.scan(Night.outcome(.valid))
    let effects = state.scanning(
      Night.outcome(.valid, number: 13, isRepeat: true), after: after)
    #expect(effects == [])
  }

  @Test(arguments: Reason.allCases) func `A look is silent`(_ reason: Reason) {
    var state = Night.state()
    state.press(.function(3))
    #expect(state.scanning(Night.outcome(reason), isLook: true) == [])
  }

  @Test func `What staff do is silent`() {
    var state = Night.state()
    state.scan(Night.outcome(.offline))
    #expect(state.press(.function(6)) == [.letIn(number: 12)])
    #expect(state.take(.staff(.letIn(Night.letIn(.offline)))) == [])
    #expect(state.press(.function(8)) == [.undo])
    #expect(state.take(.staff(.undone(Night.entry))) == [])
  }

  @Test func `A green that was wrong is heard as a refusal only while it stands`() {
    var state = Night.state()
    state.scan(Night.outcome(.valid))
    #expect(state.take(.scan(.contradicted(Night.outcome(.notActive)))) == [.ring(.refuse)])
    state.scan(Night.outcome(.valid, number: 13))
    state.scan(Night.outcome(.valid, number: 14))
    // Somebody else stands there now.
    #expect(
      state.take(.scan(.contradicted(Night.outcome(.notActive, number: 13)))) == [.ring(.attention)]
    )
  }

  @Test(arguments: Bell.allCases) func `Strokes come in their time`(_ bell: Bell) {
    var ringing = Ringing()
    #expect(ringing.next == nil && ringing.takeStroke(at: 1000) == nil)
    ringing.begin(bell, at: 1000)
    var heard: [Bell.Stroke] = []
    var now = 1000.0
    for stroke in bell.strokes {
      now += stroke.pause
      #expect(ringing.next == now)
      if stroke.pause > 0 { #expect(ringing.takeStroke(at: now - 0.01) == nil) }
      heard += [ringing.takeStroke(at: now)].compactMap(\.self)
    }
    #expect(heard == bell.strokes)
    #expect(ringing.next == nil && ringing.takeStroke(at: now + 10) == nil)
  }

  @Test func `A newer bell takes the older's place`() {
    var ringing = Ringing()
    ringing.begin(.refuse, at: 1000)
    #expect(ringing.takeStroke(at: 1000) == Bell.refuse.strokes[0])
    ringing.begin(.admit, at: 1000.1)
    // Apart from the stroke before, or the two are heard as one.
    #expect(ringing.takeStroke(at: 1000.1) == nil)
    let next = ringing.next ?? 0
    #expect(next > 1000.2 && next < 1000.5)
    #expect(ringing.takeStroke(at: next) == Bell.admit.strokes[0])
    #expect(ringing.next == nil)
  }

  @Test func `A stalled loop keeps the number of strokes`() {
    var ringing = Ringing()
    ringing.begin(.refuse, at: 1000)
    var times = [1005.0]
    #expect(ringing.takeStroke(at: 1005) != nil)
    while let next = ringing.next, times.count < 10 {
      #expect(ringing.takeStroke(at: next) != nil)
      times.append(next)
    }
    #expect(times.count == 3)
    #expect(zip(times, times.dropFirst()).allSatisfy { $1 - $0 > 0.2 })
  }

  @Test func `A flood of verdicts is no buzzer`() {
    var ringing = Ringing()
    var strokes = 0
    for index in 0..<1000 {
      let now = 1000 + Double(index) / 1000
      ringing.begin([.admit, .refuse][index % 2], at: now)
      if ringing.takeStroke(at: now) != nil { strokes += 1 }
    }
    #expect((3...5).contains(strokes))
  }
}

extension DoorState {
  /// A scan and its verdict: what is to be done for the verdict.
  fileprivate mutating func scanning(
    _ outcome: Outcome, after: TimeInterval = 0, isLook: Bool = false
  ) -> [Effect] {
    take(
      .scan(
        .taken(
          number: outcome.number, code: outcome.code, isRepeat: outcome.isRepeat, isLook: isLook)),
      after: after)
    var outcome = outcome
    outcome.isLook = isLook
    return take(.scan(.verdict(outcome)), after: after)
  }
}
