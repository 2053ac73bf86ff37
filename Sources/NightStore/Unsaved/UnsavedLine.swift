import Admission
import FoundationEssentials

/// A line of the file in which an end of the program keeps what it could not save: JSON, without names.
struct UnsavedLine: Codable, Equatable {
  enum Kind: String, Codable {
    case counted
    case byHand = "by_hand"
    case left, counter
    /// An admission that the store has, corrected.
    case corrected
    /// A scan that let nobody in.
    case scan
  }

  /// How an admission is to be reported to the service.
  struct Report: Codable, Equatable {
    var option: String?
    var earliest: Double
  }

  /// Why what a line says can be nobody's.
  struct Nonsense: Error {}

  var kind: Kind
  /// What the admission is called; nil in an older version's line, and where only its scan is known.
  var id: String?
  var event: String?
  var pass: String?
  /// Nil: a pass, or none is known.
  var passKind: String?
  var code: String
  var type: String?
  var people: Int?
  var allowed: Int?
  var used: Int?
  /// People of the pass who were outside before it; nil: nobody.
  var outside: Int?
  /// Who left, as it was recorded first: `people` is how many it are now.
  var gone: Int?
  var unseen: Int?
  var mostGone: Int?
  var inside: Int?
  /// Which way staff counted somebody; nil: in.
  var direction: String?
  /// Times are seconds since 1970.
  var at: Double
  var door: String
  /// What the journal calls the scan.
  var action: String
  var reason: String?
  /// `live` or `cache`; nil where nothing answered.
  var source: String?
  var storedAt: Double?
  var failure: String?
  var latency: Double
  var answeredAt: Double?
  var countedIn: Int?
  var report: Report?
  var undoneAt: Double?
  var changedAt: Double?

  enum CodingKeys: String, CodingKey {
    case kind, id, event, pass, code, type, people, allowed, used, at, door, action, reason, source,
      failure, report, outside, gone, unseen, inside, direction
    case mostGone = "most_gone"
    case passKind = "pass_kind"
    case storedAt = "stored_at"
    case latency = "latency_ms"
    case answeredAt = "answered_at"
    case countedIn = "counted_in"
    case undoneAt = "undone_at"
    case changedAt = "changed_at"
  }

  init(_ entry: UnsavedEntry) {
    switch entry {
    case .scan(let record, let reason):
      self.init(.scan, record)
      self.reason = reason.rawValue
    case .admission(let admission):
      self.init(admission)
    }
  }

  private init(_ admission: UnsavedAdmission) {
    switch admission.making {
    case .counted(let entry, let decision):
      self.init(decision.departure == nil ? .counted : .left, entry.scan)
      id = entry.id.rawValue
      if entry.kind != .pass { passKind = entry.kind.rawValue }
      (event, pass, reason) = (entry.eventID, entry.passOfRecord, decision.reason.rawValue)
      (allowed, used) = (decision.count?.allowed, decision.count?.used)
      if decision.outside > 0 { outside = decision.outside }
      if let departure = decision.departure {
        (gone, unseen) = (departure.people, departure.unseen)
        (mostGone, inside) = (departure.most, departure.inside)
      }
      // Of a code of which nothing is stored, no answer was asked for.
      let asked = entry.answeredAt.timeIntervalSince1970
      if asked >= 0 { answeredAt = asked }
      countedIn = entry.countedIn
      report = entry.report.map {
        Report(option: $0.optionID, earliest: $0.earliest.timeIntervalSince1970)
      }
    case .byHand(let hand):
      self.init(.byHand, hand.scan)
      id = hand.id.rawValue
      if let kind = hand.kind, kind != .pass { passKind = kind.rawValue }
      (pass, reason) = (hand.passID, hand.reason.rawValue)
      if hand.outside > 0 { outside = hand.outside }
    case .counter(let count):
      self.init(.counter, count.scan)
      id = count.id.rawValue
      if count.direction == .out { direction = count.direction.rawValue }
    case .earlier(let scan): self.init(.corrected, scan)
    }
    people = admission.people
    undoneAt = admission.undoneAt?.timeIntervalSince1970
    changedAt = admission.changedAt?.timeIntervalSince1970
  }

  private init(_ kind: Kind, _ scan: ScanRecord) {
    self.kind = kind
    (event, code, type, door) = (scan.eventID, scan.code, scan.passType, scan.door)
    passKind = scan.kind?.rawValue
    at = scan.at.timeIntervalSince1970
    action = scan.action.rawValue
    latency = scan.latency / .milliseconds(1)
    switch scan.source {
    case nil: break
    case .live: source = "live"
    case .cache(let fetchedAt, let because):
      source = "cache"
      storedAt = fetchedAt.timeIntervalSince1970
      failure = because?.journalName
    }
  }

  // MARK: Reading

  private static let mostPeople = 1_000_000

  /// - Throws: where the line says what no door writes.
  func entry() throws -> UnsavedEntry {
    let scan = try scan()
    guard kind != .scan else { return .scan(scan, try known(reason, Reason.init)) }
    let people = try known(people) { (1...Self.mostPeople).contains($0) ? $0 : nil }
    let making: UnsavedAdmission.Making
    switch kind {
    case .counted:
      var decision = Decision(
        reason: try known(reason, Reason.init),
        count: HeadCount(allowed: try known(allowed), used: try known(used), admitted: people))
      decision.outside = try number(outside) ?? 0
      making = .counted(
        AdmissionEntry(
          id: try idOrNew, kind: try kindOfPass ?? .pass, passID: try known(pass),
          eventID: try known(event),
          answeredAt: try date(answeredAt),
          countedIn: countedIn, scan: scan,
          report: try report.map {
            ReportOrder(optionID: $0.option, earliest: try date($0.earliest))
          }),
        decision)
    case .left:
      var decision = Decision(
        reason: try known(reason, Reason.init),
        count: allowed.map { HeadCount(allowed: $0, used: used ?? 0) })
      let gone = try known(try number(gone))
      decision.departure = Departure(
        people: gone, unseen: min(gone, try number(unseen) ?? 0), most: try number(mostGone),
        inside: try number(inside) ?? gone)
      making = .counted(
        AdmissionEntry(
          id: try idOrNew, kind: try kindOfPass ?? .pass, passID: pass ?? "",
          eventID: try known(event), answeredAt: try answeredAt.map(date) ?? .distantPast,
          countedIn: countedIn, scan: scan, direction: .out),
        decision)
    case .byHand:
      making = .byHand(
        HandAdmission(
          id: try idOrNew, kind: try kindOfPass ?? .pass, passID: pass, people: people,
          outside: try number(outside) ?? 0, reason: try known(reason, Reason.init), scan: scan))
    case .counter:
      let direction = try direction.map { try known($0, DoorDirection.init(rawValue:)) } ?? .in
      making = .counter(HandCount(id: try idOrNew, direction: direction, scan: scan))
    case .corrected, .scan: making = .earlier(scan)
    }
    return .admission(
      UnsavedAdmission(
        making: making, people: people, undoneAt: try undoneAt.map(date),
        changedAt: try changedAt.map(date)))
  }

  private func number(_ people: Int?) throws -> Int? {
    try people.map { try known($0) { (0...Self.mostPeople).contains($0) ? $0 : nil } }
  }

  private var idOrNew: AdmissionID {
    get throws { try id.map { try known($0, AdmissionID.init(rawValue:)) } ?? .new() }
  }

  private var kindOfPass: PassKind? {
    get throws { try passKind.map { try known($0, PassKind.init) } }
  }

  private func scan() throws -> ScanRecord {
    let source: Source? =
      switch self.source {
      case nil: nil
      case "live": .live
      case "cache":
        .cache(
          fetchedAt: try date(storedAt),
          because: try failure.map { name in
            try known(LookUpFailure.allCases.first { $0.journalName == name })
          })
      default: throw Nonsense()
      }
    guard latency.isFinite, (0...1e9).contains(latency) else { throw Nonsense() }
    return ScanRecord(
      action: try known(action, ScanRecord.Action.init), at: try date(at), door: door,
      eventID: event, code: code, kind: try kindOfPass, passType: type, source: source,
      latency: .milliseconds(1) * latency)
  }

  private func known<Raw, Value>(_ raw: Raw?, _ make: (Raw) -> Value?) throws -> Value {
    guard let raw, let value = make(raw) else { throw Nonsense() }
    return value
  }

  private func known<Value>(_ value: Value?) throws -> Value { try known(value) { $0 } }

  private func date(_ seconds: Double?) throws -> Date {
    // Until the year 9999.
    try known(seconds) {
      (0...253_402_300_799).contains($0) ? Date(timeIntervalSince1970: $0) : nil
    }
  }
}
