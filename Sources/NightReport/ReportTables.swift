import Admission
import Formatting
import Foundation
import NightStore

/// The rows of a report's parts, in the words of its language.
struct ReportTables {
  var words: ReportWords

  private var report: Report { words.report }
  private var figures: NightFigures { report.figures }
  private var texts: any ReportTexts { words.texts }
  private var clock: ReportClock { words.clock }

  private func column(_ head: ReportHead) -> ReportTable.Column {
    .init(head: texts.head(head), kind: .words)
  }
  private func brief(_ head: ReportHead) -> ReportTable.Column {
    .init(head: texts.head(head), kind: .brief)
  }
  private func number(_ head: ReportHead) -> ReportTable.Column {
    .init(head: texts.head(head), kind: .number)
  }

  /// Expected and came by pass type; where nobody knows how many were expected, who was let in.
  var attendance: ReportTable {
    let isByKind = !report.kinds.isEmpty
    let name = column(isByKind ? .kindAndType : .passType)
    guard let guests = report.guests else {
      return ReportTable(
        [name, number(.people), number(.scans)],
        figures.passTypes.map {
          .init([words.passType($0.passType, $0.kind), "\($0.people)", "\($0.scans)"])
        })
    }
    return ReportTable(
      [name] + attendanceColumns,
      guests.passTypes.map { row(words.passType($0.name, $0.kind), $0.came, of: $0.expected) },
      total: row(texts.total, guests.came, of: guests.expected))
  }

  private var attendanceColumns: [ReportTable.Column] {
    [
      number(.expected), number(.came), number(report.goesOn ? .notYet : .missing),
      number(.share),
    ]
  }

  private func row(_ name: String, _ came: Int, of expected: Int) -> ReportTable.Row {
    .init([
      name, "\(expected)", "\(came)", "\(expected - came)",
      words.share(came, of: expected) ?? "-",
    ])
  }

  var attendanceTitle: String {
    switch (report.guests == nil, report.kinds.isEmpty) {
    case (true, true): texts.title(.passTypes)
    case (true, false): texts.title(.kindsAndTypes)
    case (false, true): texts.title(.attendance)
    case (false, false): texts.title(.attendanceByKind)
    }
  }

  /// The same by kind, and who was let in on each; empty where all were passes.
  var kinds: ReportTable {
    let isExpected = report.guests != nil
    let rows = report.kinds.isEmpty ? [] : report.kindCounts
    return ReportTable(
      [column(.kind)] + (isExpected ? attendanceColumns : []) + [
        number(.peopleIn), number(.scans),
      ],
      rows.map { count in
        let expected = count.kind.flatMap(report.expected)
        let attendance =
          expected.map { row("", $0.came, of: $0.expected).cells.dropFirst() }
          ?? ["-", "-", "-", "-"]
        return .init(
          [count.kind.map { texts.word($0) } ?? texts.unknownKind]
            + (isExpected ? attendance : []) + ["\(count.people)", "\(count.scans)"])
      })
  }

  /// People by quarter of an hour, those since the beginning, those inside where there is an exit, and
  /// either against the capacity.
  func quarters(of stretch: ArrivalStretch, before: Int, withDay: Bool) -> ReportTable {
    var people = before
    let rows = stretch.quarters.map { quarter in
      people = people.addingClamped(quarter.people)
      var cells = withDay ? [clock.day(quarter.start)] : []
      cells += [
        withDay ? clock.minutes(quarter.start) : report.time.minutes(quarter.start),
        "\(quarter.people)", "\(people)",
      ]
      if let inside = quarter.inside { cells.append("\(inside)") }
      if let capacity = report.capacity {
        cells.append(words.share(quarter.inside ?? people, of: capacity) ?? "-")
      }
      return ReportTable.Row(cells)
    }
    var columns = withDay ? [brief(.day)] : []
    columns += [brief(.from), number(.people), number(.inAll)]
    if report.leavers != nil { columns.append(number(.inside)) }
    if report.capacity != nil { columns.append(number(.ofPlaces)) }
    return ReportTable(columns, rows)
  }

  /// People by door and hour of the local clock.
  /// - Parameter most: so many hours stand side by side; the others follow in further tables.
  func doorHours(most: Int) -> [(title: String, table: ReportTable)] {
    let hours = DoorHours(
      entries: report.night.entries, doors: figures.doors, time: report.time)
    let blocks = hours.runs.flatMap { run in
      stride(from: 0, to: run.count, by: most).map { run[$0..<min($0 + most, run.count)] }
    }
    return blocks.enumerated().map { number, shown in
      let isLast = number == blocks.count - 1
      var columns = [column(.door)]
      columns += shown.map {
        .init(head: String(report.time.minutes($0).prefix(2)), kind: .number)
      }
      if isLast { columns.append(.init(head: texts.total, kind: .number)) }
      func row(_ name: String, _ people: (Date) -> Int, _ all: Int) -> ReportTable.Row {
        .init([name] + shown.map { "\(people($0))" } + (isLast ? ["\(all)"] : []))
      }
      let rows = hours.doors.map { door in
        row(DisplayText.cleaned(door), { hours.people(at: door, from: $0) }, hours.people(at: door))
      }
      let all = row(
        texts.total,
        { hour in hours.doors.reduce(0) { $0 + hours.people(at: $1, from: hour) } },
        hours.doors.reduce(0) { $0 + hours.people(at: $1) })
      return (
        clock.day(shown[shown.startIndex]),
        ReportTable(columns, rows, total: hours.doors.count > 1 ? all : nil)
      )
    }
  }

  var byHand: ReportTable {
    ReportTable(
      [
        brief(.time), number(.people), column(.passType), brief(.code), column(.door),
        column(.reason),
      ],
      report.byHand.map {
        .init([
          clock.minutes($0.at), "\($0.cameIn)", words.passType($0.passType, $0.passKind),
          words.code($0.code),
          DisplayText.cleaned($0.door), words.reason($0.reason),
        ])
      })
  }

  var takenBack: ReportTable {
    ReportTable(
      [
        brief(.time), brief(.backAt), number(.people), column(.passType), brief(.code),
        column(.door),
      ],
      report.takenBack.map {
        .init([
          clock.minutes($0.at), $0.undoneAt.map(clock.minutes) ?? "-", "\($0.cameIn)",
          words.passType($0.passType, $0.passKind), words.code($0.code),
          DisplayText.cleaned($0.door),
        ])
      })
  }

  var retriedCodes: ReportTable {
    ReportTable(
      [
        brief(.code), number(.refusals), brief(.span), column(.doors), column(.lastReason),
        number(.peopleIn),
      ],
      report.night.retriedCodes.map {
        .init([
          words.code($0.code), "\($0.refusals)",
          "\(clock.minutes($0.first)) – \(clock.minutes($0.last))",
          $0.doors.map(DisplayText.cleaned).joined(separator: ", "), words.reason($0.reason),
          "\($0.peopleIn)",
        ])
      })
  }

  /// Passes let in at several doors beyond what they allow; beneath each, where and when.
  var doubleEntries: ReportTable {
    ReportTable(
      [
        brief(.time), brief(.code), number(.peopleIn), number(.allowed), column(.passType),
        column(.pass),
      ],
      report.night.doubleEntries.map { entry in
        .init(
          [
            clock.minutes(entry.parts[0].at), words.code(entry.code), "\(entry.people)",
            "\(entry.allowed)", words.passType(entry.passType, entry.kind),
            words.pass(entry.passID, entry.kind),
          ],
          remark: entry.parts.map {
            "\(DisplayText.cleaned($0.door)) \(clock.minutes($0.at)) (\($0.people))"
          }.joined(separator: ", "))
      },
      remarkHead: texts.head(.doors))
  }

  /// Each verdict's scans, and beneath it its reasons.
  var verdicts: [(verdict: Verdict, isReason: Bool, name: String, scans: Int)] {
    report.shownVerdicts.flatMap { verdict in
      [(verdict, false, texts.word(verdict), figures.scans(verdict))]
        + figures.reasons.filter { $0.verdict == verdict && $0.reason != .valid }.map {
          (verdict, true, texts.word($0.reason), $0.scans)
        }
    }
  }

  // MARK: - Entries and the service

  /// Entries that the service counts otherwise than the door, or may, for staff to put right there.
  var toCorrect: ReportTable {
    cases { entry in
      switch entry.kind {
      case .undoneAfterReport(isCertain: true): texts.undoneAfterReport
      case .undoneAfterReport(isCertain: false): texts.undonePerhapsReported
      case .changedAfterReport(let acknowledged):
        texts.changed(reported: acknowledged, people: entry.people)
      case .refused(let reason, mayBeCounted: true): texts.lookUp(words.trouble(reason))
      case .waiting, .refused: nil
      }
    }
  }

  /// Reports of entries that the service did not take.
  var refused: ReportTable {
    cases { entry in
      switch entry.kind {
      case .refused(let reason, mayBeCounted: false):
        texts.refused(because: words.trouble(reason))
      case .waiting, .refused, .undoneAfterReport, .changedAfterReport: nil
      }
    }
  }

  /// Entries that the service has still to be told of.
  var waiting: ReportTable {
    cases { entry in
      switch entry.kind {
      case .waiting(let reason): reason.map(words.trouble) ?? texts.word(.notSentYet)
      case .refused, .undoneAfterReport, .changedAfterReport: nil
      }
    }
  }

  /// - Parameter remark: what happened; nil where the entry is no such case.
  private func cases(_ remark: (ReportCase) -> String?) -> ReportTable {
    ReportTable(
      [brief(.time), brief(.code), number(.people), column(.pass), column(.door)],
      figures.reportCases.compactMap { entry in
        remark(entry).map {
          .init(
            [
              clock.minutes(entry.at), words.code(entry.code), "\(entry.people)",
              words.pass(entry.passID, entry.passKind), DisplayText.cleaned(entry.door),
            ], remark: $0)
        }
      },
      remarkHead: texts.head(.whatHappened))
  }
}
