import Foundation
import SandboxVenue
import Testing

/// The guest list over real HTTP, judged by the table of reasons (Contract: The verdict) as this
/// file reads it: neither the venue's models nor the door's rules are asked.
@Suite(.timeLimit(.minutes(2)))
struct GuestListTests {
  @Test func `Every guest is what the list says`() async throws {
    let options = SandboxOptions()
    try await withVenue(options) { visit in
      let event = try await visit.get("/events/\(tonightID)").json["data"]
      let start = try #require(event["start"].number)
      let rates = try await visit.get("/passes-rates/?event_id=\(tonightID)").json["data"].array
      let listRates = try await visit.get("/lists-rates/?event_id=\(tonightID)").json["data"].array
      let door = Door(
        elapsed: Date.now.timeIntervalSince1970 - start, rates: [.pass: rates, .list: listRates])
      for guest in visit.venue.guests {
        for kind in SandboxKind.allCases where kind != guest.kind && guest.answer != .sample {
          guard guest.code.wholeMatch(of: /[A-Z0-9]+/) != nil, guest.code != "CANCEL88" else {
            continue
          }
          #expect(try await visit.get(lookUp(kind) + guest.code).status == 404, "\(guest.code)")
        }
        let (reason, admitted) = try await door.judge(guest, visit)
        #expect(reason == guest.expectedReason, "\(guest.code)")
        #expect(admitted == guest.expectedAdmitted, "\(guest.code)")
      }
    }
  }

  @Test func `Every reason of a look-up is there`() async throws {
    let guests = try await withVenue { $0.venue.guests }
    #expect(
      Set(guests.map(\.expectedReason)) == [
        "unreadable_code", "unauthorized", "rate_limited", "service_error", "offline",
        "unknown_pass", "wrong_organization", "archived", "not_active", "not_tonight", "too_early",
        "too_late", "already_used", "valid",
      ])
    #expect(Set(guests.map(\.code)).count == guests.count)
    #expect(guests.allSatisfy { !$0.explanation.isEmpty })
    for guest in guests where guest.expectedReason != "unreadable_code" {
      #expect((8...9).contains(guest.code.count), "\(guest.code)")
      #expect(
        guest.code.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) },
        "\(guest.code)")
    }
  }

  private static let reasons: [SandboxKind: Set<String>] = [
    .ticket: [
      "valid", "already_used", "not_active", "not_tonight", "service_error", "offline",
    ],
    .list: [
      "valid", "already_used", "not_active", "not_tonight", "too_early", "too_late", "unauthorized",
    ],
    .booking: ["valid", "already_used", "not_active", "not_tonight", "rate_limited"],
  ]

  @Test(arguments: [SandboxKind.ticket, .list, .booking])
  func `Reasons of every kind are there`(kind: SandboxKind) async throws {
    let guests = try await withVenue { $0.venue.guests }
    #expect(Set(guests.filter { $0.kind == kind }.map(\.expectedReason)) == Self.reasons[kind])
  }

  @Test func `Hard names are there`() async throws {
    try await withVenue { visit in
      func name(_ code: String) async throws -> JSON {
        try await visit.get("/v2/passes/by-code/\(code)").json["data"]["customer_fullname"]
      }
      #expect(try await name("LONGNAME1").string?.count ?? 0 >= 120)
      #expect(try await name("NONAME00") == .null)
      let hostile = try #require(try await name("ESCAPES1").string)
      for scalar in ["\u{1B}", "\n", "\r", "\0", "\u{9B}", "\u{202E}", "\u{2028}"]
        as [Unicode.Scalar]
      {
        #expect(hostile.unicodeScalars.contains(scalar))
      }
      #expect(try await name("ACCENTS9").string?.unicodeScalars.contains("\u{301}") == true)
      #expect(try await name("ARABIC7A").string?.unicodeScalars.contains("ف") == true)
    }
  }

  @Test func `Rate limited guest outlasts every deadline`() async throws {
    let answer = try await withVenue { try await $0.get("/v2/passes/by-code/LIMIT429") }
    #expect(Int(answer.headers["retry-after"] ?? "") ?? 0 >= 3600)
  }

  @Test func `Guests can be read over HTTP`() async throws {
    try await withVenue { visit in
      let guests = try await visit.control("GET", "/guests").json.array
      #expect(guests.map { $0["code"].string } == visit.venue.guests.map(\.code))
      #expect(guests.map { $0["kind"].string } == visit.venue.guests.map(\.kind.rawValue))
      #expect(
        guests.map { $0["expected_reason"].string } == visit.venue.guests.map(\.expectedReason))
      #expect(try await visit.get("/sandbox/guests").json.array == guests)
    }
  }
}

/// Where a kind is looked up by its code.
func lookUp(_ kind: SandboxKind) -> String {
  switch kind {
  case .pass: "/v2/passes/by-code/"
  case .ticket: "/tickets/by-code/"
  case .list: "/lists/by-code/"
  case .booking: "/bookings/code/"
  }
}

/// The table of reasons in its order (Contract: The verdict), for a door with fresh admissions and
/// enforced rate windows.
private struct Door {
  let elapsed: Double
  let rates: [SandboxKind: [JSON]]

  func judge(_ guest: Guest, _ visit: Visit) async throws -> (String, Int) {
    guard guest.code.wholeMatch(of: /[A-Za-z0-9_-]{4,64}/) != nil else {
      return ("unreadable_code", 0)
    }
    // Asking would take the whole minute; that it says nothing is tested with the faults.
    if guest.answer == .silence { return ("offline", 0) }
    let answer = try await visit.get(lookUp(guest.kind) + guest.code)
    switch answer.status {
    case 200: break
    case 401, 403: return ("unauthorized", 0)
    case 404: return ("unknown_pass", 0)
    case 429: return ("rate_limited", 0)
    default: return ("service_error", 0)
    }
    guard let json = try? answer.json else { return ("service_error", 0) }
    if json["success"].bool == false || json["data"] == .null { return ("unknown_pass", 0) }
    return guest.kind == .pass
      ? judge(json["data"], code: guest.code) : judge(json["data"], of: guest)
  }

  /// What is no pass, as the service's facts say (FourvenuesAPI: Tickets, guest lists and bookings).
  private func judge(_ entry: JSON, of guest: Guest) -> (String, Int) {
    guard entry["code"].string == guest.code else { return ("service_error", 0) }
    if !isActive(entry, guest.kind) { return ("not_active", 0) }
    if entry["event_id"].string != tonightID { return ("not_tonight", 0) }
    let type: JSON = .object(["type_id": entry["rate_id"], "type_name": entry["rate_name"]])
    if let reason = window(type, guest.kind) { return (reason, 0) }
    let allowed = Int(entry["for"].number ?? 0)
    let used = Int(entry["enter"].number ?? 0)
    return used >= allowed ? ("already_used", 0) : ("valid", allowed - used)
  }

  private func isActive(_ entry: JSON, _ kind: SandboxKind) -> Bool {
    switch kind {
    case .pass: return entry["state"].string == "activated"
    case .ticket:
      let refunded = entry["refunded"].number ?? 0
      return entry["status"].string == "activated"
        && !(refunded > 0 && refunded >= entry["price"].number ?? 0)
    case .list: return [.null, .number(0)].contains(entry["removed_at"])
    case .booking: return ["accepted", "arrival", "sitting"].contains(entry["status"].string)
    }
  }

  private func judge(_ pass: JSON, code: String) -> (String, Int) {
    guard pass["code"].string == code else { return ("service_error", 0) }
    if pass["organization_id"].string != "or4gr63f00xkq01i1d8jh5ohuzaZhvoE" {
      return ("wrong_organization", 0)
    }
    if pass["archived"].bool == true { return ("archived", 0) }
    if pass["state"].string != "activated" { return ("not_active", 0) }
    let tonight = pass["passes_usages"].array.filter { $0["event_id"].string == tonightID }
    let allowed = tonight.reduce(0) { $0 + Int($1["beneficiaries"].number ?? 1) }
    if allowed == 0 { return ("not_tonight", 0) }
    if let reason = window(pass, .pass) { return (reason, 0) }
    let used = tonight.reduce(0) { sum, usage in
      let people = Int(usage["usage_beneficiaries"].number ?? 0)
      return sum + (usage["checked_in"].bool == true ? max(1, people) : 0)
    }
    return used >= allowed ? ("already_used", 0) : ("valid", allowed - used)
  }

  private func window(_ pass: JSON, _ kind: SandboxKind) -> String? {
    func folded(_ name: JSON) -> String? {
      name.string?.folding(options: [.caseInsensitive, .diacriticInsensitive], locale: nil)
    }
    let rates = rates[kind] ?? []
    guard
      let rate = rates.first(where: { $0["_id"] == pass["type_id"] })
        ?? rates.first(where: { folded($0["name"]) == folded(pass["type_name"]) })
    else { return nil }
    let windows = rate["options"].array.map { ($0["from"].number ?? 0, $0["until"].number ?? 0) }
    if windows.contains(where: { $0.0 <= elapsed && elapsed < $0.1 }) { return nil }
    return windows.contains { elapsed < $0.0 } ? "too_early" : "too_late"
  }
}
