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

  /// How long it may hear nothing, on whatever connection, before it is asked again on another; nil where
  /// that needs a sign that the connection is dead. Without the night's event no guest can be let in.
  private(set) var patience: Duration?
  /// Whether the kind of the code is known (`PassQuestion.isKnown`).
  private(set) var isKnown = true

  static func lookUp(_ code: String, as kind: PassKind, deadline: Duration) -> Call {
    Call(
      endpoint: .lookUp(kind), path: kind.api.lookUpPath + code.percentEncoded, priority: .lookUp,
      timeLimit: deadline, code: code)
  }

  static func lookUp(_ question: PassQuestion, as kind: PassKind, deadline: Duration) -> Call {
    var call = lookUp(question.code, as: kind, deadline: deadline - question.spent)
    call.scan = question.scan
    call.isKnown = question.isKnown
    return call
  }

  /// - Parameter filter: the part of the query that chooses the rows.
  static func list(_ kind: PassKind, filter: String, offset: Int) -> Call {
    var path = "\(kind.api.listPath)?\(filter)"
    if offset > 0 { path += "&limit=\(PassPages.fullPage)&offset=\(offset)" }
    return Call(endpoint: .list(kind), path: path, priority: .background, timeLimit: .seconds(60))
  }

  static func event(id: String) -> Call {
    Call(
      endpoint: .event, path: "/events/\(id.percentEncoded)", priority: .background,
      timeLimit: background, patience: patienceForTheNight)
  }

  static func events(from firstDay: String, to lastDay: String) -> Call {
    Call(
      endpoint: .events,
      path: "/events/?start=\(firstDay.percentEncoded)&end=\(lastDay.percentEncoded)",
      priority: .background, timeLimit: background, patience: patienceForTheNight)
  }

  /// - Returns: nil where the kind has no price list.
  static func rates(of kind: PassKind, eventID: String) -> Call? {
    kind.api.ratesPath.map { path in
      Call(
        endpoint: .rates(kind), path: "\(path)?event_id=\(eventID.percentEncoded)",
        priority: .background, timeLimit: background)
    }
  }

  static func checkIn(path: String, timeLimit: Duration) -> Call {
    Call(endpoint: .checkIn, path: path, priority: .background, timeLimit: timeLimit)
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
  private static let patienceForTheNight: Duration = .seconds(2)
}
