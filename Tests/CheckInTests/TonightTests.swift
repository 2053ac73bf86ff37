import Admission
import CheckIn
import FoundationEssentials
import Testing

private let start = Date(timeIntervalSince1970: 1_800_000_000)
private let hour: TimeInterval = 3600

/// An event that begins and ends so many hours after `start`.
private func event(_ id: String, _ from: Double, _ until: Double?) -> Event {
  Event(
    id: id, name: id, startsAt: start.addingTimeInterval(from * hour),
    endsAt: until.map { start.addingTimeInterval($0 * hour) })
}

@Suite struct TonightChoiceTests {
  /// Hours after the start of the one event, which lasts 8.
  @Test(arguments: [
    (-6.01, false), (-6, true), (0, true), (7.99, true), (8.99, true), (9, false), (30, false),
  ])
  func `Without a name the one whose hours cover now is tonight's`(hours: Double, isChosen: Bool) {
    let night = event("a", 0, 8)
    let choice = TonightChoice(listed: [night, event("b", 100, 108)])
    let now = start.addingTimeInterval(hours * hour)
    #expect(choice.tonight(at: now) == (isChosen ? .chosen(night) : .none(.noneTonight)))
  }

  @Test func `Of several none is chosen until staff pick one`() {
    let (early, late) = (event("early", 0, 8), event("late", 2, 9))
    var choice = TonightChoice(listed: [late, early])
    let now = start.addingTimeInterval(3 * hour)
    #expect(choice.tonight(at: now) == .none(.several([early, late])))
    choice.pickedID = "late"
    #expect(choice.tonight(at: now) == .chosen(late))
    choice.pickedID = "gone"
    #expect(choice.tonight(at: now) == .none(.several([early, late])))
  }

  @Test func `An event that is on stays, whatever else begins`() {
    let choice = TonightChoice(current: event("a", 0, 8), listed: [event("b", 4, 12)])
    #expect(choice.tonight(at: start.addingTimeInterval(7.9 * hour)).event?.id == "a")
  }

  @Test(arguments: [(7.99, "a"), (8, "a"), (8.99, "a"), (9, "b"), (9.01, "b")])
  func `A box left on goes to the next event an hour after the first's end`(
    hours: Double, id: String
  ) {
    let choice = TonightChoice(current: event("a", 0, 8), listed: [event("b", 12, 20)])
    #expect(choice.tonight(at: start.addingTimeInterval(hours * hour)).event?.id == id)
  }

  /// Started so many hours after the first one's start.
  @Test(arguments: [(7.99, "a"), (8, "a"), (8.99, "a"), (9, "b")])
  func `A box that is started again chooses as one that was left on`(hours: Double, id: String) {
    let (first, next) = (event("a", 0, 8), event("b", 14.5, 20))
    let now = start.addingTimeInterval(hours * hour)
    #expect(TonightChoice(listed: [next, first]).tonight(at: now).event?.id == id)
  }

  @Test func `An event that has begun goes before one that is over`() {
    let choice = TonightChoice(listed: [event("a", 0, 8), event("b", 7, 12)])
    #expect(choice.tonight(at: start.addingTimeInterval(8.1 * hour)).event?.id == "b")
  }

  @Test func `Until the next one's hours begin it stays, and is none 6 h after its end`() {
    let choice = TonightChoice(current: event("a", 0, 8), listed: [event("b", 24, 32)])
    for (hours, isOver) in [(8.0, false), (14.0, false), (14.01, true), (17.99, true)] {
      let now = start.addingTimeInterval(hours * hour)
      #expect(choice.tonight(at: now).event?.id == "a")
      #expect((choice.tonight(at: now).reasonForNone(at: now) != nil) == isOver)
    }
    #expect(choice.tonight(at: start.addingTimeInterval(18 * hour)).event?.id == "b")
  }

  /// Hours after the start of an event without an end; another one begins after so many.
  @Test(arguments: [
    (23.9, nil, "open"), (24.1, nil, nil), (5.9, 12.0, "open"), (6, 12, "next"), (13, 12, "next"),
    // Its hours began before the first one's start: both are on.
    (1, 3, nil), (1, -3, nil), (24.1, 48, nil),
    // They began just after its start: it is not over before it has begun; staff pick.
    (0.5, 6.1, nil), (3, 8, nil), (6, 8, "next"), (6, 6.1, "next"), (6.2, 6.1, "next"),
  ])
  func `An event without an end is over when another's hours begin, or after a day`(
    hours: Double, next: Double?, id: String?
  ) {
    let events = [event("open", 0, nil)] + (next.map { [event("next", $0, $0 + 8)] } ?? [])
    let now = start.addingTimeInterval(hours * hour)
    #expect(TonightChoice(listed: events).tonight(at: now).event?.id == id)
    if let id {
      let left = TonightChoice(current: events[0], listed: events).tonight(at: now)
      #expect(left.event?.id == id, "a box that was left on")
    }
  }

  /// The after-party's hours begin a minute after the start of a night of which nobody told the end.
  @Test(arguments: [(0.5, "open"), (3, "open"), (5.9, "open"), (6.1, "next")])
  func `An after-party takes no guest of the night before it`(hours: Double, id: String) {
    let events = [event("open", 0, nil), event("next", 6.02, 12)]
    let choice = TonightChoice(current: events[0], listed: events)
    #expect(choice.tonight(at: start.addingTimeInterval(hours * hour)).event?.id == id)
  }

  @Test func `An event without an end that nothing follows is none 6 h after its day`() {
    let open = event("open", 0, nil)
    for (hours, isOver) in [(24.1, false), (30, false), (30.01, true)] {
      let now = start.addingTimeInterval(hours * hour)
      let tonight = TonightChoice(current: open, listed: [open]).tonight(at: now)
      #expect(tonight == .chosen(open))
      #expect((tonight.reasonForNone(at: now) != nil) == isOver)
    }
  }

  @Test func `An end that is not after the start is none`() {
    #expect(event("a", 2, 2).endsAt == nil)
    #expect(event("a", 2, 1).endsAt == nil)
  }

  /// What one of the two does not say, the other one may.
  @Test(arguments: [
    [event("a", 0, 8), event("a", 0, 8)], [event("a", 0, nil), event("a", 0, 8)],
    [Event(id: "a"), event("a", 0, 8)], [event("a", 0, 8), event("a", 0, nil), Event(id: "a")],
  ])
  func `An event that is listed twice is one`(listed: [Event]) {
    let choice = TonightChoice(listed: listed)
    #expect(choice.tonight(at: start) == .chosen(event("a", 0, 8)))
    #expect(choice.eventsOn(at: start).count == 1)
    let two = TonightChoice(listed: listed + [event("b", 1, 9)])
    #expect(two.tonight(at: start) == .none(.several([event("a", 0, 8), event("b", 1, 9)])))
  }

  /// Hours after the start of the named event, which ends after 8; another one is on all the time.
  @Test(arguments: [(1.0, "a"), (8.02, "a"), (9.5, "a"), (14, "a"), (14.01, "b")])
  func `The event of --event is obeyed until 6 h after its end`(hours: Double, id: String) {
    var choice = TonightChoice(
      current: event("a", 0, 8), listed: [event("a", 0, 8), event("b", 1, 30)], obeyedID: "a")
    choice.hasObeyed = true
    #expect(choice.tonight(at: start.addingTimeInterval(hours * hour)).event?.id == id)
  }

  @Test func `Whoever names an event that is over since long is told so`() {
    let choice = TonightChoice(
      current: event("a", 0, 8), listed: [event("b", 10, 30)], obeyedID: "a")
    let now = start.addingTimeInterval(15 * hour)
    #expect(choice.tonight(at: now).reasonForNone(at: now) == .ended(event("a", 0, 8)))
  }

  @Test(arguments: [(8.5, "a"), (9, "b")])
  func `The event of the configuration gives way as any other`(hours: Double, id: String) {
    let choice = TonightChoice(
      current: event("a", 0, 8), listed: [event("a", 0, 8), event("b", 1, 30)])
    #expect(choice.tonight(at: start.addingTimeInterval(hours * hour)).event?.id == id)
  }

  @Test func `A service that did not answer is told apart from a night without an event`() {
    #expect(TonightChoice().tonight(at: start) == .none(.unreachable))
    #expect(TonightChoice(listed: []).tonight(at: start) == .none(.noneTonight))
  }
}
