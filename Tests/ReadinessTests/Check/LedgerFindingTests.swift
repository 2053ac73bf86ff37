import Admission
import CheckIn
import Door
import DoorConfiguration
import Foundation
import Testing

@testable import Readiness

/// What `check` says of the ledger that several doors share.
@Suite struct LedgerFindingTests {
  private static func findings(
    _ survey: LedgerSurvey, patience: Int = 300, event: String? = "e1",
    _ change: (inout Settings) -> Void = { _ in }
  ) throws -> LedgerFindings {
    let loaded = try ConfigurationLoader(
      environment: [
        "DOORCHECK_LEDGER_URL": "postgresql://north@db.example/doorcheck",
        "DOORCHECK_LEDGER_PATIENCE_MS": "\(patience)", "DOORCHECK_DOOR_NAME": "North",
      ], hostName: "box", systemDirectory: "/nonexistent"
    ).load()
    var settings = loaded.settings
    change(&settings)
    let url = try #require(settings.ledger.url)
    return LedgerFindings(survey: survey, settings: settings, url: url, eventID: event)
  }

  private static let failed = FindingStatus.fail(ProgramExit(1))

  @Test func `A ledger that is well passes`() throws {
    let findings = try Self.findings(LedgerSurvey(roundTrip: .milliseconds(2)))
    #expect(findings.ledger.status == .pass)
    #expect(findings.ledger.nextStep == nil)
    #expect(findings.ledger.message == "db.example/doorcheck as north: current, answers in 2 ms")
    #expect(findings.doors.status == .pass)
    #expect(findings.doors.message == "no other door yet")
    #expect(findings.doors.nextStep == nil)
  }

  /// What libpq and the server say, and where it sends whoever reads it.
  @Test(arguments: [
    ("connection refused", "listen_addresses"), ("timeout", "listen_addresses"),
    ("could not translate host name \"db.example\"", "listen_addresses"),
    ("FATAL: password authentication failed for user \"north\"", "credentials/ledger.password"),
    ("fe_sendauth: no password supplied", "credentials/ledger.password"),
    ("FATAL: Peer authentication failed for user \"north\"", "credentials/ledger.password"),
    ("SSL error: certificate verify failed", "sslrootcert"),
    ("server certificate for \"a\" does not match host name \"db.example\"", "sslrootcert"),
    ("server does not support SSL, but SSL was required", "sslrootcert"),
    ("FATAL: no pg_hba.conf entry for host \"192.0.2.1\"", "pg_hba.conf on the server has"),
    ("FATAL: database \"doorcheck\" does not exist", "make the database"),
  ])
  func `A ledger that cannot be reached says what to do`(reason: String, advice: String) throws {
    let findings = try Self.findings(LedgerSurvey(failure: .unreachable(reason)))
    #expect(findings.ledger.status == Self.failed)
    #expect(findings.ledger.message.contains(reason))
    #expect(findings.ledger.nextStep?.contains(advice) == true, "\(findings.ledger)")
    #expect(findings.ledger.nextStep?.contains("this door is alone") == true)
    #expect(findings.doors.status == .skipped)
  }

  @Test(arguments: [
    (LedgerError.notCurrent("no tables"), "doorcheck ledger init"),
    (.refused("permission denied for table admissions"), "rights that a door needs"),
    (.refused("it takes no writes"), "is it a standby"),
    (.busy, "try again"),
  ])
  func `A ledger that cannot be used says what to do`(error: LedgerError, advice: String) throws {
    let findings = try Self.findings(LedgerSurvey(failure: error))
    #expect(findings.ledger.status == Self.failed)
    #expect(findings.ledger.nextStep?.contains(advice) == true)
    #expect(findings.doors.status == .skipped)
  }

  @Test func `A right that is lacking fails and is named`() throws {
    let findings = try Self.findings(
      LedgerSurvey(lackingRights: ["INSERT on admissions", "DELETE on journal"]))
    #expect(findings.ledger.status == Self.failed)
    #expect(findings.ledger.message.hasSuffix("may not INSERT on admissions, DELETE on journal"))
    #expect(findings.ledger.nextStep?.contains("ledger init") == true)
  }

  @Test(arguments: [
    (74, FindingStatus.pass, false), (75, .pass, true), (299, .pass, true), (300, failed, true),
    (5000, failed, true),
  ])
  func `Its round trip is held against the patience`(
    milliseconds: Int, status: FindingStatus, isAdvised: Bool
  ) throws {
    let findings = try Self.findings(LedgerSurvey(roundTrip: .milliseconds(milliseconds)))
    #expect(findings.ledger.status == status)
    #expect((findings.ledger.nextStep != nil) == isAdvised)
    #expect(findings.ledger.message.contains("\(milliseconds) ms"))
  }

  @Test(arguments: [(2.0, false), (-2.0, false), (2.1, true), (-2.1, true), (86_400.0, true)])
  func `A clock that is off by more than 2 s is worth a word`(
    offset: TimeInterval, isAdvised: Bool
  ) throws {
    let own = try Self.findings(LedgerSurvey(clockOffset: offset)).doors
    var south = DoorOnLedger(id: "s", name: "South", lastSeen: .now, clockOffset: offset)
    south.eventID = "e1"
    let others = try Self.findings(LedgerSurvey(otherDoors: [south])).doors
    for (finding, whose) in [(own, "this box's"), (others, "that of South")] {
      #expect(finding.status == .pass)
      #expect((finding.nextStep?.contains(whose) ?? false) == isAdvised, "\(finding)")
      let side = offset > 0 ? "ahead of" : "behind"
      #expect((finding.nextStep?.contains(side) ?? false) == isAdvised, "\(finding)")
    }
  }

  @Test func `Other rules for tonight's event and an equal name are worth a word`() throws {
    let other = DoorOnLedger(
      id: "s", name: "North", lastSeen: .now, eventID: "e1", rules: "rules.hours: enforce")
    let finding = try Self.findings(LedgerSurvey(otherDoors: [other])).doors
    #expect(finding.status == .pass)
    #expect(finding.message == "beside this one: North")
    #expect(finding.nextStep?.contains("several doors are called North") == true)
    #expect(
      finding.nextStep?.contains("rules.hours is the default at North, and enforce at") == true)
    let same = try Self.findings(LedgerSurvey(otherDoors: [other])) { $0.rules.hours = .enforce }
    #expect(same.doors.nextStep?.contains("rules.hours") == false)
    let elsewhere = try Self.findings(LedgerSurvey(otherDoors: [other]), event: "e2")
    #expect(elsewhere.doors.nextStep?.contains("rules.hours") == false)
  }

  @Test func `A door that was ended is none beside this one`() throws {
    let other = DoorOnLedger(
      id: "s", name: "North", lastSeen: .now, state: .ended, clockOffset: 60, eventID: "e1",
      rules: "rules.hours: enforce")
    let finding = try Self.findings(LedgerSurvey(otherDoors: [other])).doors
    #expect(finding == .pass(.doors, "no other door yet"))
  }
}
