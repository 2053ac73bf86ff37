/// What a command prints.
package enum OutputFormat: String, CaseIterable, Sendable {
  case text
  /// One object a line.
  case json
}
