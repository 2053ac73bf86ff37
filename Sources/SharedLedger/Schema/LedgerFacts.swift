package import CheckIn
package import FoundationEssentials

/// How the shared ledger is: `doorcheck ledger status`.
package struct LedgerFacts: Sendable, Equatable {
  /// Nil where it is not set up.
  package var identity: LedgerIdentity?
  /// It was set up for this version.
  package var isCurrent: Bool
  /// The version that this program needs.
  package var neededVersion: Int
  /// The server's, such as "15.18".
  package var serverVersion: String
  package var isEncrypted: Bool
  /// Nothing can be recorded: a standby, or an operator wants it so.
  package var isReadOnly: Bool
  /// What was committed outlives a power cut, as the server is set up.
  package var isDurable: Bool
  /// Doors that were ever seen, and have not been deleted.
  package var doors: Int
  package var admissions: Int
  /// The least of five round trips.
  package var latency: Duration
  /// Seconds by which this box's clock is ahead of the server's, to half a round trip.
  package var clockOffset: TimeInterval = 0
  /// What a door needs and the role may not do, such as `INSERT on journal`.
  package var lackingRights: [String] = []

  /// - Throws: `unreachable`, `refused`; a ledger that is not set up is no error.
  package static func ask(
    _ address: LedgerAddress, within patience: Duration = .seconds(5)
  ) async throws(LedgerError) -> LedgerFacts {
    let connection = LedgerConnection(to: address, as: .setup)
    do throws(LedgerError) {
      let facts = try await connection.perform(within: patience) {
        (session, deadline) throws(LedgerError) in try ask(&session, until: deadline)
      }
      await connection.close()
      return facts
    } catch {
      await connection.close()
      throw error
    }
  }

  private static func ask(
    _ session: inout Session, until deadline: Deadline
  ) throws(LedgerError) -> LedgerFacts {
    let answer = try session.ask(
      [
        .once(
          """
          SELECT to_regclass('doorcheck.meta') IS NOT NULL, current_setting('server_version'),
            current_setting('transaction_read_only')::boolean,
            current_setting('fsync')::boolean AND current_setting('full_page_writes')::boolean
          """)
      ], until: deadline)
    guard let row = answer.first?.rows.first, row.count == 4 else { throw .refused("no answer") }
    var latency = Duration.seconds(60)
    for _ in 0..<5 {
      let start = ContinuousClock.now
      _ = try session.ask([.once("SELECT 1")], until: deadline)
      latency = min(latency, .now - start)
    }
    var facts = LedgerFacts(
      identity: nil, isCurrent: false, neededVersion: LedgerSchema.version,
      // Debian adds its package's name.
      serverVersion: String((row[1] ?? "").prefix { $0 != " " }),
      isEncrypted: session.isEncrypted, isReadOnly: row[2] == "t", isDurable: row[3] == "t",
      doors: 0, admissions: 0, latency: latency)
    facts.clockOffset = try clockOffset(&session, until: deadline)
    guard row[0] == "t" else { return facts }
    let counted = try session.ask(
      [
        .once("SELECT ledger, version FROM doorcheck.meta"),
        .once("SELECT count(*) FROM doorcheck.doors WHERE last_seen IS NOT NULL"),
        .once("SELECT count(*) FROM doorcheck.admissions"), .once(LedgerRights.lacking),
      ], until: deadline)
    if let meta = counted[0].rows.first, let id = meta[0],
      let version = meta[1].flatMap(Int.init(_:))
    {
      facts.identity = LedgerIdentity(id: id, version: version)
      facts.isCurrent = version == LedgerSchema.version
    }
    facts.doors = counted[1].count
    facts.admissions = counted[2].count
    facts.lackingRights = counted[3].rows.compactMap { $0.first ?? nil }
    return facts
  }

  private static func clockOffset(
    _ session: inout Session, until deadline: Deadline
  ) throws(LedgerError) -> TimeInterval {
    let asked = Date()
    let answer = try session.ask([.once(BackgroundStatements.now.sql)], until: deadline)
    let answered = Date()
    var columns = ColumnReader(answer.first?.rows.first ?? [])
    guard let now = columns.date() else { throw .refused("no answer") }
    return (asked.timeIntervalSince(now) + answered.timeIntervalSince(now)) / 2
  }
}

extension Answer {
  /// The number in the first column of its only row; 0 where there is none.
  var count: Int { Int((rows.first?.first ?? nil) ?? "") ?? 0 }
}
