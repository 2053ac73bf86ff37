import Formatting
import Foundation

extension SimulatedNight {
  /// What Madrid's clocks do at 01:00 UTC.
  enum Change: CaseIterable {
    /// 2026-10-25 03:00 becomes 02:00.
    case back
    /// 2026-03-29 02:00 becomes 03:00.
    case forward

    /// 23:00 in Madrid, in seconds since 1970.
    var start: Double {
      switch self {
      case .back: 1_792_875_600
      case .forward: 1_774_735_200
      }
    }

    var at: Double {
      switch self {
      case .back: 1_792_890_000
      case .forward: 1_774_746_000
      }
    }

    /// ISO 8601 by hand: what Madrid's clocks show.
    func timestamp(_ seconds: Double) -> String {
      let isSummer = (seconds < at) == (self == .back)
      let local = Date(timeIntervalSince1970: seconds + (isSummer ? 7200 : 3600))
      return local.formatted(.iso8601).replacing("Z", with: isSummer ? "+02:00" : "+01:00")
    }
  }
}
