import Admission
import DoorScreen
import Foundation
import Testing

/// Constant warnings (Contract: The door screen), and how the store is doing.
@Suite struct BannerTests {
  @Test func `Every kind is tested`() {
    #expect(Set(Night.notices.map(\.kind)) == Set(Notice.Kind.allCases))
  }

  @Test(arguments: Night.notices) func `Notices stay until they end`(_ notice: Notice) {
    var state = Night.state()
    let before = state.seen()
    state.take(.notice(notice, isActive: true))
    #expect(state.seen(after: 3600).cells(.banner) >= 80)
    #expect(state.seen(columns: 40, rows: 12).cells(.banner) >= 40)
    state.take(.notice(notice, isActive: false))
    #expect(state.seen() == before)
  }

  @Test(arguments: [
    (Notice.clockOffset(seconds: 61), "1 min AHEAD"), (.clockOffset(seconds: -190), "3 min BEHIND"),
    (.clockOffset(seconds: 7300), "2 h AHEAD"), (.clockOffset(seconds: -7199), "2 h BEHIND"),
    (.clockOffset(seconds: -5340), "1 h BEHIND"), (.clockOffset(seconds: 5400), "2 h AHEAD"),
    (.clockOffset(seconds: -3570), "1 h BEHIND"), (.clockOffset(seconds: 3569), "59 min AHEAD"),
    (.clockOffset(seconds: -119), "2 min BEHIND"), (.clockOffset(seconds: 86_399), "24 h AHEAD"),
    (.clockWrong, "THE CLOCK IS WRONG"),
    (.slowService, "SERVICE IS SLOW"),
    (.certificateRefused, "CERTIFICATE"), (.notRecording, "NOT RECORDING"),
    (.preloadForbidden(kinds: [.pass]), "asses seen are stored"),
    (.mostNotTonight(rule: "R"), "WOULD BE REFUSED"),
    (.storeSetAside(name: "N"), "STORE"), (.serviceDenies, "SERVICE FAULT: stored passes decide"),
    (.hookFailed(.notStarted("No such file or directory")), "hooks.verdict DID NOT START"),
    (.hookFailed(.exited(255)), "hooks.verdict FAILED: exit status 255"),
    (.hookFailed(.killed(signal: 11)), "hooks.verdict WAS KILLED: signal 11"),
    (.hookFailed(.overdue), "hooks.verdict TOO SLOW"),
    (.hookFailed(.behind), "hooks.verdict IS BEHIND"),
    (.scannerWithoutEnd(lost: 3), "SENDS NO ENTER: calibrate"),
  ])
  func `Says what is the matter on the smallest screen`(_ notice: Notice, text: String) {
    var state = Night.state()
    state.take(.notice(notice, isActive: true))
    let frame = state.seen(columns: 40, rows: 12)
    #expect(frame.contains(text), "\(frame.text)")
    #expect(!frame.lines[2].contains("…"), "\(frame.text)")
  }

  @Test func `A notice of the same kind replaces the one before`() {
    var state = Night.state()
    state.take(.notice(.clockOffset(seconds: 61), isActive: true))
    state.take(.notice(.clockOffset(seconds: 130), isActive: true))
    #expect(state.seen().contains("2 min AHEAD") && !state.seen().contains("1 min AHEAD"))
    state.take(.notice(.clockOffset(seconds: 0), isActive: false))
    #expect(state.seen().cells(.banner) == 0)
  }

  /// All at once: the panel keeps most of the screen, and it is said how many more there are.
  @Test(arguments: [(40, 12, 1), (80, 24, 2), (100, 30, 2), (200, 60, 5)])
  func `They do not push the panel away`(columns: Int, rows: Int, shown: Int) {
    var state = Night.state()
    for notice in Night.notices { state.take(.notice(notice, isActive: true)) }
    state.scan(Night.outcome(.alreadyUsed))
    let frame = state.seen(columns: columns, rows: rows)
    #expect(frame.contains("+\(Night.notices.count - shown) more"), "\(frame.text)")
    #expect(frame.contains("THE CLOCK IS WRONG"), "the most important")
    #expect(frame.cells(.refuse) > columns * rows / 2, "\(frame.text)")
    for text in ["Ana García", "Already used", "ask for the wristband"] {
      #expect(frame.contains(text), "\(text)\n\(frame.text)")
    }
  }

  @Test func `The help page holds them all in full`() {
    var state = Night.state()
    for notice in Night.notices { state.take(.notice(notice, isActive: true)) }
    state.take(.key(.function(1)))
    let frame = state.seen(columns: 100, rows: 60)
    for text in [
      "THIS BOX'S CLOCK IS 3 min BEHIND THE SERVICE'S", "lost if this box stops",
      "doorcheck-2026-03-07.damaged",
      "only those already seen", "see rules.event_without_usage",
    ] { #expect(frame.contains(text), "\(text)\n\(frame.text)") }
  }

  /// People in, capacity, and what stands on the screen.
  @Test(arguments: [
    (94, 100, nil), (95, 100, "ALMOST FULL: 95"), (99, 100, "ALMOST FULL: 99"),
    (100, 100, "FULL: 100"), (120, 100, "FULL: 120"), (18, 20, nil), (19, 20, "ALMOST FULL: 19"),
    (5, 0, nil),
  ])
  func `A house that fills up is said`(people: Int, capacity: Int, text: String?) {
    var setup = Night.setup()
    setup.capacity = capacity
    var state = Night.state(setup: setup)
    state.take(.night(.crowd(Crowd(admitted: people, inside: people))))
    let frame = state.seen(columns: 40, rows: 12)
    #expect((frame.cells(.banner) > 0) == (text != nil))
    if let text { #expect(frame.contains(text), "\(frame.text)") }
  }

  @Test func `While another box admits too the count is this door's`() {
    var setup = Night.setup()
    setup.countsThisDoorOnly = true
    #expect(Night.state(setup: setup).seen().contains("123 admitted at this door"))
    setup.capacity = 1500
    #expect(Night.state(setup: setup).seen().contains("123 of 1500 admitted at this door"))
  }

  @Test func `Arrivals stand beside the people where there is room`() {
    var state = Night.state()
    state.take(.night(.arrivals(31)))
    #expect(state.seen().contains("123 admitted, 31 in 15 min"))
    #expect(state.seen(columns: 40, rows: 12).contains("123 admitted, 31 in 15 min"))
    state.take(.service(ServiceHealth(.offline(since: Night.at(hours: -0.5)))))
    state.take(.night(.preload(.finished(count: 3012, at: Night.at(hours: -0.6)))))
    let small = state.seen(columns: 40, rows: 12)
    #expect(small.contains("OFFLINE 23:11 · list 36 min 123 admitted"), "\(small.text)")
  }

  @Test func `Preloading shows its progress and is no banner`() {
    var state = Night.state()
    state.take(.night(.preload(.running(done: 500, of: nil))))
    #expect(state.seen().contains("storing passes: 500"))
    state.take(.night(.preload(.running(done: 500, of: 3012))))
    #expect(state.seen().contains("storing 500 of 3012 passes"))
    #expect(state.seen(columns: 40, rows: 12).contains("500/3012"))
    #expect(state.seen().cells(.banner) == 0)
    state.take(.night(.preload(.stopped)))
    #expect(!state.seen().contains("500"))
  }

  @Test func `The store says how old it is`() {
    var state = Night.state(service: .offline(since: Night.at(hours: -0.5)))
    state.take(.night(.preload(.finished(count: 3012, at: Night.now.wall))))
    #expect(state.seen(after: 59).contains("3012 passes stored, <1 min old"))
    #expect(state.seen(after: 60).contains("1 min old"))
    #expect(state.seen(after: 7200).contains("2 h old"))
    let small = state.seen(after: 240, columns: 40, rows: 12)
    for text in ["OFFLINE", "23:11", "list 4 min", "123"] { #expect(small.contains(text)) }
    state.take(.night(.preload(.running(done: 1, of: 2))))
    state.take(.night(.preload(.stopped)))
    #expect(state.seen(after: 240).contains("3012 passes stored"), "what was stored stays")
    #expect(state.nextChange(after: Night.now.advanced(by: 59)) <= Night.now.uptime + 60)
  }
}
