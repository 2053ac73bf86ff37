/// What is wrong with the configuration, all of it at once. The command exits with 78.
struct ConfigurationError: Error, Sendable, Equatable, CustomStringConvertible {
  /// In the order of the file, then of the environment, then of the credentials.
  var problems: [ConfigurationProblem]
  /// What could be read all the same; nil where nothing was looked at.
  var readable: Settings?
  /// Nothing is wrong but that nothing opens the service.
  var lacksCredentials = false

  /// A file of nonsense has thousands of faults; nobody reads more than these.
  private static let mostShown = 100

  /// One line a problem, for the diagnostics. No line holds a secret or anything that a terminal
  /// would obey.
  var lines: [String] {
    var lines = problems.prefix(Self.mostShown).map(\.description)
    if problems.count > Self.mostShown {
      lines.append("and \(problems.count - Self.mostShown) more problems")
    }
    return lines
  }

  var description: String { lines.joined(separator: "\n") }
}

/// One thing that is wrong, and where.
struct ConfigurationProblem: Sendable, Equatable, CustomStringConvertible {
  /// Nil where nothing is there that has a place.
  var place: ConfigurationPlace?
  var text: String

  var description: String { place.map { "\($0): \(text)" } ?? text }
}

/// Something that is no error, but that somebody should put right.
struct ConfigurationWarning: Sendable, Equatable, CustomStringConvertible {
  var text: String

  var description: String { text }
}
