import Admission
import CheckIn

/// The connection that scans go through, one after the other: a pass is held from its first round trip to
/// its second.
final class ScanLine: Sendable {
  private let connection: LedgerConnection
  private let turns = Turns()

  init(to address: LedgerAddress, patience: Duration) {
    connection = LedgerConnection(
      to: address, as: .scans(patience: patience), opening: .current(ScanStatements.prepared))
  }

  func hold(
    _ pass: PassAtEvent, countingAllSince place: PlaceInChanges?, within patience: Duration
  ) async throws(LedgerError) -> PostgresHold {
    let start = ContinuousClock.now
    guard await turns.begin(within: patience) else { throw .busy }
    do throws(LedgerError) {
      let found = try await connection.perform(
        within: patience - (.now - start),
        { (session, deadline) throws(LedgerError) in
          try Self.hold(pass, countingAllSince: place, in: &session, deadline)
        },
        orElse: Self.rollBack)
      return PostgresHold(found, on: self, patience: patience)
    } catch {
      turns.end()
      throw error
    }
  }

  private static func hold(
    _ pass: PassAtEvent, countingAllSince place: PlaceInChanges?, in session: inout Session,
    _ deadline: Deadline
  ) throws(LedgerError) -> ScanStatements.Found {
    // Nothing of an earlier scan may go along.
    if session.isInTransaction { session.close() }
    do throws(ServerFailure) {
      let asked = ScanStatements.hold(pass, countingAllSince: place)
      return ScanStatements.Found(try session.askOrFail(asked, until: deadline))
    } catch {
      throw error.isWaitForAnotherDoor ? .busy : error.ledgerError
    }
  }

  /// Connects where there is no connection yet.
  func open(within patience: Duration) async throws(LedgerError) {
    try await connection.perform(within: patience) { (session, deadline) throws(LedgerError) in
      _ = try session.ask([], until: deadline)
    }
  }

  func confirm(_ id: AdmissionID, within patience: Duration) async throws(LedgerError) {
    let start = ContinuousClock.now
    // A hold is in the middle of a transaction, which must not carry this.
    guard await turns.begin(within: patience) else { throw .busy }
    defer { turns.end() }
    try await connection.perform(within: patience - (.now - start)) {
      (session, deadline) throws(LedgerError) in
      _ = try session.ask([.run(ScanStatements.confirm, [id.rawValue])], until: deadline)
    }
  }

  func close() async { await connection.close() }

  // MARK: The end of a hold

  /// Records it and lets go of the pass.
  /// - Parameter end: called with whether it is recorded for certain. Where the connection is lost,
  ///   nobody knows.
  func record(
    _ admission: LedgerAdmission, within patience: Duration,
    _ end: @escaping @Sendable (Bool) -> Void
  ) {
    let deadline = Deadline(in: patience)
    connection.begin { [turns] session in
      let statements: [Statement] = [
        .run(AdmissionRow.record, AdmissionRow.values(admission)), .run(ScanStatements.commit),
      ]
      end((try? session.continueOrFail(statements, until: deadline)) != nil)
      turns.end()
    }
  }

  func release() {
    connection.begin { [turns] session in
      Self.rollBack(&session)
      turns.end()
    }
  }

  private static func rollBack(_ session: inout Session) {
    let deadline = Deadline(in: .milliseconds(500))
    _ = try? session.continueOrFail([.run(ScanStatements.rollback)], until: deadline)
  }
}

extension ServerFailure {
  /// The server answers, and waits for the lock.
  fileprivate var isWaitForAnotherDoor: Bool {
    switch self {
    case .lost, .unfit: false
    case .late(let answered): answered == ScanStatements.lockIndex
    case .server(let state, _, let statement):
      statement == ScanStatements.lockIndex && (state == "55P03" || state == "57014")
    }
  }
}
