import GRDB

/// The rows on the lowest pages of tables, read by the file format alone, of whatever table they are.
struct TableRows {
  struct Row {
    var key: Int64
    var values: [DatabaseValue]
  }

  let pages: StorePages

  /// No night comes near the end; a key beyond it is damage, and the next row would find no number.
  static let keys: ClosedRange<Int64> = 1...(1 << 40)

  /// The kind of page that holds rows of a table.
  private static let tableLeaf: UInt8 = 0x0D
  /// No row of a store is larger, in bytes.
  private static let largestRow: Int64 = 16 << 20

  /// Those that can be read: all of a whole page, and none where it is no such page.
  func rows(onPage number: Int) -> [Row] {
    guard let page = pages[number] else { return [] }
    let start = number == 1 ? 100 : 0
    guard page[start] == Self.tableLeaf else { return [] }
    let count = page.number16(at: start + 3)
    guard start + 8 + 2 * count <= page.count else { return [] }
    return (0..<count).compactMap { row(on: page, at: page.number16(at: start + 8 + 2 * $0)) }
  }

  private func row(on page: [UInt8], at offset: Int) -> Row? {
    var reader = Reader(bytes: page, offset: offset)
    guard let size = reader.varint(), let key = reader.varint(), Self.keys.contains(key),
      (1...Self.largestRow).contains(size),
      let payload = payload(on: page, at: reader.offset, size: Int(size)),
      let values = Self.values(of: payload)
    else { return nil }
    return Row(key: key, values: values)
  }

  /// A long row goes on on pages of its own.
  private func payload(on page: [UInt8], at offset: Int, size: Int) -> [UInt8]? {
    let usable = page.count
    var local = size
    if size > usable - 35 {
      let least = (usable - 12) * 32 / 255 - 23
      let wanted = least + (size - least) % (usable - 4)
      local = wanted <= usable - 35 ? wanted : least
    }
    guard offset + local <= usable else { return nil }
    var payload = Array(page[offset..<(offset + local)])
    guard local < size else { return payload }
    guard offset + local + 4 <= usable else { return nil }
    var next = Int(page.number32(at: offset + local))
    while payload.count < size {
      guard (1...max(1, pages.count)).contains(next), let overflow = pages[next] else { return nil }
      payload += overflow[4..<min(usable, 4 + size - payload.count)]
      next = Int(overflow.number32(at: 0))
    }
    return payload
  }

  private static func values(of payload: [UInt8]) -> [DatabaseValue]? {
    var types = Reader(bytes: payload, offset: 0)
    guard let header = types.varint(), (1...Int64(payload.count)).contains(header) else {
      return nil
    }
    var content = Reader(bytes: payload, offset: Int(header))
    var values: [DatabaseValue] = []
    while types.offset < Int(header) {
      guard let type = types.varint(), let value = content.value(ofType: type) else { return nil }
      values.append(value)
    }
    return values
  }
}

/// Reads what SQLite's record format holds.
private struct Reader {
  let bytes: [UInt8]
  var offset: Int

  mutating func varint() -> Int64? {
    var value: UInt64 = 0
    for index in 0..<9 {
      guard offset < bytes.count else { return nil }
      let byte = bytes[offset]
      offset += 1
      if index == 8 { return Int64(bitPattern: value << 8 | UInt64(byte)) }
      value = value << 7 | UInt64(byte & 0x7F)
      if byte & 0x80 == 0 { break }
    }
    return Int64(bitPattern: value)
  }

  mutating func value(ofType type: Int64) -> DatabaseValue? {
    switch type {
    case 0: return .null
    case 1...4: return integer(bytes: Int(type))
    case 5: return integer(bytes: 6)
    case 6: return integer(bytes: 8)
    case 7:
      guard let bits = number(bytes: 8) else { return nil }
      return Double(bitPattern: bits).databaseValue
    case 8: return 0.databaseValue
    case 9: return 1.databaseValue
    case 12...:
      let length = (type - 12) / 2
      guard length <= Int64(bytes.count - offset) else { return nil }
      let content = bytes[offset..<(offset + Int(length))]
      offset += Int(length)
      // No column holds bytes that are no text.
      return type % 2 == 0 ? nil : String(decoding: content, as: UTF8.self).databaseValue
    default: return nil
    }
  }

  private mutating func integer(bytes count: Int) -> DatabaseValue? {
    guard let number = number(bytes: count) else { return nil }
    let shift = UInt64(64 - 8 * count)
    return (Int64(bitPattern: number << shift) >> Int64(shift)).databaseValue
  }

  private mutating func number(bytes count: Int) -> UInt64? {
    guard offset + count <= bytes.count else { return nil }
    defer { offset += count }
    return bytes[offset..<(offset + count)].reduce(0) { $0 << 8 | UInt64($1) }
  }
}
