import Admission
import Foundation
import NightStore

/// Who was inside, where anybody was counted out (Contract: Out and in again).
extension Report {
  /// From this part of the capacity on, in percent, a house is nearly full.
  static let nearlyFullPercent = 95

  /// Nil where nobody left by an exit: then who came is all that is known.
  var leavers: Occupancy? {
    figures.occupancy.flatMap { $0.hasLeavers ? $0 : nil }
  }

  /// Of all scans, those at an exit.
  var exitScans: Int { figures.scans(.out) }

  /// A door without an exit has no such verdict.
  var shownVerdicts: [Verdict] { Verdict.allCases.filter { $0 != .out || exitScans > 0 } }

  /// People who count against the capacity: the most who were inside at once, or, without an exit, all who
  /// came.
  var mostInside: Int {
    leavers.map { $0.highest?.inside ?? 0 } ?? figures.admitted.people
  }

  /// The longest time in which the house was nearly full; nil where it never was, or nobody knows.
  var nearlyFull: DateInterval? {
    guard let capacity, let leavers else { return nil }
    let least = max(1, (capacity * Self.nearlyFullPercent + 99) / 100)
    return leavers.longest(atLeast: least, until: lastMoment)
  }

  /// Until when those count who did not leave: the end of the event, or now.
  private var lastMoment: Date {
    if goesOn { return madeAt }
    return [event.endsAt, figures.lastAt].compactMap(\.self).max() ?? madeAt
  }

  /// Lines of the one list; none where nobody was counted out, back in, or without a code.
  var occupancyLines: [ReportLine] {
    guard let occupancy = figures.occupancy else { return [] }
    var lines = [
      ReportLine(
        .back,
        [
          .admissions: .number(occupancy.back.admissions),
          .people: .number(occupancy.back.people),
        ]),
      ReportLine(
        .left,
        [
          .admissions: .number(occupancy.left.admissions),
          .people: .number(occupancy.left.people),
        ]),
      ReportLine(.leftUnseen, [.people: .number(occupancy.unseen)]),
      ReportLine(.countedIn, [.people: .number(occupancy.countedIn)]),
      ReportLine(.countedOut, [.people: .number(occupancy.countedOut)]),
    ]
    guard let leavers else { return lines }
    lines += [
      ReportLine(
        .inside,
        [.from: moment(leavers.steps.last?.at), .people: .number(leavers.inside)]),
      ReportLine(
        .mostInside,
        [
          .from: moment(leavers.highest?.at), .people: .number(leavers.highest?.inside ?? 0),
        ]),
    ]
    if capacity != nil {
      let nearlyFull = nearlyFull
      lines.append(
        ReportLine(
          .nearlyFull,
          [
            .from: moment(nearlyFull?.start), .until: moment(nearlyFull?.end),
            .minutes: .decimal(nearlyFull.map(minutes) ?? 0),
          ]))
    }
    return lines
      + leavers.quarters.map {
        ReportLine(
          .insideQuarter,
          [.from: .time($0.start), .until: .time($0.end), .people: .number($0.most)])
      }
  }

  /// To a tenth.
  func minutes(_ interval: DateInterval) -> Decimal {
    Decimal((interval.duration / 6).rounded()) / 10
  }
}

extension Occupancy.Quarter {
  var end: Date { start.addingTimeInterval(NightFigures.QuarterHour.length) }
}
