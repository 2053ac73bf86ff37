/// Reads a flawless QR code of version 1 to 3 with medium correction, by ISO/IEC 18004: a second
/// reading of the standard than the library that draws.
package enum QRReader {
  /// - Parameter modules: row by row without the quiet zone; true is dark.
  /// - Returns: nil for anything but capital letters, digits and bytes in one such code.
  package static func text(of modules: [[Bool]]) -> String? {
    let size = modules.count
    // Data bytes of versions 1 to 3; each has them in one block.
    guard let dataBytes = [21: 16, 25: 28, 29: 44][size],
      modules.allSatisfy({ $0.count == size })
    else { return nil }
    // Beside the finder, three bits of the format under its fixed mask.
    let mask = [2, 3, 4].reduce(0) { $0 << 1 | (modules[8][$1] ? 1 : 0) } ^ 0b101
    let bits = positions(size: size).map { row, column in
      modules[row][column] != isMasked(row, column, mask: mask)
    }
    var stream = Bits(Array(bits.prefix(dataBytes * 8)))
    return stream.text()
  }

  /// Where the data stands, in its order: upwards and downwards in pairs of columns from the right.
  private static func positions(size: Int) -> [(Int, Int)] {
    var positions: [(Int, Int)] = []
    var isUpwards = true
    for right in stride(from: size - 1, to: 0, by: -2).map({ $0 <= 6 ? $0 - 1 : $0 }) {
      for step in 0..<size {
        let row = isUpwards ? size - 1 - step : step
        for column in [right, right - 1] where !isFunction(row, column, size: size) {
          positions.append((row, column))
        }
      }
      isUpwards.toggle()
    }
    return positions
  }

  /// Finders with their format, timing, and the one alignment pattern.
  private static func isFunction(_ row: Int, _ column: Int, size: Int) -> Bool {
    if row < 9 && (column < 9 || column >= size - 8) || row >= size - 8 && column < 9 {
      return true
    }
    if row == 6 || column == 6 { return true }
    let centre = size - 7
    return size > 21 && abs(row - centre) <= 2 && abs(column - centre) <= 2
  }

  private static func isMasked(_ row: Int, _ column: Int, mask: Int) -> Bool {
    let (i, j) = (row, column)
    return switch mask {
    case 0: (i + j) % 2 == 0
    case 1: i % 2 == 0
    case 2: j % 3 == 0
    case 3: (i + j) % 3 == 0
    case 4: (i / 2 + j / 3) % 2 == 0
    case 5: i * j % 2 + i * j % 3 == 0
    case 6: (i * j % 2 + i * j % 3) % 2 == 0
    default: ((i + j) % 2 + i * j % 3) % 2 == 0
    }
  }
}

private struct Bits {
  private var rest: ArraySlice<Bool>

  private static let alphanumeric = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")

  init(_ bits: [Bool]) { rest = bits[...] }

  mutating func text() -> String? {
    var text = ""
    while rest.count >= 4 {
      switch number(of: 4) {
      case 0: return text
      case 1:
        let count = number(of: 10)
        for digits in chunks(of: 3, count) {
          text += padded(number(of: 1 + 3 * digits), to: digits)
        }
      case 2:
        let count = number(of: 9)
        for pair in chunks(of: 2, count) {
          let value = number(of: pair == 2 ? 11 : 6)
          guard value < 45 * 45 else { return nil }
          if pair == 2 { text.append(Self.alphanumeric[value / 45]) }
          text.append(Self.alphanumeric[value % 45])
        }
      case 4:
        let count = number(of: 8)
        text += String(decoding: (0..<count).map { _ in UInt8(number(of: 8)) }, as: UTF8.self)
      default: return nil
      }
    }
    return text
  }

  private mutating func number(of count: Int) -> Int {
    defer { rest = rest.dropFirst(count) }
    return rest.prefix(count).reduce(0) { $0 << 1 | ($1 ? 1 : 0) }
  }

  private func chunks(of size: Int, _ count: Int) -> [Int] {
    Array(repeating: size, count: count / size) + (count % size == 0 ? [] : [count % size])
  }

  private func padded(_ number: Int, to digits: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, digits - text.count)) + text
  }
}
