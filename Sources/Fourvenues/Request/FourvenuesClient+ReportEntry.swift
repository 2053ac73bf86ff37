package import Admission
import AsyncHTTPClient
import FoundationEssentials
import Logging
import NIOCore
import NIOHTTP1

extension FourvenuesClient {
  /// Tells the service of an entry, once and in the background: it waits behind every look-up, and
  /// trying again is the caller's business. Returns where the service has counted it.
  /// - Parameter timeLimit: for its turn, and as much again for the answer.
  package func reportEntry(
    _ entry: EntryReport, timeLimit: Duration = .seconds(30)
  ) async throws(EntryReportFailure) {
    // Without an id the path is that of another endpoint.
    guard !entry.passID.isEmpty, !entry.eventID.isEmpty, entry.people > 0,
      let body = try? EntryBody(entry)
    else { throw .refused(status: nil) }
    let call = Call.checkIn(entry, timeLimit: timeLimit)
    guard let turn = await waitForTurn(call) else { throw .notSent }
    let start = ContinuousClock.now
    let answer = await outcome(by: start + call.timeLimit) { [self] in
      await exchange(call, body)
    }
    turn.giveBack()
    let now = ContinuousClock.now

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
  }

  /// A look-up waits for its turn as long as it takes, everything else as long as its answer may take.
  func waitForTurn(_ call: Call) async -> Turn? {
    switch call.priority {
    case .retry, .lookUp:
      return try? await pacer.waitForTurn(call.priority, at: call.endpoint)
    case .background: break
    }
    return await withTaskGroup(of: Turn?.self) { group in
      group.addTask { [pacer] in
        try? await pacer.waitForTurn(call.priority, at: call.endpoint)
      }
      group.addTask {
        try? await Task.sleep(for: call.timeLimit)
        return nil
      }
      var turn = await group.next() ?? nil
      group.cancelAll()
      // One that came in the moment of giving up is there all the same.
      for await late in group { turn = turn ?? late }
      return turn
    }
  }

  /// Never fails: what went wrong is part of the answer.
  private func exchange(_ call: Call, _ body: EntryBody) async -> EntryAnswer {
    var answer = EntryAnswer()
    do {
      var request = request(for: call)
      request.method = .PUT
      request.headers.add(name: "content-type", value: "application/json")
      request.body = .stream(body.stream, length: .known(Int64(body.length)))
      answer.body = try await connections.ask(request, on: .kept) { response in
        answer.head = Head(response)
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
