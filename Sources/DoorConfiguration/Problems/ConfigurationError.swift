import Formatting

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

/// Where a value was given.
package enum ConfigurationPlace: Sendable, Equatable, CustomStringConvertible {
  /// Line and column count from 1, the column in Unicode scalars.
  case file(String, line: Int, column: Int)
  case wholeFile(String)
  case variable(String)
  /// An option of the command line.
  case option(String)
  /// A file in `$CREDENTIALS_DIRECTORY`, by its path.
  case credential(String)

  package var description: String {
    switch self {
    case .file(let path, let line, let column): "\(Self.shown(path)):\(line):\(column)"
    case .wholeFile(let path), .credential(let path): Self.shown(path)
    case .variable(let name), .option(let name): Self.shown(name)
    }
  }

  private static func shown(_ name: String) -> String { ShownText.clean(name, limit: 1000) }
}
