import Admission
import FoundationEssentials
import Testing

/// Out and in again, as the rules see it (Contract: Out and in again).
@Suite struct ReentryTests {
  private static let left = start.addingTimeInterval(1800)

  /// Who of a pass came and left before a scan at an entrance.
  struct Row: Sendable, CustomTestStringConvertible {
    var name: String
    var allowed = 1
    /// By the service.
    var counted = 0
    /// By this venue's doors, whose people the answer cannot contain.
    var admitted = 0
    var outside = 0
    var group = Rules.GroupEntry.all
    var mayMissExits = false
    var reason: Reason
    var verdict: Verdict?
    /// used, admitted, back
    var expected: [Int]
    var testDescription: String { name }
  }

  static let allowing: [Row] = [
    Row(name: "nobody came", reason: .valid, expected: [0, 1, 0]),
    Row(name: "inside", admitted: 1, reason: .alreadyUsed, expected: [1, 0, 0]),
    Row(name: "outside", admitted: 1, outside: 1, reason: .valid, expected: [0, 1, 1]),
    Row(
      name: "outside, counted in by the service alone", counted: 1, outside: 1, reason: .valid,
      expected: [0, 1, 1]),
    Row(
      name: "all of a group are outside", allowed: 4, admitted: 4, outside: 4, reason: .valid,
      expected: [0, 4, 4]),
    Row(
      name: "half of a group is outside", allowed: 4, admitted: 4, outside: 2, reason: .valid,
      expected: [2, 2, 2]),
    Row(
      name: "some come back with new arrivals", allowed: 4, admitted: 2, outside: 2,
      reason: .valid, expected: [0, 4, 2]),
    Row(
      name: "one at a time, those who left first", allowed: 4, admitted: 3, outside: 2,
      group: .one, reason: .valid, expected: [1, 1, 1]),
    Row(
      name: "one at a time, nobody outside", allowed: 4, admitted: 3, group: .one, reason: .valid,
      expected: [3, 1, 0]),
    Row(
      name: "let in by hand beyond the pass, one of them outside", allowed: 1, admitted: 2,
      outside: 1, reason: .alreadyUsed, expected: [1, 0, 0]),
    Row(
      name: "inside as far as this door knows, alone", admitted: 1, mayMissExits: true,
      reason: .alreadyUsed, verdict: .unverified, expected: [1, 0, 0]),
    Row(
      name: "outside, alone", admitted: 1, outside: 1, mayMissExits: true, reason: .valid,
      expected: [0, 1, 1]),
  ]

  @Test(arguments: allowing) func `Who left may come in again`(_ row: Row) {
    check(row, .allow)
  }

  static let refusing: [Row] = [
    Row(name: "outside", admitted: 1, outside: 1, reason: .alreadyUsed, expected: [1, 0, 0]),
    Row(
      name: "a group's new arrivals come in, those who left do not", allowed: 4, admitted: 2,
      outside: 2, reason: .valid, expected: [2, 2, 0]),
    Row(
      name: "alone", admitted: 1, outside: 1, mayMissExits: true, reason: .alreadyUsed,
      verdict: .refuse, expected: [1, 0, 0]),
  ]

  @Test(arguments: refusing) func `Who left stays out`(_ row: Row) { check(row, .refuse) }

  private func check(_ row: Row, _ reentry: Rules.Reentry) {
    let pass = goodPass {
      $0.usages = [
        Usage(
          eventID: "tonight", beneficiaries: row.allowed, peopleCountedIn: row.counted,
          isCheckedIn: row.counted > 0)
      ]
    }
    var evidence = evidence(pass, admittedHere: row.admitted)
    evidence.outside = row.outside
    evidence.leftAt = row.outside > 0 ? Self.left : nil
    evidence.mayMissExits = row.mayMissExits
    let decision = decide(
      evidence,
      rules: rules {
        $0.reentry = reentry
        $0.groupEntry = row.group
      })
    #expect(decision.reason == row.reason)
    #expect(decision.verdict == row.verdict ?? row.reason.verdict)
    let count = decision.count
    #expect([count?.used, count?.admitted, decision.back] == row.expected)
    #expect(decision.leftAt == evidence.leftAt)
  }

  /// Two doors that could not hear each other let the same one come back: one of them was somebody new.
  @Test(arguments: [(3, Reason.alreadyUsed, 0), (4, .valid, 1)])
  func `Who came back more often than they left is in, too`(
    allowed: Int, reason: Reason, admitted: Int
  ) {
    let group = goodPass { $0.usages = [Usage(eventID: "tonight", beneficiaries: allowed)] }
    var evidence = evidence(group, admittedHere: 2)
    evidence.outside = -1
    let decision = decide(evidence, rules: rules { $0.reentry = .allow })
    #expect(decision.reason == reason)
    #expect(decision.count == HeadCount(allowed: allowed, used: 3, admitted: admitted))
    #expect(decision.back == 0)
  }

  @Test func `Whoever comes back may not come in twice`() {
    var evidence = evidence(goodPass(), admittedHere: 1)
    evidence.outside = 5
    let decision = decide(evidence, rules: rules { $0.reentry = .allow })
    #expect(decision.count == HeadCount(allowed: 1, used: 0, admitted: 1))
    #expect(decision.back == 1)
  }

  // MARK: Capacity

  @Test(arguments: [
    (inside: 298, mayMissExits: false, reason: Reason.valid, free: nil as Int?),
    (inside: 299, mayMissExits: false, reason: .venueFull, free: 1),
    (inside: 300, mayMissExits: false, reason: .venueFull, free: 0),
    (inside: 305, mayMissExits: false, reason: .venueFull, free: 0),
    (inside: 300, mayMissExits: true, reason: .valid, free: nil),
  ])
  func `As many come in as there is room for`(
    _ inside: Int, _ mayMissExits: Bool, _ reason: Reason, _ free: Int?
  ) {
    var evidence = evidence(goodPass { $0.usages = [Usage(eventID: "tonight", beneficiaries: 2)] })
    evidence.peopleInside = inside
    evidence.mayMissExits = mayMissExits
    let decision = decide(
      evidence,
      rules: rules {
        $0.capacity = .enforce
        $0.places = 300
      })
    #expect(decision.reason == reason)
    #expect(decision.freePlaces == free)
  }

  // MARK: An exit

  struct Leaving: Sendable, CustomTestStringConvertible {
    var name: String
    var counted = 0
    var admitted = 0
    var outside = 0
    /// Of those inside, whom a door saw come in.
    var seen: Int
    var group = Rules.GroupEntry.all
    /// leave, unseen, stay
    var expected: [Int]
    var testDescription: String { name }
  }

  @Test(arguments: [
    Leaving(name: "nobody came", seen: 0, expected: [0, 0, 0]),
    Leaving(name: "one", admitted: 1, seen: 1, expected: [1, 0, 0]),
    Leaving(name: "a group", admitted: 4, seen: 4, expected: [4, 0, 0]),
    Leaving(name: "one of a group", admitted: 4, seen: 4, group: .one, expected: [1, 0, 3]),
    Leaving(
      name: "who is outside cannot leave", admitted: 4, outside: 4, seen: 0, expected: [0, 0, 0]),
    Leaving(
      name: "whom two doors let come back at once", admitted: 2, outside: -1, seen: 3,
      expected: [3, 0, 0]),
    Leaving(name: "the rest of a group", admitted: 4, outside: 3, seen: 1, expected: [1, 0, 0]),
    Leaving(name: "whom the service alone counted in", counted: 2, seen: 0, expected: [2, 2, 0]),
    Leaving(
      name: "one whom a door saw, one whom it did not", counted: 1, admitted: 1, seen: 1,
      expected: [2, 1, 0]),
    Leaving(
      name: "come back after they left unseen", counted: 2, outside: 0, seen: 2,
      expected: [2, 0, 0]),
  ])
  func `All who are inside leave, or one`(_ row: Leaving) {
    var before = EarlierAdmissions(people: row.admitted)
    (before.outside, before.seenInside) = (row.outside, row.seen)
    before.lastLeft = row.outside > 0 ? Entry(at: Self.left, door: "Exit") : nil
    let decision = decideExit(
      counted: row.counted, before: before, rules: rules { $0.groupEntry = row.group },
      allowed: row.counted + row.admitted)
    let departure = decision.departure
    #expect([departure?.people, departure?.unseen, departure?.remaining] == row.expected)
    #expect(decision.reason == (row.expected[0] > 0 ? .left : .nobodyInside))
    #expect(decision.verdict == .out)
    #expect(decision.leavesPeople == (row.expected[0] > 0 && row.expected[2] > 0))
  }

  @Test(arguments: [
    (group: Rules.GroupEntry.one, allowed: nil as Int?, came: 0, outside: 0, others: true),
    (.one, 2, 0, 0, true), (.one, 2, 1, 0, true), (.one, 2, 1, 1, true), (.one, 2, 2, 2, false),
    (.one, 1, 1, 0, false), (.one, 1, 2, 2, false),
    (.all, nil, 0, 0, false), (.all, 4, 1, 0, false),
  ])
  func `One by one, those may follow of whom the exit has not heard`(
    _ group: Rules.GroupEntry, _ allowed: Int?, _ came: Int, _ outside: Int, _ others: Bool
  ) {
    var before = EarlierAdmissions(people: came)
    (before.outside, before.seenInside) = (outside, came - outside)
    let decision = decideExit(
      counted: 0, before: before, rules: rules { $0.groupEntry = group }, allowed: allowed)
    #expect(decision.othersMayLeave == others && decision.leavesPeople == others)
  }

  /// Of four whom doors saw come in, one leaves by the scan; staff say that all did.
  @Test func `Whom a door saw come in is not unseen when staff say that more left`() {
    var before = EarlierAdmissions(people: 4)
    before.seenInside = 4
    let decision = decideExit(counted: 0, before: before, rules: rules { $0.groupEntry = .one })
    #expect(decision.departure?.correcting(4).unseen == 0)
  }

  @Test func `Staff say how many left`() {
    let departure = Departure(people: 4, unseen: 1, inside: 4)
    #expect(departure.correcting(2) == Departure(people: 2, most: 2, inside: 4, unseenInside: 1))
    #expect(departure.correcting(2).unseen == 0)
    #expect(departure.correcting(2).correcting(4).unseen == 1)
    #expect(departure.correcting(0).people == 1)
    #expect(departure.correcting(9) == Departure(people: 4, unseen: 1, most: 4, inside: 4))
  }
}
