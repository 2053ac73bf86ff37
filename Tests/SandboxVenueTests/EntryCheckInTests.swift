import SandboxVenue
import Testing

/// The calls that report an entry of what is no pass.
@Suite(.timeLimit(.minutes(2)))
struct EntryCheckInTests {
  private static let time = "2026-11-27T23:05:00+01:00"

  @Test func `A ticket's people add up`() async throws {
    try await withVenue { visit in
      for (enter, peopleIn) in [(1, 1), (2, 3)] {
        let answer = try await visit.put(
          "/tickets/by-code/tktfour4/checkin", #"{"enter":\#(enter),"entry_date":"\#(Self.time)"}"#)
        #expect(answer.status == 200)
        #expect(answer.text == #"{"success":true}"#)
        let ticket = try await visit.get("/tickets/by-code/TKTFOUR4").json["data"]
        #expect(ticket["enter"].number == Double(peopleIn))
        #expect(ticket["entry_date"].string == Self.time)
      }
      let calls = visit.venue.checkIns
      #expect(calls.map(\.kind) == [.ticket, .ticket])
      #expect(calls.map(\.people) == [1, 2])
      #expect(calls.map(\.status) == [200, 200])
      #expect(calls.map(\.eventID) == [tonightID, tonightID])
    }
  }

  @Test func `A list's answer holds the new number`() async throws {
    try await withVenue { visit in
      let body =
        #"[{"_id":"<special>","women":1,"men":0,"no_gender":0,"price":0},"#
        + #"{"_id":"1712861139741","women":0,"men":1,"no_gender":0,"price":10}]"#
      let answer = try await visit.put("/lists/lisandboxLSTBDAY7/checkin", body)
      #expect(answer.status == 200)
      #expect(try answer.json["data"]["enter"].number == 6)
      let list = try await visit.get("/lists/by-code/LSTBDAY7").json["data"]
      #expect(list["enter"].number == 6)
      #expect(list["options"].array.map { $0["total"].number } == [5, 1])
      #expect(list["options"].array.map { $0["men"].number } == [3, 0])
      #expect(visit.venue.checkIns.map(\.people) == [2])
      let listed = try await visit.get("/lists/?event_id=\(tonightID)").json["data"].array
      #expect(listed.first { $0["code"].string == "LSTBDAY7" }?["enter"].number == 6)
    }
  }

  @Test func `A booking's status is set and counts nobody`() async throws {
    try await withVenue { visit in
      let answer = try await visit.put(
        "/bookings/bosandboxTABLE5S1/status", #"{"status":"arrival"}"#)
      #expect(answer.status == 200)
      let booking = try await visit.get("/bookings/code/TABLE5S1").json["data"]
      #expect(booking["status"].string == "arrival" && booking["state"].string == "arrival")
      #expect(booking["enter"].number == 0)
      let calls = try await visit.control("GET", "/checkins").json.array
      #expect(calls.map { $0["kind"].string } == ["booking"])
      #expect(calls.map { $0["booking_status"].string } == ["arrival"])
      #expect(calls.map { $0["pass_id"].string } == ["bosandboxTABLE5S1"])
    }
  }

  @Test func `Generated entries and the samples can be checked in`() async throws {
    var options = SandboxOptions()
    options.generatedTickets = 3
    options.generatedLists = 3
    try await withVenue(options) { visit in
      let people = #"[{"_id":"x","women":0,"men":1,"no_gender":0,"price":0}]"#
      for (kind, code, path, body) in [
        (SandboxKind.ticket, "TICK000002", "/tickets/by-code/TICK000002/checkin", ticketBody(1)),
        (.ticket, "P6J21FF2S", "/tickets/by-code/P6J21FF2S/checkin", ticketBody(1)),
        (.list, "LIST000001", "/lists/lisandboxLIST000001/checkin", people),
        (.list, "P6J21FF2S", "/lists/Pl4gr84v20xqu01js0ybj42s6vYtIz1T/checkin", people),
      ] {
        let before = try await visit.get(lookUp(kind) + code).json["data"]["enter"].number
        #expect(try await visit.put(path, body).status == 200)
        let after = try await visit.get(lookUp(kind) + code).json["data"]["enter"].number
        #expect(after == before.map { $0 + 1 }, "\(code)")
      }
      // The vendor's sample pass has the code and the id of the sample list, and nobody more is in.
      let pass = try await visit.get("/v2/passes/by-code/P6J21FF2S")
      #expect(try pass.body == sample("pass-by-code.json"))
    }
  }

  @Test(arguments: [
    ("/tickets/by-code/TKTFOUR4/checkin", "", 400),
    ("/tickets/by-code/TKTFOUR4/checkin", "[]", 400),
    ("/tickets/by-code/TKTFOUR4/checkin", #"{"enter":0,"entry_date":"\#(time)"}"#, 400),
    ("/tickets/by-code/TKTFOUR4/checkin", #"{"enter":1,"entry_date":"now"}"#, 400),
    ("/tickets/by-code/TKTFOUR4/checkin", #"{"enter":1}"#, 400),
    ("/tickets/by-code/NOBODY11/checkin", #"{"enter":1,"entry_date":"\#(time)"}"#, 404),
    ("/lists/lisandboxLSTGRP05/checkin", "{}", 400),
    ("/lists/lisandboxLSTGRP05/checkin", "[]", 400),
    (
      "/lists/lisandboxLSTGRP05/checkin",
      #"[{"_id":"x","women":-1,"men":2,"no_gender":0,"price":0}]"#, 400
    ),
    ("/lists/nobody/checkin", #"[{"_id":"x","women":0,"men":1,"no_gender":0,"price":0}]"#, 404),
    ("/bookings/bosandboxTABLE5S1/status", #"{"status":"eaten"}"#, 400),
    ("/bookings/bosandboxTABLE5S1/status", #"{"state":"arrival"}"#, 400),
    ("/bookings/nobody/status", #"{"status":"arrival"}"#, 404),
  ])
  func `What is no check-in is refused and recorded`(
    path: String, body: String, status: Int
  ) async throws {
    try await withVenue { visit in
      let answer = try await visit.put(path, body)
      #expect(answer.status == status)
      #expect(try answer.json["error"].string != nil)
      #expect(visit.venue.checkIns.map(\.status) == [status])
      #expect(try await visit.get("/tickets/by-code/TKTFOUR4").json["data"]["enter"].number == 0)
      #expect(try await visit.get("/lists/by-code/LSTGRP05").json["data"]["enter"].number == 0)
      #expect(
        try await visit.get("/bookings/code/TABLE5S1").json["data"]["status"].string == "accepted")
    }
  }
}

private func ticketBody(_ enter: Int) -> String {
  #"{"enter":\#(enter),"entry_date":"2026-11-27T23:05:00.000Z"}"#
}
