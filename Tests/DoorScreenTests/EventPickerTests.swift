import Admission
import DoorScreen
import Foundation
import Testing

/// Several events tonight: a picker, which a scan neither answers nor is lost to.
@Suite struct EventPickerTests {
  private static let sizes = [(80, 24), (40, 12)]

  @Test(arguments: sizes) func `Shows names and hours`(columns: Int, rows: Int) {
    let frame = Night.picking(2).seen(columns: columns, rows: rows)
    for text in ["Noche de Luna", "22:59–05:59", "Gala", "23:59–06:59", "Enter"] {
      #expect(frame.contains(text), "\(text)\n\(frame.text)")
    }
    #expect(frame.lines.contains { $0.contains("›") && $0.contains("Noche de Luna") })
  }

  /// The keys before Enter, and the event that it chooses among five.
  @Test(arguments: [
    ([DoorKey](), "ev1"), ([.down], "ev2"), ([.down, .down, .up], "ev2"), ([.up], "ev1"),
    ([.pageDown], "ev5"), ([.pageDown, .down], "ev5"), ([.pageDown, .up], "ev4"),
    ([.pageDown, .pageUp], "ev1"), ([.escape, .down], "ev2"), ([.function(12), .down], "ev2"),
  ])
  func `Enter chooses the selected`(_ keys: [DoorKey], eventID: String) {
    var state = Night.picking(5)
    for key in keys { #expect(state.take(.key(key)) == []) }
    #expect(state.take(.key(.enter)) == [.choose(eventID: eventID)])
  }

  @Test func `Enter chooses nothing elsewhere`() {
    var chosen = Night.state()
    #expect(chosen.take(.key(.enter)) == [])
    var none = Night.state(tonight: .none(.noneTonight))
    #expect(none.take(.key(.enter)) == [])
    var empty = Night.state(tonight: .none(.several([])))
    #expect(empty.take(.key(.enter)) == [])
    var help = Night.picking(3)
    help.take(.key(.function(1)))
    #expect(help.take(.key(.enter)) == [])
  }

  /// The list may be fetched anew at any time: the selection stays with its event.
  @Test func `The selection stays with its event`() {
    var state = Night.picking(3)
    state.take(.key(.down))
    state.take(.night(.tonight(.none(.several(Night.events(3).reversed())))))
    #expect(state.take(.key(.enter)) == [.choose(eventID: "ev2")])
    state.take(.night(.tonight(.none(.several([Night.events(3)[2]])))))
    #expect(state.take(.key(.enter)) == [.choose(eventID: "ev3")])
  }

  @Test func `A scan neither answers it nor is lost to it`() {
    var state = Night.picking(3)
    state.take(.key(.down))
    let picker = state.seen()
    state.take(.scan(.taken(number: 12, code: "AB12CD9123", isRepeat: false)))
    #expect(state.seen().contains("Looking up"))
    #expect(state.take(.key(.enter)) == [], "the scanner's second terminator")
    state.take(.scan(.verdict(Night.outcome(.noEvent, tonight: .none(.several(Night.events(3)))))))
    #expect(state.seen().mainRole == .unverified)
    #expect(state.seen().contains("Several events tonight"))
    #expect(state.take(.key(.enter)) == [])
    #expect(state.seen(after: 8).lines[2...18] == picker.lines[2...18], "back where it was")
    #expect(state.take(.key(.enter), after: 8) == [.choose(eventID: "ev2")])
  }

  @Test func `The arrows bring the picker back`() {
    var state = Night.picking(3)
    state.scan(Night.outcome(.noEvent, tonight: .none(.several(Night.events(3)))))
    state.take(.key(.down), after: 3)
    #expect(state.seen(after: 3).mainRole == .neutral)
    #expect(state.take(.key(.enter), after: 3) == [.choose(eventID: "ev1")])
  }

  @Test(arguments: sizes) func `A long list scrolls`(columns: Int, rows: Int) {
    var state = Night.picking(40)
    for step in 0..<40 {
      let frame = state.seen(columns: columns, rows: rows)
      let name = Night.events(40)[step].name!
      #expect(frame.lines.contains { $0.contains("› \(name) ") }, "\(step)\n\(frame.text)")
      #expect(frame.contains("\(step + 1)/40"))
      state.take(.key(.down))
    }
  }

  @Test func `Chosen it is gone`() {
    var state = Night.picking(2)
    state.take(.night(.tonight(.chosen(Night.event))))
    #expect(state.seen().contains("Scan a pass"))
  }

  // MARK: Again

  private static func chosen() -> DoorState {
    var state = Night.state(tonight: .chosen(Night.events(3)[1]))
    state.take(.night(.eventsToPick(Night.events(3))))
    return state
  }

  @Test func `F 5 on the idle screen opens it again`() {
    var state = Self.chosen()
    #expect(state.take(.key(.function(5))) == [.refresh])
    #expect(state.seen().lines.contains { $0.contains("› Gala ") }, "the one that is chosen")
    state.take(.key(.up))
    #expect(state.take(.key(.enter)) == [.choose(eventID: "ev1")])
    #expect(state.seen().contains("Scan a pass"))
  }

  @Test func `Escape, a scan and time close it`() {
    for close in [
      DoorEvent.key(.escape), .scan(.taken(number: 1, code: "AB12CD9123", isRepeat: false)),
    ] {
      var state = Self.chosen()
      state.take(.key(.function(5)))
      state.take(close)
      #expect(state.take(.key(.enter)) == [])
    }
    var state = Self.chosen()
    state.take(.key(.function(5)))
    state.take(.tick, after: 61)
    #expect(state.seen(after: 61).contains("Scan a pass"))
  }

  @Test func `Over a verdict or where one is on F5 only asks the service`() {
    var state = Self.chosen()
    state.scan(Night.outcome(.valid))
    #expect(state.take(.key(.function(5))) == [.refresh])
    #expect(state.take(.key(.enter)) == [])
    var alone = Night.state()
    #expect(alone.take(.key(.function(5))) == [.refresh])
    #expect(alone.seen().contains("Scan a pass"))
  }
}
