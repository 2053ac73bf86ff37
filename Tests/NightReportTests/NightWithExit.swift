import Admission
import Formatting
import Foundation
import NightStore

@testable import NightReport

/// A night with an exit, small enough to add up by hand; two groups of four, and `rules.reentry: allow`.
///
///     23:05  Main  A 4 in                       4 inside
///     23:20  Main  B 4 in                       8
///     23:50  Back  A 4 out                      4
///     00:10  Main  A 4 back in                  8
///     00:40  Main  1 in by hand                 9
///     00:50  Back  1 out by hand                8
///     01:20  Back  B 4 out                      4
///     01:21  Back  nobody inside on a code
///     01:30  Back  A 4 out, taken back          4
///     05:00  Back  A 4 out                      0
///
/// Admitted: 9 people in 3 entries. Came back: 4. Left: 13, of whom 1 by hand.
struct NightWithExit {
  static let event = HandmadeNight.event
  static let groups = [
    reportPass("A", people: 4, type: "General", eventID: event.id),
    reportPass("B", people: 4, type: "VIP", eventID: event.id),
  ]

  let night: ReportStore

  private static func at(_ hours: Double, _ minutes: Double) -> Date {
    HandmadeNight.at(hours, minutes)
  }

  init() async throws {
    night = try ReportStore()
    let (a, b) = (Self.groups[0], Self.groups[1])
    try await night.store.store(events: [Self.event], fetchedAt: Self.at(0, 0))
    try await night.list(Self.groups, eventID: Self.event.id, at: Self.at(0, 0))
    try await enter(a, Self.at(0, 5))
    try await enter(b, Self.at(0, 20))
    try await leave(a, Self.at(0, 50))
    try await enter(a, Self.at(1, 10))
    try await count(.in, Self.at(1, 40))
    try await count(.out, Self.at(1, 50))
    try await leave(b, Self.at(2, 20))
    try await leave(reportPass("C", people: 1, type: nil, eventID: Self.event.id), Self.at(2, 21))
    let undone = try await leave(a, Self.at(2, 30))
    _ = try await night.store.undo(admission: undone ?? -1, at: Self.at(2, 31))
    try await leave(a, Self.at(6, 0))
  }

  private func enter(_ pass: Pass, _ date: Date) async throws {
    var rules = Rules()
    rules.reentry = .allow
    try await night.admit(pass, eventID: Self.event.id, at: date, rules: rules)
  }

  @discardableResult
  private func leave(_ pass: Pass, _ date: Date) async throws -> Int64? {
    try await night.leave(pass, eventID: Self.event.id, at: date, door: "Back").admissionID
  }

  private func count(_ direction: DoorDirection, _ date: Date) async throws {
    _ = try await night.store.count(
      HandCount(
        direction: direction,
        scan: ScanRecord(
          at: date, door: direction == .in ? "Main" : "Back", eventID: Self.event.id, code: "",
          source: nil, latency: .zero)))
  }

  func report(
    capacity: Int? = 8, language: Language = .english, madeAt: Date = HandmadeNight.morning
  ) async throws -> Report {
    try await night.report(Self.event, capacity: capacity, language: language, madeAt: madeAt)
  }
}
