import Foundation
import Testing

@testable import Admission

/// What a door shows of what a pass holds beside (Contract: Every code at the same door).
@Suite struct ShownDetailsTests {
  private static func summary(
    _ details: PassDetails, _ names: ShownNames, customer: String? = "Ana García López"
  ) -> PassSummary {
    let pass = Pass(
      kind: .list, id: "1", code: "A", customerName: customer, state: Pass.listedState, usages: [],
      details: details)
    return PassSummary(pass: pass, count: nil, eventID: nil, showNames: names)
  }

  @Test(arguments: [
    (ShownNames.full, "Birthday of Ana: cake" as String?, "Ana's corner" as String?),
    (.initials, "Birthday of A.: cake", "A.'s corner"),
    (.hidden, nil, "…'s corner"),
  ])
  func `A remark does not undermine the names that are shown`(
    names: ShownNames, note: String?, place: String?
  ) {
    let details = PassDetails(
      note: "Birthday of Ana: cake", privateNote: "Birthday of Ana: cake", extras: ["Bus"],
      minimumAge: 18, place: "Ana's corner", expectedAt: "2:00")
    let shown = Self.summary(details, names).details
    #expect(shown.note == note)
    #expect(shown.privateNote == note)
    #expect(shown.place == place)
    #expect(shown.extras == ["Bus"] && shown.minimumAge == 18 && shown.expectedAt == "2:00")
  }

  @Test(arguments: [
    ("for ANA, by garcia-LOPEZ", "for A., by g.-L."),
    ("Anastasia's bananas", "Anastasia's bananas"),
    ("", ""), ("  Ana  ", "  A.  "), ("Anà 2", "A. 2"),
  ])
  func `Names are found as words, ignoring case and accents`(note: String, shown: String) {
    #expect(Self.summary(PassDetails(note: note), .initials).details.note == shown)
  }

  @Test func `Without a name a remark stays`() {
    let details = PassDetails(note: "Birthday of Ana")
    #expect(Self.summary(details, .initials, customer: nil).details == details)
    #expect(Self.summary(details, .initials, customer: "J.").details == details)
  }

  private static let start = Date(timeIntervalSince1970: 1_772_920_000)

  private static func outcome(
    own: Int?, options: [RateOption]?, startsAt: Date? = start
  ) -> Outcome {
    Outcome(
      number: 1, code: "A", decision: Decision(reason: .valid),
      pass: PassSummary(
        kind: .list, id: "1", state: Pass.listedState, nightsUsed: 0, nights: 1,
        details: PassDetails(minimumAge: own)),
      tonight: .chosen(Event(id: "e", name: "E", startsAt: startsAt)),
      at: start.addingTimeInterval(3600),
      rate: options.map { Rate(kind: .list, id: "r", name: "R", options: $0) })
  }

  private static func option(
    _ age: Int?, from: TimeInterval? = nil, until: TimeInterval? = nil
  ) -> RateOption {
    RateOption(id: "\(age ?? 0)", price: 10, from: from, until: until, minimumAge: age)
  }

  @Test(arguments: [
    (21 as Int?, [option(18)] as [RateOption]?, 21 as Int?),
    (nil, [option(18), option(21), option(nil)], 18),
    (nil, [option(25, from: 3601), option(18, from: 0, until: 3601)], 18),
    (nil, [option(25, from: 0, until: 3600)], nil), (0, [option(18)], 18), (nil, nil, nil),
    (-3, [option(-5), option(0)], nil), (nil, [], nil),
  ])
  func `The minimum age is the pass's own, else the lowest that holds now`(
    own: Int?, options: [RateOption]?, age: Int?
  ) {
    #expect(Self.outcome(own: own, options: options).minimumAge == age)
  }

  /// What counts from an unknown start holds at no known time.
  @Test func `Without the event's start only options without a window ask for an age`() {
    let options = [Self.option(25, from: 0), Self.option(18)]
    #expect(Self.outcome(own: nil, options: options, startsAt: nil).minimumAge == 18)
  }

  @Test func `Nobody known is asked for no age`() {
    let outcome = Outcome(
      number: 1, code: "A", decision: Decision(reason: .unknownPass), tonight: .none(.notChosen),
      at: Self.start)
    #expect(outcome.minimumAge == nil)
  }
}
