import Admission
import FoundationEssentials

/// Whom this process let in: what the door goes on from where the store cannot be written, what has yet
/// to be written, and what staff can correct. A number of its own stands for an admission before the
/// store has given it one.
struct OwnAdmissions {
  enum Kind {
    case counted(AdmissionEntry, Decision)
    case byHand(HandAdmission)
  }

  enum State: Equatable {
    /// Somebody is writing it; whether it arrives is not known yet.
    case beingWritten
    case unwritten
    /// In the store, under this number.
    case written(Int64)
  }

  struct Admission {
    let id: Int64
    let kind: Kind
    var people: Int
    var state: State
    var undoneAt: Date?
  }

  private struct Key: Hashable {
    /// Of the pass; a code where no pass is known.
    var pass: String
    var isCode = false
    var eventID: String?
  }

  /// The newest, and all that are not written; oldest first.
  private(set) var newest: [Admission] = []
  /// People by pass and event, of all that stand.
  private var counts: [Key: EarlierAdmissions] = [:]
  private var people: [String: Int] = [:]
  private var lastID: Int64 = 0

  /// So many written ones can still be corrected.
  private static let mostWritten = 200

  // MARK: What they say

  /// All who were let in on a pass, or by hand on its code.
  func earlier(passID: String, eventID: String, code: String) -> EarlierAdmissions {
    let byPass = counts[Key(pass: passID, eventID: eventID)] ?? EarlierAdmissions()
    let byCode = counts[Key(pass: Self.folded(code), isCode: true, eventID: eventID)]
    return byPass.adding(byCode ?? EarlierAdmissions())
  }

  /// The same, of those that are not in the store.
  func unrecorded(passID: String, eventID: String, code: String) -> EarlierAdmissions {
    let keys = [
      Key(pass: passID, eventID: eventID),
      Key(pass: Self.folded(code), isCode: true, eventID: eventID),
    ]
    return newest.reduce(EarlierAdmissions()) { sum, admission in
      guard !admission.isWritten, admission.undoneAt == nil, keys.contains(Self.key(admission.kind))
      else { return sum }
      return sum.adding(Self.earlier(admission))
    }
  }

  /// Of those since a moment, only the newest are known.
  func peopleAdmitted(eventID: String, since: Date?) -> Int {
    guard since != nil else { return people[eventID] ?? 0 }
    return newestPeople(eventID: eventID, since: since) { _ in true }
  }

  func peopleUnrecorded(eventID: String, since: Date?) -> Int {
    newestPeople(eventID: eventID, since: since) { !$0.isWritten }
  }

  private func newestPeople(
    eventID: String, since: Date?, where isMeant: (Admission) -> Bool
  ) -> Int {
    newest.reduce(0) { sum, admission in
      let scan = admission.kind.scan
      let counts =
        admission.undoneAt == nil && scan.eventID == eventID
        && scan.at >= since ?? .distantPast && isMeant(admission)
      return counts ? sum + admission.people : sum
    }
  }

  var firstUnwritten: Admission? { newest.first { $0.state == .unwritten } }

  /// The newest that was not taken back.
  var newestStanding: Admission? { newest.last { $0.undoneAt == nil } }

  subscript(id: Int64) -> Admission? { newest.last { $0.id == id } }

  // MARK: What becomes of them

  /// - Returns: the number that it can be corrected by.
  mutating func add(_ kind: Kind, people count: Int, _ state: State) -> Int64 {
    lastID += 1
    let admission = Admission(id: lastID, kind: kind, people: count, state: state)
    newest.append(admission)
    let entry = Self.earlier(admission)
    counts[Self.key(kind)] = (counts[Self.key(kind)] ?? EarlierAdmissions()).adding(entry)
    if let eventID = kind.scan.eventID { people[eventID, default: 0] += count }
    forgetOldWritten()
    return lastID
  }

  mutating func set(_ state: State, of id: Int64) {
    change(id) { $0.state = state }
    forgetOldWritten()
  }

  mutating func undo(_ id: Int64, at now: Date) {
    recount(id, people: 0)
    change(id) { $0.undoneAt = now }
  }

  mutating func setPeople(_ people: Int, of id: Int64) {
    recount(id, people: people)
    change(id) { $0.people = people }
  }

  private mutating func change(_ id: Int64, _ body: (inout Admission) -> Void) {
    if let index = newest.lastIndex(where: { $0.id == id }) { body(&newest[index]) }
  }

  private mutating func recount(_ id: Int64, people count: Int) {
    guard let admission = self[id], admission.undoneAt == nil else { return }
    let change = count - admission.people
    counts[Self.key(admission.kind)]?.people += change
    if let eventID = admission.kind.scan.eventID { people[eventID, default: 0] += change }
  }

  private mutating func forgetOldWritten() {
    guard newest.count > Self.mostWritten, let oldest = newest.first, oldest.isWritten else {
      return
    }
    newest.removeFirst()
  }

  private static func earlier(_ admission: Admission) -> EarlierAdmissions {
    let scan = admission.kind.scan
    return EarlierAdmissions(
      people: admission.people, first: Entry(at: scan.at, door: scan.door))
  }

  private static func key(_ kind: Kind) -> Key {
    switch kind {
    case .counted(let entry, _): return Key(pass: entry.passID, eventID: entry.eventID)
    case .byHand(let hand):
      if let pass = hand.passID { return Key(pass: pass, eventID: hand.scan.eventID) }
      return Key(pass: folded(hand.scan.code), isCode: true, eventID: hand.scan.eventID)
    }
  }

  /// Codes are compared without regard to the case of ASCII letters, as the service does.
  private static func folded(_ code: String) -> String {
    String(decoding: code.utf8.map { (65...90).contains($0) ? $0 + 32 : $0 }, as: UTF8.self)
  }
}

extension OwnAdmissions.Admission {
  var isWritten: Bool {
    switch state {
    case .beingWritten, .unwritten: false
    case .written: true
    }
  }

  /// The most people that it may be changed to; nil: any number.
  var mostPeople: Int? {
    switch kind {
    case .counted(_, let decision): decision.count.map { $0.allowed - $0.used }
    case .byHand: nil
    }
  }

  /// As the store would tell it.
  var recorded: RecordedAdmission {
    let (passID, isByHand): (String?, Bool) =
      switch kind {
      case .counted(let entry, _): (entry.passID, false)
      case .byHand(let hand): (hand.passID, true)
      }
    return RecordedAdmission(
      id: id, passID: passID, code: kind.scan.code, people: people, mostPeople: mostPeople,
      at: kind.scan.at, isByHand: isByHand, isReported: false)
  }
}

extension OwnAdmissions.Kind {
  var scan: ScanRecord {
    switch self {
    case .counted(let entry, _): entry.scan
    case .byHand(let hand): hand.scan
    }
  }
}

extension EarlierAdmissions {
  /// Both together; the first of them all is the earlier one.
  func adding(_ other: EarlierAdmissions) -> EarlierAdmissions {
    var sum = self
    sum.people = people.addingClamped(other.people)
    sum.doubts += other.doubts
    if let entry = other.first, entry.at < first?.at ?? .distantFuture { sum.first = entry }
    return sum
  }
}
