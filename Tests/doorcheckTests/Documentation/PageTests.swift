import Admission
import Foundation
import Testing

/// The pages of the catalogue, and the comments that cite them: `(Page: Heading)`, or
/// `(Page: Heading, detail)`.
@Suite struct PageTests {
  @Test func `Every citation names a page and a heading that exist`() throws {
    let headings = try Self.headings()
    var found = 0
    for file in try Self.files(in: ["Sources", "Tests"], ofType: "swift") {
      for citation in Self.citations(in: try String(contentsOf: file, encoding: .utf8)) {
        found += 1
        #expect(
          Self.heading(citation.text, among: headings[citation.page] ?? []) != nil,
          "\(file.lastPathComponent): no heading \"\(citation.text)\" in \(citation.page).md")
      }
    }
    #expect(found > 50)
  }

  @Test func `No comment cites in another form`() throws {
    for file in try Self.files(in: ["Sources", "Tests"], ofType: "swift") {
      for comment in Self.comments(in: try String(contentsOf: file, encoding: .utf8)) {
        let other = comment.firstMatch(of: /(?i)\bcontract, |\bAPI page\b|\bissue (?:\u{22}|\d)/)
        #expect(
          other == nil,
          "\(file.lastPathComponent): cite as (Contract: Scans), (FourvenuesAPI: Pass): \(comment)")
      }
    }
  }

  @Test(arguments: [
    ("/// A code (Contract: Scans).", "Contract", "Scans"),
    ("/// A code (Contract: The\n  /// verdict), then more", "Contract", "The verdict"),
    ("// It is (FourvenuesAPI: Pass, inferred).", "FourvenuesAPI", "Pass"),
    (
      "// A (FourvenuesAPI: Passes, lists and rates, inferred)", "FourvenuesAPI",
      "Passes, lists and rates"
    ),
  ])
  func `A citation may go over lines and have a detail`(
    source: String, page: String, heading: String
  ) {
    let citations = Self.citations(in: source)
    #expect(citations.map(\.page) == [page])
    let headings: Set = ["Scans", "The verdict", "Pass", "Passes", "Passes, lists and rates"]
    #expect(citations.map { Self.heading($0.text, among: headings) } == [heading])
    #expect(citations.allSatisfy { Self.heading($0.text, among: ["Pas", "Other"]) == nil })
  }

  @Test func `The links of the pages and of the README lead to files`() throws {
    let readme = Self.root.appending(path: "README.md")
    let pages = try Self.pages()
    for page in pages + [readme] {
      let text = try String(contentsOf: page, encoding: .utf8)
      for link in text.matches(of: /<doc:(\w+)>/) {
        let names = pages.map { $0.deletingPathExtension().lastPathComponent }
        #expect(names.contains(String(link.1)), "\(page.lastPathComponent): \(link.1)")
      }
      for link in text.matches(of: /\]\(([^)#:]+)\)/) {
        let file = page.deletingLastPathComponent().appending(path: String(link.1))
        #expect(FileManager.default.fileExists(atPath: file.path), "\(link.1)")
      }
    }
    let lines = try String(contentsOf: readme, encoding: .utf8).split(
      separator: "\n", omittingEmptySubsequences: false)
    // The last line ends, so nothing is behind it.
    #expect(lines.count - 1 <= 150)
  }

  @Test func `The files and targets of the Architecture page exist`() throws {
    let text = try String(
      contentsOf: Self.catalogue.appending(path: "Architecture.md"), encoding: .utf8)
    let files = Set(
      try Self.files(in: ["Sources"], ofType: "swift").map(\.lastPathComponent))
    let named = text.matches(of: /`([\w+]+\.swift)`/).map { String($0.1) }
    #expect(!named.isEmpty)
    for name in named { #expect(files.contains(name), "\(name)") }
    let sources = Self.root.appending(path: "Sources")
    for target in try FileManager.default.contentsOfDirectory(atPath: sources.path) {
      #expect(text.contains("`\(target)`"), "\(target) has no row")
    }
  }

  @Test func `The types of the Architecture page exist`() throws {
    let text = try String(
      contentsOf: Self.catalogue.appending(path: "Architecture.md"), encoding: .utf8)
    var declared = try Self.files(in: ["Sources"], ofType: "swift").reduce(into: Set<String>()) {
      let source = try String(contentsOf: $1, encoding: .utf8)
      $0.formUnion(
        source.matches(of: /\b(?:class|struct|enum|actor|protocol) (\w+)/).map { String($0.1) })
    }
    for folder in ["Sources", "Tests"] {
      let targets = try FileManager.default.contentsOfDirectory(
        atPath: Self.root.appending(path: folder).path)
      declared.formUnion(targets)
    }
    // Words of SQL and the folders of targets stand in the same letters.
    declared.formUnion(["Sources", "Tests", "Commands"])
    let named = text.matches(of: /`([A-Z][a-z]\w+)`/).map { String($0.1) }
    try #require(named.count > 20)
    for name in named { #expect(declared.contains(name), "\(name)") }
  }

  @Test func `The reasons stand in the contract, in their order`() throws {
    let text = try String(
      contentsOf: Self.catalogue.appending(path: "Contract.md"), encoding: .utf8)
    let rows = text.split(separator: "\n").compactMap {
      $0.wholeMatch(of: /\| ((?:`[a-z_]+`(?:, )?)+) \| (admit|refuse|unverified|out) \|.*/)
    }
    let reasons = rows.flatMap { row in
      row.1.matches(of: /`([a-z_]+)`/).map { (String($0.1), String(row.2)) }
    }
    #expect(reasons.map(\.0) == Reason.allCases.map(\.rawValue))
    #expect(reasons.map(\.1) == Reason.allCases.map(\.verdict.rawValue))
  }

  // MARK: Reading

  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  private static let catalogue = root.appending(path: "Sources/doorcheck/doorcheck.docc")

  private static func pages() throws -> [URL] {
    try FileManager.default.contentsOfDirectory(at: catalogue, includingPropertiesForKeys: nil)
      .filter { $0.pathExtension == "md" }
  }

  /// The headings of each page, by its name.
  private static func headings() throws -> [String: Set<String>] {
    try pages().reduce(into: [:]) { headings, page in
      let text = try String(contentsOf: page, encoding: .utf8)
      headings[page.deletingPathExtension().lastPathComponent] = Set(
        text.matches(of: /(?m)^##+ (.+)$/).map { String($0.1) })
    }
  }

  private static func files(in folders: [String], ofType type: String) throws -> [URL] {
    try folders.flatMap { folder in
      let files = FileManager.default.enumerator(
        at: root.appending(path: folder), includingPropertiesForKeys: nil)
      let found = (files?.allObjects ?? []).compactMap { $0 as? URL }.filter {
        // This file shows the forms themselves.
        $0.pathExtension == type && $0.lastPathComponent != "PageTests.swift"
      }
      try #require(!found.isEmpty, "nothing to look through in \(folder)")
      return found
    }
  }

  /// The comments of a file, each with its lines joined.
  private static func comments(in source: String) -> [String] {
    var comments: [String] = []
    var isInside = false
    for line in source.split(separator: "\n", omittingEmptySubsequences: false) {
      guard let text = line.firstMatch(of: /^\s*\/\/\/? ?(.*)$/)?.1 else {
        isInside = false
        continue
      }
      if isInside {
        comments[comments.count - 1] += " " + text.trimmingCharacters(in: .whitespaces)
      } else {
        comments.append(String(text))
      }
      isInside = true
    }
    return comments
  }

  /// Each with all that stands behind the page's name.
  private static func citations(in source: String) -> [(page: String, text: String)] {
    comments(in: source).flatMap { comment in
      comment.matches(of: /\((Contract|FourvenuesAPI|Architecture|Operations): ([^()]+)/).map {
        (page: String($0.1), text: String($0.2))
      }
    }
  }

  /// The heading that a citation names, before a comma and a detail. A heading may have commas itself.
  private static func heading(_ text: String, among headings: Set<String>) -> String? {
    headings.filter { text == $0 || text.hasPrefix($0 + ",") }.max { $0.count < $1.count }
  }
}
