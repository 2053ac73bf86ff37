package import Formatting
import Foundation

/// The box's own zone: `TZ`, else /etc/localtime.
package struct BoxTimeZone {
  package let zone: LocalZone
  /// What is wrong with `TZ`, for somebody to put right; nil where nothing is.
  package let warning: String?

  package init(environment: [String: String]) {
    // "" is no zone for the C library either; ":Area/City" is one with an old-fashioned sign.
    let name = environment["TZ"].map { $0.hasPrefix(":") ? String($0.dropFirst()) : $0 } ?? ""
    if name.isEmpty || name.hasPrefix("/") {
      let path = name.isEmpty ? "/etc/localtime" : name
      (zone, warning) = (LocalZone(path: path) ?? LocalZone(.current), nil)
    } else if let named = LocalZone(identifier: name) {
      (zone, warning) = (named, nil)
    } else {
      // A rule such as CET-1CEST: the C library reads it, for the offset that holds today.
      zone = TimeZone(secondsFromGMT: Self.offsetNow).map(LocalZone.init) ?? .utc
      warning = """
        TZ is no zone such as Europe/Madrid; times are shown at today's offset, \
        \(Self.offsetNow / 60) minutes from UTC: give door.time_zone
        """
    }
  }

  private static var offsetNow: Int {
    var now = time(nil)
    var parts = tm()
    localtime_r(&now, &parts)
    return parts.tm_gmtoff
  }
}
