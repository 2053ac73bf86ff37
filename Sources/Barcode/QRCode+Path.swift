extension QRCode {
  /// Modules on each side, with the quiet zone: the sides of the drawing's view box.
  package var side: Int { size + 2 * Self.quietZone }

  /// The dark modules as the data of an SVG path, one unit a module, the quiet zone's corner at 0 0.
  package var path: String {
    (0..<size).flatMap { row in
      darkRuns(row: row).map { run in
        "M\(run.lowerBound + Self.quietZone) \(row + Self.quietZone)h\(run.count)v1h-\(run.count)z"
      }
    }.joined()
  }

  /// Columns that are dark side by side, so that no hairline shows between them.
  private func darkRuns(row: Int) -> [Range<Int>] {
    var runs: [Range<Int>] = []
    for column in 0..<size where isDark(row: row, column: column) {
      if let last = runs.last, last.upperBound == column {
        runs[runs.count - 1] = last.lowerBound..<(column + 1)
      } else {
        runs.append(column..<(column + 1))
      }
    }
    return runs
  }
}
