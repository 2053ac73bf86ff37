import Foundation
import FoundationXML

/// Reads a report's forms back, by the rules of the form and not by those of the report.
enum ReportForms {
  static func objects(_ lines: [String]) throws -> [[String: Any]] {
    try lines.map {
      try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any] ?? [:]
    }
  }

  /// The cells of RFC 4180; nil where a quote stands where none may.
  static func cells(_ row: String) -> [String]? {
    var cells = [""]
    var isQuoted = false
    var rest = Array(row)[...]
    while let character = rest.popFirst() {
      switch (character, isQuoted) {
      case ("\"", true) where rest.first == "\"":
        cells[cells.count - 1].append("\"")
        rest.removeFirst()
      case ("\"", true):
        isQuoted = false
        if let next = rest.first, next != "," { return nil }
      case ("\"", false):
        guard cells[cells.count - 1].isEmpty else { return nil }
        isQuoted = true
      case (",", false): cells.append("")
      default: cells[cells.count - 1].append(character)
      }
    }
    return isQuoted ? nil : cells
  }

  /// What a parser finds on a page.
  final class Page: NSObject, XMLParserDelegate {
    private(set) var elements: [String] = []
    private(set) var attributes: [(name: String, value: String)] = []
    private(set) var text = ""
    /// The texts of the cells of each row of a table.
    private(set) var rows: [[String]] = []
    private var cell: String?
    private(set) var isWellFormed = false

    init(_ page: String) {
      super.init()
      let parser = XMLParser(data: Data(page.utf8))
      parser.delegate = self
      isWellFormed = parser.parse()
    }

    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
      qualifiedName: String?, attributes found: [String: String]
    ) {
      elements.append(name)
      attributes += found.map { ($0.key, $0.value) }
      if name == "tr" { rows.append([]) }
      if name == "td" || name == "th" { cell = "" }
    }

    func parser(
      _ parser: XMLParser, didEndElement name: String, namespaceURI: String?,
      qualifiedName: String?
    ) {
      if name == "td" || name == "th", let cell {
        rows[rows.count - 1].append(cell)
        self.cell = nil
      }
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) {
      text += string
      cell? += string
    }
  }
}
