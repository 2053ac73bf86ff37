import CPostgres
import FoundationEssentials
import Glibc

/// One connection to the server, used by one thread at a time. Every wait ends at its deadline; after
/// it, or once the connection is lost, it is of no use any more.
final class PostgresConnection {
  private let connection: OpaquePointer
  private let address: LedgerAddress
  private(set) var isUsable = true

  /// - Throws: `lost`, `late`.
  init(
    to address: LedgerAddress, as kind: SessionKind, until deadline: Deadline
  ) throws(ServerFailure) {
    var parameters = address.parameters
    parameters["password"] = address.password
    parameters["options"] = [address.parameters["options"], kind.options]
      .compactMap { $0 }.joined(separator: " ")
    guard let connection = Self.start(parameters) else { throw .lost("out of memory") }
    self.connection = connection
    self.address = address
    PQsetNoticeProcessor(connection, { _, _ in }, nil)
    try finishConnecting(until: deadline)
    // What is asked is sent at once, and answered in the same order.
    PQsetnonblocking(connection, 1)
    guard PQenterPipelineMode(connection) == 1 else { throw lost() }
  }

  deinit { PQfinish(connection) }

  /// As it prints itself, such as 150018.
  var serverVersion: Int { Int(PQserverVersion(connection)) }
  var isEncrypted: Bool { PQsslInUse(connection) == 1 }
  var isInTransaction: Bool { PQtransactionStatus(connection) != PQTRANS_IDLE }

  /// Asks all of it in one round trip. Without BEGIN it is one transaction.
  /// - Returns: an answer for each statement.
  func ask(
    _ statements: [Statement], until deadline: Deadline
  ) throws(ServerFailure) -> [Answer] {
    for statement in statements {
      guard send(statement) else { throw lost() }
      if statement.isAnsweredAtOnce, PQsendFlushRequest(connection) == 0 { throw lost() }
    }
    guard PQpipelineSync(connection) == 1 else { throw lost() }
    var answers: [Answer] = []
    var failure: ServerFailure?
    while true {
      let unsent = PQflush(connection)
      if unsent < 0, PQconsumeInput(connection) == 0 { throw lost(after: failure) }
      while PQisBusy(connection) == 0 {
        guard let result = PQgetResult(connection) else {
          // It ends the results of a statement, unless there is nobody any more who answers.
          if PQstatus(connection) == CONNECTION_BAD { throw lost(after: failure) }
          continue
        }
        defer { PQclear(result) }
        switch PQresultStatus(result) {
        case PGRES_PIPELINE_SYNC:
          if let failure { throw failure }
          return answers
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK: answers.append(Self.answer(result))
        case PGRES_PIPELINE_ABORTED: break
        default: failure = failure ?? error(result, statement: answers.count)
        }
        if PQstatus(connection) == CONNECTION_BAD { throw lost(after: failure) }
      }
      guard wait(sending: unsent > 0, until: deadline) else {
        isUsable = false
        throw .late(answered: answers.count)
      }
      if PQconsumeInput(connection) == 0 { throw lost(after: failure) }
    }
  }

  // MARK: Connecting

  private static func start(_ parameters: [String: String]) -> OpaquePointer? {
    let pairs = parameters.sorted { $0.key < $1.key }
    return withCStrings(pairs.map(\.key)) { keys in
      withCStrings(pairs.map(\.value)) { values in
        PQconnectStartParams(keys + [nil], values + [nil], 0)
      }
    }
  }

  private func finishConnecting(until deadline: Deadline) throws(ServerFailure) {
    if PQstatus(connection) == CONNECTION_BAD { throw lost() }
    var isSending = true
    while true {
      guard wait(sending: isSending, receiving: !isSending, until: deadline) else {
        isUsable = false
        throw .late(answered: 0)
      }
      switch PQconnectPoll(connection) {
      case PGRES_POLLING_OK: return
      case PGRES_POLLING_READING: isSending = false
      case PGRES_POLLING_WRITING: isSending = true
      default: throw lost()
      }
    }
  }

  /// - Returns: false where the deadline came first.
  private func wait(sending: Bool, receiving: Bool = true, until deadline: Deadline) -> Bool {
    while !deadline.isOver {
      var events: Int16 = 0
      if sending { events |= Int16(POLLOUT) }
      if receiving { events |= Int16(POLLIN) }
      var socket = pollfd(fd: PQsocket(connection), events: events, revents: 0)
      // Libpq finds out itself what is wrong with a socket.
      if socket.fd < 0 { return true }
      let ready = poll(&socket, 1, deadline.milliseconds)
      if ready > 0 || (ready < 0 && errno != EINTR) { return true }
    }
    return false
  }

  // MARK: Asking

  private func send(_ statement: Statement) -> Bool {
    withCStrings(statement.values) { values in
      let count = Int32(values.count)
      return switch statement.form {
      case .run(let name):
        PQsendQueryPrepared(connection, name, count, values, nil, nil, 0) == 1
      case .once(let sql): PQsendQueryParams(connection, sql, count, nil, values, nil, nil, 0) == 1
      case .prepare(let prepared):
        PQsendPrepare(connection, prepared.name, prepared.sql, 0, nil) == 1
      }
    }
  }

  private static func answer(_ result: OpaquePointer) -> Answer {
    let columns = PQnfields(result)
    let rows = (0..<PQntuples(result)).map { row in
      (0..<columns).map { column in
        PQgetisnull(result, row, column) == 1
          ? nil : String(cString: PQgetvalue(result, row, column))
      }
    }
    return Answer(rows: rows, changed: Int(String(cString: PQcmdTuples(result))) ?? 0)
  }

  // MARK: Errors

  private func error(_ result: OpaquePointer, statement: Int) -> ServerFailure {
    guard let state = PQresultErrorField(result, Int32(UInt8(ascii: "C"))) else { return lost() }
    // The first line alone: the others may hold what was asked.
    let message = PQresultErrorField(result, Int32(UInt8(ascii: "M"))).map { String(cString: $0) }
    return .server(
      state: String(cString: state), message: cleaned(message ?? "no words"),
      statement: statement)
  }

  /// - Parameter failure: what the server said before, which says more.
  private func lost(after failure: ServerFailure? = nil) -> ServerFailure {
    isUsable = false
    if case .server(_, let message, _) = failure { return .lost(message) }
    let message = cleaned(String(cString: PQerrorMessage(connection)))
    return .lost(message.isEmpty ? "the connection was lost" : message)
  }

  private func cleaned(_ message: String) -> String {
    let found = PQpass(connection).map { String(cString: $0) }
    let passwords = [address.password, found].compactMap { $0 }
    let text = ServerMessage.cleaned(message, without: passwords)
    guard PQconnectionNeedsPassword(connection) == 1, let file = address.openPasswordFile else {
      return text
    }
    return "\(text); \(file) does not count, as others can read it"
  }
}

/// Texts as C has them, for the time of a call.
private func withCStrings<Result>(
  _ texts: [String?], _ body: ([UnsafePointer<CChar>?]) -> Result
) -> Result {
  let copies = texts.map { $0.flatMap { strdup($0) } }
  defer { for copy in copies { free(copy) } }
  return body(copies.map { $0.map { UnsafePointer($0) } })
}
