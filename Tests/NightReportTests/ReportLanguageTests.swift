import Admission
import Formatting
import Foundation
import Testing

@testable import NightReport
@testable import NightStore

/// A report in each of the five languages, kept as text and reviewed as diffs. `DOORCHECK_WRITE_GOLDEN=1`
/// writes them anew, and the tests then fail, so that nobody takes new texts for passed tests.
@Suite struct ReportLanguageTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Golden")

  @Test(arguments: Language.allCases)
  func `A night reads as its text`(language: Language) async throws {
    let lines = ReportText(report: try await HandmadeNight().report(language: language)).lines
    let text = lines.map { $0 + "\n" }.joined()
    let file = Self.folder.appending(path: "night-\(language.rawValue).txt")
    if ProcessInfo.processInfo.environment["DOORCHECK_WRITE_GOLDEN"] == "1" {
      try text.write(to: file, atomically: true, encoding: .utf8)
      Issue.record("written: \(file.lastPathComponent)")
      return
    }
    let expected = try String(contentsOf: file, encoding: .utf8)
    #expect(lines == expected.components(separatedBy: "\n").dropLast())
  }

  static let names = [
    "Noche", String(repeating: "Entrada general anticipada ", count: 8),
    String(repeating: "夜の部", count: 40), String(repeating: "e\u{301}🎉", count: 60),
  ]

  @Test(arguments: Language.allCases, names)
  func `No line is wider than 80 cells`(language: Language, name: String) {
    for (kinds, attendance) in [
      ([PassKind.pass], nil), (PassKind.allCases, nil), ([.pass], Attendance.neverListed),
      (PassKind.allCases, .neverListed), ([.pass], .forgotten),
    ] {
      let report = CrowdedReport.make(
        language, name: name, attendance: attendance, kinds: kinds)
      for line in ReportText(report: report).lines {
        #expect(DisplayText(line).width <= 80, "\(line)")
      }
    }
  }

  /// Names are cut where they are long; our own words never are.
  @Test(arguments: Language.allCases)
  func `Nothing is cut where names are short`(language: Language) {
    for (kinds, attendance) in [
      ([PassKind.pass], nil), (PassKind.allCases, nil), ([.pass], Attendance.neverListed),
      (PassKind.allCases, .neverListed), ([.pass], .forgotten),
    ] {
      let report = CrowdedReport.make(
        language, name: "Bar", rows: 18, capacity: attendance == nil ? 900 : nil,
        attendance: attendance, kinds: kinds)
      for line in ReportText(report: report).lines {
        // The ellipsis of a masked code has letters on both sides.
        #expect(line.replacing(/[A-Z]{2}…[0-9A-Z-]{3}/, with: "").contains("…") == false, "\(line)")
      }
    }
  }

  /// Words that are the same in two languages are the same word there.
  @Test(arguments: Language.allCases.filter { $0 != .english })
  func `Every language has words of its own`(language: Language) {
    let (english, other) = (Language.english.reportTexts, language.reportTexts)
    let shared: Set = ["code", "pass", "scans", "total"]
    for section in ReportSection.allCases {
      #expect(other.title(section) != english.title(section))
    }
    for head in ReportHead.allCases where !shared.contains(other.head(head).lowercased()) {
      #expect(other.head(head) != english.head(head), "\(head)")
    }
    for label in ReportLabel.allCases where !shared.contains(other.label(label).lowercased()) {
      #expect(other.label(label) != english.label(label), "\(label)")
    }
    for reason in Reason.allCases { #expect(other.word(reason) != english.word(reason)) }
    for kind in PassKind.allCases where kind != .pass {
      #expect(other.word(kind) != english.word(kind))
    }
    for verdict in Verdict.allCases { #expect(other.word(verdict) != english.word(verdict)) }
    for trouble in SendingTrouble.allCases {
      #expect(other.word(trouble) != english.word(trouble))
    }
    for words in [english, other] {
      #expect(Set(ReportSection.allCases.map(words.title)).count == ReportSection.allCases.count)
      #expect(Set(ReportHead.allCases.map(words.head)).count == ReportHead.allCases.count)
      #expect(Set(Reason.allCases.map { words.word($0) }).count == Reason.allCases.count)
      #expect(Set(words.weekdays).count == 7)
    }
  }

  @Test(
    arguments: [
      (Language.english, 1, "offline 1 minute."), (.english, 1.1, "offline 1.1 minutes."),
      (.english, 0.04, "offline 0.1 minutes."), (.english, 0, "never offline."),
      (.english, 12.4, "offline 12 minutes."), (.spanish, 1.5, "sin red 1,5 minutos."),
      (.spanish, 1, "sin red 1 minuto."), (.french, 1, "hors ligne 1 minute."),
      (.italian, 1, "senza rete 1 minuto."), (.portuguese, 1, "sem rede 1 minuto."),
      (.portuguese, 0, "sempre com rede."), (.italian, 0, "sempre in rete."),
    ] as [(Language, Double, String)])
  func `Minutes offline as they are said`(language: Language, minutes: Double, end: String) {
    var report = CrowdedReport.make(language, name: "Bar")
    report.night.figures.offline = .seconds(minutes * 60)
    #expect(ReportWords(report: report).sentence.hasSuffix(end))
  }

  @Test(arguments: [
    (Language.english, "1 of 2 came, 50 %;", "So far 1 of 2 came, 50 %;"),
    (.spanish, "Vino 1 de 2, 50 %;", "Ha venido 1 de 2, 50 %, hasta ahora;"),
    (.french, "1 venu sur 2, 50 %;", "Pour l'instant 1 venu sur 2, 50 %;"),
    (.italian, "1 venuto su 2, 50%;", "Finora 1 venuto su 2, 50%;"),
    (.portuguese, "Veio 1 de 2, 50%;", "Até agora veio 1 de 2, 50%;"),
  ])
  func `One guest is one, and a night that goes on is told so far`(
    language: Language, over: String, soFar: String
  ) {
    var report = CrowdedReport.make(
      language, name: "Bar",
      attendance: .known(
        ExpectedGuests(
          listedAt: CrowdedReport.start,
          passTypes: [.init(name: "A", expected: 2, came: 1)])))
    #expect(ReportWords(report: report).sentence.hasPrefix(over))
    report.madeAt = CrowdedReport.start + 3600
    #expect(ReportWords(report: report).sentence.hasPrefix(soFar))
    report.night.attendance = .neverListed
    #expect(ReportWords(report: report).sentence.contains("1234"))
    // Nobody was expected: there is no share.
    report.night.attendance = .known(
      ExpectedGuests(listedAt: CrowdedReport.start, passTypes: []))
    #expect(!ReportWords(report: report).sentence.contains("%"))
  }

  /// Spanish and Portuguese say one o'clock otherwise than all other hours.
  @Test(arguments: [
    (Language.spanish, 1, "a la 01:00,"), (.spanish, 2, "a las 03:00,"),
    (.portuguese, 1, "à 01:00,"), (.portuguese, 2, "às 03:00,"),
  ])
  func `The busiest hour as it is said`(language: Language, hour: Int, words: String) {
    var report = CrowdedReport.make(language, name: "Bar")
    // 2026-10-23 01:00 and 03:00.
    let at = Date(timeIntervalSince1970: 1_792_710_000 + (hour == 1 ? 0 : 7200))
    report.night.figures.peak = .init(start: at, people: 50)
    #expect(ReportWords(report: report).sentence.contains(words))
  }
}
