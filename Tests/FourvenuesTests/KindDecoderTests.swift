import Admission
import FoundationEssentials
import Fourvenues
import SeededRandom
import Testing

/// What the answers about tickets, guest lists and bookings mean (FourvenuesAPI: Tickets, guest lists
/// and bookings).
@Suite struct KindDecoderTests {
  private static let ofOneEvent: [PassKind] = [.ticket, .list, .booking]

  private func answer(
    _ kind: PassKind, _ changes: [String: String] = [:], status: Int = 200
  ) -> Finding {
    AnswerDecoder.answer(
      status: status, body: Data(KindSample.answer(kind, "ABC1", changes).utf8), askedCode: "ABC1",
      as: kind)
  }

  private func pass(_ kind: PassKind, _ changes: [String: String]) throws -> Pass {
    try #require(answer(kind, changes).pass)
  }

  private static func sample(_ kind: PassKind) -> (body: Data, code: String) {
    switch kind {
    case .pass: (Data(PackageResources.pass_by_code_json), "P6J21FF2S")
    case .ticket: (Data(PackageResources.ticket_by_code_json), "P6J21FF2S")
    case .list: (Data(PackageResources.list_by_code_json), "P6J21FF2S")
    case .booking: (Data(PackageResources.booking_by_code_json), "XLLF3W73D")
    }
  }

  @Test func `The vendor's samples are read`() {
    let event = "Mjo4f9o9h01fdjvmmrgn9aoh4s5IBHzX"
    let rate = "Tl4gr63fr0xkr01i1gk354qbrSCMLTwl"
    let expected = [
      Pass(
        kind: .ticket, id: "el7yuiyep0006msyw2pri1tem1LpJwSc", code: "P6J21FF2S",
        customerName: "Miguel Román", typeID: rate, typeName: "General Access", state: "activated",
        usages: [Usage(eventID: event, beneficiaries: 1, peopleCountedIn: 0)],
        details: PassDetails(extras: ["Bus"], minimumAge: 18)),
      Pass(
        kind: .list, id: "Pl4gr84v20xqu01js0ybj42s6vYtIz1T", code: "P6J21FF2S",
        customerName: "Miguel Román", typeID: rate, typeName: "General Access", state: "listed",
        usages: [Usage(eventID: event, beneficiaries: 7, peopleCountedIn: 4, isCheckedIn: true)],
        details: PassDetails(note: "Birthday")),
      Pass(
        kind: .booking, id: "jl830v6km000pcwrxge2757vyrfpqEsq", code: "XLLF3W73D",
        customerName: "Sergio Centeno Pérez", state: "accepted",
        usages: [
          Usage(eventID: "nl830t4mw0001cwrxbbg0226j4MgmEUG", beneficiaries: 5, peopleCountedIn: 0)
        ],
        details: PassDetails(
          privateNote: "Preferred table for that client is 10.", place: "Terraza, S1",
          expectedAt: "2:00")),
    ]
    for pass in expected {
      let (body, code) = Self.sample(pass.kind)
      #expect(
        AnswerDecoder.answer(status: 200, body: body, askedCode: code, as: pass.kind)
          == .found(pass, .live))
    }
  }

  @Test(arguments: ofOneEvent)
  func `Nothing private is kept`(kind: PassKind) throws {
    let (body, code) = Self.sample(kind)
    let pass = try #require(
      AnswerDecoder.answer(status: 200, body: body, askedCode: code, as: kind).pass)
    var kept = ""
    dump(pass, to: &kept)
    for hidden in [
      "@", "666666666", "Calle", "28001", "13.2", "EV24T", "female", "boys", "biggest", "erasmus",
      "ojvfnwbvebru23ung34", "ajifs2hke000dwemmurwd3kuqN3Kopcx", "Appleseed",
    ] { #expect(!kept.contains(hidden), "\(hidden)") }
  }

  @Test(arguments: ofOneEvent)
  func `Every cut of a sample is unusable`(kind: PassKind) {
    let (body, code) = Self.sample(kind)
    let end = body.lastIndex(of: UInt8(ascii: "}")) ?? 0
    for length in 0..<end {
      #expect(
        AnswerDecoder.answer(status: 200, body: body.prefix(length), askedCode: code, as: kind)
          == .failed(.serviceError), "cut at \(length)")
    }
  }

  @Test(arguments: PassKind.allCases)
  func `One of a kind is a pass with a usage`(kind: PassKind) {
    #expect(answer(kind) == .found(KindSample.pass(kind, "ABC1"), .live))
    for other in PassKind.allCases where other != kind && (other == .pass || kind == .pass) {
      // A gateway that mixes up its routes is noticed where the forms differ.
      let body = Data(KindSample.answer(other, "ABC1").utf8)
      #expect(
        AnswerDecoder.answer(status: 200, body: body, askedCode: "ABC1", as: kind)
          == .failed(.serviceError), "\(other) as \(kind)")
    }
  }

  @Test(
    arguments: ofOneEvent,
    [
      ("code", ""), ("code", "null"), ("code", "5"), ("code", "\"\""), ("code", "\"ABC2\""),
      ("event_id", ""), ("event_id", "null"), ("event_id", "7"), ("event_id", "[]"),
      ("for", "\"4\""), ("for", "1.5"), ("for", "true"), ("for", "-1"), ("for", "100001"),
      ("for", "1e400"), ("for", "{}"), ("enter", "\"1\""), ("enter", "-1"), ("enter", "2.5"),
      ("enter", "[]"), ("enter", "99999999999999999999"),
    ])
  func `What the verdict needs has its type or is unusable`(
    kind: PassKind, field: (name: String, value: String)
  ) {
    #expect(answer(kind, [field.name: field.value]) == .failed(.serviceError))
  }

  @Test(arguments: ["", "null", "5", "true", "[]", "{}"])
  func `Tickets and bookings have a word for what they are`(value: String) {
    #expect(answer(.ticket, ["status": value]) == .failed(.serviceError))
    #expect(answer(.booking, ["status": value, "state": value]) == .failed(.serviceError))
  }

  @Test(
    arguments: ofOneEvent, ["null", "-7.5", "true", "[]", "{}", "[null]", "[[{}]]", "[5]", "\"\""])
  func `What no verdict needs may be of any type`(kind: PassKind, value: String) throws {
    let lenient = [
      "_id", "name", "rate_id", "rate_name", "supplements", "price_info", "tags", "price",
      "refunded", "observations_reception", "commentary_reserve", "commentary_client", "zone_name",
      "space_name", "hour", "entry_date", "created_at", "options", "channel_id", "email", "phone",
      "surcharge", "referral", "rate_slug",
    ]
    var expected = KindSample.pass(kind, "ABC1")
    (expected.id, expected.customerName, expected.typeID, expected.typeName) = ("", nil, nil, nil)
    let changes = Dictionary(uniqueKeysWithValues: lenient.map { ($0, value) })
    #expect(answer(kind, changes) == .found(expected, .live))
  }

  @Test(arguments: ofOneEvent)
  func `Who has not come may lack a number`(kind: PassKind) throws {
    for value in ["", "null"] {
      let pass = try pass(kind, ["for": value, "enter": value])
      #expect(pass.usages == [Usage(eventID: "E")])
    }
    let whole = try pass(kind, ["for": "7.0", "enter": "0.0"])
    #expect(whole.usages == [Usage(eventID: "E", beneficiaries: 7, peopleCountedIn: 0)])
  }

  @Test(
    arguments: [
      ("activated", "0", "10", "activated"), ("activated", "10", "10", "refunded"),
      ("activated", "12.5", "10", "refunded"), ("activated", "9.99", "10", "activated"),
      ("activated", "\"10\"", "\"10.00\"", "refunded"), ("activated", "\"9\"", "10", "activated"),
      ("activated", "10", "", "activated"), ("activated", "", "10", "activated"),
      ("activated", "null", "0", "activated"), ("activated", "0", "0", "activated"),
      ("activated", "5", "0", "refunded"), ("activated", "\"x\"", "0", "activated"),
      ("activated", "-10", "-20", "activated"), ("cancelled", "0", "10", "cancelled"),
      ("Activated ", "0", "10", "Activated "),
    ] as [(String, String, String, String)])
  func `A ticket's state is its status, unless its price was given back`(
    status: String, refunded: String, price: String, state: String
  ) throws {
    let pass = try pass(
      .ticket, ["status": "\"\(status)\"", "refunded": refunded, "price": price])
    #expect(pass.state == state)
    #expect(Rules().activeStates(of: .ticket).contains(pass.state) == (state == "activated"))
  }

  @Test(
    arguments: [
      ("", false), ("null", false), ("0", false), ("0.0", false), ("\"\"", false), ("\"0\"", false),
      ("false", false), ("\"1970-01-01T00:00:00.000Z\"", false), ("1712861139", true),
      ("1712861139000", true), ("\"2024-04-11T18:45:39.000Z\"", true),
      ("\"2024-04-11T20:45:39+02:00\"", true), ("\"yesterday\"", true), ("true", true),
      ("-1", true),
    ] as [(String, Bool)])
  func `A guest list entry is listed until it is removed`(value: String, isRemoved: Bool) throws {
    let pass = try pass(.list, ["removed_at": value])
    #expect(pass.state == (isRemoved ? Pass.removedState : Pass.listedState))
    #expect(Rules().activeStates(of: .list).contains(pass.state) != isRemoved)
  }

  @Test(arguments: ["{}", "[]", "[0]"])
  func `Whether it was removed is needed`(value: String) {
    #expect(answer(.list, ["removed_at": value]) == .failed(.serviceError))
  }

  @Test(
    arguments: [
      ("\"accepted\"", "", "accepted"), ("\"arrival\"", "\"accepted\"", "arrival"),
      ("", "\"sitting\"", "sitting"), ("null", "\"pending\"", "pending"),
      ("\"\"", "\"rejected\"", "rejected"), ("\"released\"", "5", "released"),
    ] as [(String, String, String)])
  func `A booking's state is its status`(status: String, state: String, expected: String) throws {
    let pass = try pass(.booking, ["status": status, "state": state])
    #expect(pass.state == expected)
    #expect(
      Rules().activeStates(of: .booking).contains(expected)
        == ["accepted", "arrival", "sitting"].contains(expected))
  }

  @Test(
    arguments: [
      (#"[{"label":"Bus"},{"label":" Copa "}]"#, ["Bus", "Copa"]), ("[]", []),
      (#"[{"label":""},{"label":"  "},{},{"label":null},5,null,{"label":7}]"#, ["7"]),
      (#"[{"label":["Bus"]},{"label":"Copa"}]"#, ["Copa"]), (#"{"label":"Bus"}"#, []),
    ] as [(String, [String])])
  func `Extras of a ticket`(supplements: String, extras: [String]) throws {
    #expect(try pass(.ticket, ["supplements": supplements]).details.extras == extras)
  }

  @Test(
    arguments: [
      ("18", 18), ("\"21\"", 21), ("18.0", 18), ("0", nil), ("-1", nil), ("121", nil), ("1e9", nil),
      ("18.5", nil), ("null", nil), ("\"\"", nil), ("true", nil), ("[18]", nil),
    ] as [(String, Int?)])
  func `A minimum age is one that people reach`(value: String, age: Int?) throws {
    #expect(try pass(.ticket, ["price_info": "{\"age\":\(value)}"]).details.minimumAge == age)
  }

  @Test(
    arguments: [
      ("0", nil), ("null", nil), ("\"\"", nil), ("\"0\"", nil), ("\"soon\"", nil), ("-5", nil),
      ("1712861139", 1_712_861_139), ("\"2024-04-11T18:45:39.000Z\"", 1_712_861_139),
      ("\"2024-04-11T18:45:39Z\"", 1_712_861_139), ("\"2024-04-11T20:45:39+02:00\"", 1_712_861_139),
      ("1712861139000", nil), ("\"1970-01-01T00:00:00.000Z\"", nil),
    ] as [(String, TimeInterval?)])
  func `A ticket says when somebody came in`(value: String, seconds: TimeInterval?) throws {
    let usage = try #require(try pass(.ticket, ["entry_date": value]).usages.first)
    #expect(usage.time == seconds.map { Date(timeIntervalSince1970: $0) })
  }

  @Test func `Empty words are none`() throws {
    #expect(
      try pass(.list, ["observations_reception": "\" \"", "tags": "[\"birthday\"]"]).details
        == PassDetails())
    #expect(
      try pass(.booking, ["zone_name": "\"\"", "space_name": "\" S1 \"", "hour": "\"\""]).details
        == PassDetails(place: "S1"))
    #expect(
      try pass(
        .booking, ["zone_name": "\"Terraza\"", "hour": "2", "commentary_reserve": "\"\\n\""]
      )
      .details == PassDetails(place: "Terraza", expectedAt: "2"))
    #expect(try pass(.list, ["observations_reception": "\" Tarta \\n\""]).details.note == "Tarta")
  }

  @Test(arguments: PassKind.allCases)
  func `No byte crashes it`(kind: PassKind) {
    let seed: UInt64 = 20_261_127
    var generator = SplitMix64(seed: seed)
    let (sample, code) = Self.sample(kind)
    for round in 0..<1000 {
      var body = Array(sample)
      for _ in 0..<Int.random(in: 1...6, using: &generator) {
        let index = Int.random(in: 0..<body.count, using: &generator)
        body[index] = UInt8.random(in: .min ... .max, using: &generator)
      }
      let answer = AnswerDecoder.answer(
        status: 200, body: Data(body), askedCode: code, as: kind)
      guard let pass = answer.pass else { continue }
      #expect(
        pass.kind == kind && pass.code.uppercased() == code, "seed \(seed), round \(round)")
    }
  }
}
