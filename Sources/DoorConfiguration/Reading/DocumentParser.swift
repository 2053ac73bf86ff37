import Yams

/// Turns the text of a file into nodes, whatever the text is. Yams' own errors carry the whole
/// file, API key included, so only their place and their fixed words are passed on.
enum DocumentParser {
  /// Why a text is no document.
  struct Fault: Error, Sendable, Equatable {
    var line: Int
    var column: Int
    var text: String
  }

  /// - Returns: nil for a document with nothing in it.
  static func parse(_ text: String) throws(Fault) -> DocumentNode? {
    let parsed = WatchedWork.run(limit: 2000) { clock in
      var result: Result<DocumentNode?, Fault>?
      clock.time { result = Result { () throws(Fault) in try parseHere(text) } }
      return result
    }
    guard let result = parsed ?? nil else {
      throw Fault(line: 1, column: 1, text: "too complicated to be read")
    }
    return try result.get()
  }

  /// Yams stops at a key that is given twice, without its second place. So the first of the two is
  /// renamed, and both are found where the nodes are read.
  private static let mostRenamings = 16

  private static func parseHere(_ text: String) throws(Fault) -> DocumentNode? {
    var text = text
    var renamings = DocumentRenamings()
    while true {
      do {
        let parser = try Parser(yaml: text, resolver: .basic, encoding: .utf8)
        let root = try parser.singleRoot()
        // Nodes hold their anchors weakly, the parser strongly.
        return withExtendedLifetime(parser) { root.map { convert($0, depth: 0, renamings) } }
      } catch let YamlError.duplicatedKeysInMapping(names, context) {
        let mark = context.mark
        let name = names.first ?? ""
        guard renamings.count < mostRenamings,
          let renamed = renamings.rename(name, line: mark.line, column: mark.column, in: text)
        else {
          throw Fault(line: mark.line, column: mark.column, text: "a key is given twice")
        }
        text = renamed
      } catch {
        throw fault(error, in: text)
      }
    }
  }

  private static func fault(_ error: any Error, in text: String) -> Fault {
    switch error as? YamlError {
    case .scanner(let context, let problem, let mark, _),
      .parser(let context, let problem, let mark, _),
      .composer(let context, let problem, let mark, _):
      var message = "not valid YAML: \(problem)"
      if let context, context.mark.line < mark.line {
        message += ", \(context.text) from line \(context.mark.line)"
      }
      if isIndentedByTab(mark.line, in: text) { message += "; indent with blanks, not with tabs" }
      return Fault(line: mark.line, column: mark.column, text: message)
    case .reader(let problem, let offset, _, _):
      let place = place(ofCharacter: offset ?? 0, in: text)
      return Fault(line: place.line, column: place.column, text: "not valid YAML: \(problem)")
    default:
      return Fault(line: 1, column: 1, text: "not valid YAML")
    }
  }

  private static func place(ofCharacter offset: Int, in text: String) -> (line: Int, column: Int) {
    var line = 1
    var column = 1
    for character in text.prefix(offset) {
      if character.isNewline {
        line += 1
        column = 1
      } else {
        column += character.unicodeScalars.count
      }
    }
    return (line, column)
  }

  private static func isIndentedByTab(_ line: Int, in text: String) -> Bool {
    let lines = text.split(separator: "\n", maxSplits: line, omittingEmptySubsequences: false)
    guard lines.indices.contains(line - 1) else { return false }
    return lines[line - 1].prefix { $0 == " " || $0 == "\t" }.contains("\t")
  }

  /// Keys, sections, values and a list's elements: what lies deeper has no meaning here.
  private static let deepest = 3

  private static func convert(
    _ node: Node, depth: Int, _ renamings: DocumentRenamings
  ) -> DocumentNode {
    let mark = node.mark
    let content: DocumentNode.Content
    if node.anchor != nil {
      content = .unusable("a YAML anchor or alias")
    } else if !usual.contains(node.tag.rawValue) {
      content = .unusable("a YAML tag")
    } else {
      switch node {
      case .scalar(let scalar): content = text(of: scalar, renamings)
      case .sequence(let sequence):
        content = .list(
          depth < deepest ? sequence.map { convert($0, depth: depth + 1, renamings) } : [])
      case .mapping(let mapping):
        let entries = mapping.map { key, value in
          DocumentNode.Entry(
            key: convert(key, depth: deepest, renamings),
            value: convert(value, depth: depth + 1, renamings))
        }
        content = .mapping(entries)
      case .alias: content = .unusable("a YAML anchor or alias")
      }
    }
    return DocumentNode(line: mark?.line ?? 1, column: mark?.column ?? 1, content: content)
  }

  /// The tags that nodes have when nobody writes any.
  private static let usual = Set([Tag.Name.str, .seq, .map].map(\.rawValue))

  private static func text(
    of scalar: Node.Scalar, _ renamings: DocumentRenamings
  ) -> DocumentNode.Content {
    let isPlain = scalar.style == .plain || scalar.style == .any
    let string = renamings.original(of: scalar.string)
    let isNull = isPlain && ["~", "null", "Null", "NULL"].contains(string)
    return string.isEmpty || isNull ? .empty : .text(string)
  }
}

/// A part of a YAML document, with its place, and without YAML's own idea of types: `0123` and `no`
/// are what is written.
struct DocumentNode: Sendable, Equatable {
  enum Content: Sendable, Equatable {
    /// Nothing, `~`, `null` or an empty text: not given.
    case empty
    case text(String)
    case list([DocumentNode])
    case mapping([Entry])
    /// A part of YAML that has no business here: "an alias".
    case unusable(String)
  }

  struct Entry: Sendable, Equatable {
    var key: DocumentNode
    var value: DocumentNode
  }

  /// From 1.
  var line: Int
  /// From 1, in Unicode scalars.
  var column: Int
  var content: Content
}

/// What can be read of a file that is no YAML as a whole: each section by itself. It is for the screen
/// that says so, in the venue's language and guarded by its PIN, and for nothing else.
enum DocumentRescue {
  /// The whole sections of the text, in their order.
  static func sections(of text: String) -> [DocumentNode] {
    var sections: [String] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if ConfigurationKey.sections.contains(where: { line.hasPrefix("\($0):") }) {
        sections.append("")
      }
      guard !sections.isEmpty else { continue }
      sections[sections.count - 1] += line + "\n"
    }
    // One that is there twice is a fault of its own.
    return sections.prefix(ConfigurationKey.sections.count).compactMap {
      (try? DocumentParser.parse($0)) ?? nil
    }
  }
}
