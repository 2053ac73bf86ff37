import Admission
import CheckIn
import Foundation
import Testing

/// What a box holds of passes.
struct KnownPasses: PassMemory {
  var passes: [StoredPass] = []

  func storedAnswer(code: String, eventID: String?, kinds: [PassKind]) -> StoredAnswer? {
    passes.first { $0.pass.code == code }.map(StoredAnswer.found)
  }
  func lookalike(of code: String, eventID: String, kinds: [PassKind]) -> Lookalike? { nil }
  func remember(
    _ pass: Pass, eventID: String, asked: Moment, receivedAt: TimeInterval
  ) {}
  func rememberUnknown(
    code: String, kinds: [PassKind], askedAt: Date, receivedAt: TimeInterval
  ) {}
}

/// Out and in again at one door that is both, going on from memory (Contract: Out and in again).
@Suite(.timeLimit(.minutes(1))) struct LeavingTests {
  private static func rules(
    _ reentry: Rules.Reentry = .allow, _ group: Rules.GroupEntry = .all, places: Int? = nil
  ) -> Rules {
    var rules = Rules()
    rules.reentry = reentry
    rules.groupEntry = group
    rules.places = places
    rules.capacity = places == nil ? .warn : .enforce
    return rules
  }

  /// A door for guests, each as a code for so many people.
  private static func door(
    _ rules: Rules, _ passes: [String: Int] = ["ANA": 1, "GROUP": 4], stored: [StoredPass] = []
  ) -> Door {
    Door(
      StoredPasses(
        answers: Dictionary(
          uniqueKeysWithValues: passes.map { ($0, passAnswer($0, for: $1)) })),
      rules: rules, memory: KnownPasses(passes: stored))
  }

  /// One scan, long after the one before.
  private func scan(
    _ code: String, _ direction: DoorDirection, at door: Door, isLook: Bool = false
  ) async throws -> Outcome {
    await door.service.set(direction: direction)
    await door.scan(code, after: 60, isLook: isLook)
    return try #require(await door.verdict())
  }

  @Test func `In, out, back in`() async throws {
    let door = Self.door(Self.rules())
    #expect(try await scan("ANA", .in, at: door).verdict == .admit)
    let out = try await scan("ANA", .out, at: door)
    #expect(out.verdict == .out && out.reason == .left)
    #expect(out.decision.people == 1 && out.count?.admitted ?? 0 == 0)
    #expect(await door.service.crowd() == Crowd(admitted: 1, inside: 0, hasLeavers: true))
    #expect(try await scan("ANA", .out, at: door).reason == .nobodyInside)
    let back = try await scan("ANA", .in, at: door)
    #expect(back.verdict == .admit && back.decision.back == 1)
    #expect(back.decision.leftAt == out.at)
    #expect(back.count == HeadCount(allowed: 1, used: 0, admitted: 1))
    #expect(await door.service.crowd() == Crowd(admitted: 1, inside: 1, hasLeavers: true))
    let again = try await scan("ANA", .in, at: door)
    #expect(again.reason == .alreadyUsed)
    #expect(again.earlierEntry?.at == back.at, "not when she came first")
  }

  /// Staff who read that nothing is counted count by hand, and the ledger counts, too.
  @Test func `A door that is alone says that a departure is counted later`() async throws {
    let door = Self.door(Self.rules())
    #expect(try await scan("ANA", .out, at: door).decision.countsLater == false, "no other door")
    let ledger = TestDoorsLedger()
    ledger.set(.fails(.unreachable("connection refused")))
    let link = LedgerLink(
      ledger: ledger, replica: TestReplica(doorID: "exit"), patience: .milliseconds(10))
    await door.ledger.share(by: link)
    let out = try await scan("ANA", .out, at: door)
    #expect(out.reason == .nobodyInside && out.decision.countsLater)
    #expect(try await scan("ANA", .out, at: door, isLook: true).decision.countsLater == false)
    #expect(try await scan("ANA", .in, at: door).verdict == .admit)
    let left = try await scan("ANA", .out, at: door)
    #expect(left.reason == .left && !left.decision.countsLater)
  }

  @Test func `Where nobody comes in again, the panel says when they left`() async throws {
    let door = Self.door(Self.rules(.refuse))
    _ = try await scan("ANA", .in, at: door)
    let out = try await scan("ANA", .out, at: door)
    let again = try await scan("ANA", .in, at: door)
    #expect(again.verdict == .refuse && again.reason == .alreadyUsed)
    #expect(again.decision.leftAt == out.at)
    #expect(await door.service.crowd()?.inside == 0)
  }

  @Test func `A group leaves in part, and comes back with new arrivals`() async throws {
    let door = Self.door(Self.rules())
    let number = try await scan("GROUP", .in, at: door).number
    #expect(await door.service.setAdmitted(number: number, people: 3)?.count?.admitted == 3)
    let out = try await scan("GROUP", .out, at: door)
    #expect(out.decision.departure == Departure(people: 3, inside: 3))
    let corrected = await door.service.setAdmitted(number: out.number, people: 2)
    #expect(corrected?.decision.departure == Departure(people: 2, most: 2, inside: 3))
    #expect(await door.service.crowd() == Crowd(admitted: 3, inside: 1, hasLeavers: true))
    let back = try await scan("GROUP", .in, at: door)
    #expect(back.count == HeadCount(allowed: 4, used: 1, admitted: 3))
    #expect(back.decision.back == 2)
    #expect(await door.service.crowd() == Crowd(admitted: 4, inside: 4, hasLeavers: true))
    // Of three, staff let in two: those who had left.
    let two = await door.service.setAdmitted(number: back.number, people: 2)
    #expect(two?.decision.back == 2 && two?.count?.admitted == 2)
    #expect(await door.service.crowd() == Crowd(admitted: 3, inside: 3, hasLeavers: true))
  }

  @Test func `One at a time, out and in`() async throws {
    let door = Self.door(Self.rules(.allow, .one))
    for _ in 0..<2 { _ = try await scan("GROUP", .in, at: door) }
    let first = try await scan("GROUP", .out, at: door)
    #expect(first.decision.departure?.remaining == 1 && first.decision.leavesPeople)
    // The next friend, well before the scanner could be said to read twice.
    await door.scan("GROUP", after: 1.5)
    #expect(await door.verdict()?.decision.departure?.people == 1)
    #expect(try await scan("GROUP", .out, at: door).reason == .nobodyInside)
    for back in [1, 1, 0, 0] {
      #expect(try await scan("GROUP", .in, at: door).decision.back == back)
    }
    #expect(try await scan("GROUP", .in, at: door).reason == .alreadyUsed)
  }

  @Test func `The scanner reading twice is not a second person who leaves`() async throws {
    let door = Self.door(Self.rules())
    _ = try await scan("GROUP", .in, at: door)
    _ = try await scan("GROUP", .out, at: door)
    await door.scan("GROUP", after: 0.5)
    let again = try #require(await door.verdict())
    #expect(again.isRepeat && again.verdict == .out && again.reasonName == "repeat_scan")
    #expect(await door.service.crowd()?.inside == 0)
  }

  @Test func `Friends of whom an exit has not heard leave by a scan each`() async throws {
    let door = Self.door(Self.rules(.allow, .one), ["GROUP": 2])
    _ = try await scan("GROUP", .out, at: door)
    await door.scan("GROUP", after: 0.5)
    #expect(await door.verdict()?.isRepeat == true, "the scanner")
    await door.scan("GROUP", after: 1.5)
    let second = try #require(await door.verdict())
    #expect(!second.isRepeat && second.reason == .nobodyInside)
  }

  @Test func `Whoever comes in and turns round leaves at once`() async throws {
    let door = Self.door(Self.rules())
    _ = try await scan("ANA", .in, at: door)
    await door.service.set(direction: .out)
    await door.scan("ANA", after: 0.5)
    #expect(await door.verdict()?.reason == .left)
  }

  @Test func `Whom the service counted in may leave, and is not counted out of who was seen`()
    async throws
  {
    guard case .found(var pass, _) = passAnswer("ELSE", for: 2) else { return }
    pass.usages = [
      Usage(eventID: "tonight", beneficiaries: 2, peopleCountedIn: 2, isCheckedIn: true)
    ]
    let stored = StoredPass(pass: pass, fetchedAt: Date(timeIntervalSince1970: 1_800_003_000))
    let door = Self.door(Self.rules(), stored: [stored])
    _ = try await scan("ANA", .in, at: door)
    let out = try await scan("ELSE", .out, at: door)
    #expect(out.decision.departure == Departure(people: 2, unseen: 2, inside: 2))
    #expect(out.pass?.customer == "Ana Ruiz" && out.pass?.type == "General")
    #expect(out.count == HeadCount(allowed: 2, used: 2))
    #expect(await door.service.crowd() == Crowd(admitted: 1, inside: 1, hasLeavers: true))
    #expect(try await scan("ELSE", .out, at: door).reason == .nobodyInside)
  }

  @Test func `Taking back a departure brings them in again`() async throws {
    let door = Self.door(Self.rules())
    _ = try await scan("GROUP", .in, at: door)
    _ = try await scan("GROUP", .out, at: door)
    guard case .undone(let entry) = await door.service.undoLast() else {
      Issue.record("nothing was taken back")
      return
    }
    #expect(entry.direction == .out && entry.people == 4 && entry.code == "GROUP")
    #expect(await door.service.crowd()?.inside == 4)
    #expect(try await scan("GROUP", .in, at: door).reason == .alreadyUsed)
    #expect(try await scan("GROUP", .out, at: door).decision.people == 4)
  }

  @Test func `A look at an exit counts nobody out`() async throws {
    let door = Self.door(Self.rules())
    _ = try await scan("ANA", .in, at: door)
    #expect(try await scan("ANA", .out, at: door, isLook: true).decision.people == 1)
    #expect(await door.service.crowd()?.inside == 1)
    #expect(try await scan("ANA", .out, at: door).decision.people == 1)
  }

  @Test(arguments: [Rules.Reentry.allow, .refuse])
  func `Whoever is let in by hand after leaving is not admitted twice`(
    reentry: Rules.Reentry
  ) async throws {
    let door = Self.door(Self.rules(reentry, places: 0), ["ANA": 2])
    let early = try await scan("ANA", .in, at: door)
    #expect(early.reason == .venueFull)
    #expect(await door.service.letIn(number: early.number)?.count?.admitted == 1)
    #expect(try await scan("ANA", .out, at: door).decision.people == 1)
    let late = try await scan("ANA", .in, at: door)
    #expect(late.verdict == .refuse)
    _ = await door.service.letIn(number: late.number)
    #expect(await door.service.crowd() == Crowd(admitted: 1, inside: 1, hasLeavers: true))
    // Staff say that a friend came with them, who is new.
    #expect(await door.service.setAdmitted(number: late.number, people: 2)?.count?.admitted == 2)
    #expect(await door.service.crowd() == Crowd(admitted: 2, inside: 2, hasLeavers: true))
    _ = await door.service.undoLast()
    #expect(await door.service.crowd() == Crowd(admitted: 1, inside: 0, hasLeavers: true))
  }

  @Test func `Nobody is let in by hand at an exit`() async throws {
    let door = Self.door(Self.rules())
    let out = try await scan("ANA", .out, at: door)
    #expect(await door.service.letIn(number: out.number) == nil)
  }

  @Test func `Staff count people without a code, in and out`() async throws {
    let door = Self.door(Self.rules())
    for direction in [DoorDirection.in, .in, .out] {
      #expect(await door.service.countByHand(direction) == false)
    }
    #expect(await door.service.crowd() == Crowd(admitted: 2, inside: 1, hasLeavers: true))
    guard case .undone(let entry) = await door.service.undoLast() else {
      Issue.record("nothing was taken back")
      return
    }
    #expect(entry.direction == .out && entry.code.isEmpty && entry.people == 1)
    #expect(await door.service.crowd()?.inside == 2)
    // They count for no code.
    #expect(try await scan("ANA", .out, at: door).reason == .nobodyInside)
  }

  @Test func `Places are those of who is inside`() async throws {
    let door = Self.door(Self.rules(places: 4), ["ANA": 1, "BEA": 1, "GROUP": 4])
    _ = try await scan("ANA", .in, at: door)
    let full = try await scan("GROUP", .in, at: door)
    #expect(full.reason == .venueFull && full.decision.freePlaces == 3)
    // By hand those come in for whom there is room.
    #expect(await door.service.letIn(number: full.number)?.count?.admitted == 3)
    #expect(await door.service.crowd()?.inside == 4)
    _ = await door.service.undoLast()
    _ = try await scan("ANA", .out, at: door)
    #expect(try await scan("GROUP", .in, at: door).reason == .valid)
    #expect(try await scan("BEA", .in, at: door).decision.freePlaces == 0)
    _ = try await scan("GROUP", .out, at: door)
    #expect(try await scan("BEA", .in, at: door).reason == .valid)
  }
}
