import Admission
import DoorScreen
import Foundation
import Testing

/// What stands on the screen all the time, keys, typing and pages (Contract: The door screen).
@Suite struct ConstantLineTests {
  @Test(arguments: [
    (ServiceStatus.connecting, "connecting"), (.live(latency: .milliseconds(43)), "OK"),
    (.failing(since: Night.at(hours: -0.5)), "FAILING since 23:11"),
    (.offline(since: Night.at(hours: -0.5)), "OFFLINE since 23:11"),
    (.keyRefused(since: Night.at(hours: -0.5)), "KEY REFUSED"),
  ])
  func `Service state event clock and people are always there`(
    _ service: ServiceStatus, text: String
  ) {
    var state = Night.state(setup: Night.setup(demoCodes: Night.demoCodes), service: service)
    state.scan(Night.outcome(.alreadyUsed))
    state.take(.typing(.draft("ABC")))
    for (columns, rows) in [(80, 24), (40, 12)] {
      let frame = state.seen(columns: columns, rows: rows)
      for constant in [text, "Noche de Luna", "23:41", "123 admitted", "DEMO"] {
        #expect(frame.contains(constant), "\(constant) at \(columns)x\(rows)")
      }
    }
    #expect(state.seen().contains("Main door"))
  }

  @Test func `The door goes before the event is cut`() {
    var event = Night.event
    event.name = "Una noche de luna llena y más"
    let state = Night.state(tonight: .chosen(event))
    let small = state.seen(columns: 40, rows: 12)
    #expect(small.contains("Una noche de luna llena y más"))
    #expect(!small.contains("Main"))
    #expect(state.seen().contains("Main door"))
  }

  @Test func `The count stands beside the capacity`() {
    var setup = Night.setup(demoCodes: Night.demoCodes)
    setup.capacity = 1500
    let state = Night.state(setup: setup, service: .offline(since: Night.at(hours: -0.5)))
    #expect(state.seen().contains("123 of 1500 admitted"))
    #expect(state.seen(columns: 40, rows: 12).contains("123/1500"))
  }

  @Test(arguments: [
    (NoEvent.notChosen, "NO EVENT CHOSEN YET"), (.noneTonight, "NO EVENT TONIGHT"),
    (.several(Night.events(2)), "SEVERAL EVENTS TONIGHT"),
    (.unreachable, "EVENT COULD NOT BE FETCHED"), (.ended(Night.event), "THE EVENT IS OVER"),
  ])
  func `Without an event it is not ready`(_ none: NoEvent, text: String) {
    let frame = Night.state(tonight: .none(none)).seen(columns: 40, rows: 12)
    #expect(frame.contains(text))
    #expect(!frame.contains("Scan a pass"))
  }

  @Test func `From the end on it is over`() {
    var event = Night.event
    event.endsAt = Night.now.wall.addingTimeInterval(10)
    let state = Night.state(tonight: .chosen(event))
    #expect(!state.seen(after: 9).contains("OVER"))
    #expect(state.seen(after: 10).contains("THE EVENT IS OVER since 23:41"))
    #expect(state.seen(after: 10 + 6 * 3600).contains("Scan a pass"))
    #expect(state.seen(after: 11 + 6 * 3600).contains("THE EVENT IS OVER"))
    #expect(!state.seen(after: 11 + 6 * 3600).contains("Scan a pass"))
  }

  @Test func `Only keys that mean something act on the idle screen`() {
    var state = Night.state()
    #expect(state.take(.key(.function(10))) == [.leave])
    #expect(state.take(.key(.function(5))) == [.refresh])
    let unused: [DoorKey] = [
      .function(6), .function(7), .function(9), .function(11), .function(12), .up, .down, .pageUp,
      .pageDown, .enter, .escape,
    ]
    let before = state.seen()
    for key in unused { #expect(state.take(.key(key)) == []) }
    #expect(state.seen() == before)
  }

  @Test func `Asking the service again is said`() {
    var state = Night.state()
    #expect(state.press(.function(5)) == [.refresh])
    for (columns, rows) in [(80, 24), (40, 12)] {
      #expect(state.seen(after: 2.9, columns: columns, rows: rows).contains("Asking the service"))
      #expect(!state.seen(after: 3, columns: columns, rows: rows).contains("Asking the service"))
    }
    #expect(state.nextChange(after: Night.now) <= Night.now.uptime + 3)
    // What is typed goes first.
    state.take(.typing(.draft("AB12")))
    #expect(!state.seen(after: 1).contains("Asking the service"))
  }

  @Test(arguments: [
    (KeyHints.auto, false, ["F1 help", "", "F1 help"]),
    (.auto, true, ["F1 help", "Cards: by hand · look · undo", "F1 help"]),
    (.keys, true, ["F1 help", "F6 let in by hand", "F6 let in by hand"]),
    (.cards, true, ["Cards: look · undo", "Cards: by hand · look · undo", "Cards: by hand"]),
    (.none, true, ["", "", ""]),
  ])
  func `Hints fit what staff have`(hints: KeyHints, hasCards: Bool, expected: [String]) {
    var setup = Night.setup()
    (setup.keys, setup.hasCards) = (hints, hasCards)
    var state = Night.state(setup: setup)
    func expect(_ text: String, after: TimeInterval) {
      let foot = state.seen(after: after).lines.last ?? ""
      #expect(text.isEmpty ? foot.allSatisfy { $0 == " " } : foot.contains(text), "\(foot)")
    }
    expect(expected[0], after: 0)
    state.scan(Night.outcome(.alreadyUsed))
    expect(expected[1], after: 0.3)
    state.press(.function(2), after: 0.4)
    state.press(.function(2), after: 0.4)
    expect(expected[2], after: 0.5)
    // A key was pressed tonight; another night begins anew.
    state.scan(Night.outcome(.alreadyUsed, number: 13, code: "ZZ12CD9888"), after: 1)
    expect(expected[2], after: 1.3)
    state.take(.night(.tonight(.chosen(Event(id: "ev2")))), after: 2)
    state.scan(Night.outcome(.alreadyUsed, number: 14), after: 2)
    expect(expected[1], after: 2.3)
  }

  @Test(arguments: [(80, 24), (40, 12)])
  func `A demo says by which key its network goes, and how it is`(columns: Int, rows: Int) {
    var state = Night.state(setup: Night.setup(demoCodes: Night.demoCodes))
    func seen() -> Frame { state.seen(columns: columns, rows: rows) }
    #expect(seen().contains("F9 network: gone, slow, back"))
    #expect(state.press(.function(9)) == [.changeDemo])
    for (network, mark) in [
      (DemoNetwork.gone, "DEMO: OFFLINE "), (.slow, "DEMO: SLOW "), (.normal, "DEMO "),
    ] {
      state.take(.night(.demoNetwork(network)))
      #expect(seen().contains(mark), "\(seen().text)")
      #expect(seen().contains("123 adm"), "\(seen().text)")
    }
    state = Night.state()
    #expect(!seen().contains("F9"))
  }

  @Test func `Milliseconds stand on the help page alone`() {
    var state = Night.state()
    #expect(!state.seen().contains(" ms"))
    state.press(.function(1))
    #expect(state.seen(columns: 100, rows: 40).contains("answers in 43 ms"))
  }

  @Test func `Help opens and closes`() {
    var state = Night.state()
    let idle = state.seen()
    for close in [DoorKey.function(1), .escape] {
      #expect(state.take(.key(.function(1))) == [])
      #expect(state.seen().contains("lets in by hand, counted"))
      state.take(.key(close))
      #expect(state.seen() == idle)
    }
  }

  @Test func `Help never hides a scan`() {
    var state = Night.state()
    state.take(.key(.function(1)))
    state.take(.scan(.taken(number: 1, code: "AB12CD9123", isRepeat: false)))
    #expect(state.seen().contains("Looking up"))
    state.take(.key(.function(1)))
    state.take(.scan(.verdict(Night.outcome(.alreadyUsed, number: 1))))
    #expect(state.seen().mainRole == .refuse)
    state.take(.key(.function(1)))
    #expect(state.seen().cells(.refuse) >= 80, "the colour stays in a strip")
  }

  @Test func `What is typed is visible with the cursor behind it`() throws {
    var state = Night.state()
    state.take(.typing(.draft("AB12CD9123")))
    for (columns, rows) in [(80, 24), (40, 12)] {
      let frame = state.seen(columns: columns, rows: rows)
      #expect(frame.contains("› AB12CD9123"))
      #expect(frame.contains("Enter looks it up, Esc clears"))
      #expect(frame.cursor == Position(row: rows - 1, column: 12))
    }
    state.take(.typing(.draft("")))
    #expect(state.seen().cursor == nil)
    #expect(!state.seen().contains("AB12CD9123"))
  }

  @Test func `The end of a long draft stays in sight`() {
    var state = Night.state()
    state.take(.typing(.draft(String(repeating: "A", count: 200) + "END")))
    #expect(state.seen(columns: 40, rows: 12).lines.last?.hasSuffix("AEND ") == true)
  }

  @Test func `What a scan dropped is said masked`() {
    var state = Night.state()
    state.take(.typing(.draft("AB12CD9123")))
    state.take(.typing(.draftDropped("AB12CD9123")))
    #expect(state.seen(after: 4.9).contains("Typed AB…123 was dropped"))
    #expect(!state.seen(after: 4.9).contains("AB12CD9123"))
    #expect(!state.seen(after: 5).contains("dropped"))
    #expect(state.seen().cursor == nil)
  }

  @Test func `Every demo code comes by and comes back`() {
    var state = Night.state(setup: Night.setup(demoCodes: Night.demoCodes))
    state.scan(Night.outcome(.valid))
    for (columns, rows) in [(80, 24), (40, 12)] {
      var missing = Set(Night.demoCodes.map(\.code))
      var now = Night.now.advanced(by: 8)
      for _ in 0..<20 {
        let size = Size(columns: columns, rows: rows)
        let text = view(state, size: size, at: now).text
        missing = missing.filter { !text.contains($0) }
        now = now.advanced(by: state.nextChange(after: now) - now.uptime)
      }
      #expect(missing == [], "\(columns)x\(rows)")
    }
  }
}
