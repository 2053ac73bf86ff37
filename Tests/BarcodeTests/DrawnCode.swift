import Barcode

/// What an eye sees of a drawn code: dark or light, module by module.
struct DrawnCode {
  private let rows: [[Bool]]

  var columns: Int { columnsOfText }
  private let columnsOfText: Int

  /// - Parameter lines: as a terminal shows them that is dark until it is told colours.
  init(lines: [String], usesUnicode: Bool) {
    var rows: [[Bool]] = []
    var widest = 0
    for line in lines {
      let cells = Self.cells(of: line)
      widest = max(widest, cells.count)
      if usesUnicode {
        rows.append(cells.map(\.isUpperDark))
        rows.append(cells.map(\.isLowerDark))
      } else {
        rows.append(stride(from: 0, to: cells.count, by: 2).map { cells[$0].isUpperDark })
      }
    }
    // Half a line may be left over below.
    if let first = rows.first, rows.count == first.count + 1 { rows.removeLast() }
    self.rows = rows
    columnsOfText = widest
  }

  /// Rectangles one unit high: `M4 4h7v1h-7z`.
  init(path: String, side: Int) {
    var rows = Array(repeating: Array(repeating: false, count: side), count: side)
    for piece in path.split(separator: "z") {
      let numbers = piece.split { !$0.isNumber }.compactMap { Int($0) }
      for column in numbers[0]..<(numbers[0] + numbers[2]) { rows[numbers[1]][column] = true }
    }
    self.rows = rows
    columnsOfText = side
  }

  /// Whether so many modules on each side are light.
  func margin(is width: Int) -> Bool {
    let inner = width..<(rows.count - width)
    return rows.enumerated().allSatisfy { row, cells in
      cells.count == rows.count
        && cells.enumerated().allSatisfy { column, isDark in
          !isDark || inner.contains(row) && inner.contains(column)
        }
    }
  }

  func inner(margin: Int) -> [[Bool]] {
    rows.dropFirst(margin).dropLast(margin).map { Array($0.dropFirst(margin).dropLast(margin)) }
  }

  private struct Cell {
    var isUpperDark: Bool
    var isLowerDark: Bool
  }

  /// A dark terminal with light characters, until it is told colours.
  private static func cells(of line: String) -> [Cell] {
    var cells: [Cell] = []
    var (isInkDark, isPaperDark) = (false, true)
    var rest = line[...]
    while let character = rest.popFirst() {
      if character == "\u{1B}" {
        let end = rest.firstIndex(of: "m") ?? rest.startIndex
        for colour in rest[..<end].dropFirst().split(separator: ";") {
          switch colour {
          case "30": isInkDark = true
          case "40": isPaperDark = true
          case "47": isPaperDark = false
          default: (isInkDark, isPaperDark) = (false, true)
          }
        }
        rest = rest[end...].dropFirst()
        continue
      }
      let isUpperInk = "█▀#".contains(character)
      let isLowerInk = "█▄#".contains(character)
      cells.append(
        Cell(
          isUpperDark: isUpperInk ? isInkDark : isPaperDark,
          isLowerDark: isLowerInk ? isInkDark : isPaperDark))
    }
    return cells
  }
}
