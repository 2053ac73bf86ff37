import Admission
import Formatting
import Foundation

@testable import NightReport
@testable import NightStore

/// A report in which every part has more than fits, with names as long as anybody gives them.
enum CrowdedReport {
  /// 2026-10-24 22:00 in Madrid: the clocks go back in this night.
  static let start = Date(timeIntervalSince1970: 1_792_872_000)

  /// - Parameters:
  ///   - name: of the event, of types and doors, with a number after it.
  ///   - rows: how long each list is.
  ///   - kinds: of which types, entries and reports are in turn.
  static func make(
    _ language: Language, name: String, rows: Int = 60, quarters: Int = 40, capacity: Int? = 900,
    attendance: Attendance? = nil, kinds: [PassKind] = [.pass]
  ) -> Report {
    let doors = (0..<min(rows, 14)).map { "\(name) \($0)" }
    let types = (0..<rows).map { "\(name) \($0)" }
    var figures = NightFigures(eventID: name)
    figures.firstAt = start
    figures.lastAt = start + Double(quarters) * 900
    figures.admitted = .init(admissions: 1000, people: 1234)
    figures.onStoredAnswers = .init(admissions: 100, people: 123)
    figures.undone = .init(admissions: rows, people: rows)
    figures.byHand = .init(admissions: rows, people: rows)
    figures.unreported = .init(admissions: 1, people: 1)
    figures.reasons = Reason.allCases.map { .init(reason: $0, scans: 12) }
    func kind(_ number: Int) -> PassKind { kinds[number % kinds.count] }
    figures.passTypes = types.enumerated().map {
      .init(kind: kind($0), passType: $1, scans: 34, people: 12)
    }
    figures.doors = doors.map { .init(door: $0, scans: 99, people: 77) }
    figures.arrivals = (0..<quarters).map { number in
      NightFigures.QuarterHour(
        start: start.addingTimeInterval(Double(number) * 900), people: number % 7 * 10 + 1)
    }
    figures.peak = .init(start: start + 16_200, people: 68)
    figures.offline = .seconds(725)
    figures.reportCases = cases(rows: rows, name: name, kind: kind)
    let entries = (0..<rows * 2).map { number in
      LedgerEntry(
        at: start + Double(number * quarters * 900 / (rows * 2)),
        door: doors[number % doors.count],
        passage: number.isMultiple(of: 2) ? .byHand : .counted, people: number % 4 + 1,
        passKind: kind(number % rows), passType: types[number % rows], passID: "P\(number)",
        code: "CODE-\(number)",
        reason: Reason.allCases[number % Reason.allCases.count].rawValue,
        undoneAt: number.isMultiple(of: 2) ? nil : start + Double(number * 300))
    }
    let retried = (0..<rows).map {
      RetriedCode(
        code: "SHARED-\($0)", refusals: 99, first: start, last: start + 9000,
        doors: Array(doors.prefix(2)),
        reason: Reason.alreadyUsed.rawValue, peopleIn: 1)
    }
    return Report(
      event: Event(
        id: "id", name: name, startsAt: start, endsAt: start + Double(quarters) * 900),
      night: ReportedNight(
        figures: figures,
        attendance: attendance
          ?? .known(
            ExpectedGuests(
              listedAt: start + 20_000,
              passTypes: types.enumerated().map {
                .init(kind: kind($0), name: $1, expected: 200, came: 123)
              }, elsewhere: 12,
              unexpected: 34)), entries: entries, retriedCodes: retried),
      waiting: 12, unreadable: 3, capacity: capacity, language: language, time: ReportStore.madrid,
      madeAt: start + 40_000)
  }

  /// Everything that can be said of people who leave: it is nearly full for two hours.
  static var occupancy: Occupancy {
    var movements: [Occupancy.Movement] = []
    func note(_ minutes: Double, _ passage: Passage, _ change: (inout Occupancy.Movement) -> Void) {
      var movement = Occupancy.Movement(at: start + minutes * 60, passage: passage)
      change(&movement)
      movements.append(movement)
    }
    for number in 0..<30 { note(Double(number * 5), .counted) { $0.people = 31 } }
    note(151, .counter) { $0.people = 7 }
    note(152, .counter) { $0.gone = 3 }
    note(270, .left) { ($0.gone, $0.unseen) = (400, 12) }
    note(280, .counted) { $0.back = 200 }
    return Occupancy(movements)
  }

  private static func cases(
    rows: Int, name: String, kind kindOf: (Int) -> PassKind
  ) -> [ReportCase] {
    let troubles = SendingTrouble.allCases.map(\.rawValue) + ["status 404"]
    return (0..<rows * 3).map { number in
      let trouble = troubles[number % troubles.count]
      let kind: ReportCase.Kind =
        switch number % 6 {
        case 0: .waiting(trouble)
        case 1: .refused(trouble, mayBeCounted: true)
        case 2: .refused(trouble, mayBeCounted: false)
        case 3: .undoneAfterReport(isCertain: true)
        case 4: .undoneAfterReport(isCertain: false)
        default: .changedAfterReport(acknowledged: 3)
        }
      return ReportCase(
        kind: kind, admissionID: Int64(number), passKind: kindOf(number),
        passID: "P\(number)-\(name)",
        code: "CODE-\(number)", people: 1, at: start + Double(number * 60), door: name)
    }
  }
}
