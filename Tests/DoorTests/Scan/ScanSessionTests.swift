import Admission
import DoorConfiguration
import Foundation
import SandboxVenue
import Testing

@testable import Door

@Suite(.timeLimit(.minutes(5))) struct ScanSessionTests {
  private func session<Value>(
    _ options: SandboxOptions = SandboxOptions(), isDryRun: Bool = false,
    change: (inout Settings, RunningVenue) -> Void = { _, _ in },
    _ use: (ScanSession, Collected<Outcome>) async throws -> Value
  ) async throws -> Value {
    let venue = try await SandboxVenue.start(options)
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("doorcheck-scan-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    var settings = NightUnderTest.settings(for: venue, folder: folder.path)
    change(&settings, venue)
    let session = try ScanSession(settings: settings, isDryRun: isDryRun)
    let outcomes = Collected<Outcome>()
    let result = await Result { try await use(session, outcomes) }
    await session.end()
    await venue.stop()
    return try result.get()
  }

  @Test func `Each code has its verdict, in their order`() async throws {
    let codes = ["ADA4M7X2", "ARCHIVE7", "NOBODY123", "GROUP4XYZ", "ADA4M7X2", "no code!"]
    try await session { session, outcomes in
      try await session.run(codes: codes) { outcomes.add($0) }
      #expect(outcomes.all.map(\.number) == Array(1...6))
      #expect(
        outcomes.all.map(\.reason) == [
          .valid, .archived, .unknownPass, .valid, .alreadyUsed, .unreadableCode,
        ])
    }
  }

  @Test(arguments: [(false, Reason.alreadyUsed), (true, .valid)])
  func `A dry run lets nobody in`(isDryRun: Bool, second: Reason) async throws {
    try await session(isDryRun: isDryRun) { session, outcomes in
      for code in ["ADA4M7X2", "ARCHIVE7", "ADA4M7X2"] {
        try await session.run(codes: [code]) { outcomes.add($0) }
      }
      #expect(outcomes.all.map(\.reason) == [.valid, .archived, second])
    }
  }

  /// As where nobody reads standard output any more.
  @Test func `Whoever's line cannot be written is not let in, nor anybody after that`() async throws
  {
    struct NobodyReads: Error {}
    let codes = ["ADA4M7X2", "GROUP4XYZ", "ARCHIVE7"]
    try await session { session, outcomes in
      await #expect(throws: NobodyReads.self) {
        try await session.run(codes: codes) {
          if $0.code == "GROUP4XYZ" { throw NobodyReads() }
          outcomes.add($0)
        }
      }
      #expect(outcomes.all.map(\.reason) == [.valid])
      try await session.run(codes: codes) { outcomes.add($0) }
      #expect(outcomes.all.map(\.reason) == [.valid, .alreadyUsed, .valid, .archived])
    }
  }

  @Test func `Codes whose turn has not come are left out where it is to end`() async throws {
    try await session { session, outcomes in
      let left = try await session.run(codes: ["ADA4M7X2", "ARCHIVE7"], unless: { true }) {
        outcomes.add($0)
      }
      #expect(left == 2 && outcomes.all.isEmpty)
    }
  }

  @Test func `Of several events nobody can be asked here`() async throws {
    var options = SandboxOptions()
    options.eventsTonight = .two
    await #expect(throws: ProgramExit.configuration) {
      try await session(options) { session, outcomes in
        try await session.run(codes: ["ADA4M7X2"]) { outcomes.add($0) }
      }
    }
  }

  @Test func `Without a service it says so of each code`() async throws {
    func cutOff(_ settings: inout Settings, _ venue: RunningVenue) {
      settings.event = Settings.Event(id: venue.tonightEventID)
      settings.fourvenues.deadlineMilliseconds = 300
      venue.setDown(true)
    }
    try await session(change: cutOff) { session, outcomes in
      try await session.run(codes: ["ADA4M7X2", "GROUP4XYZ"]) { outcomes.add($0) }
      #expect(outcomes.all.map(\.reason) == [.offline, .offline])
    }
  }
}

extension Result where Failure == any Error {
  fileprivate init(_ body: () async throws -> Success) async {
    do {
      self = .success(try await body())
    } catch {
      self = .failure(error)
    }
  }
}
