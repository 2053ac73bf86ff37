import Admission
import Formatting
import Foundation
import NightStore

/// What a report says in words, the same on a terminal and on a page.
struct ReportWords {
  /// One figure of the night: `Admitted`, `1234`, `people in 1020 admissions`.
  struct Figure: Equatable {
    var label: String
    var number: String
    var words: String
    /// Is part of the figure above it.
    var isPart = false
  }

  /// Something that staff may have to look at.
  struct Case: Equatable {
    var time: String
    /// Masked: a code opens the door on other nights, too.
    var code: String
    var people: String
    var passID: String
    var door: String
    var words: String
  }

  var report: Report

  private var figures: NightFigures { report.figures }
  private var clock: ReportClock { ReportClock(time: report.time) }

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

  var recorded: String? {
    figures.firstAt.map { "Recorded \(clock.span($0, figures.lastAt))" }
  }

  var summary: [Figure] {
    var lines = [
      figure("Admitted", figures.admitted),
      figure("on stored answers", figures.onStoredAnswers, isPart: true),
      figure("by hand", figures.byHand, isPart: true),
      figure("Undone", figures.undone),
      figure("Unreported", figures.unreported),
    ]
    if let peak = figures.peak {
      let minutes = Int(NightFigures.peakSpan / 60)
      lines.append(
        Figure(
          label: "Peak", number: "\(peak.people)",
          words: "\(people(peak.people)) in \(minutes) minutes from \(clock.minutes(peak.start)), "
            + "\(peak.rate) a minute"))
    }
    lines += [
      Figure(label: "Offline", number: "\(report.minutesOffline)", words: "minutes"),
      Figure(label: "Scans", number: "\(figures.scans)", words: ""),
      Figure(label: "Read again", number: "\(figures.repeats)", words: "counted once"),
      Figure(label: "Looked at", number: "\(figures.looks)", words: "without admitting"),
    ]
    return lines
  }

  static func passType(_ name: String?) -> String {
    let clean = DisplayText.cleaned(name ?? "")
    return clean.allSatisfy { $0 == " " } ? "(none known)" : clean
  }

  /// Reports of entries that the service did not take.
  var refused: [Case] {
    figures.reportCases.compactMap { entry in
      switch entry.kind {
      case .refused(let reason, mayBeCounted: false):
        shown(entry, "refused: \(DisplayText.cleaned(reason))")
      case .waiting, .refused, .undoneAfterReport, .changedAfterReport: nil
      }
    }
  }

  /// Entries that the service counts otherwise than the door, or may, for staff to put right there.
  var toCorrect: [Case] {
    figures.reportCases.compactMap { entry in
      switch entry.kind {
      case .undoneAfterReport(isCertain: true):
        shown(entry, "reported, then undone: nobody came in")
      case .undoneAfterReport(isCertain: false):
        shown(entry, "undone; the service may have counted it: look it up")
      case .changedAfterReport(let acknowledged):
        shown(entry, "\(acknowledged) reported, \(entry.people) came in")
      case .refused(let reason, mayBeCounted: true):
        shown(entry, "\(DisplayText.cleaned(reason)); look it up")
      case .waiting, .refused: nil
      }
    }
  }

  /// Entries that the service has still to be told of.
  var waiting: [Case] {
    figures.reportCases.compactMap { entry in
      switch entry.kind {
      case .waiting(let reason): shown(entry, DisplayText.cleaned(reason ?? "not sent yet"))
      case .refused, .undoneAfterReport, .changedAfterReport: nil
      }
    }
  }

  func people(_ count: Int) -> String { count == 1 ? "person" : "people" }

  private func figure(_ label: String, _ tally: NightFigures.Tally, isPart: Bool = false) -> Figure
  {
    let admissions = "\(tally.admissions) admission\(tally.admissions == 1 ? "" : "s")"
    return Figure(
      label: label, number: "\(tally.people)",
      words: tally.admissions == 0 ? "" : "\(people(tally.people)) in \(admissions)",
      isPart: isPart)
  }

  private func shown(_ entry: ReportCase, _ words: String) -> Case {
    Case(
      time: clock.minutes(entry.at),
      code: entry.code.map { DisplayText.cleaned(masked(code: $0)) } ?? "-",
      people: "\(entry.people) p.", passID: entry.passID.map(DisplayText.cleaned) ?? "-",
      door: DisplayText.cleaned(entry.door), words: words)
  }
}
