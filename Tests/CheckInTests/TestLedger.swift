import Admission
import CheckIn
import FoundationEssentials
import Synchronization

private struct DiskFull: Error {}

/// A store that can be told to fail, or to keep a commit waiting.
actor TestLedger: NightLedger {
  private struct Line {
    var passID: String?
    var people: Int
    var isUndone = false
  }

  private var admissions: [Line] = []
  /// Of other doors, as the ledger told that they share.
  private var elsewhere: [AdmissionID: LedgerAdmission] = [:]
  private var ids: Set<AdmissionID> = []
  /// Its file: another one may lie in its place.
  private let place = Mutex(
    (isWhole: true, isReplaced: false, waiting: [AsyncStream<Void>.Continuation]()))
  private var isWritable = true
  private var isReadable = true
  /// Nil commits at once.
  private let gate: AsyncStream<Void>?
  /// Ends when whoever came before has had its turn.
  private var previous: AsyncStream<Void>?
  private(set) var lines: [String] = []
  /// It has judged a scan and stands still over the commit.
  private(set) var isAtGate = false
  /// What it was asked to record.
  private(set) var entries: [AdmissionEntry] = []

  /// So many scans have come to be judged so far, in their turn or not.
  private(set) var arrivals = 0

  nonisolated var isWhole: Bool { place.withLock(\.isWhole) }
  nonisolated var isReplaced: Bool { place.withLock(\.isReplaced) }

  nonisolated func waitUntilWhole(for patience: Duration) async -> Bool {
    let (changes, change) = AsyncStream.makeStream(of: Void.self)
    place.withLock { $0.waiting.append(change) }
    for await _ in changes {}
    return isWhole
  }

  /// Somebody waits until it is whole.
  nonisolated var isAwaited: Bool { place.withLock { !$0.waiting.isEmpty } }

  /// Whoever waits for that looks again.
  nonisolated func set(isWhole: Bool, isReplaced: Bool) {
    let waiting = place.withLock { place in
      defer { place = (isWhole, isReplaced, []) }
      return place.waiting
    }
    for one in waiting { one.finish() }
  }

  init(gate: AsyncStream<Void>? = nil) { self.gate = gate }

  func set(isWritable: Bool, isReadable: Bool = true) {
    (self.isWritable, self.isReadable) = (isWritable, isReadable)
  }

  var people: Int { admissions.reduce(0) { $0 + $1.people } }

  private func write() throws { if !isWritable { throw DiskFull() } }
  private func read() throws { if !isReadable { throw DiskFull() } }

  nonisolated func admit(
    _ entry: AdmissionEntry, judge: @escaping @Sendable (EarlierAdmissions) throws -> Decision,
    ended: @escaping @Sendable (Result<RecordedDecision, any Error>) -> Void
  ) {
    Task {
      do {
        ended(.success(try await admit(entry, judge: judge)))
      } catch {
        ended(.failure(error))
      }
    }
  }

  func admit(
    _ entry: AdmissionEntry, judge: @escaping @Sendable (EarlierAdmissions) throws -> Decision
  ) async throws -> RecordedDecision {
    arrivals += 1
    let turn = previous
    let (end, endTurn) = AsyncStream.makeStream(of: Void.self)
    previous = end
    defer { endTurn.finish() }
    if let turn { for await _ in turn {} }
    entries.append(entry)
    try write()
    takeOver(entry.onLedger + entry.news)
    var before = earlier(entry.passID)
    if entry.places != nil {
      before.everybodyInside = people + elsewhere.values.reduce(0) { $0 + $1.standing }
    }
    let decision = try judge(before)
    if let gate {
      isAtGate = true
      for await _ in gate { break }
      isAtGate = false
    }
    try write()
    let people = decision.count?.admitted ?? 0
    ids.insert(entry.id)
    let id = people > 0 ? add(Line(passID: entry.passID, people: people)) : nil
    return RecordedDecision(decision: decision, before: before, admissionID: id)
  }

  func earlierAdmissions(
    of pass: PassAtEvent, answeredAt: Date, answered: AnswerMoment?, onLedger: [LedgerAdmission]
  ) throws -> EarlierAdmissions {
    try read()
    takeOver(onLedger)
    return earlier(pass.id)
  }

  func passAdmitted(on code: String, eventID: String) -> PassAtEvent? { nil }

  func journal(_ scans: [JournalLine]) throws {
    try write()
    lines += scans.map(\.record.code)
  }

  func undo(admission id: Int64, at now: Date) throws -> RecordedAdmission? {
    try write()
    guard !admissions[Int(id) - 1].isUndone else { return nil }
    let undone = recorded(id)
    admissions[Int(id) - 1].people = 0
    admissions[Int(id) - 1].isUndone = true
    return undone
  }

  /// Each is stamped by its number, in seconds since 1970.
  func newestAdmission(door: String, during span: Range<Date>) throws -> RecordedAdmission? {
    try read()
    return admissions.indices.reversed().map { recorded(Int64($0 + 1)) }
      .first { span.contains($0.at) && !admissions[Int($0.id) - 1].isUndone }
  }

  func standingAdmission(
    _ id: Int64
  ) throws -> (admission: RecordedAdmission, isNewestOfItsPass: Bool)? {
    try read()
    let line = admissions[Int(id) - 1]
    guard !line.isUndone else { return nil }
    let later = admissions.dropFirst(Int(id)).contains { $0.passID == line.passID && !$0.isUndone }
    return (recorded(id), !later)
  }

  func setPeople(_ people: Int, ofAdmission id: Int64, at now: Date) throws -> RecordedAdmission? {
    try write()
    admissions[Int(id) - 1].people = people
    return recorded(id)
  }

  func admit(byHand admission: HandAdmission) throws -> Int64 {
    try write()
    return add(Line(passID: admission.passID, people: admission.people))
  }

  func count(_ hand: HandCount) throws -> Int64 {
    try write()
    return add(Line(passID: nil, people: HandCount.people))
  }

  func crowd(eventID: String, with news: [LedgerAdmission]) throws -> Crowd {
    try read()
    takeOver(news)
    let elsewhere = elsewhere.values.reduce(0) { $0 + $1.standing }
    return Crowd(admitted: people, inside: people + elsewhere)
  }

  func crowd(
    eventID: String, sinceEach moments: [Date]
  ) throws -> (crowd: Crowd, cameSince: [Int]) {
    (try crowd(eventID: eventID, with: []), moments.map { _ in people })
  }

  private func earlier(_ passID: String) -> EarlierAdmissions {
    let here = admissions.filter { $0.passID == passID }.reduce(0) { $0 + $1.people }
    let there = elsewhere.values.filter { $0.passID == passID }.reduce(0) { $0 + $1.standing }
    return EarlierAdmissions(people: here + there)
  }

  private func takeOver(_ admissions: [LedgerAdmission]) {
    for admission in admissions where !ids.contains(admission.id) {
      elsewhere[admission.id] = admission
    }
  }

  private func add(_ line: Line) -> Int64 {
    admissions.append(line)
    return Int64(admissions.count)
  }

  private func recorded(_ id: Int64) -> RecordedAdmission {
    let line = admissions[Int(id) - 1]
    return RecordedAdmission(
      id: id, passID: line.passID, code: nil, eventID: "e", people: line.people, mostPeople: nil,
      at: Date(timeIntervalSince1970: TimeInterval(id)), isReported: false)
  }
}

extension RecordingLedger {
  /// Takes back the newest that stands, however old it is.
  func undoNewest(
    begunAt: Date = .distantPast, at now: Date
  ) async -> RecordingLedger.TakenBack? {
    while let newest = await newestStanding(
      door: "North", begunAt: begunAt, at: now, age: { _ in nil })
    {
      if let taken = await takeBack(newest, door: "North", at: now) { return taken }
    }
    return nil
  }
}

extension RecordingLedger {
  /// People admitted here for an event, recorded or not.
  func peopleAdmitted(eventID: String) async -> Int { await crowd(eventID: eventID).admitted }
}
