package import Admission
import FoundationEssentials
package import Logging
import NIOSSL
import Synchronization
import Waiting

/// The client of the Fourvenues Integrations API (FourvenuesAPI: Endpoints). One for the life of
/// the program: it keeps its connections open between scans, and paces all requests together.
package final class FourvenuesClient: Sendable {
  let configuration: FourvenuesConfiguration
  let logger: Logger
  let observe: @Sendable (Exchange) -> Void
  let connections: Connections
  let pacer: Pacer
  let clock: any WaitClock
  let usualLatency = UsualLatency()
  let address = AddressWatch()
  /// Bookings whose arrival the service has been told of: again, it could undo that they sit by now.
  let arrived = Mutex<Set<String>>([])
  private let probes = Atomic(0)

  /// - Parameter observe: called after every HTTP exchange or failure, retried ones included, on
  ///   any thread; it must return at once.
  package convenience init(
    configuration: FourvenuesConfiguration, logger: Logger,
    observe: @escaping @Sendable (Exchange) -> Void = { _ in }
  ) {
    self.init(configuration: configuration, logger: logger, tls: nil, observe: observe)
  }

  /// - Parameters:
  ///   - tls: nil to trust whom the box trusts.
  ///   - clock: by which requests are paced and deadlines end.
  init(
    configuration: FourvenuesConfiguration, logger: Logger, tls: TLSConfiguration?,
    clock: any WaitClock = .box, observe: @escaping @Sendable (Exchange) -> Void
  ) {
    self.configuration = configuration
    self.logger = logger
    self.observe = observe
    self.clock = clock
    pacer = Pacer(
      requestsPerSecond: configuration.requestsPerSecond,
      maximumInFlight: Connections.maximumKept, clock: clock)
    connections = Connections(
      tls: tls, proxy: configuration.proxy?.settings, logger: logger)
  }

  /// Closes the connections; what is under way fails as `.offline`. Must be called before the
  /// client is let go.
  package func shutdown() async {
    await connections.shutdown()
  }

  /// From now on so many doors share the key's requests a second, this one included.
  package func shareRate(among doors: Int) { pacer.share(among: doors) }

  /// Whether whatever was asked is answered "not found": the address may be wrong, and such an answer
  /// says nothing of what was asked for.
  package var isAddressInDoubt: Bool { address.isInDoubt }

  /// Lets go of the idle connections, so that what is asked next opens new ones: staff asked for a
  /// new start.
  package func renewConnections() {
    connections.watch.dropIdle()
  }

  package typealias TimedFinding = (finding: Finding, elapsed: Duration)

  /// The look-up at the door, which has begun when this returns.
  ///
  /// It waits its turn first, behind those of earlier scans; the requests of its kinds leave together.
  /// From then on each answer is there within the configured deadline, less what is spent of it, one
  /// retry included; where there are two attempts, the second one's outcome counts. What becomes of one
  /// kind's request is no matter of the others.
  /// - Parameter answered: is called once for each kind, on any thread, with the answer, and how long it
  ///   took from its first request.
  package func begin(
    _ question: PassQuestion,
    answered: @escaping @Sendable (_ kind: PassKind, _ answer: TimedFinding) -> Void
  ) {
    let askings = question.kinds.compactMap { kind in
      asking(.lookUp(question, as: kind, deadline: configuration.deadline), as: kind) {
        answered(kind, $0)
      }
    }
    pacer.enqueue(askings.map(\.waiter))
  }

  /// The same for a code that belongs to no scan; given up where its task is cancelled.
  package func lookUp(code: String, as kind: PassKind = .pass) async -> TimedFinding {
    let answer = Promise<TimedFinding>()
    let asking = asking(.lookUp(code, as: kind, deadline: configuration.deadline), as: kind) {
      answer.fulfil(with: $0)
    }
    return await withTaskCancellationHandler {
      asking?.begin()
      return await answer.value()
    } onCancel: {
      asking?.cancel()
      answer.fulfil(with: (.failed(.offline), .zero))
    }
  }

  /// - Returns: nil where nothing is to be asked, and the answer is given.
  private func asking(
    _ call: Call, as kind: PassKind, _ answered: @escaping @Sendable (TimedFinding) -> Void
  ) -> Asking<CollectedBody, Pass>? {
    // Without a code the path is that of another endpoint.
    guard let code = call.code, !code.isEmpty else {
      answered((.failed(.serviceError), .zero))
      return nil
    }
    guard call.timeLimit > .zero else {
      answered((.failed(.offline), .zero))
      return nil
    }
    return Asking(call, client: self, into: CollectedBody()) { [address] status, body in
      AnswerDecoder.reading(status: status, body: body.data, askedCode: code, as: kind)
        .judged(isInDoubt: address.isInDoubt(kind))
    } end: { [self] performed in
      switch performed.reading {
      case .found(let pass): answered((.found(pass, .live), performed.elapsed))
      case .notFound(isCertain: true): answered((.unknown(.live), performed.elapsed))
      case .failed(let failure, _): answered((.failed(failure), performed.elapsed))
      case .notFound(isCertain: false):
        let begun = clock.now - performed.elapsed
        Task {
          let rest = call.timeLimit - performed.elapsed
          _ = await outcome(within: rest, on: clock) { [address] in await address.untilKnown() }
          let finding: Finding =
            address.isInDoubt(kind) ? .failed(.serviceError) : .unknown(.live)
          answered((finding, clock.now - begun))
        }
      }
    }
  }

  /// Name and hours of one event.
  package func event(id: String) async throws(FourvenuesError) -> Event {
    guard !id.isEmpty else { throw .notFound }
    return try await perform(.event(id: id), into: CollectedBody()) { status, body in
      WireEventAnswer.reading(status: status, body: body.data, askedID: id)
    }.reading.get()
  }

  /// The events of some days, as `YYYY-MM-DD`, the last one included.
  package func events(
    from firstDay: String, to lastDay: String
  ) async throws(FourvenuesError) -> [Event] {
    do throws(FourvenuesError) {
      return try await list(.events(from: firstDay, to: lastDay)) {
        try AnswerJSON.decode(WireEvent.self, from: $0).event
      }.elements
    } catch {
      // The list is always there; that it is not found says nothing of any event.
      throw error == .notFound ? .failed(.serviceError) : error
    }
  }

  /// A kind's price list of one event; empty where the kind has none.
  package func rates(
    of kind: PassKind = .pass, eventID: String
  ) async throws(FourvenuesError) -> [Rate] {
    guard let call = Call.rates(of: kind, eventID: eventID) else { return [] }
    return try await list(call) {
      try AnswerJSON.decode(WireRate.self, from: $0).rate(of: kind)
    }.elements
  }

  /// All of a kind for one event, page by page; a page is fetched when it is asked for.
  /// - Parameters:
  ///   - days: of the event, by the venue's clock, as `YYYY-MM-DD`. Bookings are listed by the day,
  ///     so that without one nothing is fetched; the other kinds ignore it.
  ///   - newest: an earlier listing's `PassPages.Iterator.newest`, for only those since; nil for all.
  ///     Only tickets can be asked so: of the other kinds it is always all.
  package func passes(
    kind: PassKind = .pass, eventID: String, days: [String] = [], since newest: String? = nil
  ) -> PassPages {
    PassPages(
      client: self, kind: kind, eventID: eventID, days: days,
      since: kind.api.isListedSince ? newest : nil)
  }

  /// Asks whether the service answers at all, for the end of an outage: on a connection of its own,
  /// as soon as the rate allows, whatever a 429 said. Endpoints take turns, since one may hang
  /// alone.
  /// - Parameters:
  ///   - eventID: nil where none is known; then it is always a pass that is asked for.
  ///   - timeLimit: for the answer.
  /// - Returns: whether any HTTP answer came.
  package func probe(eventID: String?, timeLimit: Duration) async -> Bool {
    let number = probes.add(1, ordering: .relaxed).oldValue
    if let eventID, !eventID.isEmpty, number.isMultiple(of: 2) {
      let call = Call.event(id: eventID).asProbe(timeLimit: timeLimit)
      return await perform(call, into: CollectedBody()) { status, body in
        WireEventAnswer.reading(status: status, body: body.data, askedID: eventID)
      }.isAnswered
    }
    let code = "DOORCHECK-PROBE"
    let call = Call.lookUp(code, as: .pass, deadline: timeLimit).asProbe(timeLimit: timeLimit)
    return await perform(call, into: CollectedBody()) { status, body in
      AnswerDecoder.reading(status: status, body: body.data, askedCode: code, as: .pass)
    }.isAnswered
  }

  /// A list of which broken elements are left out.
  func list<Element: Sendable>(
    _ call: Call, decode: @escaping @Sendable (Data) throws -> Element
  ) async throws(FourvenuesError) -> ListPage<Element> {
    let page = try await perform(call, into: ListBody(decode: decode)) { status, body in
      body.reading(status: status)
    }.reading.get()
    if page.unreadable > 0 {
      logger.warning(
        "Some of a list cannot be read",
        metadata: [
          "endpoint": "\(call.endpoint)", "unreadable": "\(page.unreadable)",
          "of": "\(page.count)",
        ])
    }
    return page
  }
}
