import CheckIn
import Dispatch
import Synchronization
import Waiting

/// A connection that is opened when it is needed, and the thread that owns it. Whoever asks waits for
/// no longer than they say, even where the thread hangs in the system's look-up of a host name.
final class LedgerConnection: Sendable {
  private let queue: DispatchQueue
  /// Used on the queue alone, so that nobody ever waits for it.
  private let session: Mutex<Session>

  init(to address: LedgerAddress, as kind: SessionKind, opening: Opening = .none) {
    queue = DispatchQueue(label: "doorcheck.ledger", qos: .userInitiated)
    session = Mutex(Session(to: address, as: kind, opening: opening))
  }

  /// Does something on the connection's thread, unless the time is over by then.
  /// - Parameter undo: called at once where what was done came too late.
  func perform<Value: Sendable>(
    within patience: Duration,
    _ work: @escaping @Sendable (inout Session, Deadline) throws(LedgerError) -> Value,
    orElse undo: @escaping @Sendable (inout Session) -> Void = { _ in }
  ) async throws(LedgerError) -> Value {
    let deadline = Deadline(in: patience)
    let promise = Promise<Result<Value, LedgerError>>()
    queue.async { [self] in
      if promise.valueSoFar != nil { return }
      let result = run(until: deadline, work)
      if !promise.fulfil(with: result), case .success = result { session.withLock { undo(&$0) } }
    }
    // The thread ends its own waits then; this one is for those that nothing ends.
    let result =
      await promise.value(within: patience + .milliseconds(20))
      ?? {
        let late = Result<Value, LedgerError>.failure(.unreachable("no answer in time"))
        return promise.fulfil(with: late) ? late : promise.valueSoFar ?? late
      }()
    return try result.get()
  }

  /// Does something on the connection's thread, without anybody who waits for it.
  func begin(_ work: @escaping @Sendable (inout Session) -> Void) {
    queue.async { [self] in session.withLock { work(&$0) } }
  }

  /// Closes it; it is opened again when it is needed.
  func close() async {
    _ = try? await perform(within: .seconds(1)) { session, _ throws(LedgerError) in session.close()
    }
  }

  private func run<Value: Sendable>(
    until deadline: Deadline,
    _ work: @Sendable (inout Session, Deadline) throws(LedgerError) -> Value
  ) -> Result<Value, LedgerError> {
    guard !deadline.isOver else { return .failure(.unreachable("no answer in time")) }
    return session.withLock { session in
      do throws(LedgerError) { return .success(try work(&session, deadline)) } catch {
        return .failure(error)
      }
    }
  }
}

/// The connection while there is one.
struct Session {
  private let address: LedgerAddress
  private let kind: SessionKind
  private let opening: Opening
  private var connection: PostgresConnection?

  init(to address: LedgerAddress, as kind: SessionKind, opening: Opening) {
    self.address = address
    self.kind = kind
    self.opening = opening
  }

  var isEncrypted: Bool { connection?.isEncrypted ?? false }
  var isInTransaction: Bool { connection?.isInTransaction ?? false }

  mutating func close() { connection = nil }

  /// Asks all in one round trip; where a connection that stood before turns out to be lost, once more
  /// on a new one.
  mutating func ask(
    _ statements: [Statement], until deadline: Deadline
  ) throws(LedgerError) -> [Answer] {
    do throws(ServerFailure) { return try askOrFail(statements, until: deadline) } catch {
      throw error.ledgerError
    }
  }

  mutating func askOrFail(
    _ statements: [Statement], until deadline: Deadline
  ) throws(ServerFailure) -> [Answer] {
    let stood = connection != nil
    do throws(ServerFailure) { return try askOnce(statements, until: deadline) } catch {
      guard stood, case .lost = error else { throw error }
      return try askOnce(statements, until: deadline)
    }
  }

  /// Asks within the transaction that was begun on this connection, and on no other one.
  mutating func `continue`(
    _ statements: [Statement], until deadline: Deadline
  ) throws(LedgerError) -> [Answer] {
    do throws(ServerFailure) { return try continueOrFail(statements, until: deadline) } catch {
      throw error.ledgerError
    }
  }

  mutating func continueOrFail(
    _ statements: [Statement], until deadline: Deadline
  ) throws(ServerFailure) -> [Answer] {
    guard isInTransaction else { throw .lost("the connection was lost") }
    return try askOnce(statements, until: deadline)
  }

  private mutating func askOnce(
    _ statements: [Statement], until deadline: Deadline
  ) throws(ServerFailure) -> [Answer] {
    let open = if let connection { connection } else { try connect(until: deadline) }
    defer { if !open.isUsable { connection = nil } }
    do throws(ServerFailure) { return try open.ask(statements, until: deadline) } catch {
      if case .server = error { endTransaction(of: open) }
      throw error
    }
  }

  private mutating func connect(until deadline: Deadline) throws(ServerFailure)
    -> PostgresConnection
  {
    let new = try PostgresConnection(to: address, as: kind, until: deadline)
    guard new.serverVersion >= 130_000 else {
      throw .server(state: "0A000", message: "PostgreSQL 13 or newer is needed", statement: 0)
    }
    if !opening.statements.isEmpty {
      try opening.check(try new.ask(opening.statements, until: deadline))
    }
    connection = new
    return new
  }

  /// After an error in the middle of a transaction nothing else is possible.
  private mutating func endTransaction(of open: PostgresConnection) {
    guard open.isInTransaction else { return }
    if (try? open.ask([.once("ROLLBACK")], until: Deadline(in: .milliseconds(100)))) == nil {
      connection = nil
    }
  }
}
