import Formatting

/// A name in a file that is no key, and what was probably meant.
struct UnknownName {
  /// For the line of the problem, without the place.
  let complaint: String
  /// The section that was meant, if it was one.
  let section: String?

  /// - Parameters:
  ///   - section: where it stands; nil at the top.
  ///   - isAlone: no value follows. Then it may itself be the value, and that of a secret key.
  init(_ name: String, section: String?, isAlone: Bool) {
    let dotted = section.map { "\($0).\(name)" } ?? name
    if let colon = name.firstIndex(of: ":") {
      // In braces, `api_key:abc` is one word, the secret included.
      self.section = nil
      complaint = "a blank is missing after the colon of \(Self.shown(String(name[..<colon])))"
      return
    }
    let nearestSection =
      section == nil ? NearestName.find(name, among: ConfigurationKey.sections) : nil
    self.section = nearestSection
    let meant = nearestSection.map { [$0] } ?? Self.keys(near: name, section: section)
    if section == nil, let key = ConfigurationKey.named(name) {
      complaint =
        "unknown key \(Self.shown(name)) at the top: write \"\(key.leaf):\" indented beneath "
        + "\"\(key.section):\""
    } else if meant.isEmpty {
      let isHarmless = !isAlone || name.utf8.allSatisfy { (0x61...0x7A).contains($0) || $0 == 0x5F }
      let what = section == nil ? "section" : "key"
      complaint = isHarmless ? "unknown \(what) \(Self.shown(dotted))" : "unknown \(what)"
    } else {
      let what = nearestSection == nil ? "key" : "section"
      complaint = "unknown \(what) \(Self.shown(dotted)); \(Self.question(meant))"
    }
  }

  static func shown(_ name: String) -> String { ShownText.quoted(name, limit: 80) }

  static func question(_ names: [String]) -> String {
    "did you mean " + names.map { "\"\($0)\"" }.joined(separator: " or ") + "?"
  }

  /// Keys that may be meant: the fewest slips away, those of the same section first.
  static func keys(near name: String, section: String?) -> [String] {
    let keys = ConfigurationKey.all
    let ranked = keys.compactMap { key -> (name: String, rank: Int)? in
      guard let distance = NearestName.distance(from: name, to: key.leaf) else { return nil }
      let isElsewhere = section != nil && key.section != section
      return (key.name, 2 * distance + (isElsewhere ? 1 : 0))
    }
    if let best = ranked.map(\.rank).min() {
      return ranked.filter { $0.rank == best }.map(\.name)
    }
    return NearestName.find(section.map { "\($0).\(name)" } ?? name, among: keys.map(\.name))
      .map { [$0] } ?? []
  }
}
