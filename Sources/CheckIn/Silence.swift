import FoundationEssentials

/// How long the service has been silent. After three look-ups in a row without any HTTP answer it is
/// *dark*: what is stored answers at once (Contract: The look-up order).
struct Silence {
  private static let enough = 3

  /// Look-ups in a row that nobody answered.
  private var lookUps = 0
  /// When the darkness ended last, in seconds, monotonic.
  private var endedAt = -TimeInterval.infinity

  var isDark: Bool { lookUps >= Self.enough }

  /// - Parameter begunAt: seconds, monotonic. A silent look-up that began before the darkness ended
  ///   is ignored.
  mutating func noteLookUp(isAnswered: Bool, begunAt: TimeInterval) {
    if isAnswered {
      lookUps = 0
    } else if isDark || begunAt >= endedAt {
      lookUps = min(lookUps + 1, Self.enough)
    }
  }

  /// Some endpoint answered. Until a look-up has been, one silent look-up restores the darkness.
  mutating func noteAnswer(at uptime: TimeInterval) {
    guard isDark else { return }
    lookUps = Self.enough - 1
    endedAt = uptime
  }
}
