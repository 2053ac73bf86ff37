import Foundation

/// Finds the keys of the table among environment variables. An empty one is not given.
struct EnvironmentReader {
  private(set) var given: [GivenValue] = []
  private(set) var problems: [ConfigurationProblem] = []

  /// Variables of our prefix that are no keys: for the tests.
  static let reserved: Set<String> = ["DOORCHECK_WRITE_GOLDEN"]

  init(_ environment: [String: String]) {
    let prefix = ConfigurationKey.variablePrefix
    let keys = ConfigurationKey.all
    for (variable, value) in environment.sorted(by: { $0.key < $1.key })
    where variable.hasPrefix(prefix) && !Self.reserved.contains(variable) {
      let place = ConfigurationPlace.variable(variable)
      if let key = keys.first(where: { $0.variable == variable }) {
        if let raw = Self.raw(value, for: key) {
          given.append(GivenValue(key: key, value: raw, place: place))
        }
      } else {
        var text = "unknown variable: there is no such key"
        let meant = Self.meant(by: variable)
        if !meant.isEmpty { text += "; \(UnknownName.question(meant))" }
        problems.append(ConfigurationProblem(place: place, text: text))
      }
    }
  }

  /// The nearest variables, also where the section was left out.
  private static func meant(by variable: String) -> [String] {
    let variables = ConfigurationKey.all.map(\.variable)
    if let nearest = NearestName.find(variable, among: variables) { return [nearest] }
    let leaf = variable.dropFirst(ConfigurationKey.variablePrefix.count)
    return UnknownName.keys(near: String(leaf), section: nil).map(ConfigurationKey.variable)
  }

  /// Commas part a list's elements.
  private static func raw(_ value: String, for key: ConfigurationKey) -> RawValue? {
    if value.isEmpty { return nil }
    guard key.takesList else { return .text(value) }
    var value = value[...]
    // As a file writes a list.
    if value.hasPrefix("["), value.hasSuffix("]") { value = value.dropFirst().dropLast() }
    return .list(value.split(separator: ",", omittingEmptySubsequences: false).map(String.init))
  }
}
