import Foundation
import SandboxVenue
import Testing

@Suite(.timeLimit(.minutes(2)))
struct PagingTests {
  @Test func `Pages are 500 long and the last is short`() async throws {
    var options = SandboxOptions()
    options.generatedPasses = 1200
    try await withVenue(options) { visit in
      var codes: [String] = []
      var sizes: [Int] = []
      while sizes.last ?? 500 == 500 {
        let page = try await visit.get(
          "/v2/passes/?event_id=\(tonightID)&limit=500&offset=\(codes.count)")
        let passes = try page.json["data"].array
        sizes.append(passes.count)
        codes += passes.compactMap { $0["code"].string }
      }
      #expect(Array(sizes.dropLast()) == [500, 500])
      #expect(Set(codes).count == codes.count)
      #expect(Set(codes).isSuperset(of: (0..<1200).map(SandboxVenue.generatedCode)))
      #expect(codes.contains("P6J21FF2S"))
      let first = try await visit.get("/v2/passes?event_id=\(tonightID)").json["data"].array
      #expect(first.count == 500)
      let tooMany = try await visit.get("/v2/passes/?event_id=\(tonightID)&limit=9000")
      #expect(try tooMany.json["data"].array.count == 500)
      let some = try await visit.get("/v2/passes/?event_id=\(tonightID)&limit=7&offset=3")
      #expect(try some.json["data"].array == Array(first[3..<10]))
    }
  }

  @Test func `List holds only passes for the event and no failing guest`() async throws {
    try await withVenue { visit in
      let passes = try await visit.get("/v2/passes/?event_id=\(tonightID)").json["data"].array
      for pass in passes {
        #expect(pass["passes_usages"].array.contains { $0["event_id"].string == tonightID })
      }
      let codes = Set(passes.compactMap { $0["code"].string })
      let unverified = ["unauthorized", "rate_limited", "service_error", "offline"]
      let failing = visit.venue.guests.filter { unverified.contains($0.expectedReason) }
      #expect(!failing.isEmpty)
      #expect(codes.isDisjoint(with: failing.map(\.code)))
      #expect(!codes.contains("OTHERDAY1"))
    }
  }

  @Test func `A million generated passes are made on demand and alike`() async throws {
    var options = SandboxOptions()
    options.generatedPasses = 1_000_000
    options.seed = 7
    func look() async throws -> [Visit.Answer] {
      try await withVenue(options) { visit in
        [
          try await visit.get("/v2/passes/by-code/SAND000000"),
          try await visit.get("/v2/passes/by-code/sand999999"),
          try await visit.get("/v2/passes/?event_id=\(tonightID)&offset=1000000"),
        ]
      }
    }
    let once = try await look()
    let again = try await look()
    #expect(once.map(\.status) == [200, 200, 200])
    #expect(try once[1].json["data"]["code"].string == "SAND999999")
    #expect(try !once[2].json["data"].array.isEmpty)
    for (one, other) in zip(once, again) {
      #expect(
        try one.json["data"]["customer_fullname"] == other.json["data"]["customer_fullname"])
    }
    let group = try await withVenue(options) { try await $0.get("/v2/passes/by-code/SAND000009") }
    let people = try group.json["data"]["passes_usages"].array[0]["beneficiaries"].number
    #expect((2...6).contains(people ?? 0))
  }

  @Test(arguments: ["SAND0000001", "SAND00001", "SAND+00001", "SAND", "SAND000010"])
  func `Other spellings are no generated code`(code: String) async throws {
    var options = SandboxOptions()
    options.generatedPasses = 10
    let answer = try await withVenue(options) { try await $0.get("/v2/passes/by-code/\(code)") }
    #expect(answer.status == 404)
  }
}
