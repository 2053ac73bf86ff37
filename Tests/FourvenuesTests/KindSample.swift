import Admission

/// Each kind as the service writes it, and as the door understands it (FourvenuesAPI: Pass)
/// (FourvenuesAPI: Tickets, guest lists and bookings).
enum KindSample {
  /// Where a code is looked up.
  static func path(_ kind: PassKind) -> String {
    switch kind {
    case .pass: "/v2/passes/by-code/"
    case .ticket: "/tickets/by-code/"
    case .list: "/lists/by-code/"
    case .booking: "/bookings/code/"
    }
  }

  /// Where all are listed.
  static func listPath(_ kind: PassKind) -> String {
    switch kind {
    case .pass: "/v2/passes/"
    case .ticket: "/tickets/"
    case .list: "/lists/"
    case .booking: "/bookings/"
    }
  }

  /// As which kind a look-up asks; nil where it is none.
  static func kind(askedBy target: String) -> PassKind? {
    PassKind.allCases.first { target.hasPrefix("/integrations" + path($0)) }
  }

  /// One of a kind for the event E, with some fields replaced or, by an empty text, left out.
  static func object(_ kind: PassKind, _ code: String, _ changes: [String: String] = [:]) -> String
  {
    var fields = ["_id": "\"\(kind)-\(code)\"", "code": "\"\(code)\""]
    let ofOneEvent = [
      "event_id": "\"E\"", "name": "\"Ana Gil\"", "for": "4", "enter": "1", "rate_id": "\"R\"",
      "rate_name": "\"Early\"",
    ]
    switch kind {
    case .pass:
      fields["state"] = "\"activated\""
      fields["customer_fullname"] = "\"Ana Gil\""
      fields["type_id"] = "\"R\""
      fields["type_name"] = "\"Early\""
      fields["passes_usages"] =
        "[{\"event_id\":\"E\",\"beneficiaries\":4,\"usage_beneficiaries\":1,\"checked_in\":true}]"
    case .ticket:
      fields.merge(ofOneEvent) { $1 }
      fields["status"] = "\"activated\""
    case .list: fields.merge(ofOneEvent) { $1 }
    case .booking:
      fields.merge(ofOneEvent) { $1 }
      fields["status"] = "\"accepted\""
    }
    fields.merge(changes) { $1 }
    return "{"
      + fields.filter { $0.value != "" }.map { "\"\($0.key)\":\($0.value)" }.joined(separator: ",")
      + "}"
  }

  /// The answer about it.
  static func answer(_ kind: PassKind, _ code: String, _ changes: [String: String] = [:]) -> String
  {
    "{\"success\":true,\"data\":\(object(kind, code, changes))}"
  }

  /// What it means.
  static func pass(_ kind: PassKind, _ code: String) -> Pass {
    let state =
      switch kind {
      case .pass, .ticket: "activated"
      case .list: Pass.listedState
      case .booking: "accepted"
      }
    return Pass(
      kind: kind, id: "\(kind)-\(code)", code: code, customerName: "Ana Gil", typeID: "R",
      typeName: "Early", state: state,
      usages: [Usage(eventID: "E", beneficiaries: 4, peopleCountedIn: 1, isCheckedIn: true)])
  }
}
