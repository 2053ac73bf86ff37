import Admission
import Synchronization

/// Knows whether the service has been heard at all at the configured address. Where every question is
/// answered with a bare 404, the address may lack a part of its path, or a gateway may have lost the
/// service: then "no such pass" is nobody's word about a pass.
final class AddressWatch: Sendable {
  private struct State {
    /// Something answered as only the service does.
    var isProven = false
    /// What else than a pass was answered with a bare 404 since.
    var lost: Set<Endpoint> = []
    /// Kinds whose listing was answered with a bare 404, and nothing of which was answered since.
    var lostKinds: Set<PassKind> = []
    /// The service has been heard to know tonight's event.
    var isNightKnown = false
    /// Questions about something else than a pass that have no answer yet.
    var underWay = 0
    var waiting: [Int: CheckedContinuation<Void, Never>] = [:]
    var nextID = 0

    /// A service that works may know nothing of an event, but it lists its events.
    var isInDoubt: Bool { isProven ? lost.contains(.events) && lost.count > 1 : !lost.isEmpty }
    var isOpen: Bool { !isProven && lost.isEmpty && underWay > 0 }
  }

  private let state = Mutex(State())

  /// Whether a bare "no such pass" may come from somebody else than the service.
  var isInDoubt: Bool { state.withLock { $0.isInDoubt } }

  /// Whether a bare "no such code" of one kind may come from somebody else than the service, or from one
  /// that has no such kind for this key. Every event has a listing of each kind, empty or not; so where
  /// the event is known and that is not found, the kind is not there (inferred).
  func isInDoubt(_ kind: PassKind) -> Bool {
    state.withLock { $0.isInDoubt || $0.isNightKnown && $0.lostKinds.contains(kind) }
  }

  /// Whether it is more than one thing that is not found, or one that every service has: the list of
  /// events.
  var isLost: Bool {
    state.withLock { $0.isInDoubt && ($0.lost.count > 1 || $0.lost.contains(.events)) }
  }

  /// A question begins. `end` must be called for it.
  func begin(_ endpoint: Endpoint) {
    guard endpoint.isOfTheNight else { return }
    state.withLock { $0.underWay += 1 }
  }

  func end(_ endpoint: Endpoint) {
    guard endpoint.isOfTheNight else { return }
    change { $0.underWay -= 1 }
  }

  /// Takes what an answer says of the address.
  func note<Content>(_ reading: Reading<Content>, status: Int, from endpoint: Endpoint) {
    switch reading {
    case .found, .notFound(isCertain: true):
      change { state in
        state.isProven = true
        state.lost = []
        if let kind = endpoint.kind { state.lostKinds.remove(kind) }
        if case .found = reading, endpoint.knowsTheNight { state.isNightKnown = true }
      }
    case .notFound(isCertain: false):
      guard endpoint.isOfTheNight, status == 404 else { return }
      change { state in
        state.lost.insert(endpoint)
        if case .list(let kind) = endpoint { state.lostKinds.insert(kind) }
        if case .event = endpoint { state.isNightKnown = false }
      }
    case .failed: break
    }
  }

  /// Returns once something says whether the address is right, or nobody is being asked what could.
  func untilKnown() async {
    let id = state.withLock { state in
      state.nextID += 1
      return state.nextID
    }
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        state.withLock { state in
          if state.isOpen, !Task.isCancelled {
            state.waiting[id] = continuation
          } else {
            continuation.resume()
          }
        }
      }
    } onCancel: {
      state.withLock { $0.waiting.removeValue(forKey: id)?.resume() }
    }
  }

  private func change(_ work: (inout State) -> Void) {
    state.withLock { state in
      work(&state)
      guard !state.isOpen else { return }
      for continuation in state.waiting.values { continuation.resume() }
      state.waiting = [:]
    }
  }
}

extension Endpoint {
  /// Neither about a single pass, of which the service may well know nothing, nor a report.
  fileprivate var isOfTheNight: Bool {
    switch self {
    case .lookUp, .checkIn: false
    case .list, .event, .events, .rates: true
    }
  }

  /// Of which kind it is, where an answer shows that the service has the kind.
  fileprivate var kind: PassKind? {
    switch self {
    case .lookUp(let kind), .list(let kind): kind
    case .rates, .event, .events, .checkIn: nil
    }
  }

  /// Whether something found there shows that the service knows tonight's event.
  fileprivate var knowsTheNight: Bool {
    switch self {
    case .list, .event: true
    case .lookUp, .rates, .events, .checkIn: false
    }
  }
}
