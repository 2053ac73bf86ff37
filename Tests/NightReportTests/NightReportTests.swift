import Admission
import DoorScreen
import Formatting
import Foundation
import NightStore
import Testing

@testable import Door
@testable import NightReport

/// A night on which the clocks change, against what was scanned into it.
@Suite struct NightReportTests {
  private struct Told {
    var night: SimulatedNight
    var report: Report
  }

  private func simulate(
    _ change: SimulatedNight.Change, guests: Int = 300, seed: UInt64
  ) async throws -> Told {
    let store = try ReportStore()
    var night = SimulatedNight(change, guests: guests, seed: seed)
    try await night.run(in: store)
    return Told(night: night, report: try await store.report(night.event))
  }

  @Test(arguments: SimulatedNight.Change.allCases, [1, 20_261_025] as [UInt64])
  func `JSON holds what went in`(change: SimulatedNight.Change, seed: UInt64) async throws {
    let told = try await simulate(change, guests: seed == 1 ? 300 : 3000, seed: seed)
    let night = told.night
    let objects = try ReportForms.objects(ReportJSON(report: told.report).lines)
    func one(_ figure: String) throws -> [String: Any] {
      let found = objects.filter { $0["figure"] as? String == figure }
      #expect(found.count == 1, "\(figure)")
      return try #require(found.first)
    }
    func expectTally(
      _ figure: String, _ expected: [SimulatedNight.Admission],
      sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
      let object = try one(figure)
      #expect(
        object["admissions"] as? Int == expected.count, "\(figure)", sourceLocation: sourceLocation)
      #expect(
        object["people"] as? Int == expected.reduce(0) { $0 + $1.people }, "\(figure)",
        sourceLocation: sourceLocation)
    }

    #expect(objects.allSatisfy { $0["event_id"] as? String == "night" })
    #expect(try one("event")["name"] as? String == "Cambio de hora")
    #expect(try one("event")["from"] as? String == change.timestamp(change.start))
    #expect(try one("recorded")["from"] as? String == change.timestamp(night.firstAt))
    #expect(try one("recorded")["until"] as? String == change.timestamp(night.lastAt))
    try expectTally("admitted", night.counted)
    try expectTally("stored_answers", night.counted.filter(\.isStored))
    try expectTally("by_hand", night.counted.filter(\.isByHand))
    try expectTally("undone", night.admissions.filter(\.isUndone))
    try expectTally("unreported", [])
    #expect(try one("peak")["people"] as? Int == night.peak)
    #expect(
      try one("peak")["people_per_minute"] as? Double == (Double(night.peak) * 2).rounded() / 10)
    // Nearly all of the two outages: it is noticed by who scans.
    #expect((20...33).contains(night.minutesOffline))
    #expect(try one("offline")["minutes"] as? Double == night.minutesOffline)
    #expect(try one("repeats")["scans"] as? Int == night.repeats)
    #expect(try one("looks")["scans"] as? Int == night.looks)

    func counts(_ figure: String, of name: String, _ column: String) -> [String: Int] {
      let found = objects.filter { $0["figure"] as? String == figure }.map {
        ($0[name] as? String ?? "<null>", $0[column] as? Int ?? -1)
      }
      return Dictionary(found) { _, _ in -2 }
    }
    #expect(
      counts("reason", of: "name", "scans")
        == Dictionary(uniqueKeysWithValues: night.reasons.map { ($0.key.rawValue, $0.value) }))
    let verdicts = Verdict.allCases.filter { $0 != .out }.map { verdict in
      let scans = night.reasons.filter { $0.key.verdict == verdict }.values.reduce(0, +)
      return (verdict.rawValue, scans)
    }
    #expect(
      counts("verdict", of: "verdict", "scans") == Dictionary(uniqueKeysWithValues: verdicts))
    #expect(
      counts("pass_type", of: "name", "scans")
        == Dictionary(
          uniqueKeysWithValues: night.scansByType.map { ($0.key ?? "<null>", $0.value) }))
    let peopleByType = night.counted.reduce(into: [:]) {
      $0[$1.type ?? "<null>", default: 0] += $1.people
    }
    #expect(counts("pass_type", of: "name", "people").filter { $0.value > 0 } == peopleByType)
    #expect(counts("door", of: "name", "scans") == night.scansByDoor)
    let peopleByDoor = night.counted.reduce(into: [String: Int]()) {
      $0[$1.door, default: 0] += $1.people
    }
    let hours = objects.filter { $0["figure"] as? String == "door_hour" }
    let peopleByHours = hours.reduce(into: [String: Int]()) {
      $0[$1["door"] as? String ?? "", default: 0] += $1["people"] as? Int ?? 0
    }
    #expect(peopleByHours == peopleByDoor)
    // Full hours of the local clock; an hour that comes twice is two.
    let begins = hours.compactMap { $0["from"] as? String }
    #expect(begins.allSatisfy { $0.dropFirst(13).hasPrefix(":00:00") })
    #expect(Set(begins.filter { $0.contains("T02:") }).count == (change == .back ? 2 : 0))
    #expect(
      objects.count { $0["figure"] as? String == "by_hand_entry" }
        == night.counted.count { $0.isByHand })
    #expect(
      objects.count { $0["figure"] as? String == "taken_back_entry" }
        == night.admissions.count { $0.isUndone })
    #expect(try one("attendance")["name"] as? String == "never_listed")
    let quarters = night.quarters.map { (change.timestamp($0.key), $0.value) }
    #expect(
      counts("quarter_hour", of: "from", "people").filter { $0.value > 0 }
        == Dictionary(uniqueKeysWithValues: quarters))
  }

  @Test func `CSV holds the same figures as JSON`() async throws {
    let report = try await simulate(.back, seed: 3).report
    let rows = try ReportCSV(report: report).lines.map { try #require(ReportForms.cells($0)) }
    // What JSON has gained since is not in the one list, which stays as it is.
    let more: Set = [
      "attendance", "expected_type", "capacity", "door_hour", "by_hand_entry", "taken_back_entry",
      "refused_again", "unsaved",
    ]
    let objects = try ReportForms.objects(ReportJSON(report: report).lines).filter {
      !more.contains($0["figure"] as? String ?? "")
    }
    let names = try #require(rows.first)
    #expect(
      names == [
        "figure", "event_id", "name", "verdict", "from", "until", "scans", "admissions", "people",
        "people_per_minute", "minutes", "door", "pass_id", "code", "reported", "detail",
      ])
    #expect(Set(rows.map(\.count)) == [names.count])
    #expect(rows.count == objects.count + 1)
    for (row, object) in zip(rows.dropFirst(), objects) {
      for (name, cell) in zip(names, row) {
        switch object[name] {
        case nil, is NSNull: #expect(cell.isEmpty, "\(name)")
        case let text as String: #expect(cell == text)
        case let number?: #expect(Double(cell) == (number as? NSNumber)?.doubleValue, "\(name)")
        }
      }
    }
    let known = Set(names)
    #expect(objects.allSatisfy { known.isSuperset(of: $0.keys) })
  }

  /// The chart's rows: what the clock shows, and how many came.
  private func chart(_ lines: [String]) -> [(minutes: String, people: Int, bar: Int)] {
    lines.compactMap { line in
      guard let match = line.wholeMatch(of: /\s{2}(\d\d:\d\d) +(\d+) +\d+(?:  (█+))?/) else {
        return nil
      }
      return (String(match.1), Int(match.2)!, match.3?.count ?? 0)
    }
  }

  @Test(arguments: SimulatedNight.Change.allCases)
  func `Text shows every quarter on the venue's clock`(
    change: SimulatedNight.Change
  ) async throws {
    let told = try await simulate(change, seed: 4)
    let lines = ReportText(report: told.report).lines
    let rows = chart(lines)
    #expect(rows.reduce(0) { $0 + $1.people } == told.night.people)
    let first = try #require(told.night.quarters.keys.min())
    let last = try #require(told.night.quarters.keys.max())
    let shown = stride(from: first, through: last, by: 900).map {
      String(change.timestamp($0).dropFirst(11).prefix(5))
    }
    #expect(rows.map(\.minutes) == shown)
    #expect(shown.count { $0 == "02:15" } == (change == .back ? 2 : 0))
    let words = change == .back ? "clocks go back 1 h" : "clocks go forward 1 h"
    #expect(lines.count { $0.contains(words) } == 1)
    // Aligned: the longest bar is the most people's, and ends where the page does.
    let most = try #require(rows.max { $0.people < $1.people })
    #expect(most.bar == rows.map(\.bar).max())
    #expect(rows.allSatisfy { ($0.people == 0) == ($0.bar == 0) })
    #expect(lines.map { DisplayText($0).width }.max() == 80)
    let admitted = try #require(lines.first { $0.hasPrefix("  Let in ") })
    #expect(
      admitted.split(separator: " ").prefix(4) == ["Let", "in", "\(told.night.people)", "people"])
  }

  @Test func `Colours change nothing but colours`() async throws {
    let report = try await simulate(.back, seed: 5).report
    let coloured = ReportText(report: report, isColoured: true).lines
    let plain = ReportText(report: report).lines
    #expect(coloured.map { $0.replacing(/\u{1B}\[\d+m/, with: "") } == plain)
    #expect(coloured.contains { $0.hasPrefix("\u{1B}[32m  green, let in") })
    #expect(!plain.joined().contains("\u{1B}"))
  }

  @Test(arguments: SimulatedNight.Change.allCases)
  func `The page stands alone and gives every number as text`(
    change: SimulatedNight.Change
  ) async throws {
    let told = try await simulate(change, seed: 6)
    let html = ReportHTML(report: told.report).page
    let page = ReportForms.Page(html)
    #expect(page.isWellFormed)
    #expect(html.hasPrefix("<!DOCTYPE html>\n<html lang=\"en\">"))
    #expect(page.elements.count { $0 == "svg" } == 2)
    #expect(!page.elements.contains { ["script", "img", "link", "iframe", "a"].contains($0) })
    #expect(!page.attributes.contains { ["src", "href", "xlink:href", "style"].contains($0.name) })
    #expect(!html.contains("url(") && !html.contains("@import") && !html.contains("http://"))
    // Every drawing has a title and a description, and says which they are.
    let ids = page.attributes.filter { $0.name == "id" }.map(\.value)
    let named = page.attributes.filter { $0.name == "aria-labelledby" }.map(\.value)
    #expect(named.count == 2)
    #expect(named.flatMap { $0.split(separator: " ").map(String.init) } == ids)
    #expect(Set(ids).count == ids.count)

    let arrivals = page.rows.filter {
      $0.count == 4 && $0[0].wholeMatch(of: /... \d{4}-\d\d-\d\d/) != nil
    }
    #expect(arrivals.reduce(0) { $0 + (Int($1[2]) ?? -1) } == told.night.people)
    // No two rows are of the same time, although the clock shows some twice.
    #expect(Set(arrivals.map { $0[0] + $0[1] }).count == arrivals.count)
    #expect(arrivals.contains { $0[1] == "02:15+01:00" } == (change == .back))
  }
}
