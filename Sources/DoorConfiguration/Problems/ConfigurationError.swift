/// What is wrong with the configuration, all of it at once. The command exits with 78.
package struct ConfigurationError: Error, Sendable, Equatable, CustomStringConvertible {
  /// In the order of the file, then of the environment, then of the credentials.
  package var problems: [ConfigurationProblem]
  /// What could be read all the same; nil where nothing was looked at.
  package var readable: Settings?
  /// Nothing is wrong but that nothing opens the service.
  package var lacksCredentials = false

  package init(
    problems: [ConfigurationProblem], readable: Settings? = nil, lacksCredentials: Bool = false
  ) {
    self.problems = problems
    self.readable = readable
    self.lacksCredentials = lacksCredentials
  }

  /// A file of nonsense has thousands of faults; nobody reads more than these.
  private static let mostShown = 100

  /// One line a problem, for the diagnostics. No line holds a secret or anything that a terminal
  /// would obey.
  package var lines: [String] {
    var lines = problems.prefix(Self.mostShown).map(\.description)
    if problems.count > Self.mostShown {
      lines.append("and \(problems.count - Self.mostShown) more problems")
    }
    return lines
  }

  package var description: String { lines.joined(separator: "\n") }
}

/// One thing that is wrong, and where.
package struct ConfigurationProblem: Sendable, Equatable, CustomStringConvertible {
  /// Nil where nothing is there that has a place.
  package var place: ConfigurationPlace?
  var text: String

  package init(place: ConfigurationPlace? = nil, text: String) {
    self.place = place
    self.text = text
  }

  package var description: String { place.map { "\($0): \(text)" } ?? text }
}

/// Something that is no error, but that somebody should put right.
package struct ConfigurationWarning: Sendable, Equatable, CustomStringConvertible {
  var text: String

  package init(text: String) {
    self.text = text
  }

  package var description: String { text }
}
