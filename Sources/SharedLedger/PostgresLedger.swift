package import Admission
package import CheckIn

/// The shared ledger in PostgreSQL: one connection for scans, one for all the rest, each opened when it
/// is needed.
package final class PostgresLedger: DoorsLedger {
  private let scans: ScanLine
  let background: LedgerConnection

  /// How long what nobody waits for may take: a small question, and a night's admissions.
  static let patience = Duration.seconds(2)
  static let longPatience = Duration.seconds(5)

  /// - Parameter patience: how long a scan waits for the ledger at most, `ledger.patience_ms`: the
  ///   server gives up a wait for another door before that.
  package init(_ address: LedgerAddress, patience: Duration = .milliseconds(300)) {
    scans = ScanLine(to: address, patience: patience)
    background = LedgerConnection(
      to: address, as: .background, opening: .current(BackgroundStatements.prepared))
  }

  // MARK: A scan

  package func hold(
    _ pass: PassAtEvent, countingAllSince place: PlaceInChanges?, within patience: Duration
  ) async throws(LedgerError) -> any PassHold {
    try await scans.hold(pass, countingAllSince: place, within: patience)
  }

  package func confirm(_ id: AdmissionID, within patience: Duration) async throws(LedgerError) {
    try await scans.confirm(id, within: patience)
  }

  // MARK: Keeping in step

  package func probe(within patience: Duration) async throws(LedgerError) -> LedgerIdentity {
    let start = ContinuousClock.now
    let row = try await ask(.run(BackgroundStatements.probe), within: patience).rows.first ?? []
    guard row.count == 4, let id = row[0], let version = row[1].flatMap({ Int($0) }) else {
      throw .notCurrent("the ledger is not set up: run `doorcheck ledger init`")
    }
    guard version == LedgerSchema.version else { throw .otherVersion(version) }
    if row[2] == "t" { throw .refused("the server takes no changes: it is read-only") }
    guard row[3] == "t" else {
      throw .refused(
        "this role may not record admissions: `doorcheck ledger init` prints its rights")
    }
    // The next scan is not to wait for its connection.
    try await scans.open(within: patience - (.now - start))
    return LedgerIdentity(id: id, version: version)
  }

  package func tables() async throws(LedgerError) -> String {
    let row = try await ask(.run(BackgroundStatements.tables)).rows.first ?? []
    return (row.first ?? nil) ?? ""
  }

  package func close() async {
    await scans.close()
    await background.close()
  }

  /// One question in the background.
  func ask(
    _ statement: Statement, within patience: Duration = patience
  ) async throws(LedgerError) -> Answer {
    try await ask([statement], within: patience).last ?? Answer()
  }

  /// Several, all or none.
  func ask(
    _ statements: [Statement], within patience: Duration = patience
  ) async throws(LedgerError) -> [Answer] {
    try await background.perform(within: patience) { (session, deadline) throws(LedgerError) in
      try session.ask(statements, until: deadline)
    }
  }
}
