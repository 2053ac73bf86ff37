import Admission
import Foundation
import NightStore

/// Stores full of passes, made as the program makes them.
enum StoredPasses {
  /// Puts passes into the store that a door with this name will open.
  static func fill(_ plan: Plan, name: String, count: Int, eventID: String) async throws {
    try await fill(file: DoorStore.file(plan, name: name), count: count, eventID: eventID)
  }

  static func fill(
    file: String, count: Int, kind: PassKind = .pass, eventID: String
  ) async throws {
    let store = try NightStore.open(path: file, now: Date()).store
    defer { store.close() }
    let fetchedAt = Date()
    // Not all at once: a million passes are not to stand in memory.
    for start in stride(from: 0, to: count, by: 5_000) {
      let passes = (start..<min(start + 5_000, count)).map { pass($0, kind, eventID: eventID) }
      try await store.store(passes: passes, fetchedAt: fetchedAt, eventID: eventID)
      try await store.tidy()
    }
    try await store.note(CompletedPreload(finishedAt: Date(), passes: count), eventID: eventID)
  }

  /// Stores passes and lets everybody in on them, in the store that a door with this name will open.
  static func admit(_ plan: Plan, name: String, count: Int, eventID: String) async throws {
    let file = DoorStore.file(plan, name: name)
    try await fill(file: file, count: count, eventID: eventID)
    let store = try NightStore.open(path: file, now: Date()).store
    defer { store.close() }
    for index in 0..<count {
      let (pass, now) = (pass(index, eventID: eventID), Date())
      let scan = ScanRecord(
        at: now, door: "Main", eventID: eventID, code: pass.code, passType: pass.typeName,
        source: .live, latency: .milliseconds(80))
      _ = try await store.admit(
        AdmissionEntry(passID: pass.id, eventID: eventID, answeredAt: now, scan: scan)
      ) { earlier in
        decide(
          Evidence(
            finding: .found(pass, .live), tonight: .chosen(Event(id: eventID)),
            admittedHere: earlier.missing(from: 0), now: now), rules: Rules())
      }
    }
  }

  private static func pass(_ index: Int, _ kind: PassKind = .pass, eventID: String) -> Pass {
    Pass(
      kind: kind, id: "PlsandboxSAND\(index)", organizationID: "P6jVenue", code: Plan.code(index),
      customerName: "Aitana García Ibáñez \(index)", typeID: "Pltype", typeName: "Pase Noche",
      state: "activated",
      usages: [Usage(eventID: eventID, beneficiaries: 1, peopleCountedIn: 0)])
  }
}
