import Admission
import CheckIn
import FoundationEssentials

private struct DiskFull: Error {}

/// A store that can be told to fail, or to keep a commit waiting.
actor TestLedger: NightLedger {
  private struct Line {
    var passID: String?
    var people: Int
  }

  private var admissions: [Line] = []
  private var isWritable = true
  private var isReadable = true
  /// Nil commits at once.
  private let gate: AsyncStream<Void>?
  /// Ends when whoever came before has had its turn.
  private var previous: AsyncStream<Void>?
  private(set) var lines: [String] = []
  /// What it was asked to settle.
  private(set) var entries: [AdmissionEntry] = []

  init(gate: AsyncStream<Void>? = nil) { self.gate = gate }

  func set(isWritable: Bool, isReadable: Bool = true) {
    (self.isWritable, self.isReadable) = (isWritable, isReadable)
  }

  var people: Int { admissions.reduce(0) { $0 + $1.people } }

  private func write() throws { if !isWritable { throw DiskFull() } }
  private func read() throws { if !isReadable { throw DiskFull() } }

  func settle(
    _ entry: AdmissionEntry, judge: @escaping @Sendable (EarlierAdmissions) throws -> Decision
  ) async throws -> Settlement {
    let turn = previous
    let (end, endTurn) = AsyncStream.makeStream(of: Void.self)
    previous = end
    defer { endTurn.finish() }
    if let turn { for await _ in turn {} }
    entries.append(entry)
    try write()
    let before = earlier(entry.passID)
    let decision = try judge(before)
    if let gate { for await _ in gate { break } }
    try write()
    let people = decision.count?.admitted ?? 0
    let id = people > 0 ? add(Line(passID: entry.passID, people: people)) : nil
    return Settlement(decision: decision, before: before, admissionID: id)
  }

  func earlierAdmissions(
    passID: String, eventID: String, code: String, answeredAt: Date
  ) throws -> EarlierAdmissions {
    try read()
    return earlier(passID)
  }

  func journal(_ record: ScanRecord, _ decision: Decision) throws {
    try write()
    lines.append(record.code)
  }

  func peopleAdmitted(eventID: String, since: Date?) throws -> Int {
    try read()
    return people
  }

  func undo(admission id: Int64, at now: Date) throws -> RecordedAdmission? {
    try write()
    let undone = recorded(id)
    admissions[Int(id) - 1].people = 0
    return undone
  }

  func newestAdmission(door: String, during span: Range<Date>) -> RecordedAdmission? {
    admissions.isEmpty ? nil : recorded(Int64(admissions.count))
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

  private func earlier(_ passID: String) -> EarlierAdmissions {
    EarlierAdmissions(
      people: admissions.filter { $0.passID == passID }.reduce(0) { $0 + $1.people })
  }

  private func add(_ line: Line) -> Int64 {
    admissions.append(line)
    return Int64(admissions.count)
  }

  private func recorded(_ id: Int64) -> RecordedAdmission {
    let line = admissions[Int(id) - 1]
    return RecordedAdmission(
      id: id, passID: line.passID, code: nil, people: line.people, mostPeople: nil,
      at: Date(timeIntervalSince1970: 1), isByHand: false, isReported: false)
  }
}
