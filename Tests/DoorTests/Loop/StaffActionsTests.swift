import Admission
import CheckIn
import DoorScreen
import Foundation
import LinuxBox
import NightStore
import SandboxVenue
import TestSupport
import Testing

@testable import Door

/// What staff ask for by keys, on a real service layer, store and service.
@Suite(.timeLimit(.minutes(5))) struct StaffActionsTests {
  /// A door at which the night has begun.
  private struct Door {
    let night: NightUnderTest
    let checkIn: CheckInService
    let staff: StaffActions

    init() async throws {
      night = try await NightUnderTest()
      checkIn = await night.checkIn()
      let refresh = night.refresh(checkIn)
      let staff = StaffActions(
        services: night.services, checkIn: checkIn, showNames: .initials, refresh: refresh,
        queue: night.queue)
      self.staff = staff
      night.work.add { await staff.keepCounting() }
      await refresh.refresh()
    }

    /// - Returns: its verdict.
    func scan(_ code: String) async throws -> Outcome {
      let number = await checkIn.submit(CheckInService.Scan(code: code, readAt: .now)).number
      try await night.events.until("verdict \(number)") {
        $0.verdicts.contains { $0.number == number }
      }
      return night.events.all.verdicts.first { $0.number == number }!
    }

    func answer(_ index: Int) async throws -> StaffAnswer {
      try await night.events.until("answer \(index + 1)") { $0.answers.count > index }
      return night.events.all.answers[index]
    }
  }

  @Test func `How many came in is corrected, in the order of the keys`() async throws {
    let door = try await Door()
    let outcome = try await door.scan("GROUP4XYZ")
    #expect(outcome.count?.admitted == 4)
    for people in [3, 2, 1] { door.staff.setAdmitted(number: outcome.number, people: people) }
    for (index, people) in [3, 2, 1].enumerated() {
      guard case .corrected(let corrected) = try await door.answer(index) else {
        Issue.record("no correction")
        break
      }
      #expect(corrected.count?.admitted == people)
    }
    try await door.night.events.until("the count") { $0.admitted.last == 1 }
    await door.night.end()
  }

  @Test func `The newest admission is taken back, and then there is none`() async throws {
    let door = try await Door()
    _ = try await door.scan("ADA4M7X2")
    door.staff.undo(pressedAt: .now)
    guard case .undone(let entry) = try await door.answer(0) else {
      Issue.record("\(door.night.events.all.answers)")
      return
    }
    #expect(entry.code == "ADA4M7X2" && entry.people == 1)
    door.staff.undo(pressedAt: .now)
    guard case .nothingToUndo = try await door.answer(1) else {
      Issue.record("\(door.night.events.all.answers)")
      return
    }
    try await door.night.events.until("the count") { $0.admitted.last == 0 }
    await door.night.end()
  }

  @Test func `Whoever is asked first takes back the one that was named`() async throws {
    let door = try await Door()
    _ = try await door.scan("ADA4M7X2")
    door.staff.offerUndo()
    guard case .undoOffered(let entry) = try await door.answer(0),
      let reference = entry.reference
    else {
      Issue.record("\(door.night.events.all.answers)")
      return
    }
    #expect(
      try await door.night.store.crowd(eventID: door.night.venue.tonightEventID).admitted == 1)
    door.staff.undo(reference)
    guard case .undone(let undone) = try await door.answer(1) else {
      Issue.record("\(door.night.events.all.answers)")
      return
    }
    #expect(undone.code == entry.code)
    await door.night.end()
  }

  @Test func `A refused guest is let in by hand; nobody knows of a scan that never was`()
    async throws
  {
    let door = try await Door()
    let outcome = try await door.scan("ARCHIVE7")
    #expect(outcome.reason == .archived)
    door.staff.letIn(number: outcome.number)
    guard case .letIn(let letIn) = try await door.answer(0) else {
      Issue.record("\(door.night.events.all.answers)")
      return
    }
    #expect(letIn.number == outcome.number)
    try await door.night.events.until("the count") { $0.admitted.last == 1 }
    door.staff.letIn(number: 99)
    try await door.night.events.until("it says that it is not recorded") {
      $0.warns(.notRecording)
    }
    await door.night.end()
  }

  @Test func `A search shows names as the door may show them`() async throws {
    let door = try await Door()
    _ = try await door.scan("ADA4M7X2")
    // Answers are stored once nobody waits for a verdict.
    await door.night.services.finder.finish()
    door.staff.find("ADA4")
    guard case .found(let passes, let query) = try await door.answer(0) else {
      Issue.record("\(door.night.events.all.answers)")
      return
    }
    #expect(query == "ADA4")
    #expect(passes.map(\.code) == ["ADA4M7X2"])
    let name = try #require(passes.first?.customer)
    #expect(name.split(separator: " ").allSatisfy { $0.count == 2 && $0.hasSuffix(".") }, "\(name)")
    await door.night.end()
  }

  @Test func `Who may have been meant is told with the name as it may be shown`() async throws {
    let door = try await Door()
    _ = try await door.scan("ADA4M7X2")
    await door.night.services.finder.finish()
    // Nothing is answered where nothing is like it.
    door.staff.findNearMisses(of: "QQQQQQQQ", number: 7)
    door.staff.findNearMisses(of: "ADA4M7XZ", number: 8)
    guard case .nearMisses(let passes, let number) = try await door.answer(0) else {
      Issue.record("\(door.night.events.all.answers)")
      return
    }
    #expect(number == 8)
    #expect(passes.map(\.code) == ["ADA4M7X2"])
    #expect(passes.first?.customer == "A. R.")
    await door.night.end()
  }

  @Test func `Refusals that are recorded are told of the next one`() async throws {
    let door = try await Door()
    for _ in 0..<3 {
      _ = try await door.scan("FULL3OF3")
      // Another code between: else it is read again.
      _ = try await door.scan("CANCEL88")
    }
    let fourth = try await door.scan("FULL3OF3")
    #expect(fourth.reason == .alreadyUsed)
    var none = fourth
    none.code = "OTHER999"
    door.staff.countRefusals(of: none)
    door.staff.countRefusals(of: fourth)
    guard case .refusals(let count, let number) = try await door.answer(0) else {
      Issue.record("\(door.night.events.all.answers)")
      return
    }
    #expect(count == 3 && number == fourth.number)
    await door.night.end()
  }

  /// Whoever else writes to the store tells nobody.
  @Test func `People who came in elsewhere on this store are counted`() async throws {
    let door = try await Door()
    try await door.night.clock.untilWaiting()
    let other = try NightStore.open(path: door.night.settings.storeFile, now: Date()).store
    let eventID = door.night.venue.tonightEventID
    _ = try await other.admit(
      byHand: HandAdmission(
        passID: "p", people: 2, reason: .archived,
        scan: ScanRecord(
          at: Date(), door: "South", eventID: eventID, code: "P", source: nil, latency: .zero)))
    door.night.clock.advance(by: .seconds(5))
    try await door.night.events.until("both are counted") { $0.admitted.last == 2 }
    other.close()
    await door.night.end()
  }
}
