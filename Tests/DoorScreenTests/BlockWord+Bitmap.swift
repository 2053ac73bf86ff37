@testable import DoorScreen

extension BlockWord {
  /// Which cells are filled, row by row, at scale 1.
  var bitmap: [[Bool]] {
    var rows = Array(repeating: Array(repeating: false, count: width), count: BlockFont.rows)
    forEachFilled { row, columns in
      for column in columns { rows[row][column] = true }
    }
    return rows
  }
}
