import Formatting

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
