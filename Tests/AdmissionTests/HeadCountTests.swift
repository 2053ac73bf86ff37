import Admission
import FoundationEssentials
import SeededRandom
import Testing

@Suite struct HeadCountTests {
  struct Row {
    var usages: [Usage]
    var admittedHere = 0
    var rules = Rules()
    /// allowed, used, admitted, remaining
    var expected: [Int]
  }

  static func usage(_ allowed: Int?, _ people: Int? = nil, in isCheckedIn: Bool = false) -> Usage {
    Usage(
      eventID: "tonight", beneficiaries: allowed, peopleCountedIn: people, isCheckedIn: isCheckedIn)
  }

  static let onePerScan = rules { $0.groupEntry = .one }
  static let noPartial = rules { $0.partialEntry = false }

  static let rows: [Row] = [
    Row(usages: [usage(1)], expected: [1, 0, 1, 0]),
    Row(usages: [usage(nil)], expected: [1, 0, 1, 0]),
    Row(usages: [usage(4)], expected: [4, 0, 4, 0]),
    Row(usages: [usage(4)], rules: onePerScan, expected: [4, 0, 1, 3]),
    Row(usages: [usage(4, 1, in: true)], expected: [4, 1, 3, 0]),
    // Counted in, but nobody checked in: the row exists before anyone has come.
    Row(usages: [usage(4, 3)], expected: [4, 0, 4, 0]),
    // Checked in without a number is one person.
    Row(usages: [usage(4, nil, in: true)], expected: [4, 1, 3, 0]),
    Row(usages: [usage(4, 0, in: true)], expected: [4, 1, 3, 0]),
    Row(usages: [usage(2, 5, in: true)], expected: [2, 2, 0, 0]),
    Row(usages: [usage(4)], admittedHere: 1, expected: [4, 1, 3, 0]),
    Row(usages: [usage(4, 2, in: true)], admittedHere: 1, expected: [4, 3, 1, 0]),
    Row(usages: [usage(4, 2, in: true)], admittedHere: 9, expected: [4, 4, 0, 0]),
    // Several usages for tonight add up.
    Row(usages: [usage(1, 1, in: true), usage(2)], expected: [3, 1, 2, 0]),
    Row(usages: [usage(1), usage(2)], admittedHere: 3, expected: [3, 3, 0, 0]),
    Row(usages: [usage(0), usage(2)], expected: [2, 0, 2, 0]),
    Row(usages: [usage(-3)], expected: [0, 0, 0, 0]),
    Row(usages: [usage(4, 1, in: true)], rules: noPartial, expected: [4, 4, 0, 0]),
    Row(usages: [usage(4)], admittedHere: 1, rules: noPartial, expected: [4, 4, 0, 0]),
    Row(usages: [usage(4)], rules: noPartial, expected: [4, 0, 4, 0]),
    Row(usages: [usage(.max), usage(.max)], expected: [.max, 0, .max, 0]),
    Row(usages: [usage(.max, .max, in: true)], admittedHere: .max, expected: [.max, .max, 0, 0]),
    Row(usages: [usage(2, -7, in: true)], admittedHere: -7, expected: [2, 1, 1, 0]),
  ]

  @Test(arguments: rows)
  func `People are counted as the contract says`(row: Row) throws {
    let pass = goodPass { $0.usages = row.usages }
    let decision = decide(evidence(pass, admittedHere: row.admittedHere), rules: row.rules)
    let count = try #require(decision.count)
    #expect([count.allowed, count.used, count.admitted, count.remaining] == row.expected)
    #expect((decision.reason == .valid) == (count.admitted > 0))
    #expect(count.used + count.admitted + count.remaining == count.allowed)
  }

  @Test(arguments: 0..<500)
  func `The sum always holds`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let numbers = [Int.min, -1, 0, 1, 2, 3, 7, .max]
    let usages = (0..<Int.random(in: 0...3, using: &random)).map { _ in
      Self.usage(
        numbers.randomElement(using: &random), numbers.randomElement(using: &random),
        in: Bool.random(using: &random))
    }
    var rules = Rules()
    rules.partialEntry = Bool.random(using: &random)
    rules.groupEntry = Rules.GroupEntry.allCases.randomElement(using: &random)!
    rules.eventWithoutUsage = Rules.EventWithoutUsage.allCases.randomElement(using: &random)!
    let here = numbers.randomElement(using: &random)!
    let pass = goodPass { $0.usages = usages }
    let count = try #require(decide(evidence(pass, admittedHere: here), rules: rules).count)
    let all = [count.allowed, count.used, count.admitted, count.remaining]
    #expect(all.allSatisfy { $0 >= 0 }, "seed \(seed)")
    #expect(count.used + count.admitted + count.remaining == count.allowed, "seed \(seed)")
  }
}

@Suite struct PassSummaryTests {
  @Test(arguments: [
    (ShownNames.full, "Miguel Perez", "Miguel Perez" as String?),
    (.initials, "Miguel Perez", "M. P."),
    (.initials, " ñu  de la O ", "ñ. d. l. O."), (.hidden, "Miguel Perez", nil), (.full, "  ", nil),
    (.initials, "", nil),
    (.initials, "Eve \u{0}x 42 \u{1B}[2J", "E. x. J."),
  ])
  func `Names are shown as the venue wants`(mode: ShownNames, name: String, shown: String?) {
    #expect(mode.shown(name) == shown)
  }

  @Test func `Nights count the events on which somebody came in, tonight included`() {
    let pass = goodPass {
      $0.usages = [
        Usage(eventID: "a", isCheckedIn: true), Usage(eventID: "b"), Usage(eventID: "tonight"),
      ]
    }
    func summary(_ count: HeadCount) -> PassSummary {
      PassSummary(pass: pass, count: count, eventID: "tonight", showNames: .full)
    }
    #expect(summary(HeadCount(allowed: 1, used: 0)).nightsUsed == 1)
    #expect(summary(HeadCount(allowed: 1, used: 0, admitted: 1)).nightsUsed == 2)
    #expect(summary(HeadCount(allowed: 1, used: 1)).nightsUsed == 2)
    #expect(summary(HeadCount(allowed: 1, used: 0)).nights == 3)
  }

  @Test(arguments: [
    (-43_200.0, true), (-43_201, false), (0, true), (3600, true), (3601, false),
  ])
  func `A usage's time is an entry only near tonight and not after now`(
    elapsed: TimeInterval, isEntry: Bool
  ) {
    let time = start.addingTimeInterval(elapsed)
    let pass = goodPass {
      $0.usages = [Usage(eventID: "tonight", isCheckedIn: true, time: time)]
    }
    let now = start.addingTimeInterval(3600)
    #expect(pass.entryTime(at: tonight, now: now) == (isEntry ? time : nil))
    let notIn = goodPass { $0.usages = [Usage(eventID: "tonight", time: time)] }
    #expect(notIn.entryTime(at: tonight, now: now) == nil)
  }

  @Test(arguments: [
    ("P6J21FF2S", "P6…F2S"), ("ABCDEF", "AB…DEF"), ("ABCDE", "AB…"), ("AB", "AB…"), ("", "…"),
  ])
  func `A code shows its first 2 and last 3 characters`(code: String, shown: String) {
    #expect(masked(code: code) == shown)
  }
}
