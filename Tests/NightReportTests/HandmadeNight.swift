import Admission
import Formatting
import Foundation
import NightStore

@testable import NightReport

/// A night small enough to add up by hand, from 23:00 to 06:00 in Madrid, with two doors on one store.
///
///     expected  General 9 (G1 to G5 one each, G6 four), VIP 5 (V1 two, V2 three): 14
///     23:05:00  Main   G1 1              23:30, 23:40, 01:19 refused again at Main, South, South
///     23:05:30  Main   G6 3 of 4         four by the rules, changed to three
///     23:10:00  South  V1 2
///     00:10, 00:20, 01:10, 02:30         SHARED-77 unknown at Main, South, Main, Main
///     00:45:00  Main   G2 1
///     00:46:00  Main   G3 1
///     00:47:00  Main   G4 1
///     00:47:30  South  G6 1              the fourth
///     00:48:00  Main   3 by hand         on an unknown code
///     01:00:00  Main   G5 1              taken back at 01:02
///     01:20:00  South  G1 1 by hand      already used
///     02:00:00  Main   offline           until 02:12
///
/// Let in: 14 people in 9 entries, of whom 3 and 1 by hand were not expected. Of V2, the service has
/// counted one in elsewhere. Came: General 8 of 9, VIP 3 of 5.
struct HandmadeNight {
  static let start = Date(timeIntervalSince1970: 1_792_789_200)
  static let event = Event(
    id: "handmade", name: "Noche de viernes", startsAt: start, endsAt: start + 7 * 3600)
  /// At 06:10 in the morning.
  static let morning = at(7, 10)

  let night: ReportStore

  /// - Parameter seconds: after the full minute.
  static func at(_ hours: Double, _ minutes: Double, _ seconds: Double = 0) -> Date {
    start + hours * 3600 + minutes * 60 + seconds
  }

  static func pass(
    _ id: String, _ people: Int, _ type: String = "General", state: String = "activated",
    eventID: String = event.id, countedIn: Int? = nil
  ) -> Pass {
    Pass(
      id: id, code: "CODE-\(id)", typeName: type, state: state,
      usages: [
        Usage(
          eventID: eventID, beneficiaries: people, peopleCountedIn: countedIn,
          isCheckedIn: countedIn != nil)
      ])
  }

  static let general = (1...5).map { pass("G\($0)", 1) } + [pass("G6", 4)]
  static let vip = [pass("V1", 2, "VIP"), pass("V2", 3, "VIP", countedIn: 1)]
  static let notExpected = [
    pass("cancelled", 1, state: "cancelled"), pass("elsewhen", 1, eventID: "another night"),
  ]
  static let deleted = pass("deleted", 2)

  init(
    types: (general: String, vip: String) = ("General", "VIP"), doors: [String] = ["Main", "South"]
  )
    async throws
  {
    night = try ReportStore()
    let (main, south) = (doors[0], doors[1])
    func named(_ pass: Pass) -> Pass {
      var pass = pass
      pass.typeName = pass.typeName == "VIP" ? types.vip : types.general
      return pass
    }
    let store = night.store
    try await store.store(events: [Self.event], fetchedAt: Self.start)
    let listed = (Self.general + Self.vip + Self.notExpected).map(named)
    try await night.list(listed + [Self.deleted], eventID: Self.event.id, at: Self.at(-1, 0))
    try await night.list(listed, eventID: Self.event.id, at: Self.at(6, 30))

    func admit(_ number: Int, _ date: Date, _ door: String) async throws -> Int64? {
      try await night.admit(listed[number], eventID: Self.event.id, at: date, door: door)
        .admissionID
    }
    func refuse(_ code: String, _ reason: Reason, _ date: Date, _ door: String, _ type: String?)
      async throws
    {
      try await night.scan(
        reason, eventID: Self.event.id, at: date, code: code, passType: type, door: door)
    }
    func letIn(
      _ people: Int, _ code: String, _ pass: Int?, _ reason: Reason, _ date: Date, _ door: String
    )
      async throws
    {
      try await store.admit(
        byHand: HandAdmission(
          passID: pass.map { listed[$0].id }, people: people, reason: reason,
          scan: ScanRecord(
            at: date, door: door, eventID: Self.event.id, code: code,
            passType: pass.flatMap { listed[$0].typeName }, source: .live,
            latency: .milliseconds(80))))
    }

    _ = try await admit(0, Self.at(0, 5), main)
    let group = try await admit(5, Self.at(0, 5, 30), main)
    _ = try await store.setPeople(3, ofAdmission: group ?? -1, at: Self.at(0, 5, 40))
    _ = try await admit(6, Self.at(0, 10), south)
    try await refuse("CODE-G1", .alreadyUsed, Self.at(0, 30), main, types.general)
    try await refuse("CODE-G1", .alreadyUsed, Self.at(0, 40), south, types.general)
    try await refuse("SHARED-77", .unknownPass, Self.at(1, 10), main, nil)
    try await refuse("SHARED-77", .unknownPass, Self.at(1, 20), south, nil)
    _ = try await admit(1, Self.at(1, 45), main)
    _ = try await admit(2, Self.at(1, 46), main)
    _ = try await admit(3, Self.at(1, 47), main)
    _ = try await admit(5, Self.at(1, 47, 30), south)
    try await letIn(3, "STRANGER-1", nil, .unknownPass, Self.at(1, 48), main)
    let undone = try await admit(4, Self.at(2, 0), main)
    _ = try await store.undo(admission: undone ?? -1, at: Self.at(2, 2))
    try await refuse("SHARED-77", .unknownPass, Self.at(2, 10), main, nil)
    try await refuse("CODE-G1", .alreadyUsed, Self.at(2, 19), south, types.general)
    try await letIn(1, "CODE-G1", 0, .alreadyUsed, Self.at(2, 20), south)
    try await store.note(.offline(since: Self.at(3, 0)), door: main, at: Self.at(3, 0))
    try await store.note(.live(latency: .milliseconds(80)), door: main, at: Self.at(3, 12))
    try await refuse("SHARED-77", .unknownPass, Self.at(3, 30), main, nil)
  }

  func report(
    capacity: Int? = 20, language: Language = .english, madeAt: Date = morning
  ) async throws -> Report {
    try await night.report(
      Self.event, capacity: capacity, language: language, madeAt: madeAt)
  }
}
