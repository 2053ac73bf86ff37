import Admission
import FoundationEssentials

/// Whom this process let in: what the door goes on from where the store cannot be written, what has yet
/// to be written, and what staff can correct. A number of its own stands for an admission before the
/// store has given it one.
struct AdmissionsOfThisProcess {
  enum Kind {
    case counted(AdmissionEntry, Decision)
    case byHand(HandAdmission)
    /// From before this process began, so the store had it first.
    case earlier(RecordedAdmission, ScanRecord)
  }

  enum State: Equatable {
    /// Somebody is writing it; whether it arrives is not known yet.
    case beingWritten
    case unwritten
    /// In the store, under this number, with so many people who have not been taken back there.
    case written(Int64, standing: Int)
  }

  struct Admission {
    let id: Int64
    let kind: Kind
    var people: Int
    var state: State
    /// Seconds, monotonic.
    let admittedAt: TimeInterval
    var undoneAt: Date?
    /// When staff last set how many it are.
    var changedAt: Date?
    /// Somebody else on the store took it back first.
    var wasUndoneElsewhere = false
  }

  /// Whom an admission counts for: its pass, whatever its code is, and its code, whatever pass that
  /// is on.
  private struct Identity: Hashable {
    /// Nil where no pass is known, or where the service gave it no `_id`.
    var passID: PassIdentity?
    var code: ComparedCode?
    var eventID: String?

    init(_ pass: PassAtEvent) {
      self.init(kind: pass.kind, passID: pass.id, code: pass.code, eventID: pass.eventID)
    }

    init(kind: PassKind?, passID: String?, code: String, eventID: String?) {
      self.passID = passID.flatMap { .id($0, of: kind ?? .pass) }
      self.code = ComparedCode(code)
      self.eventID = eventID
    }

    var byPass: Identity? {
      var key = self
      key.code = nil
      return passID == nil ? nil : key
    }

    var byCode: Identity {
      var key = self
      key.passID = nil
      return key
    }

    func isOfSamePass(as other: Identity) -> Bool {
      byCode == other.byCode || byPass != nil && byPass == other.byPass
    }
  }

  /// The newest, and all that are not written; oldest first.
  private(set) var newest: [Admission] = []
  /// People of all that stand: by pass, by code, and by the pair of them, who are in both.
  private var counts: [Identity: EarlierAdmissions] = [:]
  private var people: [String: Int] = [:]
  private var lastID: Int64 = 0

  /// So many written ones can still be corrected.
  private static let mostWritten = 200

  // MARK: What they say

  /// All who were let in on a pass, or on its code.
  func earlier(of pass: PassAtEvent) -> EarlierAdmissions {
    let identity = Identity(pass)
    let byCode = counts[identity.byCode] ?? EarlierAdmissions()
    guard let key = identity.byPass, let byPass = counts[key] else { return byCode }
    var all = byPass.adding(byCode)
    all.people -= counts[identity]?.people ?? 0
    return all
  }

  /// What the store does not know of these yet: people who came, and less than 0 where some of those
  /// that it has were taken back.
  func unrecorded(of pass: PassAtEvent) -> EarlierAdmissions {
    let identity = Identity(pass)
    return newest.reduce(EarlierAdmissions()) { sum, admission in
      guard !admission.isSaved, Self.identity(admission.kind).isOfSamePass(as: identity)
      else { return sum }
      var change = admission.undoneAt == nil ? Self.earlier(admission) : EarlierAdmissions()
      change.people = admission.standing - admission.standingInStore
      return sum.adding(change)
    }
  }

  /// Whether one of a pass is being written that staff have corrected since: what the store has or
  /// will have of it is not what stands.
  func hasCorrectedInWriting(of pass: PassAtEvent) -> Bool {
    let identity = Identity(pass)
    return newest.contains {
      $0.state == .beingWritten && $0.standing != $0.kind.people
        && Self.identity($0.kind).isOfSamePass(as: identity)
    }
  }

  /// Of those since a moment, only the newest are known.
  func peopleAdmitted(eventID: String, since: Date?) -> Int {
    guard since != nil else { return people[eventID] ?? 0 }
    return newestPeople(eventID: eventID, since: since) { $0.standing }
  }

  /// Those whom the store has and who were taken back count less than 0.
  func peopleUnrecorded(eventID: String, since: Date?) -> Int {
    newestPeople(eventID: eventID, since: since) { $0.standing - $0.standingInStore }
  }

  private func newestPeople(
    eventID: String, since: Date?, _ people: (Admission) -> Int
  ) -> Int {
    newest.reduce(0) { sum, admission in
      let scan = admission.kind.scan
      let isMeant = scan.eventID == eventID && scan.at >= since ?? .distantPast
      return isMeant ? sum + people(admission) : sum
    }
  }

  /// The first that has to be written, or corrected in the store.
  var firstUnsaved: Admission? {
    newest.first { $0.state != .beingWritten && !$0.isSaved }
  }

  /// All that the store does not hold as they are.
  var unsaved: [Admission] { newest.filter { !$0.isSaved } }

  /// The newest that was not taken back, leaving out whom a scan let in after that, in seconds,
  /// monotonic.
  func newestStanding(scannedBy latest: TimeInterval) -> Admission? {
    newest.last { $0.undoneAt == nil && ($0.kind.isByHand || $0.admittedAt <= latest) }
  }

  /// Whether one of the store's is taken back here, whatever the store knows of that yet.
  func hasTakenBack(storedID: Int64) -> Bool {
    newest.contains {
      guard case .written(storedID, _) = $0.state else { return false }
      return $0.undoneAt != nil
    }
  }

  subscript(id: Int64) -> Admission? { newest.last { $0.id == id } }

  // MARK: What becomes of them

  /// - Parameter time: seconds, monotonic.
  /// - Returns: the number that it can be corrected by.
  mutating func add(
    _ kind: Kind, people count: Int, _ state: State, at time: TimeInterval
  ) -> Int64 {
    lastID += 1
    let admission = Admission(
      id: lastID, kind: kind, people: count, state: state, admittedAt: time)
    newest.append(admission)
    let entry = Self.earlier(admission)
    for key in Self.keys(kind) { counts[key] = (counts[key] ?? EarlierAdmissions()).adding(entry) }
    if let eventID = kind.scan.eventID { people[eventID, default: 0] += count }
    forgetOldWritten()
    return lastID
  }

  mutating func set(_ state: State, of id: Int64) {
    change(id) { $0.state = state }
    forgetOldWritten()
  }

  mutating func undo(_ id: Int64, at now: Date) {
    guard let admission = self[id], admission.undoneAt == nil else { return }
    recount(id, people: 0)
    change(id) { $0.undoneAt = now }
    forgetEntry(of: admission)
  }

  /// The store had it taken back already.
  mutating func undoneElsewhere(_ id: Int64, at now: Date) {
    undo(id, at: now)
    change(id) { $0.wasUndoneElsewhere = true }
  }

  mutating func setPeople(_ people: Int, of id: Int64, at now: Date? = nil) {
    recount(id, people: people)
    change(id) {
      $0.people = people
      $0.changedAt = now ?? $0.changedAt
    }
  }

  /// Whether nobody came in on the same pass after it, who was counted on what it says.
  func isNewestOfItsPass(_ id: Int64) -> Bool {
    guard let admission = self[id] else { return false }
    let identity = Self.identity(admission.kind)
    return !newest.contains {
      $0.id > id && $0.undoneAt == nil && Self.identity($0.kind).isOfSamePass(as: identity)
    }
  }

  private mutating func change(_ id: Int64, _ body: (inout Admission) -> Void) {
    if let index = newest.lastIndex(where: { $0.id == id }) { body(&newest[index]) }
  }

  private mutating func recount(_ id: Int64, people count: Int) {
    guard let admission = self[id], admission.undoneAt == nil else { return }
    let change = count - admission.people
    for key in Self.keys(admission.kind) { counts[key]?.people += change }
    if let eventID = admission.kind.scan.eventID { people[eventID, default: 0] += change }
  }

  /// Whoever was taken back did not come in first. Only the oldest are forgotten, so that the first of
  /// those who are left is the first of all.
  private mutating func forgetEntry(of undone: Admission) {
    let entry = Self.earlier(undone).first
    for key in Self.keys(undone.kind) where counts[key]?.first == entry {
      counts[key]?.first =
        newest.reduce(EarlierAdmissions()) { sum, other in
          let isMeant = other.undoneAt == nil && Self.keys(other.kind).contains(key)
          return isMeant ? sum.adding(Self.earlier(other)) : sum
        }.first
    }
  }

  private mutating func forgetOldWritten() {
    guard newest.count > Self.mostWritten, let oldest = newest.first, oldest.isSaved else {
      return
    }
    newest.removeFirst()
  }

  private static func earlier(_ admission: Admission) -> EarlierAdmissions {
    let scan = admission.kind.scan
    return EarlierAdmissions(
      people: admission.people, first: Entry(at: scan.at, door: scan.door))
  }

  private static func keys(_ kind: Kind) -> Set<Identity> {
    let identity = identity(kind)
    return Set([identity, identity.byCode] + (identity.byPass.map { [$0] } ?? []))
  }

  private static func identity(_ kind: Kind) -> Identity {
    switch kind {
    case .counted(let entry, _):
      Identity(entry.pass)
    case .byHand(let hand):
      Identity(
        kind: hand.kind, passID: hand.passID, code: hand.scan.code, eventID: hand.scan.eventID)
    case .earlier(let admission, let scan):
      Identity(
        kind: admission.kind, passID: admission.passID, code: scan.code, eventID: scan.eventID)
    }
  }
}

extension AdmissionsOfThisProcess.Admission {
  /// The store holds it as it is.
  var isSaved: Bool {
    switch state {
    case .beingWritten, .unwritten: false
    case .written(_, let standing): standing == self.standing
    }
  }

  /// People who came in on it and were not taken back.
  var standing: Int { undoneAt == nil ? people : 0 }

  /// The same, as far as the store knows.
  var standingInStore: Int {
    switch state {
    case .beingWritten, .unwritten: 0
    case .written(_, let standing): standing
    }
  }

  var identities: [PassIdentity] {
    switch kind {
    case .counted(let entry, _): entry.identities
    case .byHand(let hand): hand.identities
    // It is only taken back, which lets nobody in.
    case .earlier: []
    }
  }

  /// The most people that it may be changed to.
  var mostPeople: Int {
    switch kind {
    case .counted(_, let decision): decision.count.map { $0.allowed - $0.used } ?? people
    case .byHand: HandAdmission.mostPeople
    case .earlier: people
    }
  }

  /// As an end of the program keeps it.
  var unsaved: UnsavedAdmission {
    let making: UnsavedAdmission.Making =
      switch kind {
      case .counted(let entry, let decision): .counted(entry, decision)
      case .byHand(let hand): .byHand(hand)
      case .earlier(_, let scan): .earlier(scan)
      }
    return UnsavedAdmission(
      making: making, people: people, undoneAt: undoneAt, changedAt: changedAt)
  }

  /// As the store would tell it.
  var recorded: RecordedAdmission {
    let (passID, isByHand): (String?, Bool) =
      switch kind {
      case .counted(let entry, _): (entry.passID, false)
      case .byHand(let hand): (hand.passID, true)
      case .earlier(let admission, _): (admission.passID, admission.isByHand)
      }
    return RecordedAdmission(
      id: id, passID: passID, code: kind.scan.code, eventID: kind.scan.eventID, people: people,
      mostPeople: mostPeople,
      at: kind.scan.at, isByHand: isByHand, isReported: false)
  }
}

extension AdmissionsOfThisProcess.Kind {
  /// As it was recorded first.
  var people: Int {
    switch self {
    case .counted(_, let decision): decision.count?.admitted ?? 0
    case .byHand(let hand): hand.people
    case .earlier(let admission, _): admission.people
    }
  }

  var isByHand: Bool {
    switch self {
    case .counted, .earlier: false
    case .byHand: true
    }
  }

  var scan: ScanRecord {
    switch self {
    case .counted(let entry, _): entry.scan
    case .byHand(let hand): hand.scan
    case .earlier(_, let scan): scan
    }
  }

  /// What it is called in the ledger that several doors share; nil where the store alone knows.
  var entryID: AdmissionID? {
    switch self {
    case .counted(let entry, _): entry.id
    case .byHand(let hand): hand.id
    case .earlier: nil
    }
  }

  /// The pass that it was counted on.
  var countedPass: PassAtEvent? {
    switch self {
    case .counted(let entry, _): entry.pass
    case .byHand, .earlier: nil
    }
  }
}
