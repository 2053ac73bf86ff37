import Admission
import Foundation
import GRDB
import SeededRandom
import Testing

@testable import NightStore

struct PurgeTests {
  private func bytes(in folder: TemporaryFolder) throws -> Data {
    try folder.fileNames.reduce(into: Data()) {
      $0.append(try Data(contentsOf: URL(filePath: "\(folder.path)/\($1)")))
    }
  }

  private func name(_ number: Int) -> String { "Guest\(number)Surname\(number &* 7919)" }
  private func code(_ number: Int) -> String { "SECRET\(number &* 104_729)X\(number)" }

  @Test func `Names and codes are gone from the files`() async throws {
    let temporary = try TemporaryStore()
    let (folder, store) = (temporary.folder, temporary.store)
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SplitMix64(seed: seed)
    let old = Event(id: "old", name: "Old", startsAt: night - 86_400, endsAt: night - 80_000)
    let new = Event(id: tonightID, startsAt: night, endsAt: night + 20_000)
    try await store.store(events: [old, new], fetchedAt: night)
    // Written over and over, with lengths that change, so that pages are split and joined.
    for round in 0..<6 {
      let passes = (0..<600).shuffled(using: &random).map { number in
        let padding = String(repeating: "·", count: Int.random(in: 0...90, using: &random))
        let isOld = number < 500
        return pass(
          "\(number)", code: code(number), name: "\(name(number)) \(padding)",
          eventID: isOld ? old.id : tonightID)
      }
      let fetchedAt = night + Double(round)
      try await store.store(
        passes: passes.filter { Int($0.id)! < 500 }, fetchedAt: fetchedAt, eventID: old.id)
      try await store.store(
        passes: passes.filter { Int($0.id)! >= 500 }, fetchedAt: fetchedAt, eventID: tonightID)
    }
    for number in 0..<600 {
      try await store.journal(
        record(code(number), eventID: number < 500 ? old.id : tonightID),
        Decision(reason: .notTonight))
    }
    let held = try bytes(in: folder)
    #expect(held.range(of: Data(name(3).utf8)) != nil)
    #expect(held.range(of: Data(code(3).utf8)) != nil)

    let result = try await store.purge(eventsEndedBefore: night - 1000)
    #expect(result == PurgeResult(passes: 500, codes: 500, files: 0, isOffTheDisk: true))
    let left = try bytes(in: folder)
    let folded = Data(String(decoding: left, as: UTF8.self).lowercased().utf8)
    for number in 0..<500 {
      for secret in [name(number), code(number)] {
        // What is a longer number's beginning would be found in what stays.
        let isLeft = folded.range(of: Data(secret.lowercased().utf8)) != nil
        #expect(!isLeft, "\(secret), seed \(seed)")
      }
    }
    #expect(left.range(of: Data(name(555).utf8)) != nil)
    #expect(try await store.passesStored(eventID: old.id) == 0)
    #expect(try await store.passesStored(eventID: tonightID) == 100)
    #expect(try await store.figures(eventID: old.id).scans == 500)
    #expect(
      try await store.purge(eventsEndedBefore: night - 1000) == PurgeResult(isOffTheDisk: true))
  }

  @Test func `An event without an end goes by the age of what is stored`() async throws {
    let temporary = try TemporaryStore()
    let store = temporary.store
    try await store.store(events: [Event(id: "endless")], fetchedAt: night)
    for eventID in ["endless", "unheard of"] {
      try await store.store(
        passes: [pass("old-\(eventID)")], fetchedAt: night - 100, eventID: eventID)
      try await store.store(passes: [pass("new-\(eventID)")], fetchedAt: night, eventID: eventID)
    }
    try await store.storeUnknown(code: "old", fetchedAt: night - 100)
    try await store.storeUnknown(code: "new", fetchedAt: night)
    try await store.journal(record("A", at: -100, eventID: nil), Decision(reason: .noEvent))
    try await store.admit(
      byHand: HandAdmission(
        passID: nil, reason: .noEvent, scan: record("B", at: -100, eventID: nil)))
    let result = try await store.purge(eventsEndedBefore: night - 50)
    #expect(result == PurgeResult(passes: 2, codes: 3))
    #expect(try await store.storedPass(code: "CODE-old-endless") == nil)
    #expect(try await store.storedPass(code: "CODE-new-unheard of") != nil)
    #expect(try await store.storedAnswer(code: "old") == nil)
    #expect(try await store.storedAnswer(code: "new") != nil)
  }

  /// What one kind's endpoint says of a code is newer than what another's says.
  @Test func `That a code is unknown goes kind by kind`() async throws {
    let temporary = try TemporaryStore()
    let store = temporary.store
    try await store.rememberUnknown(
      code: "CODE-1", kinds: [.ticket], askedAt: night - 100, receivedAt: 1000)
    try await store.rememberUnknown(
      code: "CODE-1", kinds: [.list], askedAt: night, receivedAt: 2000)
    _ = try await store.purge(eventsEndedBefore: night - 50)
    #expect(try await store.storedAnswer(code: "CODE-1", kinds: [.list]) != nil)
    #expect(try await store.storedAnswer(code: "CODE-1", kinds: [.ticket]) == nil)
  }

  @Test func `What was set aside goes too once it is old`() async throws {
    let folder = TemporaryFolder()
    for day in [0.0, 3, 9] {
      try Data("no database, but a name".utf8).write(to: URL(filePath: folder.storePath))
      try folder.open(at: night + day * 86_400).store.close()
    }
    let store = try folder.open().store
    let result = try await store.purge(eventsEndedBefore: night + 5 * 86_400)
    #expect(result.files == 2)
    let left = folder.fileNames.filter { $0.contains("damaged") }
    #expect(left == ["night.sqlite.damaged-2026-02-09T220000Z"])
  }

  @Test func `A reader in the way is told and done next time`() async throws {
    let temporary = try TemporaryStore()
    let store = temporary.store
    try await store.store(passes: [pass("1")], fetchedAt: night - 100, eventID: "old")
    let reader = try temporary.folder.stranger()
    try await reader.writeWithoutTransaction {
      try $0.execute(sql: "BEGIN; SELECT count(*) FROM passes")
    }
    let first = try await store.purge(eventsEndedBefore: night)
    #expect(first == PurgeResult(passes: 1, isOffTheDisk: false))
    try await reader.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") }
    #expect(try await store.purge(eventsEndedBefore: night) == PurgeResult(isOffTheDisk: true))
  }

  /// What is known of tonight's event, whose passes are as old as can be.
  @Test(arguments: [
    Event(id: tonightID), Event(id: tonightID, startsAt: night - 3600),
    Event(id: tonightID, startsAt: night - 90_000),
    Event(id: tonightID, startsAt: night - 30_000, endsAt: night - 100),
  ])
  func `Tonight loses nothing`(_ tonight: Event) async throws {
    let temporary = try TemporaryStore()
    let store = temporary.store
    try await store.store(events: [tonight], fetchedAt: night)
    try await store.store(
      passes: [pass("1", eventID: tonightID)], fetchedAt: night - 900_000, eventID: tonightID)
    try await store.store(
      passes: [pass("2", code: "OTHER2", eventID: "old")], fetchedAt: night - 900_000,
      eventID: "old")
    try await store.journal(record("CODE1", eventID: tonightID), Decision(reason: .notTonight))
    let result = try await store.purge(eventsEndedBefore: night, sparing: tonight)
    #expect(result.passes == 1, "the other night's")
    #expect(result.codes == 0)
    #expect(try await store.storedAnswer(code: "OTHER2") == nil)
  }

  /// `keep_days: 0` while nobody knows tonight's hours: tonight is the last day.
  @Test func `What belongs to no event stays for the night`() async throws {
    let temporary = try TemporaryStore()
    let store = temporary.store
    for (code, age) in [("NEW", 3600.0), ("OLD", 90_000)] {
      try await store.storeUnknown(code: code, fetchedAt: night - age)
      try await store.admit(
        byHand: HandAdmission(
          passID: nil, people: 3, reason: .noEvent, scan: record(code, at: -age, eventID: nil)))
    }
    let result = try await store.purge(eventsEndedBefore: night, sparing: Event(id: tonightID))
    #expect(result.codes == 2, "the admission's and the journal's")
    #expect(try await store.storedAnswer(code: "NEW") != nil)
    #expect(try await store.storedAnswer(code: "OLD") == nil)
  }

  /// `keep_days: 0` at another door's purge, which has another event tonight.
  @Test func `An event without an end is over a day after its start`() async throws {
    let temporary = try TemporaryStore()
    let store = temporary.store
    try await store.store(
      events: [Event(id: "open", startsAt: night - 3600)], fetchedAt: night)
    try await store.store(
      passes: [pass("1", eventID: "open")], fetchedAt: night - 1000, eventID: "open")
    #expect(try await store.purge(eventsEndedBefore: night).passes == 0)
    #expect(try await store.purge(eventsEndedBefore: night + 90_000).passes == 1)
  }
}
