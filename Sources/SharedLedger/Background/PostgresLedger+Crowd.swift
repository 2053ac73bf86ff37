package import Admission
package import CheckIn

extension PostgresLedger {
  /// How many people came to an event by all doors, and how many of them are inside.
  package func crowd(eventID: String) async throws(LedgerError) -> Crowd {
    let most = "9223372036854775807"
    let answer = try await ask(
      .once(
        """
        SELECT least(coalesce(sum(people), 0), \(most))::bigint,
          least(coalesce(sum(people + back - (gone - unseen)), 0), \(most))::bigint,
          coalesce(bool_or(gone > 0), false)
        FROM doorcheck.admissions WHERE event_id = $1::text AND undone_at IS NULL
        """, [Statement.value(eventID)]))
    var columns = ColumnReader(answer.rows.first ?? [])
    return Crowd(
      admitted: columns.number() ?? 0, inside: max(0, columns.number() ?? 0),
      hasLeavers: columns.flag())
  }
}
