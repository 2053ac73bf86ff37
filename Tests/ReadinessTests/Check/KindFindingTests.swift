import Admission
import CheckIn
import Door
import DoorConfiguration
import Foundation
import Fourvenues
import Testing

@testable import Readiness

/// What is said of each kind that a door takes (Contract: Every code at the same door).
@Suite struct KindFindingTests {
  private typealias Samples = ServiceFindingTests

  struct Row: Sendable {
    var accepts: [PassKind] = [.pass, .ticket]
    /// Endpoints that answer 403.
    var forbidden: [Endpoint] = []
    var point = CheckPoint.key
    /// Nil: nothing is said of it.
    var status: FindingStatus?
    var says: [String] = []
    var notSays: [String] = []
    var settings: @Sendable (inout Settings) -> Void = { _ in }
    var survey: @Sendable (inout ServiceSurvey) -> Void = { _ in }
  }

  static let failed = FindingStatus.fail(ProgramExit(1))

  static let rows: [Row] = [
    // Which kinds the key may look up and list.
    Row(
      status: .pass,
      says: [
        "pass by code, ticket by code", "list of tickets", "rates",
        "add list, booking to door.accepts",
      ],
      notSays: ["guest list entry by code"]),
    Row(
      accepts: [.pass], status: .pass,
      says: ["may also look up tickets", "add ticket, list, booking to door.accepts"]),
    Row(accepts: PassKind.allCases, status: .pass, notSays: ["may also look up"]),
    Row(
      accepts: [.pass], forbidden: [.lookUp(.ticket), .lookUp(.list), .lookUp(.booking)],
      status: .pass, notSays: ["may also look up", "403"]),
    Row(
      accepts: [.pass], forbidden: [.lookUp(.list), .list(.ticket)], status: .pass,
      says: ["add ticket, booking to door.accepts"]),
    // A look-up that is refused fails, and says what to do; a listing that is refused does not.
    Row(
      forbidden: [.lookUp(.ticket)], status: failed,
      says: [
        "/tickets/by-code (403)", "every ticket is amber", "ask Fourvenues",
        "take ticket out of door.accepts", "may use the pass by code",
      ]),
    Row(
      accepts: [.ticket], forbidden: [.lookUp(.ticket)], status: failed,
      says: ["may also look up passes"], notSays: ["take ticket out"]),
    Row(
      accepts: [.pass, .booking], forbidden: [.lookUp(.booking), .list(.booking)], status: failed,
      says: ["/bookings/code (403)", "/bookings/ (403)", "take booking out of door.accepts"]),
    Row(
      forbidden: [.list(.ticket)], status: .pass,
      says: ["/tickets/ (403)", "only tickets already seen", "ask Fourvenues"]),
    Row(
      forbidden: [.list(.ticket)], point: .tickets, status: .pass,
      says: ["may not list tickets", "looks them up live"],
      survey: { $0.lists[.ticket] = .brokenOff(Samples.forecast(), .unauthorized) }),
    Row(forbidden: [.list(.pass)], status: failed, says: ["/v2/passes/ (403)"]),
    // What is listed of each.
    Row(accepts: [.pass], point: .tickets),
    Row(point: .lists), Row(point: .types),
    Row(
      point: .tickets, status: .pass, says: ["4 tickets"],
      survey: { $0.lists[.ticket] = .listed(Samples.forecast(good: 4)) }),
    Row(
      point: .tickets, status: .pass, says: ["4 tickets of tonight, and more"],
      survey: { $0.lists[.ticket] = .listed(Samples.forecast(good: 4), isWhole: false) }),
    Row(
      point: .types, status: .pass, says: ["takes 0 of the 5", "\"Backstage\""],
      settings: { $0.rules.types = ["Backstage"] },
      survey: {
        seen(&$0)
        $0.lists[.ticket] = .listed(Samples.forecast(good: 5), isWhole: false)
      }),
    Row(
      point: .tickets, status: .pass, says: ["none"],
      survey: { $0.lists[.ticket] = .listed(Samples.forecast()) }),
    Row(
      point: .tickets, status: failed, says: ["3 of 4 tickets", "rules.active_states"],
      survey: { $0.lists[.ticket] = .listed(Samples.forecast(good: 1, sold: 3)) }),
    Row(
      point: .tickets, status: failed, says: ["broke off after 2"],
      survey: { $0.lists[.ticket] = .brokenOff(Samples.forecast(good: 2), .serviceError) }),
    Row(point: .tickets, status: .skipped, survey: { $0.tonight = .none(.noneTonight) }),
    Row(
      point: .tickets, status: .pass, says: ["4 stored, as of"],
      survey: {
        $0.stored[.ticket] = .init(forecast: Samples.forecast(good: 4), completedAt: Samples.now)
      }),
    Row(
      point: .tickets, status: .pass,
      says: ["2 tickets of tonight", "4 stored of those already seen"],
      survey: {
        $0.lists[.ticket] = .listed(Samples.forecast(good: 2))
        $0.stored[.ticket] = .init(forecast: Samples.forecast(good: 4))
      }),
    // What the words of guest lists and bookings mean, no rule of the venue's changes.
    Row(
      accepts: [.list], point: .lists, status: .pass, says: ["1 guest list entry of tonight"],
      notSays: ["rules.active_states"],
      survey: { survey in
        var forecast = RefusalForecast(eventID: "E1", rules: Rules())
        forecast.add(
          Pass(
            kind: .list, id: "1", code: "C", state: Pass.removedState,
            usages: [Usage(eventID: "E1")]))
        survey.lists[.list] = .listed(forecast)
      }),
    Row(accepts: [.ticket], point: .passes, status: .skipped, says: ["door.accepts"]),
    // Rates of lists, where something goes by them.
    Row(
      accepts: [.pass, .list], point: .rates, status: .pass,
      says: ["of passes", "of guest list entries"],
      survey: { $0.priceLists[.list] = .told([]) }),
    Row(
      accepts: [.pass, .list], point: .rates, status: failed, says: ["rules.collect_at_door"],
      settings: { $0.collectAtDoor = [.list] }, survey: { $0.priceLists[.list] = .told([]) }),
    Row(
      accepts: [.pass, .list], point: .rates, status: .pass,
      settings: { $0.collectAtDoor = [.pass] }, survey: { $0.priceLists[.list] = .told([]) }),
    Row(
      accepts: [.pass, .list], forbidden: [.rates(.list)], status: .pass,
      says: ["/lists-rates/ (403)"]),
    Row(
      accepts: [.pass, .list], forbidden: [.rates(.list)], status: failed,
      says: ["/lists-rates/ (403)"], settings: { $0.collectAtDoor = [.list] }),
    Row(accepts: [.ticket], point: .rates, status: .skipped, says: ["none"]),
    // A door for some types alone.
    Row(
      point: .types, status: .pass, says: ["takes 2 of the 5"], notSays: ["did you mean"],
      settings: { $0.rules.types = ["vip"] }, survey: seen),
    Row(
      point: .types, status: .pass, says: ["\"Acces VIP\"", "did you mean \"Acceso VIP\"?"],
      settings: { $0.rules.types = ["VIP", "Acces VIP"] }, survey: seen),
    Row(
      point: .types, status: failed,
      says: ["takes 0 of the 5", "\"Backstage\"", "there are", "\"VIP\""],
      settings: { $0.rules.types = ["Backstage"] }, survey: seen),
    Row(
      point: .types, status: .skipped, settings: { $0.rules.types = ["VIP"] }),
  ]

  private static let seen: @Sendable (inout ServiceSurvey) -> Void = { survey in
    for (name, count) in [("VIP", 2), ("Acceso VIP", 1), ("General", 2)] {
      for number in 0..<count {
        survey.types.add(
          Pass(id: "\(number)", code: "C", typeName: name, state: "activated", usages: []))
      }
    }
  }

  @Test(arguments: rows.indices)
  func `Each kind is told of`(index: Int) throws {
    let row = Self.rows[index]
    var settings = Settings(hostName: "door")
    settings.door.accepts = row.accepts
    row.settings(&settings)
    let survey = Samples.survey { survey in
      for kind in PassKind.allCases {
        survey.note(Samples.exchange(.lookUp(kind), 404), at: Samples.now)
      }
      for kind in row.accepts {
        survey.note(Samples.exchange(.list(kind), 200), at: Samples.now)
        survey.note(Samples.exchange(.rates(kind), 200), at: Samples.now)
      }
      for endpoint in row.forbidden {
        survey.note(Samples.exchange(endpoint, 403, .unauthorized), at: Samples.now)
      }
      row.survey(&survey)
    }
    let findings = ServiceFindings(survey: survey, settings: settings, now: Samples.now)
    let finding = findings.all.first { $0.point == row.point }
    #expect(finding?.status == row.status, "\(String(describing: finding))")
    let text = "\(finding?.message ?? "") \(finding?.nextStep ?? "")"
    for words in row.says { #expect(text.contains(words), "\(text)") }
    for words in row.notSays { #expect(!text.contains(words), "\(text)") }
  }
}
