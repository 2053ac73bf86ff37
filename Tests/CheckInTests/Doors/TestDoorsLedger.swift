import Admission
import CheckIn
import FoundationEssentials
import Synchronization
import Waiting

/// The ledger of several doors, in memory, which can be told to fail as a real one does.
final class TestDoorsLedger: DoorsLedger {
  enum Behaviour: Equatable {
    case answers
    /// Never.
    case isSilent
    case fails(LedgerError)
    /// Records, and its answer to that is lost.
    case losesItsAnswer
    /// Once, before it records, and lets in somebody else on the pass.
    case losesTheHold(to: LedgerAdmission)
  }

  private struct State {
    var behaviour = Behaviour.answers
    var admissions: [LedgerAdmission] = []
    var held: Set<PassIdentity> = []
    /// Events of which somebody counts everybody.
    var counted: Set<String> = []
    var confirmed: Set<AdmissionID> = []
    var holds = 0
    var probes = 0
    var tables = "1"
    var lines: [LedgerLine] = []
    var doors: [DoorOnLedger] = []
  }

  private let state = Mutex(State())
  private let changed = Waiting.Signal()

  func set(_ behaviour: Behaviour) {
    state.withLock { $0.behaviour = behaviour }
    changed.send()
  }

  var admissions: [LedgerAdmission] { state.withLock(\.admissions) }
  /// How often a pass was asked for.
  var holds: Int { state.withLock(\.holds) }
  var probes: Int { state.withLock(\.probes) }
  var isFree: Bool { state.withLock { $0.held.isEmpty && $0.counted.isEmpty } }
  var lines: [LedgerLine] { state.withLock(\.lines) }
  var confirmed: Set<AdmissionID> { state.withLock(\.confirmed) }

  func add(_ admission: LedgerAdmission) { state.withLock { $0.admissions.append(admission) } }

  /// Another door is about to admit a pass.
  func occupy(_ pass: PassAtEvent) {
    state.withLock { $0.held.formUnion(pass.identities) }
  }

  /// Another door is counting everybody.
  func count(eventID: String) { state.withLock { _ = $0.counted.insert(eventID) } }

  private func answer() async throws(LedgerError) {
    while true {
      let next = changed.next
      switch state.withLock(\.behaviour) {
      case .answers, .losesItsAnswer, .losesTheHold: return
      case .fails(let error): throw error
      case .isSilent: await next.value()
      }
    }
  }

  func hold(
    _ pass: PassAtEvent, countingAllSince place: PlaceInChanges?, within patience: Duration
  ) async throws(LedgerError) -> any PassHold {
    state.withLock { $0.holds += 1 }
    try await answer()
    let found: Hold? = state.withLock { state in
      guard state.held.isDisjoint(with: pass.identities) else { return nil }
      if place != nil, !state.counted.insert(pass.eventID).inserted { return nil }
      state.held.formUnion(pass.identities)
      return Hold(
        ledger: self, pass: pass, countsAll: place != nil,
        admissions: state.admissions.filter { $0.passID == pass.id || $0.code == pass.code },
        news: place.map { place in state.admissions.filter { $0.doorID != place.doorID } } ?? [])
    }
    guard let found else { throw .busy }
    return found
  }

  func confirm(_ id: AdmissionID, within patience: Duration) async throws(LedgerError) {
    try await answer()
    state.withLock { _ = $0.confirmed.insert(id) }
  }

  func probe(within patience: Duration) async throws(LedgerError) -> LedgerIdentity {
    state.withLock { $0.probes += 1 }
    try await answer()
    return LedgerIdentity(id: "ledger", version: 1)
  }

  func tables() async throws(LedgerError) -> String {
    try await answer()
    return state.withLock(\.tables)
  }

  /// Puts an older state in its place, as from a backup.
  func restore(_ admissions: [LedgerAdmission]) {
    state.withLock { state in
      state.admissions = admissions
      state.tables += "'"
    }
  }

  func changes(
    after cursor: String?, besides doorID: String
  ) async throws(LedgerError) -> LedgerChanges {
    try await answer()
    let admissions = admissions.filter { $0.doorID != doorID }
    return LedgerChanges(admissions: admissions, cursor: "\(admissions.count)", hasMore: false)
  }

  func admissions(of doorID: String, since: Date) async throws(LedgerError) -> [LedgerAdmission] {
    try await answer()
    return admissions.filter { $0.doorID == doorID }
  }

  func confirmed(of doorID: String, since: Date) async throws(LedgerError) -> Set<AdmissionID> {
    try await answer()
    return confirmed
  }

  func deliver(_ admissions: [LedgerAdmission]) async throws(LedgerError) {
    try await answer()
    for admission in admissions { record(admission) }
  }

  func takeBack(_ ids: [AdmissionID], of doorID: String, at now: Date) async throws(LedgerError) {
    try await answer()
    state.withLock { state in
      for index in state.admissions.indices where ids.contains(state.admissions[index].id) {
        state.admissions[index].undoneAt = now
        state.admissions[index].revision += 1
      }
    }
  }

  func lastLine(of doorID: String) async throws(LedgerError) -> Int64 {
    try await answer()
    return lines.last?.number ?? 0
  }

  func deliver(_ lines: [LedgerLine], of doorID: String) async throws(LedgerError) {
    try await answer()
    state.withLock { $0.lines += lines }
  }

  func beat(_ door: DoorBeat) async throws(LedgerError) -> TimeInterval {
    try await answer()
    return 0
  }

  func doors(thisDoor doorID: String?) async throws(LedgerError) -> [DoorOnLedger] {
    try await answer()
    return state.withLock(\.doors)
  }

  /// What it tells of the doors.
  func set(_ doors: [DoorOnLedger]) { state.withLock { $0.doors = doors } }

  func deleteOld(days: Int, but eventID: String?) async throws(LedgerError) {}
  func close() async {}

  fileprivate func record(_ admission: LedgerAdmission) {
    state.withLock { state in
      if let index = state.admissions.firstIndex(where: { $0.id == admission.id }) {
        if state.admissions[index].revision < admission.revision {
          state.admissions[index] = admission
        }
      } else {
        state.admissions.append(admission)
      }
    }
  }

  fileprivate func letGo(of pass: PassAtEvent, countsAll: Bool) {
    state.withLock { state in
      state.held.subtract(pass.identities)
      if countsAll { state.counted.remove(pass.eventID) }
    }
  }

  fileprivate var behaviour: Behaviour { state.withLock(\.behaviour) }

  private final class Hold: PassHold {
    let admissions: [LedgerAdmission]
    let news: [LedgerAdmission]
    private let ledger: TestDoorsLedger
    private let pass: PassAtEvent
    private let countsAll: Bool
    private let isRecorded = Mutex(false)

    init(
      ledger: TestDoorsLedger, pass: PassAtEvent, countsAll: Bool, admissions: [LedgerAdmission],
      news: [LedgerAdmission]
    ) {
      self.ledger = ledger
      self.pass = pass
      self.countsAll = countsAll
      self.admissions = admissions
      self.news = news
    }

    func record(_ admission: LedgerAdmission) {
      if case .losesTheHold(let other) = ledger.behaviour {
        ledger.record(other)
        ledger.letGo(of: pass, countsAll: countsAll)
        return ledger.set(.answers)
      }
      ledger.record(admission)
      isRecorded.withLock { $0 = true }
      ledger.letGo(of: pass, countsAll: countsAll)
    }

    func release() { ledger.letGo(of: pass, countsAll: countsAll) }

    func isRecorded(within patience: Duration) async -> Bool {
      ledger.behaviour == .answers && isRecorded.withLock { $0 }
    }
  }
}

extension PassAtEvent {
  fileprivate var identities: [PassIdentity] {
    [.id(id, of: kind), .code(code)].compactMap { $0 }
  }
}

/// What a store has to say of the ledger, for one door.
final class TestReplica: LedgerReplica {
  let doorID: String
  private let state = Mutex(
    (
      undelivered: [LedgerAdmission](), delivered: [LedgerAdmission](), lacked: Set<AdmissionID>(),
      brought: [LedgerAdmission]()
    ))

  init(doorID: String) { self.doorID = doorID }

  var delivered: [LedgerAdmission] { state.withLock(\.delivered) }
  var brought: [LedgerAdmission] { state.withLock(\.brought) }

  /// The store recorded it while the door was alone.
  func owe(_ admission: LedgerAdmission) { state.withLock { $0.undelivered.append(admission) } }

  func lack(_ id: AdmissionID) { state.withLock { _ = $0.lacked.insert(id) } }

  func cursor(ofLedger id: String) async throws -> String? { "0" }

  func record(
    _ admissions: [LedgerAdmission], cursor: String?, ofLedger id: String,
    clockOffset offset: TimeInterval?
  ) async throws -> Bool {
    state.withLock { $0.brought += admissions }
    return !admissions.isEmpty
  }

  func admission(_ id: AdmissionID) async throws -> LedgerAdmission? { nil }

  func undelivered(ofLedger id: String, atMost count: Int) async throws -> [LedgerAdmission] {
    state.withLock { Array($0.undelivered.prefix(count)) }
  }

  func noteDelivered(_ admissions: [LedgerAdmission], toLedger id: String) async throws {
    state.withLock { state in
      state.delivered += admissions
      state.undelivered.removeAll { due in admissions.contains { $0.id == due.id } }
    }
  }

  func deliverAgain(
    since: Date, but held: [AdmissionID: Int64], toLedger id: String
  ) async throws {
    state.withLock { state in
      state.undelivered += state.delivered.filter { held[$0.id] == nil }
      state.delivered.removeAll { held[$0.id] == nil }
    }
  }

  func lacking(_ ids: [AdmissionID]) async throws -> [AdmissionID] {
    state.withLock { state in ids.filter(state.lacked.contains) }
  }

  func lines(after number: Int64, atMost count: Int) async throws -> [LedgerLine] { [] }
  func untoldDoubleEntries(eventID: String) async throws -> [DoubleEntry] { [] }
}
