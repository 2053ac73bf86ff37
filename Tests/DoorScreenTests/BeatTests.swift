import Admission
import DoorScreen
import Foundation
import Testing

/// What is seen by ears that do not hear: each new verdict makes the panel's edge stand out.
@Suite struct BeatTests {
  private static let sizes = [(80, 24), (40, 12), (200, 60)]

  @Test(arguments: Reason.allCases, sizes) func `Every verdict has a beat`(
    _ reason: Reason, _ size: (Int, Int)
  ) {
    var state = Night.state()
    state.scan(Night.outcome(reason))
    let during = state.seen(columns: size.0, rows: size.1)
    #expect(during.reversedCells > 0)
    // Neither the colour nor a word is hidden: it differs from the still picture in nothing else.
    let afterwards = state.seen(after: 0.3, columns: size.0, rows: size.1)
    #expect(afterwards.reversedCells == 0)
    #expect(during.text == afterwards.text)
    #expect(
      during.rows.map { $0.map(\.style.role) } == afterwards.rows.map { $0.map(\.style.role) })
    #expect(during.reversedCells * 2 < during.cells(during.mainRole))
  }

  @Test func `It lasts between 150 and 300 milliseconds`() throws {
    var state = Night.state()
    state.scan(Night.outcome(.valid))
    let end = state.nextChange(after: Night.now) - Night.now.uptime
    #expect((0.15...0.3).contains(end))
    #expect(state.seen(after: end - 0.001).reversedCells > 0)
    #expect(state.seen(after: end).reversedCells == 0)
  }

  @Test(arguments: [0.3, 0.35, 1.0]) func `Two equal verdicts are seen as two`(apart: TimeInterval)
  {
    var state = Night.state()
    state.scan(Night.outcome(.valid))
    #expect(state.seen().reversedCells > 0)
    #expect(state.seen(after: apart - 0.01).reversedCells == 0)
    state.scan(Night.outcome(.valid, number: 13), after: apart)
    // The second beat may come a little late, but it comes.
    let begin = max(apart, 0.41)
    #expect(
      state.nextChange(after: Night.now.advanced(by: apart)) <= Night.now.uptime + begin + 0.3)
    #expect(state.seen(after: begin).reversedCells > 0)
    #expect(state.seen(after: begin + 0.3).reversedCells == 0)
  }

  /// WCAG 2.3.1: no more than three flashes within any second.
  @Test(arguments: [0.03, 0.1, 0.2, 0.3, 0.45]) func `It is never a strobe`(
    every pause: TimeInterval
  ) {
    var state = Night.state()
    var beginnings: [TimeInterval] = []
    var wasOn = false
    var nextScan = 0.0
    var number = 12
    for step in 0..<400 {
      let time = Double(step) / 100
      if time >= nextScan {
        state.scan(Night.outcome(.valid, number: number), after: time)
        (number, nextScan) = (number + 1, nextScan + pause)
      }
      let isOn = state.seen(after: time, columns: 40, rows: 12).reversedCells > 0
      if isOn, !wasOn { beginnings.append(time) }
      wasOn = isOn
    }
    #expect(beginnings.count >= 4)
    for first in beginnings.indices.dropLast(3) {
      #expect(beginnings[first + 3] - beginnings[first] >= 1)
    }
  }

  @Test func `A repeat has none`() {
    var state = Night.state()
    state.scan(Night.outcome(.valid))
    for (number, time) in [(13, 0.6), (14, 2.0)] {
      state.scan(Night.outcome(.valid, number: number, isRepeat: true), after: time)
      #expect(state.seen(after: time).reversedCells == 0)
    }
  }

  @Test func `A look and letting in have one`() {
    var state = Night.state()
    state.press(.function(3))
    state.scan(Night.outcome(.offline), isLook: true)
    #expect(state.seen().reversedCells > 0)
    state.scan(Night.outcome(.offline, number: 13), after: 1)
    state.press(.function(6), after: 1.5)
    state.take(.staff(.letIn(Night.letIn(.offline, number: 13))), after: 2)
    #expect(state.seen(after: 2).reversedCells > 0)
  }

  @Test func `The panel alone has it`() {
    var state = Night.state()
    state.scan(Night.outcome(.valid))
    state.press(.function(1))
    #expect(state.seen().reversedCells == 0)
    state.press(.function(1))
    state.take(.scan(.taken(number: 13, code: "ZZ12CD9123", isRepeat: false)))
    #expect(state.seen().reversedCells == 0)
  }

  @Test(arguments: [(1, 1), (5, 3), (19, 5), (20, 5), (39, 8)])
  func `A tiny screen keeps its colour`(_ size: (Int, Int)) {
    var state = Night.state()
    state.scan(Night.outcome(.valid))
    let frame = state.seen(columns: size.0, rows: size.1)
    #expect(frame.reversedCells * 2 <= frame.cells(.admit))
  }
}

extension Frame {
  fileprivate var reversedCells: Int {
    rows.reduce(0) { $0 + $1.count(where: \.style.isReversed) }
  }
}
