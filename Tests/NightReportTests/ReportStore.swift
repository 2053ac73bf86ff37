import Admission
import DoorScreen
import Formatting
import Foundation
import LinuxBox
import NightStore

@testable import Door
@testable import NightReport

/// A store in a folder of a test's own, which goes with it.
final class ReportStore: Sendable {
  static let madrid = LocalTime(timeZone: TimeZone(identifier: "Europe/Madrid")!)

  let folder: String
  let store: NightStore

  init() throws {
    folder = "\(NSTemporaryDirectory())report-\(UUID().uuidString)"
    store = try NightStore.open(path: "\(folder)/night.sqlite", now: .now).store
  }

  deinit {
    store.close()
    try? FileManager.default.removeItem(atPath: folder)
  }

  func report(
    _ event: Event, capacity: Int? = nil, language: Language = .english,
    madeAt: Date = Date(timeIntervalSince1970: 1_792_950_000)
  ) async throws -> Report {
    Report(
      event: event, night: try await store.reportedNight(eventID: event.id, rules: Rules()),
      capacity: capacity, language: language, time: Self.madrid, madeAt: madeAt)
  }

  /// A scan that lets nobody in.
  func scan(
    _ reason: Reason, eventID: String, at date: Date, action: ScanRecord.Action = .scan,
    code: String = "CODE-1", kind: PassKind? = nil, passType: String? = nil,
    source: Source? = .live,
    door: String = "Main"
  ) async throws {
    try await store.journal(
      ScanRecord(
        action: action, at: date, door: door, eventID: eventID, code: code,
        kind: kind, passType: passType, source: source, latency: .milliseconds(80)),
      Decision(reason: reason))
  }

  /// Judges a pass by the real rules and records whom it admits.
  @discardableResult
  func admit(
    _ pass: Pass, eventID: String, at date: Date, source: Source = .live, door: String = "Main",
    report: ReportOrder? = nil, rules: Rules = Rules()
  ) async throws -> RecordedDecision {
    let entry = AdmissionEntry(
      kind: pass.kind, passID: pass.id, eventID: eventID, answeredAt: date,
      scan: ScanRecord(
        at: date, door: door, eventID: eventID, code: pass.code, kind: pass.kind,
        passType: pass.typeName,
        source: source, latency: .milliseconds(80)),
      report: report)
    let recorded = try await store.admit(entry) { earlier in
      var evidence = Evidence(
        finding: .found(pass, source), tonight: .chosen(Event(id: eventID)),
        admittedHere: earlier.missing(from: 0), now: date)
      evidence.note(whoLeft: earlier)
      return decide(evidence, rules: rules)
    }
    if recorded.admissionID == nil { try await store.journal(entry.scan, recorded.decision) }
    return recorded
  }

  /// A scan at an exit, by the real rules.
  @discardableResult
  func leave(
    _ pass: Pass, eventID: String, at date: Date, door: String
  ) async throws -> RecordedDecision {
    let entry = AdmissionEntry(
      kind: pass.kind, passID: pass.id, eventID: eventID, answeredAt: date,
      scan: ScanRecord(
        at: date, door: door, eventID: eventID, code: pass.code, kind: pass.kind,
        passType: pass.typeName, source: .cache(fetchedAt: date, because: nil), latency: .zero),
      direction: .out)
    let recorded = try await store.admit(entry) { earlier in
      decideExit(counted: 0, before: earlier, rules: Rules())
    }
    if recorded.admissionID == nil { try await store.journal(entry.scan, recorded.decision) }
    return recorded
  }
}

extension ReportStore {
  /// Stores passes as a list of the event's that was fetched to its end.
  func list(
    _ passes: [Pass], kind: PassKind = .pass, eventID: String, at date: Date
  ) async throws {
    let list = try await store.beginList(eventID: eventID, kind: kind)
    try await store.store(passes: passes, fetchedAt: date, eventID: eventID, list: list)
    try await store.note(
      CompletedPreload(finishedAt: date, passes: passes.count), eventID: eventID, list: list)
  }
}

func reportPass(
  _ id: String, kind: PassKind = .pass, people: Int, type: String?, eventID: String
) -> Pass {
  Pass(
    kind: kind, id: id, code: "CODE-\(id)", typeName: type,
    state: kind == .list ? Pass.listedState : kind == .booking ? "accepted" : "activated",
    usages: [Usage(eventID: eventID, beneficiaries: people)])
}
