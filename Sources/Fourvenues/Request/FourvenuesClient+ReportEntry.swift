package import Admission
import AsyncHTTPClient
import FoundationEssentials
import Logging
import NIOCore
import NIOHTTP1
import Synchronization
import Waiting

extension FourvenuesClient {
  /// Tells the service of an entry, once and in the background: it waits behind every look-up, and
  /// trying again is the caller's business. Returns where the service has counted it, or has been told
  /// of that booking's arrival before.
  /// - Parameter timeLimit: for its turn, and as much again for the answer.
  package func reportEntry(
    _ entry: EntryReport, timeLimit: Duration = .seconds(30)
  ) async throws(EntryReportFailure) {
    let api = entry.kind.api
    guard entry.people > 0, let request = api.report(entry) else { throw .refused(status: nil) }
    if api.isReportedOnce, arrived.withLock({ $0.contains(entry.passID) }) { return }
    let body = EntryBody(request.body)
    let call = Call.checkIn(path: request.path, timeLimit: timeLimit)
    guard let turn = await pacer.turn(at: call.endpoint, within: call.timeLimit) else {
      throw .notSent
    }
    let start = clock.now
    let answer = await outcome(within: call.timeLimit, on: clock) { [self] in
      await exchange(call, body)
    }
    turn.giveBack()
    let now = clock.now

    if let status = answer?.head?.status {
      if status == 429 {
        pacer.slowDown(at: call.endpoint, for: answer?.head?.retryAfter, after: turn)
      } else {
        pacer.endBackOff(at: call.endpoint)
      }
    }
    let failure = EntryReportFailure(
      answer: answer?.head.map { ($0.status, answer?.body, $0.retryAfter) },
      wasSent: body.wasSent)
    // A caller who lost interest says nothing about the service.
    if !Task.isCancelled || answer?.head != nil {
      let exchange = Exchange(
        endpoint: call.endpoint, status: answer?.head?.status, latency: now - start,
        serverDate: answer?.head?.serverDate, failure: failure?.lookUpFailure)
      if let failure { log(failure, answer) }
      observe(exchange)
    }
    if let failure { throw failure }
    if api.isReportedOnce { arrived.withLock { _ = $0.insert(entry.passID) } }
  }

  /// Never fails: what went wrong is part of the answer.
  private func exchange(_ call: Call, _ body: EntryBody) async -> EntryAnswer {
    var answer = EntryAnswer()
    do {
      var request = HTTPClientRequest(url: url(of: call))
      request.method = .PUT
      request.headers = headers
      request.headers.add(name: "content-type", value: "application/json")
      request.body = .stream(body.stream, length: .known(Int64(body.length)))
      answer.body = try await connections.ask(request) { response in
        answer.head = Head(status: response.status, headers: response.headers)
        var collected = CollectedBody()
        for try await chunk in response.body {
          try collected.consume(chunk.readableBytesView)
        }
        return collected.data
      }
    } catch {
      answer.problem = ConnectionTrouble(error)?.words ?? LogText.words(for: error)
    }
    return answer
  }

  private func log(_ failure: EntryReportFailure, _ answer: EntryAnswer?) {
    var metadata: Logger.Metadata = ["outcome": "\(failure)"]
    if let problem = answer?.problem { metadata["problem"] = "\(problem)" }
    if let head = answer?.head {
      let opening = answer?.body?.prefix(LogText.longestRead) ?? Data()
      metadata.merge(words(of: head, opening)) { $1 }
    }
    logger.warning("Fourvenues did not take an entry", metadata: metadata)
  }
}

/// What came of a report.
private struct EntryAnswer: Sendable {
  /// Nil where no answer began.
  var head: Head?
  /// Nil where it did not come to its end.
  var body: Data?
  var problem: String?
}
