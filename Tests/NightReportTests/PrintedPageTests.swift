import Admission
import Formatting
import Foundation
import NightStore
import Testing

@testable import NightReport

/// Two pages on paper. No renderer is asked here: on paper each row is one line (`ReportStyle`), so that
/// rows are counted.
@Suite struct PrintedPageTests {
  /// Rows of a table that stand on paper, its head not among them.
  private func printedRows(_ page: String) -> Int {
    page.matches(of: /<tr(?: class="([^"]*)")?>/).count { $0.1 != "screen" }
  }

  private func second(_ page: String) throws -> String {
    let begin = try #require(page.range(of: "<div class=\"second\">"))
    return String(page[begin.upperBound...])
  }

  @Test(arguments: Language.allCases, [1, 7, 60, 400])
  func `However long the lists are, the second page holds them`(
    language: Language, rows: Int
  ) throws {
    for kinds in [[PassKind.pass], PassKind.allCases] {
      var report = CrowdedReport.make(
        language, name: ReportLanguageTests.names[1], rows: rows, kinds: kinds)
      try expectTwoPages(report, rows: rows)
      // Whoever left adds figures, and an exit's verdicts.
      report.night.figures.occupancy = CrowdedReport.occupancy
      #expect(report.nearlyFull != nil && report.exitScans > 0)
      try expectTwoPages(report, rows: rows)
    }
  }

  private func expectTwoPages(_ report: Report, rows: Int) throws {
    let html = ReportHTML(report: report).page
    let page = ReportForms.Page(html)
    #expect(page.isWellFormed)
    let lists = try second(html)
    // Titles take a row and a half.
    let titles = lists.matches(of: /<h[23]>/).count
    #expect(printedRows(lists) + titles * 2 <= 88)
    // On the screen is all of it.
    #expect(page.rows.count { $0.first?.hasSuffix("SHARED") != true && $0.contains("99") } >= rows)
    if rows != 7 { #expect(html.contains("<tr class=\"paper\">") == (rows > 7)) }
    let first = html.replacing(lists, with: "")
    #expect(printedRows(first) <= 45)
  }

  @Test func `Rows that one list leaves go to the others`() {
    #expect(PrintPlan.shares(of: [1, 100, 2], rows: 30) == [1, 27, 2])
    #expect(PrintPlan.shares(of: [10, 10], rows: 4) == [2, 2])
    #expect(PrintPlan.shares(of: [3, 3], rows: 100) == [3, 3])
    #expect(PrintPlan.shares(of: [3], rows: -5) == [0])
    #expect(PrintPlan.shares(of: [], rows: 5) == [])
  }

  @Test(arguments: Language.allCases)
  func `The page stands alone in its language`(language: Language) async throws {
    let html = ReportHTML(report: try await HandmadeNight().report(language: language)).page
    let page = ReportForms.Page(html)
    #expect(page.isWellFormed)
    #expect(html.hasPrefix("<!DOCTYPE html>\n<html lang=\"\(language.rawValue)\">"))
    #expect(!page.elements.contains { ["script", "img", "link", "iframe", "a"].contains($0) })
    #expect(!page.attributes.contains { ["src", "href", "xlink:href", "style"].contains($0.name) })
    let texts = language.reportTexts
    for section in [ReportSection.attendance, .night, .quarters, .doorHours, .byHand, .takenBack] {
      #expect(html.contains("<h2>\(texts.title(section).replacing("'", with: "&#39;"))</h2>"))
    }
  }
}
