import Admission
import CheckIn
import DoorScreen
import Foundation
import LinuxBox
import NightStore
import SandboxVenue
import Terminal
import Testing

@testable import Door

/// Which verdicts count as shown when the door leaves, and what becomes of the others.
@Suite(.timeLimit(.minutes(5))) struct UnseenVerdictTests {
  @Test func `What is painted is shown, as soon as it is saved`() async throws {
    let door = try await LoopUnderTest()
    try await door.scan("AAAA1111")
    #expect(!door.audience.hasSeen(1))
    let green = try door.verdict(on: "AAAA1111", .valid)
    door.queue.post(.judged { green })
    _ = try await door.terminal.untilPrepared()
    #expect(!door.audience.hasSeen(1))
    try await door.post(.saved(ServiceHealth(.live(latency: .milliseconds(40)))))
    #expect(door.audience.hasSeen(1) && !door.audience.hasSeen(2))
    #expect(!door.audience.isGone)
    await door.stop()
    #expect(door.audience.isGone)
  }

  /// Each stands in the queue before the end, or behind it, and is painted no more.
  @Test(arguments: [true, false])
  func `What the end overtakes is not shown, and opens no turnstile`(isHandled: Bool) async throws {
    let verdict = Outcome(
      number: 1, code: "AAAA1111",
      decision: Decision(reason: .valid, count: HeadCount(allowed: 1, used: 0).admitting(1)),
      tonight: .chosen(LoopUnderTest.event), source: .live, at: LoopUnderTest.begin.wall)
    let end = DoorLoop.Event.signal(.terminate)
    let door = try await LoopUnderTest(
      waiting: isHandled ? [.verdict(verdict), end] : [end, .verdict(verdict)])
    #expect(await door.end())
    #expect(!door.audience.hasSeen(1))
    #expect(door.told.all.isEmpty)
  }

  /// A turnstile that has opened has let somebody in, whatever the terminal shows.
  @Test(arguments: [false, true])
  func `What a stuck terminal does not take is shown to the hook alone`(isHooked: Bool) async throws
  {
    let door = try await LoopUnderTest(isHooked: isHooked)
    for code in ["AAAA1111", "BBBB2222"] {
      try await door.scan(code)
      door.terminal.take(pictures: code == "AAAA1111")
      try await door.answer(code, LoopUnderTest.pass(code))
    }
    #expect(door.told.all.count == (isHooked ? 2 : 0))
    await door.stop()
    let unseen = await door.checkIn.takeBackUnseen(within: .seconds(1))
    #expect(unseen.takenBack.map(\.code) == (isHooked ? [] : ["BBBB2222"]))
  }

  @Test(arguments: DoorDirection.allCases)
  func `Who came or left unseen did not, in the store`(
    direction: DoorDirection
  ) async throws {
    let (night, audience) = (try await NightUnderTest(), Audience())
    let checkIn = await night.checkIn(for: audience)
    await night.refresh(checkIn).refresh()
    let eventID = night.venue.tonightEventID
    func scan(_ code: String) async throws {
      let number = await checkIn.submit(CheckInService.Scan(code: code, readAt: .now)).number
      try await night.events.until("verdict \(number)") {
        $0.verdicts.contains { $0.number == number }
      }
    }
    try await scan("ADA4M7X2")
    audience.noteShown(1)
    switch direction {
    case .in: try await scan("GROUP4XYZ")
    case .out:
      await checkIn.set(direction: .out)
      try await scan("ADA4M7X2")
    }
    #expect(try await night.store.crowd(eventID: eventID).inside == (direction == .in ? 5 : 0))
    let unseen = await checkIn.takeBackUnseen(within: .seconds(1))
    #expect(unseen.takenBack.map(\.direction) == [direction])
    #expect(unseen.lines.count == 1)
    #expect(unseen.lines[0].hasPrefix("taken back, as the end came before its verdict was shown"))
    #expect(await night.services.endRecording(within: .seconds(20)) == EndOfRecording())
    let crowd = try await night.store.crowd(eventID: eventID)
    #expect(crowd.inside == 1 && crowd.admitted == 1)
    await night.end()
  }
}
