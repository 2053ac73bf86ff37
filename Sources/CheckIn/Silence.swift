package import FoundationEssentials
import Synchronization

/// How long the service has been silent. After three look-ups in a row without any HTTP answer it is
/// *dark*: what is stored answers at once (Contract: The look-up order).
package final class Silence: Sendable {
  private struct State {
    /// Look-ups in a row that nobody answered.
    var lookUps = 0
    /// When the darkness ended last, in seconds, monotonic.
    var endedAt = -TimeInterval.infinity

    var isDark: Bool { lookUps >= enough }
  }

  private static let enough = 3

  private let state = Mutex(State())

  package init() {}

  var isDark: Bool { state.withLock(\.isDark) }

  /// - Parameter begunAt: seconds, monotonic. A silent look-up that began before the darkness ended
  ///   is ignored.
  func noteLookUp(isAnswered: Bool, begunAt: TimeInterval) {
    state.withLock { state in
      if isAnswered {
        state.lookUps = 0
      } else if state.isDark || begunAt >= state.endedAt {
        state.lookUps = min(state.lookUps + 1, Self.enough)
      }
    }
  }

  /// Some endpoint answered, at a moment in seconds, monotonic. Until a look-up has been, one silent
  /// look-up restores the darkness.
  package func noteAnswer(at uptime: TimeInterval) {
    state.withLock { state in
      guard state.isDark else { return }
      state.lookUps = Self.enough - 1
      state.endedAt = uptime
    }
  }
}
