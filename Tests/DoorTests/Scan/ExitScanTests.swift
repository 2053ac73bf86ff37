import Admission
import DoorConfiguration
import Foundation
import SandboxVenue
import Testing

@testable import Door

/// `scan` at an exit, on the store of an entrance (Contract: Out and in again).
@Suite(.timeLimit(.minutes(5))) struct ExitScanTests {
  /// One scan of a code at an entrance or an exit, and what its line says.
  struct Step: Sendable {
    var direction: DoorDirection
    var reason: Reason
    var used: Int
    var admitted: Int
    var remaining: Int

    static func `in`(_ reason: Reason = .valid, used: Int, admitted: Int, remaining: Int) -> Step {
      Step(
        direction: .in, reason: reason, used: used, admitted: admitted, remaining: remaining)
    }

    static func out(_ reason: Reason = .left, used: Int, remaining: Int) -> Step {
      Step(direction: .out, reason: reason, used: used, admitted: 0, remaining: remaining)
    }
  }

  struct Story: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var code = "GROUP4XYZ"
    var reentry = Rules.Reentry.refuse
    var groupEntry = Rules.GroupEntry.all
    var steps: [Step]
  }

  static let stories = [
    Story(
      testDescription: "one who left is refused", code: "ADA4M7X2",
      steps: [
        .in(used: 0, admitted: 1, remaining: 0),
        .out(used: 1, remaining: 0),
        .out(.nobodyInside, used: 0, remaining: 1),
        .in(.alreadyUsed, used: 1, admitted: 0, remaining: 0),
      ]),
    Story(
      testDescription: "one who left comes back", code: "ADA4M7X2", reentry: .allow,
      steps: [
        .in(used: 0, admitted: 1, remaining: 0),
        .in(.alreadyUsed, used: 1, admitted: 0, remaining: 0),
        .out(used: 1, remaining: 0),
        .in(used: 0, admitted: 1, remaining: 0),
        .out(used: 1, remaining: 0),
      ]),
    Story(
      testDescription: "a group that left is refused",
      steps: [
        .in(used: 0, admitted: 4, remaining: 0),
        .out(used: 4, remaining: 0),
        .in(.alreadyUsed, used: 4, admitted: 0, remaining: 0),
      ]),
    Story(
      testDescription: "a group that left comes back", reentry: .allow,
      steps: [
        .in(used: 0, admitted: 4, remaining: 0),
        .out(used: 4, remaining: 0),
        .in(used: 0, admitted: 4, remaining: 0),
        .out(used: 4, remaining: 0),
      ]),
    Story(
      testDescription: "one by one, a place that was left stays used", groupEntry: .one,
      steps: [
        .in(used: 0, admitted: 1, remaining: 3),
        .in(used: 1, admitted: 1, remaining: 2),
        .out(used: 2, remaining: 2),
        .in(used: 2, admitted: 1, remaining: 1),
        .out(used: 2, remaining: 2),
      ]),
    Story(
      testDescription: "one by one, whoever left comes back", reentry: .allow, groupEntry: .one,
      steps: [
        .in(used: 0, admitted: 1, remaining: 3),
        .in(used: 1, admitted: 1, remaining: 2),
        .out(used: 2, remaining: 2),
        .out(used: 1, remaining: 3),
        .out(.nobodyInside, used: 0, remaining: 4),
        .in(used: 0, admitted: 1, remaining: 3),
      ]),
  ]

  /// An entrance and an exit with one store, over real HTTP.
  private final class Doors {
    let venue: RunningVenue
    private let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("doorcheck-exit-\(UUID().uuidString)")
    private var settings: Settings

    init(change: (inout Settings) -> Void = { _ in }) async throws {
      venue = try await SandboxVenue.start()
      settings = NightUnderTest.settings(for: venue, folder: folder.path)
      settings.event = Settings.Event(id: venue.tonightEventID)
      settings.repeatSeconds = 0
      change(&settings)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    func scan(
      _ codes: String..., direction: DoorDirection, isDryRun: Bool = false
    ) async throws -> [Outcome] {
      settings.door.direction = direction
      let session = try ScanSession(settings: settings, isDryRun: isDryRun)
      let outcomes = Collected<Outcome>()
      try await session.run(codes: codes) { outcomes.add($0) }
      await session.end()
      return outcomes.all
    }

    /// As staff do on the door screen.
    func turn(to direction: DoorDirection, eventID: String) {
      DoorTurning(usual: direction.opposite, memory: .own(settings.turnedDoorFile))
        .turn(to: direction, eventID: eventID)
    }

    func line(for outcome: Outcome) throws -> [String: Any] {
      let line = VerdictOutput(settings: settings, format: .json).line(for: outcome)
      return try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] ?? [:]
    }
  }

  @Test(arguments: stories) func `People go out and in again`(_ story: Story) async throws {
    let doors = try await Doors {
      $0.rules.reentry = story.reentry
      $0.rules.groupEntry = story.groupEntry
    }
    for (number, step) in story.steps.enumerated() {
      let outcome = try #require(
        try await doors.scan(story.code, direction: step.direction).first)
      let line = try doors.line(for: outcome)
      #expect(line["reason"] as? String == step.reason.rawValue, "step \(number)")
      let counts = ["allowed", "used", "admitted", "remaining"].map { line[$0] as? Int }
      let allowed = step.used + step.admitted + step.remaining
      #expect(
        counts == [allowed, step.used, step.admitted, step.remaining], "step \(number)")
    }
    await doors.venue.stop()
  }

  @Test func `An exit asks nobody, and refuses nobody`() async throws {
    let doors = try await Doors()
    _ = try await doors.scan("GROUP4XYZ", direction: .in)
    doors.venue.setDown(true)
    let outcomes = try await doors.scan("GROUP4XYZ", "ARCHIVE7", direction: .out)
    #expect(outcomes.map(\.verdict) == [.out, .out])
    #expect(outcomes.map(\.reason) == [.left, .nobodyInside])
    let lines = try outcomes.map(doors.line)
    #expect(lines.map { $0["verdict"] as? String } == ["out", "out"])
    #expect(lines.map { $0["source"] as? String } == ["cache", "none"])
    #expect(lines.map { $0["customer"] as? String } == ["Carmen Ortega", nil])
    #expect(lines[1]["used"] as? Int == 0 && lines[1]["admitted"] as? Int == 0)
    #expect(lines[1]["allowed"] is NSNull && lines[1]["remaining"] is NSNull)
    await doors.venue.stop()
  }

  @Test func `A door that staff turned lets people out in scan, too`() async throws {
    let doors = try await Doors()
    _ = try await doors.scan("GROUP4XYZ", direction: .in)
    doors.turn(to: .out, eventID: "another")
    #expect(try await doors.scan("ADA4M7X2", direction: .in).map(\.verdict) == [.admit])
    doors.turn(to: .out, eventID: doors.venue.tonightEventID)
    for isDryRun in [true, false] {
      let outcomes = try await doors.scan("GROUP4XYZ", direction: .in, isDryRun: isDryRun)
      #expect(outcomes.map(\.reason) == [.left])
    }
    await doors.venue.stop()
  }

  @Test func `Whom the service alone counted in leaves by an exit that has stored nothing`()
    async throws
  {
    let doors = try await Doors()
    let outcomes = try await doors.scan("FULL3OF3", direction: .out)
    #expect(outcomes.map(\.reason) == [.left])
    #expect(outcomes.first?.decision.departure == Departure(people: 3, unseen: 3, inside: 3))
    #expect(try outcomes.map(doors.line).first?["source"] as? String == "live")
    #expect(try await doors.scan("FULL3OF3", direction: .out).map(\.reason) == [.nobodyInside])
    await doors.venue.stop()
  }

  @Test func `A dry run lets nobody out`() async throws {
    let doors = try await Doors()
    _ = try await doors.scan("GROUP4XYZ", direction: .in)
    for isDryRun in [true, false] {
      let outcomes = try await doors.scan("GROUP4XYZ", direction: .out, isDryRun: isDryRun)
      #expect(outcomes.map(\.reason) == [.left])
    }
    #expect(try await doors.scan("GROUP4XYZ", direction: .out).map(\.reason) == [.nobodyInside])
    await doors.venue.stop()
  }
}
