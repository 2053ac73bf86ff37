import Admission

/// One question to the service.
struct Call: Sendable {
  let endpoint: Endpoint
  /// Path and query, to be appended to the base URL.
  let path: String
  private(set) var priority: Pacer.Priority
  /// From the first request, for head and body and the retry.
  private(set) var timeLimit: Duration
  /// The code that is asked for; logs show it masked, and never as the service echoes it.
  var code: String?
  /// It is to find out whether the service can be reached: no earlier connection stands in for that.
  private(set) var isProbe = false
  /// The running number of the scan that it is asked for; nil where it is asked for none.
  private(set) var scan: Int?

  static func pass(code: String, scan: Int? = nil, deadline: Duration) -> Call {
    Call(
      endpoint: .lookUp(.pass), path: "/v2/passes/by-code/\(code.percentEncoded)", priority: .lookUp,
      timeLimit: deadline, code: code, scan: scan)
  }

  static func passes(eventID: String, page: PassPages.Position) -> Call {
    var path = "/v2/passes/?event_id=\(eventID.percentEncoded)"
    if page.offset > 0 { path += "&limit=\(PassPages.fullPage)&offset=\(page.offset)" }
    return Call(endpoint: .list(.pass), path: path, priority: .background, timeLimit: .seconds(60))
  }

  static func event(id: String) -> Call {
    Call(
      endpoint: .event, path: "/events/\(id.percentEncoded)", priority: .background,
      timeLimit: background)
  }

  static func events(from firstDay: String, to lastDay: String) -> Call {
    Call(
      endpoint: .events,
      path: "/events/?start=\(firstDay.percentEncoded)&end=\(lastDay.percentEncoded)",
      priority: .background, timeLimit: background)
  }

  static func rates(eventID: String) -> Call {
    Call(
      endpoint: .rates(.pass), path: "/passes-rates/?event_id=\(eventID.percentEncoded)",
      priority: .background, timeLimit: background)
  }

  static func checkIn(_ entry: EntryReport, timeLimit: Duration) -> Call {
    Call(
      endpoint: .checkIn,
      path:
        "/passes/\(entry.passID.percentEncoded)/checkin?event_id=\(entry.eventID.percentEncoded)",
      priority: .background, timeLimit: timeLimit)
  }

  /// The same as a probe, which no 429 holds and no background fetch delays.
  func asProbe(timeLimit: Duration) -> Call {
    var probe = self
    probe.priority = .lookUp
    probe.timeLimit = timeLimit
    probe.isProbe = true
    return probe
  }

  /// Nobody stands at the door waiting for these.
  private static let background: Duration = .seconds(30)
}
