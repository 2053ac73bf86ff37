import Admission
import Formatting
import Foundation
import NightStore

/// What a report says in words, the same on a terminal and on a page.
struct ReportWords {
  /// One figure of the night: `Let in`, `1234`, `people in 1020 entries`.
  struct Figure: Equatable {
    var label: String
    var number: String
    var words: String
    /// Is part of the figure above it.
    var isPart = false
  }

  var report: Report

  var texts: any ReportTexts { report.language.reportTexts }
  var clock: ReportClock { ReportClock(time: report.time, texts: texts) }
  private var figures: NightFigures { report.figures }

  /// The event's name; its id where it has none.
  var title: String {
    let name = DisplayText.cleaned(report.event.name ?? "")
    return name.isEmpty ? DisplayText.cleaned(report.event.id) : name
  }

  /// Hours, zone and id.
  var subtitle: String {
    let event = report.event
    let hours =
      event.startsAt == nil && event.endsAt == nil
      ? nil : clock.span(event.startsAt, event.endsAt)
    return [hours, report.time.timeZone.identifier, DisplayText.cleaned(event.id)]
      .compactMap(\.self).joined(separator: "  ")
  }

  /// The night in one sentence: who came, when most did, how long the service did not answer.
  var sentence: String {
    guard !report.isEmpty else { return texts.nothingRecorded }
    let came: String
    if let guests = report.guests {
      came = texts.came(
        guests.came, of: guests.expected, share: share(guests.came, of: guests.expected),
        soFar: report.goesOn)
    } else {
      came = texts.came(figures.admitted.people, soFar: report.goesOn)
    }
    let busiest = figures.peak.map {
      texts.busiest(at: clock.minutes($0.start), aMinute: roughly($0.rate))
    }
    return [came, busiest, offline].compactMap(\.self).joined(separator: "; ") + "."
  }

  private var offline: String {
    let minutes = report.minutesOffline
    return minutes == 0
      ? texts.neverOffline
      : texts.offline(minutes: roughly(minutes), isOne: roughly(minutes) == "1")
  }

  /// What is to be known before the figures are believed.
  var notes: [String] {
    var notes: [String] = []
    if let first = figures.firstAt {
      notes.append(texts.recorded(clock.span(first, figures.lastAt)))
    }
    if report.goesOn, !report.isEmpty {
      notes.append(texts.goesOn(asOf: clock.moment(report.madeAt)))
    }
    if figures.isOfSeveralBoxes { notes.append(texts.ofSeveralBoxes) }
    if report.waiting > 0 { notes.append(texts.waiting(report.waiting)) }
    if report.unreadable > 0 { notes.append(texts.unreadable(report.unreadable)) }
    return notes
  }

  /// What stands beneath the passes: who is meant by "expected", and who is not among them.
  var attendanceNotes: [String] {
    switch report.night.attendance {
    case .neverListed: return [texts.neverListed]
    case .forgotten: return [texts.forgotten]
    case .known(let guests):
      let at = briefly(guests.listedAt)
      var notes = [
        report.kinds.isEmpty ? texts.expectedByList(of: at) : texts.expectedByLists(of: at)
      ]
      if guests.unexpected > 0 { notes.append(texts.unexpected(guests.unexpected)) }
      if guests.elsewhere > 0 { notes.append(texts.elsewhere(guests.elsewhere)) }
      return notes
    }
  }

  /// People against the capacity, in sentences.
  var capacityNotes: [String] {
    guard let capacity = report.capacity else { return [texts.noCapacity] }
    let people = figures.admitted.people
    if report.leavers != nil { return notesOfInside(capacity) }
    var notes = [
      texts.places(capacity, people: people, share: share(people, of: capacity) ?? "?")
    ]
    if let fullAt = report.fullAt {
      notes.append(texts.full(capacity, since: clock.minutes(fullAt)))
      if people > capacity { notes.append(texts.over(people - capacity)) }
    }
    return notes + [texts.leaversNotCounted]
  }

  /// The same where people are counted out.
  private func notesOfInside(_ capacity: Int) -> [String] {
    let most = report.mostInside
    var notes = [
      texts.placesInside(capacity, most: most, share: share(most, of: capacity) ?? "?")
    ]
    if let fullAt = report.fullAt {
      notes.append(texts.full(capacity, since: clock.minutes(fullAt)))
      if most > capacity { notes.append(texts.overInside(most - capacity)) }
    }
    return notes
  }

  var summary: [Figure] {
    var lines = [
      figure(.admitted, figures.admitted),
      figure(.onStoredAnswers, figures.onStoredAnswers, isPart: true),
      figure(.byHand, figures.byHand, isPart: true),
    ]
    lines += occupancy
    lines.append(figure(.takenBack, figures.undone))
    // Where nothing is to be told (`check_in.report: false`), 0 would read as if all had been.
    if figures.unreported.admissions > 0 { lines.append(figure(.unreported, figures.unreported)) }
    if let peak = figures.peak {
      lines.append(
        Figure(
          label: texts.label(.peak), number: "\(peak.people)",
          words: texts.peak(from: clock.minutes(peak.start), aMinute: exactly(peak.rate))))
    }
    let minutes = report.minutesOffline
    lines += [
      Figure(
        label: texts.label(.offline), number: exactly(minutes),
        words: texts.minutes(isOne: minutes == 1)),
      Figure(label: texts.label(.scans), number: "\(figures.scans)", words: ""),
    ]
    if report.exitScans > 0 {
      lines.append(
        Figure(
          label: texts.label(.exitScans), number: "\(report.exitScans)", words: "", isPart: true))
    }
    lines += [
      Figure(
        label: texts.label(.repeats), number: "\(figures.repeats)", words: texts.countedOnce),
      Figure(
        label: texts.label(.looks), number: "\(figures.looks)", words: texts.withoutAdmitting),
    ]
    return lines
  }

  /// Who came back, who left, who was counted by hand, and who was inside; only what there is.
  private var occupancy: [Figure] {
    guard let occupancy = figures.occupancy else { return [] }
    func people(_ label: ReportLabel, _ number: Int, words: String = "", isPart: Bool = true)
      -> Figure?
    {
      number > 0
        ? Figure(label: texts.label(label), number: "\(number)", words: words, isPart: isPart)
        : nil
    }
    var lines = [
      people(.countedIn, occupancy.countedIn),
      occupancy.back.people > 0
        ? Figure(
          label: texts.label(.back), number: "\(occupancy.back.people)",
          words: texts.people(occupancy.back.people, inEntries: occupancy.back.admissions)) : nil,
      people(.left, occupancy.left.people, isPart: false),
      people(.countedOut, occupancy.countedOut),
      people(.leftUnseen, occupancy.unseen),
    ].compactMap(\.self)
    guard let leavers = report.leavers else { return lines }
    lines.append(
      Figure(
        label: texts.label(report.goesOn ? .insideNow : .inside), number: "\(leavers.inside)",
        words: ""))
    if let highest = leavers.highest {
      lines.append(
        Figure(
          label: texts.label(.mostInside), number: "\(highest.inside)",
          words: texts.sinceWhen(clock.minutes(highest.at))))
    }
    if let nearlyFull = report.nearlyFull {
      let minutes = report.minutes(nearlyFull)
      lines.append(
        Figure(
          label: texts.label(.nearlyFull), number: roughly(minutes),
          words: texts.nearlyFull(
            from: clock.minutes(nearlyFull.start), until: clock.minutes(nearlyFull.end),
            isOne: roughly(minutes) == "1")))
    }
    return lines
  }

  private func figure(
    _ label: ReportLabel, _ tally: NightFigures.Tally, isPart: Bool = false
  ) -> Figure {
    Figure(
      label: texts.label(label), number: "\(tally.people)",
      words: tally.admissions == 0
        ? "" : texts.people(tally.people, inEntries: tally.admissions),
      isPart: isPart)
  }

  // MARK: - Words of single things

  /// After its kind, where there are several: "Ticket · Early Ticket".
  func passType(_ name: String?, _ kind: PassKind?) -> String {
    let clean = DisplayText.cleaned(name ?? "")
    // A booking has none.
    if kind == .booking, !report.kinds.isEmpty, clean.allSatisfy({ $0 == " " }) {
      return texts.word(.booking)
    }
    return ofKind(kind, clean.allSatisfy { $0 == " " } ? texts.unknownType : clean)
  }

  func pass(_ id: String?, _ kind: PassKind?) -> String {
    id.map { ofKind(kind, DisplayText.cleaned($0)) } ?? "-"
  }

  private func ofKind(_ kind: PassKind?, _ name: String) -> String {
    guard let kind, !report.kinds.isEmpty else { return name }
    return "\(texts.word(kind)) · \(name)"
  }

  /// A code opens the door on other nights, too.
  func code(_ code: String?) -> String {
    code.map { DisplayText.cleaned(masked(code: $0)) } ?? "-"
  }

  /// By its name in the journal; one that nobody knows stays as it is.
  func reason(_ name: String?) -> String {
    guard let name else { return "-" }
    return Reason(rawValue: name).map { texts.word($0) } ?? DisplayText.cleaned(name)
  }

  /// Why an entry was not told; what the service said itself stays as it is.
  func trouble(_ words: String) -> String {
    SendingTrouble(rawValue: words).map { texts.word($0) } ?? DisplayText.cleaned(words)
  }

  /// `73 %`; nil where there is no whole.
  func share(_ part: Int, of whole: Int) -> String? {
    Share(part, of: whole).map { texts.percent("\($0.rounded)") }
  }

  /// Without its day where that is the night's own.
  private func briefly(_ date: Date) -> String {
    guard let last = figures.lastAt, abs(date.timeIntervalSince(last)) < 12 * 3600 else {
      return clock.moment(date)
    }
    return clock.minutes(date)
  }

  // MARK: - Numbers

  /// With its tenths, `13.6`.
  func exactly(_ number: Decimal) -> String {
    "\(number)".replacing(".", with: texts.decimalMark)
  }

  /// Without tenths from 10 on, `14`.
  private func roughly(_ number: Decimal) -> String {
    guard number >= 10 else { return exactly(number) }
    var exact = number
    var rounded = Decimal()
    NSDecimalRound(&rounded, &exact, 0, .plain)
    return "\(rounded)"
  }
}
