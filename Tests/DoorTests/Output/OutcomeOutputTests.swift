import Admission
import DoorConfiguration
import Formatting
import Foundation
import Testing

@testable import Door

/// The lines that `scan` prints (Contract: The verdict).
@Suite struct OutcomeOutputTests {
  private static let usual = [
    "code", "verdict", "reason", "message", "pass_id", "customer", "pass_type", "event_id",
    "allowed", "used", "admitted", "remaining", "source", "age_seconds", "door", "at",
    "latency_ms",
  ]

  private static func outcome(_ pass: PassSummary?, rate: Rate? = nil) -> Outcome {
    Outcome(
      number: 1, code: "P6J21FF2S", decision: Decision(reason: pass == nil ? .offline : .valid),
      pass: pass, tonight: .chosen(Event(id: "ev1", name: "Noche")),
      at: Date(timeIntervalSince1970: 1_772_923_267), rate: rate)
  }

  private static func pass(_ kind: PassKind, _ details: PassDetails) -> PassSummary {
    PassSummary(
      kind: kind, id: "p1", customer: "Ana", type: "Early", state: "activated", nightsUsed: 1,
      nights: 1, details: details)
  }

  private func json(_ outcome: Outcome, namesKinds: Bool) -> String {
    OutcomeJSON(
      time: LocalTime(timeZone: .gmt), door: "Main", namesKinds: namesKinds, message: { _ in "m" }
    ).line(for: outcome)
  }

  /// The names in their order, as programs that split by columns read them.
  private func columns(_ line: String) throws -> [String] {
    let object = try #require(
      JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    return object.keys.sorted {
      line.range(of: "\"\($0)\":")!.lowerBound < line.range(of: "\"\($1)\":")!.lowerBound
    }
  }

  private func values(_ line: String) throws -> [String: Any] {
    try #require(JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
  }

  @Test(arguments: PassKind.allCases) func `The columns of kinds stand at the end`(
    _ kind: PassKind
  ) throws {
    let details = PassDetails(
      note: "Birthday: \"cake\"\u{202E}", privateNote: "secret", extras: ["Bus", "Co\npa"],
      minimumAge: 21, place: "Terraza, S1", expectedAt: "2:00")
    let line = json(Self.outcome(Self.pass(kind, details)), namesKinds: true)
    #expect(
      try columns(line) == Self.usual + ["kind", "note", "extras", "minimum_age", "place"])
    let values = try values(line)
    #expect(values["kind"] as? String == kind.rawValue)
    #expect(values["note"] as? String == "Birthday: \"cake\"\u{202E}")
    #expect(values["extras"] as? [String] == ["Bus", "Co\npa"])
    #expect(values["minimum_age"] as? Int == 21)
    #expect(values["place"] as? String == "Terraza, S1")
    #expect(!line.contains("secret") && !line.contains("\n") && !line.contains("\u{202E}"))
  }

  @Test func `What is unknown is null, and who bought nothing has no extras`() throws {
    let nothing = json(Self.outcome(nil), namesKinds: true)
    #expect(
      nothing.hasSuffix(
        "\"kind\":null,\"note\":null,\"extras\":null,\"minimum_age\":null,\"place\":null}"))
    let bare = json(Self.outcome(Self.pass(.ticket, PassDetails())), namesKinds: true)
    #expect(
      bare.hasSuffix(
        "\"kind\":\"ticket\",\"note\":null,\"extras\":[],\"minimum_age\":null,\"place\":null}"))
  }

  /// A guest list entry has none itself.
  @Test func `The minimum age may be the rate's`() throws {
    let option = RateOption(id: "o", price: 10, minimumAge: 18)
    let rate = Rate(kind: .list, id: "r", name: "Early", options: [option])
    let line = json(Self.outcome(Self.pass(.list, PassDetails()), rate: rate), namesKinds: true)
    #expect(try values(line)["minimum_age"] as? Int == 18)
  }

  @Test func `A door that takes passes alone has the columns of before`() throws {
    let details = PassDetails(note: "n", extras: ["Bus"], minimumAge: 21)
    let line = json(Self.outcome(Self.pass(.pass, details)), namesKinds: false)
    #expect(try columns(line) == Self.usual)
  }

  @Test func `Text says the kind, the age, the place, the extras and the remark`() throws {
    var settings = Settings(hostName: "Main")
    settings.door.accepts = [.pass, .ticket]
    settings.screen.language = .english
    let details = PassDetails(
      note: "Cake\u{1B}[2J", privateNote: "secret", extras: ["Bus"], minimumAge: 21,
      place: "Terraza, S1", expectedAt: "2:00")
    let outcome = Self.outcome(Self.pass(.ticket, details))
    let line = OutcomeText(
      isColoured: false, message: settings.message, particulars: settings.particulars
    ).line(for: outcome)
    #expect(
      line.hasSuffix(
        "valid; Ticket · Early; ID: 21+; Terraza, S1, expected 02:00; Extras: Bus; Cake[2J"),
      "\(line)")
    #expect(!line.contains("secret"))
    settings.door.accepts = [.pass]
    let alone = OutcomeText(
      isColoured: false, message: settings.message, particulars: settings.particulars
    ).line(for: outcome)
    #expect(alone.hasSuffix("valid"))
  }

  @Test(
    arguments: [
      ([], 0), ([.admit], 0), ([.out], 0), ([.out, .admit], 0), ([.out, .refuse], 1),
      ([.admit, .refuse, .out], 1), ([.unverified, .out], 2), ([.refuse, .unverified, .admit], 2),
    ] as [([Verdict], Int32)])
  func `The exit code is the worst of all verdicts, and who leaves is well`(
    verdicts: [Verdict], code: Int32
  ) {
    let tally = VerdictTally()
    for verdict in verdicts { tally.count(verdict) }
    #expect(tally.exitCode.rawValue == code)
  }

  /// Somebody may have left by an exit that this door cannot hear (Contract: Out and in again).
  @Test func `A pass that is used up as far as this door knows is not verified`() throws {
    var outcome = Self.outcome(Self.pass(.pass, PassDetails()))
    outcome.decision = Decision(reason: .alreadyUsed, count: HeadCount(allowed: 2, used: 2))
    outcome.decision.mayHaveLeft = true
    let values = try values(json(outcome, namesKinds: false))
    #expect(values["verdict"] as? String == "unverified")
    #expect(values["reason"] as? String == "already_used")
  }

  @Test func `A departure has the columns of every verdict, and admits nobody`() throws {
    var outcome = Self.outcome(Self.pass(.pass, PassDetails()))
    outcome.decision = Decision(reason: .left, count: HeadCount(allowed: 4, used: 3))
    outcome.decision.departure = Departure(people: 3, inside: 3)
    let line = json(outcome, namesKinds: false)
    #expect(try columns(line) == Self.usual)
    #expect(line.contains(#""verdict":"out","reason":"left""#))
    #expect(line.contains(#""allowed":4,"used":3,"admitted":0,"remaining":1"#))
    let text = OutcomeText(isColoured: false, message: { _ in "m" }).line(for: outcome)
    #expect(text.hasPrefix("OUT "), "\(text)")
  }
}
