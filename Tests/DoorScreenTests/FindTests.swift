import Admission
import DoorScreen
import Foundation
import Testing

/// F4 finds by part of the code or the name among stored passes; Enter scans the one found.
@Suite struct FindTests {
  @Test func `What is typed is searched for`() {
    var state = Night.state()
    #expect(!state.isFinding)
    #expect(state.press(.function(4)) == [])
    #expect(state.isFinding)
    #expect(state.take(.typing(.draft("A"))) == [], "too short to say anything")
    #expect(state.take(.typing(.draft("An"))) == [.find("An")])
    #expect(state.take(.typing(.draft("An "))) == [])
    #expect(state.take(.typing(.draft("An  Ga"))) == [.find("An Ga")])
    #expect(state.seen().contains("An  Ga"))
  }

  @Test(arguments: [(80, 24), (40, 12)]) func `It lists whom it finds`(columns: Int, rows: Int) {
    let frame = found().seen(columns: columns, rows: rows)
    for text in ["Ana García · VIP table", "AB…123", "Anabel Puig", "QW…777", "MN…555", "1/4"] {
      #expect(frame.contains(text), "\(text)\n\(frame.text)")
    }
    #expect(!frame.contains("AB12CD9123"))
    #expect(frame.cursor != nil)
  }

  /// The keys before Enter, and the code that is scanned.
  @Test(arguments: [
    ([DoorKey](), "AB12CD9123"), ([.down], "QW55TY0777"), ([.down, .down, .up], "QW55TY0777"),
    ([.up], "AB12CD9123"), ([.pageDown], "ZZ12\u{1B}CD9888"), ([.pageDown, .pageUp], "AB12CD9123"),
  ])
  func `Enter scans the selected`(_ keys: [DoorKey], code: String) {
    var state = found()
    for key in keys { #expect(state.press(key) == []) }
    // The decoder empties the line before its Enter is told.
    #expect(state.take(.typing(.draft(""))) == [])
    #expect(state.press(.enter) == [.scan(code)])
    #expect(!state.isFinding)
  }

  @Test func `Enter without an answer does nothing`() {
    var state = Night.state()
    state.press(.function(4))
    #expect(state.press(.enter) == [])
    state.take(.typing(.draft("Ana")))
    #expect(state.press(.enter) == [], "not answered yet")
    state.take(.staff(.found([], query: "Ana")))
    #expect(state.press(.enter) == [], "nobody found")
    state.take(.staff(.found(Night.found, query: "Ana")))
    state.take(.typing(.draft("Anab")))
    #expect(state.press(.enter) == [], "the answer was to another search")
    state.take(.staff(.found(Night.found, query: "Ana")))
    #expect(state.press(.enter) == [], "and so is this one")
    state.take(.staff(.found([Night.found[1]], query: "Anab")))
    #expect(state.press(.enter) == [.scan("QW55TY0777")])
  }

  @Test(arguments: [true, false]) func `Any scan closes it`(isRepeat: Bool) {
    var state = found()
    state.take(.scan(.taken(number: 12, code: "AB12CD9123", isRepeat: isRepeat)))
    #expect(!state.isFinding)
    state.take(.staff(.found(Night.found, query: "Ana")))
    #expect(!state.isFinding && !state.seen().contains("Anabel"))
  }

  @Test func `Escape closes it`() {
    var state = found()
    state.take(.typing(.draft("")))
    state.press(.escape)
    #expect(!state.isFinding)
    #expect(state.seen() == Night.state().seen())
  }

  /// What is typed is never hidden: Enter would look it up.
  @Test func `What is typed moves between field and search`() {
    var state = Night.state()
    state.take(.typing(.draft("Ana")))
    #expect(state.press(.function(4)) == [.find("Ana")])
    #expect(!state.seen().contains("Enter looks it up"))
    state.press(.function(4))
    #expect(state.seen().contains("› Ana"))
    state.press(.function(4))
    state.press(.function(2))
    #expect(state.seen().contains("› Ana"), "another page closes it too")
  }

  /// A verdict must be seen, and so must what stands half-typed.
  @Test func `A verdict closes it and leaves what is typed`() {
    var state = Night.state()
    state.take(.scan(.taken(number: 12, code: "AB12CD9123", isRepeat: false)))
    state.press(.function(4))
    state.take(.typing(.draft("Ana")))
    state.take(.scan(.verdict(Night.outcome(.alreadyUsed))))
    #expect(!state.isFinding && state.seen().mainRole == .refuse)
    #expect(state.seen().contains("› Ana"))
  }

  @Test func `What a scan dropped is gone`() {
    var state = found()
    state.take(.typing(.draftDropped("Ana")))
    state.take(.scan(.taken(number: 12, code: "AB12CD9123", isRepeat: false)))
    #expect(!state.isFinding && !state.seen().contains("› Ana"))
  }

  @Test func `It says what is going on`() {
    var state = Night.state()
    state.press(.function(4))
    #expect(state.seen().contains("Type part of a name or a code"))
    state.take(.typing(.draft("Ana")))
    #expect(state.seen().contains("Searching"))
    state.take(.staff(.found([], query: "Ana")))
    #expect(state.seen().contains("Nobody found"))
    #expect(state.seen().contains("Esc closes"))
  }

  private func found() -> DoorState {
    var state = Night.state()
    state.press(.function(4))
    state.take(.typing(.draft("Ana")))
    state.take(.staff(.found(Night.found, query: "Ana")))
    return state
  }
}
