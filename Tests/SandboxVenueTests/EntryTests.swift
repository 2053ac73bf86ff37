import Foundation
import SandboxVenue
import Testing

/// Tickets, guest list entries and bookings (FourvenuesAPI: Tickets, guest lists and bookings).
@Suite(.timeLimit(.minutes(2)))
struct EntryTests {
  @Test(arguments: [
    ("/tickets/by-code/P6J21FF2S", "ticket-by-code.json"),
    ("/tickets/by-code/p6j21ff2s/", "ticket-by-code.json"),
    ("/lists/by-code/P6J21FF2S", "list-by-code.json"),
    ("/bookings/code/XLLF3W73D", "booking-by-code.json"),
  ])
  func `Samples are served byte for byte`(path: String, file: String) async throws {
    let answer = try await withVenue { try await $0.get(path) }
    #expect(answer.status == 200)
    #expect(try answer.body == sample(file))
  }

  @Test(arguments: [
    "/tickets/by-code/NOBODYHAS1", "/lists/by-code/NOBODYHAS1", "/bookings/code/NOBODYHAS1",
    "/tickets/by-code/LSTBDAY7", "/lists/by-code/TKTBUS01", "/bookings/code/ADA4M7X2",
    "/bookings/by-code/TABLE5S1", "/tickets/code/TKTBUS01", "/tickets/by-code/TICK000003",
  ])
  func `Unknown codes are 404 with an error in JSON`(path: String) async throws {
    var options = SandboxOptions()
    options.generatedTickets = 3
    let answer = try await withVenue(options) { try await $0.get(path) }
    #expect(answer.status == 404)
    #expect(try answer.json["error"].string != nil)
  }

  @Test func `Every extra is there`() async throws {
    try await withVenue { visit in
      func entry(_ kind: SandboxKind, _ code: String) async throws -> JSON {
        try await visit.get(lookUp(kind) + code).json["data"]
      }
      let bus = try await entry(.ticket, "TKTBUS01")
      #expect(bus["supplements"].array.map { $0["label"].string } == ["Bus", "Copa"])
      #expect(try await entry(.ticket, "TKTAGE21")["price_info"]["age"].number == 21)
      let birthday = try await entry(.list, "LSTBDAY7")
      #expect(birthday["for"].number == 7)
      #expect(birthday["enter"].number == 4)
      #expect(birthday["observations_reception"].string == "Birthday: bring the cake")
      let table = try await entry(.booking, "TABLE5S1")
      #expect(table["zone_name"].string == "Terraza")
      #expect(table["space_name"].string == "S1")
      #expect(table["hour"].string == "2:00")
      #expect(table["commentary_reserve"].string?.isEmpty == false)
      // What is none of a door's business is there, too, so that tests can look for it.
      #expect(bus["email"].string != nil && bus["total_paid"].number == 13.2)
      #expect(try await entry(.ticket, "CANCEL88")["status"].string == "activated")
      #expect(
        try await visit.get("/v2/passes/by-code/CANCEL88").json["data"]["state"].string
          == "cancelled")
    }
  }

  @Test func `Tickets come page by page`() async throws {
    var options = SandboxOptions()
    options.generatedTickets = 1200
    try await withVenue(options) { visit in
      var codes: [String] = []
      var sizes: [Int] = []
      while sizes.last ?? 500 == 500 {
        let page = try await visit.get(
          "/tickets/?event_id=\(tonightID)&limit=500&offset=\(codes.count)")
        let tickets = try page.json["data"].array
        #expect(tickets.allSatisfy { $0["event_id"].string == tonightID })
        sizes.append(tickets.count)
        codes += tickets.compactMap { $0["code"].string }
      }
      #expect(Array(sizes.dropLast()) == [500, 500])
      #expect(Set(codes).count == codes.count)
      let generated = (0..<1200).map { SandboxVenue.generatedCode($0, of: .ticket) }
      #expect(Set(codes).isSuperset(of: generated + ["TKTBUS01", "TKTREFND", "CANCEL88"]))
      #expect(Set(codes).isDisjoint(with: ["P6J21FF2S", "TKTOTHER", "TKTERR50", "TKTMUTE1"]))
      let one = try await visit.get("/tickets?event_id=\(tonightID)&limit=1&offset=3")
      #expect(try one.json["data"].array.map { $0["code"].string } == [codes[3]])
    }
  }

  @Test func `Tickets since a date are those sold from then on`() async throws {
    var options = SandboxOptions()
    options.generatedTickets = 1200
    try await withVenue(options) { visit in
      let ticket = try await visit.get("/tickets/by-code/TICK000700").json["data"]
      let sold = try #require(ticket["created_at"].string)
      let page = try await visit.get("/tickets/?event_id=\(tonightID)&start_date=\(sold)")
      let codes = try page.json["data"].array.compactMap { $0["code"].string }
      #expect(codes == (700..<1200).map { SandboxVenue.generatedCode($0, of: .ticket) })
      let day = try await visit.get("/tickets/?event_id=\(tonightID)&start_date=2001-01-01")
      #expect(try day.json["data"].array.count == 500)
      let wrong = try await visit.get("/tickets/?event_id=\(tonightID)&start_date=soon")
      #expect(wrong.status == 400)
    }
  }

  @Test func `Lists and their rates are there for an event`() async throws {
    var options = SandboxOptions()
    options.generatedLists = 600
    try await withVenue(options) { visit in
      let first = try await visit.get("/lists/?event_id=\(tonightID)").json["data"].array
      let second = try await visit.get("/lists/?event_id=\(tonightID)&offset=500").json["data"]
        .array
      let codes = (first + second).compactMap { $0["code"].string }
      #expect(first.count == 500 && Set(codes).count == codes.count)
      #expect(Set(codes).isSuperset(of: ["LSTBDAY7", "LSTREMVD", "LIST000599"]))
      #expect(Set(codes).isDisjoint(with: ["LSTOTHER", "LSTFORB3", "P6J21FF2S"]))

      let rates = try await visit.get("/lists-rates/?event_id=\(tonightID)").json["data"].array
      let published = try JSONDecoder().decode(JSON.self, from: Data(sample("lists-rates.json")))
      #expect(rates.first == published["data"].array.first)
      let options = rates.flatMap { $0["options"].array }
      #expect(options.contains { $0["girls"].bool == true && $0["boys"].bool == false })
      #expect(options.contains { $0["girls"].bool == false && $0["boys"].bool == true })
      #expect(options.contains { $0["age"].number == 21 })
    }
  }

  @Test func `Bookings are those of a day, whichever event they are for`() async throws {
    var options = SandboxOptions()
    options.timeZone = TimeZone(identifier: "Europe/Madrid")!
    // 23:00 in Madrid, so that the day in UTC is the same and the end is on the next.
    options.startsAt = Date(timeIntervalSince1970: 1_790_024_400)
    options.generatedBookings = 20
    try await withVenue(options) { visit in
      func bookings(_ date: String) async throws -> [JSON] {
        try await visit.get("/bookings/?date=\(date)").json["data"].array
      }
      let tonight = try await bookings("2026-09-21")
      let codes = Set(tonight.compactMap { $0["code"].string })
      #expect(codes.isSuperset(of: ["TABLE5S1", "TABLEOTH", "TABLEREL", "BOOK000019"]))
      #expect(codes.isDisjoint(with: ["XLLF3W73D", "TABLE429"]))
      #expect(Set(tonight.compactMap { $0["event_id"].string }).count == 2)
      #expect(try await bookings("2026-09-22").isEmpty)
      #expect(try await bookings("2022-09-16").map { $0["code"].string } == ["XLLF3W73D"])
    }
  }

  @Test(arguments: [
    ("/tickets/", 400), ("/tickets/?event_id=nope", 404), ("/lists/", 400),
    ("/tickets/?event_id=\(tonightID)&limit=0", 400),
    ("/lists/?event_id=\(tonightID)&offset=-1", 400), ("/lists-rates/", 400),
    ("/lists-rates/?event_id=nope", 404), ("/bookings/", 400), ("/bookings/?date=21.9.2026", 400),
  ])
  func `What is missing is said in JSON`(path: String, status: Int) async throws {
    let answer = try await withVenue { try await $0.get(path) }
    #expect(answer.status == status)
    #expect(try answer.json["error"].string?.isEmpty == false)
  }

  /// So the vendor's samples of a ticket and a list can be scanned tonight.
  @Test func `Tonight can be the event of the vendor's samples`() async throws {
    var options = SandboxOptions()
    options.tonightEventID = "Mjo4f9o9h01fdjvmmrgn9aoh4s5IBHzX"
    try await withVenue(options) { visit in
      #expect(visit.venue.tonightEventID == options.tonightEventID)
      let event = "event_id=Mjo4f9o9h01fdjvmmrgn9aoh4s5IBHzX"
      for path in ["/tickets/?\(event)", "/lists/?\(event)"] {
        let codes = try await visit.get(path).json["data"].array.map { $0["code"].string }
        #expect(codes.contains("P6J21FF2S"), "\(path)")
      }
    }
  }

  @Test func `Faults and refusals go by endpoint`() async throws {
    var options = SandboxOptions()
    options.forbiddenEndpoints = [.lists, .bookingByCode]
    options.faults.endpoints = [.ticketByCode]
    options.faults.fail = 1
    options.faults.failStatuses = [503]
    try await withVenue(options) { visit in
      let statuses = [
        ("/v2/passes/by-code/ADA4M7X2", 200), ("/tickets/by-code/TKTBUS01", 503),
        ("/tickets/?event_id=\(tonightID)", 200), ("/lists/by-code/LSTBDAY7", 200),
        ("/lists/?event_id=\(tonightID)", 403), ("/bookings/code/TABLE5S1", 403),
      ]
      for (path, status) in statuses {
        #expect(try await visit.get(path).status == status, "\(path)")
      }
      let counts = try await visit.control("GET", "/requests").json
      #expect(counts["ticket-by-code"].number == 1)
      #expect(counts["bookings"] == .null)
      #expect(visit.venue.requestCounts[.lists] == 1)
    }
  }

  @Test(arguments: [
    ("ticket-by-code", "/tickets/by-code/TKTBUS01"), ("list-by-code", "/lists/by-code/LSTBDAY7"),
    ("booking-by-code", "/bookings/code/TABLE5S1"),
  ])
  func `A lie is about another of the same kind`(endpoint: String, path: String) async throws {
    try await withVenue { visit in
      let change = try await visit.control(
        "PUT", "/faults", #"{"endpoints": ["\#(endpoint)"], "lie": 1, "lies": ["other_pass"]}"#)
      #expect(change.status == 200)
      let lie = try await visit.get(path).json["data"]
      #expect(lie["code"].string == "0THERPASS")
      #expect(lie["for"].number != nil)
    }
  }
}
