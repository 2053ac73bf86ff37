import Admission
import FoundationEssentials
import GRDB

extension EarlierAdmissions {
  /// - Parameters:
  ///   - asked: when the answer was asked for.
  ///   - received: when it was there at the latest; what the service was told of in between may be
  ///     in it.
  ///   - onLedger: other admissions of the pass or on its code, which stand for those of the store that
  ///     are called the same.
  ///   - standing: the pass's `numbersStanding`, where they were read.
  static func fetch(
    of pass: PassAtEvent, asked: Stamp, received: Stamp, onLedger: [OthersAdmission] = [],
    standing: [Int64]? = nil, in database: Database
  ) throws -> EarlierAdmissions {
    // To make ready for rows takes longer than to find none, as for most.
    if onLedger.isEmpty, standing?.isEmpty ?? false { return EarlierAdmissions() }
    let columns = CountedAdmission.columns
    let rows = try Row.fetchCursor(
      database.cachedStatement(
        sql: """
          SELECT \(columns), NULL AS code
          FROM admissions
          WHERE pass_id = ?1 AND pass_kind = ?4 AND ?1 <> '' AND event_id = ?2
            AND undone_at IS NULL
          UNION ALL
          SELECT \(columns), code
          FROM admissions
          WHERE code = ?3 AND event_id = ?2 AND undone_at IS NULL
            AND (pass_id IS NULL OR pass_id <> ?1 OR pass_kind <> ?4 OR ?1 = '')
          ORDER BY id
          """),
      arguments: [pass.id, pass.eventID, pass.code, pass.kind.rawValue])
    let newer = Set(onLedger.map(\.id))
    var count = EarlierCount(of: pass, asked: asked, received: received)
    while let row = try rows.next() {
      let admission = CountedAdmission(row)
      if let id = admission.id, newer.contains(id) { continue }
      count.add(admission)
    }
    for admission in onLedger.compactMap({ $0.counted(for: pass) }) { count.add(admission) }
    return count.earlier
  }
}

extension PassAtEvent {
  /// The numbers of the admissions on it or on its code that have not been taken back; each may be there
  /// twice.
  func numbersStanding(in database: Database) throws -> [Int64] {
    try Int64.fetchAll(
      database.cachedStatement(
        sql: """
          SELECT id FROM admissions
          WHERE pass_id = ?1 AND pass_kind = ?4 AND ?1 <> '' AND event_id = ?2
            AND undone_at IS NULL
          UNION ALL
          SELECT id FROM admissions WHERE code = ?3 AND event_id = ?2 AND undone_at IS NULL
          """),
      arguments: [id, eventID, code, kind.rawValue])
  }
}

/// Adds up earlier admissions, each given once.
private struct EarlierCount {
  private let pass: PassAtEvent
  private var people = 0
  private var outside = 0
  private var seenInside = 0
  private var known: ReportedPeople
  /// The first of this door's own, in the order in which they were made, and of others.
  private var first: Entry?
  private var firstOfOthers: Entry?
  private var lastBack: Entry?
  private var lastLeft: Entry?

  init(of pass: PassAtEvent, asked: Stamp, received: Stamp) {
    self.pass = pass
    known = ReportedPeople(kind: pass.kind, asked: asked, received: received)
  }

  mutating func add(_ admission: CountedAdmission) {
    if let byCode = admission.code, !isSameCode(byCode, pass.code) { return }
    let entry = Entry(at: Date(timeIntervalSince1970: admission.at), door: admission.door)
    // A number from a hostile ledger must not overflow any sum.
    func bounded(_ people: Int) -> Int { min(people, 1 << 40) }
    let came = bounded(admission.people.addingClamped(admission.back))
    outside += bounded(admission.gone) - bounded(admission.back)
    seenInside += came - bounded(admission.gone - admission.unseen)
    if admission.back > 0, entry.at > lastBack?.at ?? .distantPast { lastBack = entry }
    if admission.gone > 0, entry.at > lastLeft?.at ?? .distantPast { lastLeft = entry }
    // Whoever leaves by it did not come in by it.
    guard came > 0 else { return }
    if !admission.isOfOtherDoor {
      first = first ?? entry
    } else if entry.at < firstOfOthers?.at ?? .distantFuture {
      firstOfOthers = entry
    }
    people = people.addingClamped(admission.people - known.note(admission))
  }

  var earlier: EarlierAdmissions {
    let first = [first, firstOfOthers].compactMap { $0 }.min { $0.at < $1.at }
    var earlier = EarlierAdmissions(people: people, doubts: known.doubts, first: first)
    (earlier.outside, earlier.seenInside) = (outside, seenInside)
    (earlier.lastBack, earlier.lastLeft) = (lastBack, lastLeft)
    return earlier
  }
}

/// People of whom the service was told before it gave an answer.
private struct ReportedPeople {
  /// Of which the answer is.
  let kind: PassKind
  let asked: Stamp
  let received: Stamp

  private struct Acknowledged {
    var at: Stamp
    var people: Int
  }

  private struct Doubt {
    var reported: Stamp
    var people: Int
    /// Nil where it is not known.
    var countedIn: Int?
    var counted: Stamp
  }

  private var acknowledged: [Acknowledged] = []
  private var inDoubt: [Doubt] = []

  init(kind: PassKind, asked: Stamp, received: Stamp) {
    self.kind = kind
    self.asked = asked
    self.received = received
  }

  /// - Returns: how many of an admission's people the service was told of by then. Staff may have
  ///   changed the number since.
  mutating func note(_ admission: CountedAdmission) -> Int {
    let people = admission.people
    // What was told of one kind stands in no answer about another.
    guard admission.passKind == kind.rawValue else { return 0 }
    if kind.isReportedByPeople, let at = admission.acknowledged, at.isBefore(asked) {
      let told = min(people, admission.acknowledgedPeople ?? people)
      acknowledged.append(Acknowledged(at: at, people: told))
      return told
    }
    if let at = admission.reported, at.isBefore(asked) || at.isBefore(received) {
      let told = min(people, admission.reportedPeople ?? people)
      inDoubt.append(
        Doubt(
          reported: at, people: told, countedIn: admission.countedIn,
          counted: admission.counted ?? at))
      return told
    }
    return 0
  }

  var doubts: [EarlierAdmissions.Doubt] {
    inDoubt.map { doubt in
      // One acknowledged since may have been counted before, too; more than it counts for once
      // would let somebody in.
      let since = acknowledged.filter { !$0.at.isBefore(doubt.counted) }
      let older = inDoubt.filter { $0.reported.isBefore(doubt.counted) }
      return EarlierAdmissions.Doubt(
        people: doubt.people,
        countedWithout: since.reduce(doubt.countedIn ?? .max) { $0.addingClamped($1.people) },
        olderDoubts: older.reduce(0) { $0.addingClamped($1.people) })
    }
  }
}
