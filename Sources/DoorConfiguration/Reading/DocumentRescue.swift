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
