import Admission
import Foundation
import NightStore

extension Report {
  /// What JSON has beside the one list: who was expected, capacity, doors by hour, entries by hand and
  /// taken back, codes refused again and again, passes let in at several doors beyond what they allow, what
  /// waits to be recorded.
  var furtherLines: [ReportLine] {
    var lines = [attendanceLine]
    lines += (guests?.passTypes ?? []).map(line)
    lines.append(capacityLine)
    lines += doorHours.map {
      ReportLine(
        .doorHour,
        [
          .door: .text($0.door), .from: .time($0.start), .until: .time($0.end),
          .people: .number($0.people),
        ])
    }
    lines += byHand.map { line(.byHandEntry, $0) }
    lines += takenBack.map { line(.takenBackEntry, $0) }
    lines += night.retriedCodes.map(line)
    lines += night.doubleEntries.map(line)
    lines.append(
      ReportLine(.unsaved, [.waiting: .number(waiting), .unreadable: .number(unreadable)]))
    return lines
  }

  /// People at each door in each of its hours in which anybody came in, by time.
  var doorHours: [(door: String, start: Date, end: Date, people: Int)] {
    let hours = DoorHours(entries: night.entries, doors: figures.doors, time: time)
    return hours.runs.joined().flatMap { hour in
      hours.doors.compactMap { door in
        let people = hours.people(at: door, from: hour)
        return people > 0 ? (door, hour, hour.addingTimeInterval(3600), people) : nil
      }
    }
  }

  /// Nil while somebody may still come.
  func noShows(_ missing: Int) -> Int? { goesOn ? nil : missing }

  private var attendanceLine: ReportLine {
    let name =
      switch night.attendance {
      case .known: "known"
      case .neverListed: "never_listed"
      case .forgotten: "forgotten"
      }
    return ReportLine(
      .attendance,
      [
        .name: .text(name), .listedAt: moment(guests?.listedAt),
        .expected: number(guests?.expected), .came: number(guests?.came),
        .noShows: number(guests.flatMap { noShows($0.missing) }),
        .percent: percent(guests?.came, of: guests?.expected),
        .elsewhere: number(guests?.elsewhere), .unexpected: number(guests?.unexpected),
      ])
  }

  private func line(_ type: ExpectedGuests.PassType) -> ReportLine {
    line(
      ReportLine(
        .expectedType,
        [
          .name: text(type.name), .expected: .number(type.expected), .came: .number(type.came),
          .noShows: number(noShows(type.missing)), .percent: percent(type.came, of: type.expected),
        ]), of: type.kind)
  }

  private var capacityLine: ReportLine {
    ReportLine(
      .capacity,
      [
        .capacity: number(capacity), .people: .number(mostInside),
        .percent: percent(mostInside, of: capacity), .fullAt: moment(fullAt),
      ])
  }

  private func line(_ figure: ReportLine.Figure, _ entry: LedgerEntry) -> ReportLine {
    line(
      ReportLine(
        figure,
        [
          .from: .time(entry.at), .until: moment(entry.undoneAt), .people: .number(entry.cameIn),
          .door: .text(entry.door), .name: text(entry.passType), .passID: text(entry.passID),
          // A code opens the door on other nights, too.
          .code: text(entry.code.map(masked)), .detail: text(entry.reason),
        ]), of: entry.passKind)
  }

  private func line(_ code: RetriedCode) -> ReportLine {
    ReportLine(
      .refusedAgain,
      [
        .code: .text(masked(code: code.code)), .scans: .number(code.refusals),
        .from: .time(code.first), .until: .time(code.last),
        .door: .text(code.doors.joined(separator: ", ")), .detail: .text(code.reason),
        .people: .number(code.peopleIn),
      ])
  }

  private func line(_ entry: DoubleEntry) -> ReportLine {
    line(
      ReportLine(
        .doubleEntry,
        [
          .pass: .text(entry.passID), .type: text(entry.passType),
          .doors: .texts(entry.parts.map(\.door)), .times: .times(entry.parts.map(\.at)),
          .people: .number(entry.people), .allowed: .number(entry.allowed),
          .code: text(entry.code.map(masked)),
        ]), of: entry.kind)
  }

  private func number(_ number: Int?) -> ReportLine.Value? { number.map { .number($0) } }

  private func percent(_ part: Int?, of whole: Int?) -> ReportLine.Value? {
    guard let part, let whole else { return nil }
    return Share(part, of: whole).map { .decimal($0.tenths) }
  }
}
