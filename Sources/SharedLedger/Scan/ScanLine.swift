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
    _ pass: PassAtEvent, within patience: Duration
  ) async throws(LedgerError) -> PostgresHold {
    let start = ContinuousClock.now
    guard await turns.begin(within: patience) else { throw .busy }
    do throws(LedgerError) {
      let admissions = try await connection.perform(
        within: patience - (.now - start),
        { (session, deadline) throws(LedgerError) in try Self.hold(pass, in: &session, deadline) },
        orElse: { [self] _ in rollBack() })
      return PostgresHold(of: pass, admissions, on: self, patience: patience)
    } catch {
      turns.end()
      throw error
    }
  }

  private static func hold(
    _ pass: PassAtEvent, in session: inout Session, _ deadline: Deadline
  ) throws(LedgerError) -> [LedgerAdmission] {
    do throws(ServerFailure) {
      let answers = try session.askOrFail(ScanStatements.hold(pass), until: deadline)
      return ScanStatements.admissions(answers.last)
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
  /// - Parameter end: called with whether it is recorded for certain.
  func record(
    _ admission: LedgerAdmission, after hold: PostgresHold, within patience: Duration,
    _ end: @escaping @Sendable (Bool) -> Void
  ) {
    let deadline = Deadline(in: patience)
    connection.begin { [turns] session in
      end(Self.record(admission, after: hold, in: &session, until: deadline))
      turns.end()
    }
  }

  func release() {
    rollBack()
    connection.begin { [turns] _ in turns.end() }
  }

  private func rollBack() {
    connection.begin { session in
      let deadline = Deadline(in: .milliseconds(500))
      _ = try? session.continueOrFail([.run(ScanStatements.rollback)], until: deadline)
    }
  }

  private static func record(
    _ admission: LedgerAdmission, after hold: PostgresHold, in session: inout Session,
    until deadline: Deadline
  ) -> Bool {
    let end: [Statement] = [
      .run(AdmissionRow.record, AdmissionRow.values(admission)), .run(ScanStatements.commit),
    ]
    do throws(ServerFailure) {
      _ = try session.continueOrFail(end, until: deadline)
      return true
    } catch {
      // What the server refused is not there. An answer that was lost is asked for again.
      guard case .lost = error else { return false }
    }
    guard let answers = try? session.askOrFail(ScanStatements.hold(hold.pass), until: deadline)
    else {
      return false
    }
    let standing = ScanStatements.admissions(answers.last)
    if standing.contains(where: { $0.id == admission.id }) {
      _ = try? session.continueOrFail([.run(ScanStatements.rollback)], until: deadline)
      return true
    }
    // Nobody has come in since, so what was judged still holds.
    guard standing == hold.admissions else {
      _ = try? session.continueOrFail([.run(ScanStatements.rollback)], until: deadline)
      return false
    }
    return (try? session.continueOrFail(end, until: deadline)) != nil
  }
}

extension ServerFailure {
  /// The server answers, and waits for the lock.
  fileprivate var isWaitForAnotherDoor: Bool {
    switch self {
    case .lost, .notCurrent: false
    case .late(let answered): answered == ScanStatements.lockIndex
    case .server(let state, _, let statement):
      statement == ScanStatements.lockIndex && (state == "55P03" || state == "57014")
    }
  }
}
