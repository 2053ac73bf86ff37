import Formatting

/// Finds the keys of the table in a document, and everything in it that is none.
struct FileReader {
  private let path: String
  private(set) var given: [GivenValue] = []
  private(set) var problems: [ConfigurationProblem] = []

  init(path: String, root: DocumentNode) {
    self.path = path
    readRoot(root)
  }

  private mutating func readRoot(_ root: DocumentNode) {
    let expected = "the file must be sections such as \"door:\" with their keys indented beneath"
    switch root.content {
    case .empty: break
    case .mapping(let entries):
      for (name, entry) in named(entries, section: nil) { readTopLevel(name, entry) }
    case .text: complain(root, "\(expected), not a text")
    case .list: complain(root, "\(expected), not a list")
    case .unusable(let what): complain(root, "\(expected), not \(what)")
    }
  }

  /// A mapping's entries with their names; what has none, or one that was there before, is a
  /// problem.
  private mutating func named(
    _ entries: [DocumentNode.Entry], section: String?
  ) -> [(String, DocumentNode.Entry)] {
    var lines: [String: Int] = [:]
    var result: [(String, DocumentNode.Entry)] = []
    for entry in entries {
      guard case .text(let name) = entry.key.content else {
        complain(entry.key, "a key must be a word")
        continue
      }
      if let line = lines[name] {
        let shown = UnknownName.shown(section.map { "\($0).\(name)" } ?? name)
        complain(entry.key, "\(shown) is given twice; the first is in line \(line)")
      } else {
        lines[name] = entry.key.line
      }
      result.append((name, entry))
    }
    return result
  }

  private mutating func readTopLevel(_ name: String, _ entry: DocumentNode.Entry) {
    if ConfigurationKey.sections.contains(name) { return readSection(name, entry.value) }
    let unknown = UnknownName(name, section: nil, isAlone: entry.value.content == .empty)
    complain(entry.key, unknown.complaint)
    // What is meant is plain: its keys may have faults of their own.
    if let section = unknown.section, case .mapping = entry.value.content {
      readSection(section, entry.value)
    }
  }

  private mutating func readSection(_ section: String, _ node: DocumentNode) {
    let expected = "\"\(section)\" is a section: lines such as \"key: value\" belong beneath it"
    switch node.content {
    case .empty: break
    case .mapping(let entries):
      for (name, entry) in named(entries, section: section) {
        if let key = ConfigurationKey.named("\(section).\(name)") {
          readValue(key, entry.value)
        } else {
          let isAlone = entry.value.content == .empty
          complain(
            entry.key, UnknownName(name, section: section, isAlone: isAlone).complaint)
        }
      }
    case .text: complain(node, "\(expected), not a text (a blank must follow each colon)")
    case .list: complain(node, "\(expected), not a list")
    case .unusable(let what): complain(node, "\(expected), not \(what)")
    }
  }

  private mutating func readValue(_ key: ConfigurationKey, _ node: DocumentNode) {
    switch node.content {
    case .empty: break
    case .text(let text):
      if key.takesList, !key.takesWord {
        complain(node, "\"\(key.name)\" must be \(key.expectation), not \(ShownText.quoted(text))")
      } else {
        given.append(GivenValue(key: key, value: .text(text), place: place(node)))
      }
    case .list(let elements):
      if key.takesList { readList(key, node, elements) } else { refuse(key, node, "a list") }
    case .mapping: refuse(key, node, "keys of its own")
    case .unusable(let what): refuse(key, node, what)
    }
  }

  private mutating func readList(
    _ key: ConfigurationKey, _ node: DocumentNode, _ elements: [DocumentNode]
  ) {
    var texts: [String] = []
    for element in elements {
      switch element.content {
      case .text(let text): texts.append(text)
      case .empty: return refuse(key, element, "nothing")
      case .list: return refuse(key, element, "a list within it")
      case .mapping: return refuse(key, element, "keys of its own")
      case .unusable(let what): return refuse(key, element, what)
      }
    }
    given.append(
      GivenValue(
        key: key, value: .list(texts), place: place(node), elementPlaces: elements.map(place)))
  }

  private mutating func refuse(_ key: ConfigurationKey, _ node: DocumentNode, _ what: String) {
    complain(node, "\"\(key.name)\" must be \(key.expectation), not \(what)")
  }

  private mutating func complain(_ node: DocumentNode, _ text: String) {
    problems.append(ConfigurationProblem(place: place(node), text: text))
  }

  private func place(_ node: DocumentNode) -> ConfigurationPlace {
    .file(path, line: node.line, column: node.column)
  }
}
