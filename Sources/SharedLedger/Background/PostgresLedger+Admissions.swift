package import Admission
package import CheckIn
package import FoundationEssentials

/// How the doors keep in step.
extension PostgresLedger {
  package func changes(
    after cursor: String?, besides doorID: String
  ) async throws(LedgerError) -> LedgerChanges {
    let given = cursor
    let cursor = ChangeCursor(given)
    let answer = try await ask(BackgroundStatements.changes(cursor, besides: doorID))
    guard let snapshot = answer.rows.first?.first ?? nil else { throw .refused("no answer") }
    let rows = BackgroundStatements.changedRows(answer)
    if rows.isEmpty, let given, cursor.doesAsWell(as: snapshot) {
      return LedgerChanges(admissions: [], cursor: given, hasMore: false)
    }
    let first = cursor.page?.first ?? snapshot
    var next = ChangeCursor(seen: first)
    if rows.count == BackgroundStatements.changesOfAPage,
      let last = rows.last?.suffix(2).compactMap({ $0 })
    {
      next = ChangeCursor(
        seen: cursor.seen,
        page: ChangeCursor.Page(first: first, changedBy: last[0], sequence: last[1]))
    }
    return LedgerChanges(
      admissions: rows.compactMap(BackgroundStatements.changed),
      cursor: next.text, hasMore: next.page != nil)
  }

  package func admissions(
    of doorID: String, since: Date
  ) async throws(LedgerError) -> [LedgerAdmission] {
    let values = [Statement.value(doorID), Statement.value(since)]
    let answer = try await ask(
      .run(BackgroundStatements.ofDoor, values), within: Self.longPatience)
    return answer.rows.compactMap(AdmissionRow.admission)
  }

  package func confirmed(
    of doorID: String, since: Date
  ) async throws(LedgerError) -> Set<AdmissionID> {
    let values = [Statement.value(doorID), Statement.value(since)]
    let answer = try await ask(.run(BackgroundStatements.confirmed, values))
    return Set(answer.rows.compactMap { row in row[0].flatMap(AdmissionID.init(rawValue:)) })
  }

  package func deliver(_ admissions: [LedgerAdmission]) async throws(LedgerError) {
    guard !admissions.isEmpty else { return }
    let statements = admissions.map {
      Statement.run(AdmissionRow.record, AdmissionRow.values($0))
    }
    _ = try await ask(statements, within: Self.longPatience)
  }

  package func takeBack(
    _ ids: [AdmissionID], of doorID: String, at now: Date
  ) async throws(LedgerError) {
    guard !ids.isEmpty else { return }
    _ = try await ask(
      .run(
        BackgroundStatements.takeBack,
        [Statement.value(ids), Statement.value(doorID), Statement.value(now)]))
  }

  package func deleteOld(days: Int, but eventID: String?) async throws(LedgerError) {
    let statements = BackgroundStatements.deleteOld(days: days, but: eventID)
    _ = try await ask(statements, within: Self.longPatience)
  }
}
