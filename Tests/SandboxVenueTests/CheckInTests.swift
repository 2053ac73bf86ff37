import Foundation
import SandboxVenue
import Testing

@Suite(.timeLimit(.minutes(2)))
struct CheckInTests {
  private func body(women: Int = 0, men: Int = 0, noGender: Int = 0, price: String = "0") -> String
  {
    #"[{"_id":"<special>","women":\#(women),"men":\#(men),"no_gender":\#(noGender),"price":\#(price)}]"#
  }

  @Test func `A check-in shows in the next look-up`() async throws {
    try await withVenue { visit in
      let before = try await visit.get("/v2/passes/by-code/GROUP4XYZ").json["data"]
      let id = try #require(before["_id"].string)
      #expect(before["passes_usages"].array[0]["checked_in"].bool == false)
      let answer = try await visit.put(
        "/passes/\(id)/checkin/?event_id=\(tonightID)", body(women: 1, men: 1, price: "12.50"))
      #expect(answer.status == 200)
      #expect(try answer.json["success"].bool == true)
      _ = try await visit.put("/passes/\(id)/checkin?event_id=\(tonightID)", body(noGender: 1))
      let usage = try await visit.get("/v2/passes/by-code/GROUP4XYZ").json["data"]["passes_usages"]
        .array[0]
      #expect(usage["checked_in"].bool == true)
      #expect(usage["usage_beneficiaries"].number == 3)
      #expect(usage["usage_females"].number == 1)
      #expect(usage["usage_males"].number == 1)
      #expect(usage["usage_others"].number == 1)
      #expect(usage["beneficiaries"].number == 4)
      let listed = try await visit.get("/v2/passes/?event_id=\(tonightID)").json["data"].array
        .first { $0["code"].string == "GROUP4XYZ" }
      #expect(listed?["passes_usages"].array[0] == usage)

      #expect(visit.venue.checkIns.map(\.people) == [2, 1])
      #expect(visit.venue.checkIns.map(\.status) == [200, 200])
      #expect(visit.venue.checkIns[0].entries[0].price == Decimal(string: "12.5"))
      let calls = try await visit.control("GET", "/checkins").json.array
      #expect(calls.map { $0["pass_id"].string } == [id, id])
      #expect(calls[0]["event_id"].string == tonightID)
      #expect(calls[0]["entries"].array[0]["women"].number == 1)
    }
  }

  @Test func `A partly used group counts on`() async throws {
    try await withVenue { visit in
      let id = try #require(
        try await visit.get("/v2/passes/by-code/PART1OF4").json["data"]["_id"].string)
      _ = try await visit.put("/passes/\(id)/checkin?event_id=\(tonightID)", body(women: 2))
      let usage = try await visit.get("/v2/passes/by-code/PART1OF4").json["data"]["passes_usages"]
        .array[0]
      #expect(usage["usage_beneficiaries"].number == 3)
    }
  }

  @Test func `Several usages fill up one after the other`() async throws {
    try await withVenue { visit in
      let id = try #require(
        try await visit.get("/v2/passes/by-code/TWICE1N2").json["data"]["_id"].string)
      _ = try await visit.put("/passes/\(id)/checkin?event_id=\(tonightID)", body(women: 1, men: 1))
      let usages = try await visit.get("/v2/passes/by-code/TWICE1N2").json["data"]["passes_usages"]
      #expect(usages.array.map { $0["usage_beneficiaries"].number } == [1, 1])
    }
  }

  @Test func `Generated passes and the sample can be checked in`() async throws {
    var options = SandboxOptions()
    options.generatedPasses = 3
    try await withVenue(options) { visit in
      for code in ["SAND000002", "P6J21FF2S"] {
        let pass = try await visit.get("/v2/passes/by-code/\(code)").json["data"]
        let id = try #require(pass["_id"].string)
        let answer = try await visit.put(
          "/passes/\(id)/checkin?event_id=\(tonightID)", body(men: 1))
        #expect(answer.status == 200)
        let after = try await visit.get("/v2/passes/by-code/\(code)").json["data"]
        #expect(
          after["passes_usages"].array[0]["usage_beneficiaries"].number
            == (pass["passes_usages"].array[0]["usage_beneficiaries"].number ?? 0) + 1)
      }
    }
  }

  @Test(arguments: [
    "", "{", "null", "[]", "{}", "[1]", #"[{"_id":"x"}]"#,
    #"[{"_id":"x","women":"1","men":0,"no_gender":0,"price":0}]"#,
    #"[{"_id":"x","women":-1,"men":2,"no_gender":0,"price":0}]"#,
    #"[{"_id":"x","women":0,"men":0,"no_gender":0,"price":0}]"#,
    #"[{"_id":"x","women":9223372036854775807,"men":9223372036854775807,"no_gender":1,"price":0}]"#,
    #"[{"_id":"x","women":1,"men":0,"no_gender":0,"price":-1}]"#,
    #"[{"_id":"x","women":1,"men":0,"no_gender":0,"price":1e999}]"#,
    "deep",
  ])
  func `A body that is no check-in is 400 and recorded`(body: String) async throws {
    let body = body == "deep" ? String(repeating: "[", count: 100_000) : body
    try await withVenue { visit in
      let answer = try await visit.put(
        "/passes/PlsandboxADA4M7X2/checkin?event_id=\(tonightID)", body)
      #expect(answer.status == 400)
      #expect(visit.venue.checkIns.map(\.status) == [400])
      let usage = try await visit.get("/v2/passes/by-code/ADA4M7X2").json["data"]["passes_usages"]
      #expect(usage.array[0]["checked_in"].bool == false)
    }
  }

  @Test(arguments: [
    ("/passes/PlsandboxADA4M7X2/checkin", 400),
    ("/passes/PlsandboxADA4M7X2/checkin?event_id=nope", 404),
    ("/passes/nobody/checkin?event_id=\(tonightID)", 404),
    ("/passes/PlsandboxOTHERDAY1/checkin?event_id=\(tonightID)", 400),
  ])
  func `Check-in of nothing is refused`(path: String, status: Int) async throws {
    try await withVenue { visit in
      let answer = try await visit.put(path, body(men: 1))
      #expect(answer.status == status)
      #expect(visit.venue.checkIns.map(\.status) == [status])
    }
  }

  @Test func `Body over the limit is 413`() async throws {
    try await withVenue { visit in
      let body = String(repeating: " ", count: 2 << 20)
      let answer = try await visit.put("/passes/x/checkin?event_id=\(tonightID)", body)
      #expect(answer.status == 413)
      #expect(try await visit.get("/events/\(tonightID)").status == 200)
    }
  }
}
