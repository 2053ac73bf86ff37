import Admission
import CheckIn
import Foundation
import Fourvenues
import NightStore
import Synchronization

/// Keeps how the service is doing, for the screen, and writes its changes down, so that the report can
/// tell how long it did not answer.
package final class ServiceRecord: Sendable {
  private struct Change: Sendable {
    var status: ServiceStatus
    var at: Date
  }

  /// A store that cannot be written now may be in a moment.
  private static let nextTry: Duration = .seconds(5)

  private struct State {
    var watch = ServiceWatch()
    /// Kinds whose look-ups the service refused the key for when they were last asked.
    var refused: Set<PassKind> = []
    /// Scans whose verdicts are still to come.
    var verdictsDue = 0
    /// The number of the newest scan whose verdict has come.
    var newestVerdict = 0
  }

  private let kinds: [PassKind]
  private let state = Mutex(State())
  private let changes: AsyncStream<Change>
  private let continuation: AsyncStream<Change>.Continuation
  private let show: @Sendable (ServiceHealth) -> Void
  private let log: @Sendable (ServiceStatus) -> Void

  /// - Parameters:
  ///   - kinds: that this door takes: a key may be good for some of them alone.
  ///   - show: is told after every exchange, on any thread, unless a verdict will tell it. Must return
  ///     at once.
  ///   - log: is told when the status is of another kind than before.
  init(
    kinds: [PassKind] = [.pass],
    show: @escaping @Sendable (ServiceHealth) -> Void = { _ in },
    log: @escaping @Sendable (ServiceStatus) -> Void = { _ in }
  ) {
    self.kinds = kinds
    self.show = show
    self.log = log
    (changes, continuation) = AsyncStream.makeStream()
  }

  func note(_ exchange: Exchange, at now: Date) {
    // What becomes of a report says nothing about look-ups, whose latency and key these are.
    guard exchange.endpoint != .checkIn else { return }
    // A key may be good at the door without being granted the list of passes, which has a banner.
    if case .list = exchange.endpoint, exchange.status == 403 { return }
    let news: ServiceStatus? = state.withLock { state in
      guard noteKey(exchange, &state) else { return nil }
      let before = state.watch.status
      state.watch.note(
        failure: exchange.failure, latency: exchange.latency,
        isLong: exchange.endpoint.isList, serverDate: exchange.serverDate,
        refusesCertificate: exchange.trouble?.isOfCertificate ?? false, at: now)
      // Within the lock, so that all is shown and written down in its order.
      if state.verdictsDue == 0 { show(state.watch.health) }
      let status = state.watch.status
      guard !status.isSameKind(as: before) else { return nil }
      continuation.yield(Change(status: status, at: now))
      return status
    }
    news.map(log)
  }

  /// Notes for which kinds the key is refused.
  /// - Returns: whether the exchange says something of the whole door: not where it fails for one kind,
  ///   and another's codes are looked up (Contract: Every code at the same door).
  private func noteKey(_ exchange: Exchange, _ state: inout State) -> Bool {
    let isRefused = exchange.failure == .unauthorized
    switch exchange.endpoint {
    case .lookUp(let kind):
      if isRefused {
        state.refused.insert(kind)
      } else if exchange.status != nil {
        state.refused.remove(kind)
      }
      return !isRefused || state.refused.isSuperset(of: kinds)
    // Where several kinds are listed, one list that fails says nothing of the door: its event is asked
    // once a minute, and tells.
    case .list, .rates: return exchange.failure == nil || kinds.count == 1
    case .event, .events, .checkIn: return true
    }
  }

  /// A scan is to be judged: its verdict will tell how the service is.
  func expectVerdict() { state.withLock { $0.verdictsDue += 1 } }

  /// How the service is, which a verdict to come will tell unless that changes.
  var health: ServiceHealth { state.withLock(\.watch.health) }

  /// The verdict of the scan with this number has come. Verdicts come in the order of the scans.
  /// - Parameter post: is told how the service is, unless the verdict had come before, and must return at
  ///   once.
  func giveVerdict(of number: Int, _ post: (ServiceHealth) -> Void) {
    state.withLock { state in
      guard number > state.newestVerdict else { return }
      state.newestVerdict = number
      state.verdictsDue -= 1
      post(state.watch.health)
    }
  }

  /// The clock was set.
  func correct(_ corrected: (Date) -> Date?) {
    state.withLock { state in
      state.watch.correct(corrected)
      show(state.watch.health)
    }
  }

  /// Writes down what changes, until it is cancelled or `finish` has been called.
  func write(to store: NightStore, door: String) async {
    for await change in changes {
      while (try? await store.note(change.status, door: door, at: change.at)) == nil {
        if Task.isCancelled { return }
        try? await Task.sleep(for: Self.nextTry)
      }
    }
  }

  /// What was noted so far is all.
  func finish() { continuation.finish() }
}
