import Admission
import FoundationEssentials
import SeededRandom

@testable import NightStore

/// A group that comes bit by bit to our door and to another one, while our reports to the service
/// get lost, double, late or interrupted. It knows the truth, which neither the service nor our door
/// does.
///
/// One thing nobody can tell from a report that arrived, and so it does not happen here: a report that
/// does not arrive, or not yet, and somebody who came to the other door after the newest answer before
/// it.
struct ReportedGroup {
  struct Member {
    var people: Int
    /// People whom the service counts for this admission.
    var delivered = 0
    var isUndone = false
    /// An attempt has begun and not ended.
    var isOnItsWay = false
    /// An attempt that got lost.
    var isLost = false
    /// Those counted at the other door, in the answer by which it was judged.
    var othersKnown: Int
    /// Whether nobody came to the other door since the newest answer before it was first sent.
    var mayGetLost = false
  }

  /// What a scan came to, beside what is so.
  struct Finding {
    var count: HeadCount
    /// In by either door when the service answered, and by ours since.
    var truth: Int
    /// Counted by the service without being in: undone, corrected or sent twice.
    var ghosts: Int
    /// By the service's answer.
    var counted: Int
    /// Our people whose entry was not acknowledged when the answer was asked for.
    var unacknowledged: Int
  }

  private struct Answer {
    var askedAt: TimeInterval
    var counted: Int
    var others: Int
  }

  let store: NightStore
  /// Whether answers, deliveries and acknowledgements overlap.
  let isRacy: Bool
  let allowed: Int
  private let group: Rules.GroupEntry
  private var random: SplitMix64
  private var now: TimeInterval = 0
  private var counted = 0
  private var others = 0
  private var members: [Int64: Member] = [:]
  private var acknowledged: [Int64: (at: TimeInterval, people: Int)] = [:]
  private var stored: Answer?
  private var underWay: EntryReport?
  /// A live answer is waited for.
  private var isAsking = false
  private(set) var findings: [Finding] = []

  init(store: NightStore, seed: UInt64, isRacy: Bool) {
    self.store = store
    self.isRacy = isRacy
    random = SplitMix64(seed: seed)
    allowed = Int.random(in: 1...9, using: &random)
    group = Bool.random(using: &random) ? .one : .all
  }

  mutating func step() async throws {
    now += Double.random(in: 1...30, using: &random)
    switch Int.random(in: 0..<20, using: &random) {
    case 0..<8: try await scan()
    case 8..<10: try await scanStored()
    case 10..<13: letInElsewhere()
    case 13..<18: try await report()
    case 18: try await correct()
    default: try await undo()
    }
  }

  // MARK: - At our door

  private mutating func scan() async throws {
    var answer = Answer(askedAt: now, counted: 0, others: 0)
    isAsking = true
    defer { isAsking = false }
    try await perhapsMeanwhile()
    (answer.counted, answer.others) = (counted, others)
    try await perhapsMeanwhile()
    now += 0.1
    let isRemembered = Bool.random(using: &random)
    try await admit(answer, source: .live)
    guard isRemembered else { return }
    try await store.store(
      passes: [pass(counted: answer.counted)], fetchedAt: night + answer.askedAt,
      eventID: tonightID)
    stored = answer
  }

  private mutating func scanStored() async throws {
    guard let stored else { return }
    try await admit(
      stored, source: .cache(fetchedAt: night + stored.askedAt, because: .offline))
  }

  private mutating func admit(_ answer: Answer, source: Source) async throws {
    let pass = pass(counted: answer.counted)
    let before = members.values.reduce(0) { $0 + ($1.isUndone ? 0 : $1.people) }
    let recorded = try await store.admit(
      entry(
        pass, at: now, answeredAt: answer.askedAt, source: source,
        report: ReportOrder(optionID: nil, earliest: night + now)),
      judge: judging(pass, group: group, at: now))
    guard let count = recorded.decision.count else { return }
    let inTime = members.keys.filter { acknowledged[$0].map { $0.at < answer.askedAt } ?? false }
    findings.append(
      Finding(
        count: count, truth: before + answer.others,
        ghosts: members.values.reduce(0) {
          $0 + max(0, $1.delivered - ($1.isUndone ? 0 : $1.people))
        },
        counted: answer.counted,
        unacknowledged: before
          - inTime.reduce(0) {
            $0 + (members[$1]!.isUndone ? 0 : min(members[$1]!.people, acknowledged[$1]!.people))
          }))
    if let id = recorded.admissionID {
      members[id] = Member(people: count.admitted, othersKnown: answer.others)
    }
  }

  private mutating func undo() async throws {
    let undone = try await store.undoNewest(
      door: "Main", notBefore: night, at: night + now)
    if let undone { members[undone.id]?.isUndone = true }
  }

  private mutating func correct() async throws {
    guard let id = members.keys.max() else { return }
    let people = Int.random(in: 1...allowed, using: &random)
    if let changed = try await store.setPeople(people, ofAdmission: id, at: night + now) {
      members[id]?.people = changed.people
    }
  }

  // MARK: - Elsewhere

  /// The other door works with the service itself.
  private mutating func letInElsewhere() {
    guard counted < allowed, !isOneOnItsWay else { return }
    counted += 1
    others += 1
  }

  private var isOneOnItsWay: Bool {
    members.values.contains { ($0.isOnItsWay || $0.isLost) && $0.delivered == 0 }
  }

  /// What may happen between a question and its judgement.
  private mutating func perhapsMeanwhile() async throws {
    guard isRacy, Bool.random(using: &random) else { return }
    now += 0.1
    if Bool.random(using: &random) { letInElsewhere() } else { try await report() }
  }

  // MARK: - Reporting

  private mutating func report() async throws {
    if let due = underWay {
      underWay = nil
      return try await end(due)
    }
    if isAsking, members.values.contains(where: { knownOthers($0) != others }) { return }
    let claimed = try await store.claimDueReports(now: night + now, lease: 180, limit: 1)
    guard let due = claimed.first else { return }
    if due.wasInterrupted {
      return try await store.refuse(due, reason: "interrupted", mayHaveArrived: true)
    }
    let mayGetLost = knownOthers(members[due.admissionID]!) == others
    members[due.admissionID]!.isOnItsWay = true
    members[due.admissionID]!.mayGetLost = mayGetLost
    now += 0.1
    if isRacy, mayGetLost, Bool.random(using: &random) {
      underWay = due
    } else {
      try await end(due)
    }
  }

  /// Those counted at the other door, by the newest answer.
  private func knownOthers(_ member: Member) -> Int {
    max(member.othersKnown, stored.map(\.others) ?? 0)
  }

  private mutating func end(_ due: EntryReport) async throws {
    let id = due.admissionID
    members[id]!.isOnItsWay = false
    let mayGetLost = members[id]!.mayGetLost || members[id]!.delivered > 0
    switch Int.random(in: 0..<10, using: &random) {
    case 0..<4:
      deliver(due)
      // Sent once, counted twice.
      if Int.random(in: 0..<8, using: &random) == 0 { deliver(due) }
      try await acknowledge(due)
    case 4:
      deliver(due)
      try await store.refuse(due, reason: "lost answer", mayHaveArrived: true)
    case 5:
      deliver(due)
      try await store.retry(due, at: night + now + 60, mayHaveArrived: true)
    case 6 where mayGetLost:
      members[id]!.isLost = true
      try await store.refuse(due, reason: "lost", mayHaveArrived: true)
    case 7 where mayGetLost:
      // A crash: nobody tells the store anything.
      if Bool.random(using: &random) { deliver(due) } else { members[id]!.isLost = true }
    case 8:
      try await store.refuse(due, reason: "400", mayHaveArrived: false)
    default:
      try await store.retry(due, at: night + now + 60, mayHaveArrived: false)
    }
  }

  private mutating func deliver(_ due: EntryReport) {
    counted += due.people
    members[due.admissionID]?.delivered += due.people
  }

  private mutating func acknowledge(_ due: EntryReport) async throws {
    if isRacy { try await perhapsScanned() }
    now += 0.1
    try await store.acknowledge(due, at: night + now)
    acknowledged[due.admissionID] = (now, due.people)
  }

  /// A whole look-up between a delivery and its acknowledgement.
  private mutating func perhapsScanned() async throws {
    guard Bool.random(using: &random) else { return }
    now += 0.1
    let answer = Answer(askedAt: now, counted: counted, others: others)
    now += 0.1
    try await admit(answer, source: .live)
  }

  private func pass(counted: Int) -> Pass {
    NightStoreTests.pass("1", people: allowed, counted: counted == 0 ? nil : counted)
  }
}
