package import Foundation

/// The box's own zone: `TZ`, else /etc/localtime.
package struct BoxTimeZone {
  package let timeZone: TimeZone
  /// What is wrong with `TZ`, for somebody to put right; nil where nothing is.
  package let warning: String?

  package init(environment: [String: String]) {
    // "" is no zone for the C library either; ":Area/City" is one with an old-fashioned sign.
    let name = environment["TZ"].map { $0.hasPrefix(":") ? String($0.dropFirst()) : $0 } ?? ""
    if name.isEmpty || name.hasPrefix("/") {
      (timeZone, warning) = (.current, nil)
    } else if TimeZone.knownTimeZoneIdentifiers.contains(name) || name == "UTC" {
      (timeZone, warning) = (TimeZone(identifier: name) ?? .gmt, nil)
    } else {
      // A rule such as CET-1CEST: the C library reads it, for the offset that holds today.
      timeZone = TimeZone(secondsFromGMT: Self.offsetNow) ?? .gmt
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
