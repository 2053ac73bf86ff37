import Admission
import FoundationEssentials

/// Whom this process let in: what the door goes on from where the store cannot be written, what has yet
/// to be written, and what staff can correct. A number of its own stands for an admission before the
/// store has given it one.
struct AdmissionsOfThisProcess {
  enum Kind {
    case counted(AdmissionEntry, Decision)
    case byHand(HandAdmission)
    case counter(HandCount)
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

  /// Numbers alone: a night has them for each guest.
  private struct People {
    private var people = 0
    private var outside = 0
    private var seenInside = 0

    mutating func add(_ entry: EarlierAdmissions) {
      people = people.addingClamped(entry.people)
      outside += entry.outside
      seenInside += entry.seenInside
    }

    mutating func subtract(_ entry: EarlierAdmissions) {
      people -= entry.people
      outside -= entry.outside
      seenInside -= entry.seenInside
    }

    var earlier: EarlierAdmissions {
      var earlier = EarlierAdmissions(people: people)
      (earlier.outside, earlier.seenInside) = (outside, seenInside)
      return earlier
    }
  }

  /// The newest, and all that are not written; oldest first.
  private(set) var newest: [Admission] = []
  /// People of all that stand, by pass and by code.
  private var counts: [Identity: EarlierAdmissions] = [:]
  /// Of these, the ones who are in both, by the pair.
  private var pairs: [Identity: People] = [:]
  private var crowds: [String: Crowd] = [:]
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
    if let both = pairs[identity] { all.subtract(both.earlier) }
    return all
  }

  /// The pass that somebody came in on by a code, the last time; nil where none is known.
  func passAdmitted(on code: String, eventID: String) -> PassAtEvent? {
    newest.reversed().lazy.compactMap { admission in
      admission.undoneAt == nil && admission.kind.direction == .in ? admission.kind.pass : nil
    }.first { !$0.id.isEmpty && $0.eventID == eventID && isSameCode($0.code, code) }
  }

  /// What the store does not know of these yet: people who came, and less than 0 where some of those
  /// that it has were taken back.
  func unrecorded(of pass: PassAtEvent) -> EarlierAdmissions {
    let identity = Identity(pass)
    return unsavedPlaces.reduce(EarlierAdmissions()) { sum, place in
      let admission = newest[place]
      guard Self.identity(admission.kind).isOfSamePass(as: identity) else { return sum }
      var change = admission.earlier(people: admission.standing)
      change.subtract(admission.earlier(people: admission.standingInStore))
      return sum.adding(change)
    }
  }

  /// Whether one of a pass is being written that staff have corrected since: what the store has or
  /// will have of it is not what stands.
  func hasCorrectedInWriting(of pass: PassAtEvent) -> Bool {
    let identity = Identity(pass)
    return unsavedPlaces.contains { place in
      let admission = newest[place]
      return admission.state == .beingWritten && admission.standing != admission.kind.people
        && Self.identity(admission.kind).isOfSamePass(as: identity)
    }
  }

  /// Where in `newest` those are that the store does not hold as they are: often nowhere, and asked
  /// several times a scan. All are looked at in place, as one is large.
  private var unsavedPlaces: some Sequence<Int> {
    newest.indices.lazy.filter { !newest[$0].isSaved }
  }

  /// Of those since a moment, only the newest are known.
  func peopleAdmitted(eventID: String, since: Date) -> Int {
    people(of: newest.indices, eventID: eventID, since: since) {
      $0.earlier(people: $0.standing).people
    }
  }

  /// All who came and left.
  func crowd(eventID: String) -> Crowd { crowds[eventID] ?? Crowd() }

  /// What the store does not know of these; less than 0 where some of those that it has were taken back.
  func crowdUnrecorded(eventID: String) -> Crowd {
    unsavedPlaces.reduce(into: Crowd()) { crowd, place in
      let admission = newest[place]
      guard admission.kind.scan.eventID == eventID else { return }
      crowd.add(admission.earlier(people: admission.standing))
      crowd.subtract(admission.earlier(people: admission.standingInStore))
    }
  }

  /// Those whom the store has and who were taken back count less than 0.
  func peopleUnrecorded(eventID: String, since: Date) -> Int {
    people(of: unsavedPlaces, eventID: eventID, since: since) {
      $0.earlier(people: $0.standing).people - $0.earlier(people: $0.standingInStore).people
    }
  }

  private func people(
    of places: some Sequence<Int>, eventID: String, since: Date?, _ people: (Admission) -> Int
  ) -> Int {
    places.reduce(0) { sum, place in
      let admission = newest[place]
      let scan = admission.kind.scan
      let isMeant = scan.eventID == eventID && scan.at >= since ?? .distantPast
      return isMeant ? sum + people(admission) : sum
    }
  }

  /// The first that has to be written, or corrected in the store.
  var firstUnsaved: Admission? {
    unsavedPlaces.first { newest[$0].state != .beingWritten }.map { newest[$0] }
  }

  /// All that the store does not hold as they are.
  var unsaved: [Admission] { unsavedPlaces.map { newest[$0] } }

  /// The newest that was not taken back, leaving out whom a scan let in after that, in seconds,
  /// monotonic.
  func newestStanding(scannedBy latest: TimeInterval) -> Admission? {
    newest.last { $0.undoneAt == nil && ($0.kind.isByStaff || $0.admittedAt <= latest) }
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
    let entry = admission.earlier(people: count)
    for key in Self.keys(kind) { counts[key] = (counts[key] ?? EarlierAdmissions()).adding(entry) }
    if let pair = Self.pair(kind) { pairs[pair, default: People()].add(entry) }
    if let eventID = kind.scan.eventID { crowds[eventID, default: Crowd()].add(entry) }
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
    // Each of the counter's is somebody else.
    if case .counter = admission.kind { return true }
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
    let (before, after) = (
      admission.earlier(people: admission.people), admission.earlier(people: count)
    )
    for key in Self.keys(admission.kind) { counts[key]?.replacePeople(before, by: after) }
    if let pair = Self.pair(admission.kind) {
      pairs[pair]?.subtract(before)
      pairs[pair]?.add(after)
    }
    if let eventID = admission.kind.scan.eventID {
      crowds[eventID]?.subtract(before)
      crowds[eventID]?.add(after)
    }
  }

  /// Whoever was taken back did not come in first, nor leave last. Only the oldest are forgotten, so that the first of
  /// those who are left is the first of all.
  private mutating func forgetEntry(of undone: Admission) {
    let entry = undone.earlier(people: undone.people)
    for key in Self.keys(undone.kind)
    where counts[key]?.first == entry.first || counts[key]?.lastLeft == entry.lastLeft
      || counts[key]?.lastBack == entry.lastBack
    {
      let others = newest.reduce(EarlierAdmissions()) { sum, other in
        let isMeant = other.undoneAt == nil && Self.keys(other.kind).contains(key)
        return isMeant ? sum.adding(other.earlier(people: other.people)) : sum
      }
      if counts[key]?.first == entry.first { counts[key]?.first = others.first }
      if counts[key]?.lastBack == entry.lastBack { counts[key]?.lastBack = others.lastBack }
      if counts[key]?.lastLeft == entry.lastLeft { counts[key]?.lastLeft = others.lastLeft }
    }
  }

  private mutating func forgetOldWritten() {
    guard newest.count > Self.mostWritten, let oldest = newest.first, oldest.isSaved else {
      return
    }
    newest.removeFirst()
  }

  private static func keys(_ kind: Kind) -> Set<Identity> {
    // Whoever has no code counts for none.
    if case .counter = kind { return [] }
    let identity = identity(kind)
    return Set([identity.byCode] + (identity.byPass.map { [$0] } ?? []))
  }

  /// Nil where no pass is known.
  private static func pair(_ kind: Kind) -> Identity? {
    let identity = identity(kind)
    return identity.passID == nil ? nil : identity
  }

  private static func identity(_ kind: Kind) -> Identity {
    switch kind {
    case .counted(let entry, _):
      Identity(entry.pass)
    case .byHand(let hand):
      Identity(
        kind: hand.kind, passID: hand.passID, code: hand.scan.code, eventID: hand.scan.eventID)
    case .counter(let count):
      Identity(kind: nil, passID: nil, code: "", eventID: count.scan.eventID)
    case .earlier(let admission, let scan):
      Identity(
        kind: admission.kind, passID: admission.passID, code: scan.code, eventID: scan.eventID)
    }
  }
}
