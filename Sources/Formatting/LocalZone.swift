package import Foundation

/// A time zone, read from the box's own list of them. Foundation's would load the tables of ICU, which
/// take 4 MB, and is asked only where that list does not say.
package struct LocalZone: Sendable, Equatable {
  /// Such as `Europe/Madrid`.
  package let identifier: String
  /// Nil where Foundation is asked.
  private let changes: ZoneChanges?
  /// What Foundation knows under no name.
  private var unnamed: TimeZone?

  package static let utc = LocalZone(TimeZone.gmt)

  /// - Parameter folder: where the box has its list.
  /// - Returns: nil where there is no such zone.
  package init?(identifier: String, folder: String = "/usr/share/zoneinfo") {
    self.identifier = identifier
    let isName = identifier.utf8.allSatisfy {
      switch $0 {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "_"),
        UInt8(ascii: "+"), UInt8(ascii: "-"):
        true
      default: false
      }
    }
    guard isName, let first = identifier.first, first.isLetter else { return nil }
    changes = ZoneChanges(path: "\(folder)/\(identifier)")
    if changes == nil, TimeZone(identifier: identifier) == nil { return nil }
  }

  /// The one that a file describes.
  /// - Returns: nil where it describes none.
  package init?(path: String) {
    guard let changes = ZoneChanges(path: path) else { return nil }
    // The file's name tells which one it is.
    let real = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    identifier = real.components(separatedBy: "/zoneinfo/").last ?? real
    self.changes = changes
  }

  package init(_ timeZone: TimeZone) {
    identifier = timeZone.identifier
    changes = nil
    unnamed = timeZone
  }

  /// Foundation's, with all that it can do.
  package var timeZone: TimeZone { unnamed ?? TimeZone(identifier: identifier) ?? .current }

  package func secondsFromGMT(for date: Date) -> Int {
    changes?.seconds(at: date.timeIntervalSince1970) ?? timeZone.secondsFromGMT(for: date)
  }
}

/// The changes of a zone's offset, as a compiled file of the zone database has them (RFC 8536).
private final class ZoneChanges: Sendable, Equatable {
  /// Ascending, in seconds since 1970.
  private let times: [Int64]
  /// What holds from each of `times` on.
  private let offsets: [Int32]
  /// Before the first.
  private let earliest: Int32
  /// Whether no rule changes it after the last.
  private let isLastForEver: Bool

  init?(path: String) {
    guard let data = FileManager.default.contents(atPath: path) else { return nil }
    let bytes = [UInt8](data)
    func number(_ place: Int, _ size: Int) -> Int64 {
      var value = Int64(Int8(bitPattern: bytes[place]))
      for next in 1..<size { value = value << 8 | Int64(bytes[place + next]) }
      return value
    }
    /// A header's counts: changes, types, letters, and the room that all of its data takes.
    func header(at place: Int, sizeOfTime: Int) -> (changes: Int, types: Int, size: Int)? {
      guard bytes.count >= place + 44, bytes[place...].starts(with: Array("TZif".utf8)) else {
        return nil
      }
      let counts = (0..<6).map { Int(number(place + 20 + 4 * $0, 4)) }
      guard counts.allSatisfy({ (0...100_000).contains($0) }) else { return nil }
      let size =
        counts[3] * (sizeOfTime + 1) + counts[4] * 6 + counts[5] + counts[2] * (sizeOfTime + 4)
        + counts[1] + counts[0]
      guard bytes.count >= place + 44 + size else { return nil }
      return (counts[3], counts[4], size)
    }
    // The first part is for programs that know times of 32 bits alone.
    guard let old = header(at: 0, sizeOfTime: 4), bytes[4] >= UInt8(ascii: "2"),
      let new = header(at: 44 + old.size, sizeOfTime: 8), new.types > 0
    else { return nil }
    let begin = 88 + old.size
    let types = begin + 9 * new.changes
    let kinds = (0..<new.types).map { Int32(truncatingIfNeeded: number(types + 6 * $0, 4)) }
    let indices = (0..<new.changes).map { Int(bytes[begin + 8 * new.changes + $0]) }
    guard indices.allSatisfy({ $0 < new.types }) else { return nil }
    times = (0..<new.changes).map { number(begin + 8 * $0, 8) }
    offsets = indices.map { kinds[$0] }
    earliest = kinds[0]
    // What follows is the rule for the time after them. One without a comma has no summer.
    isLastForEver = !bytes[(begin + new.size)...].contains(UInt8(ascii: ","))
  }

  /// - Returns: nil where only a rule tells.
  func seconds(at time: TimeInterval) -> Int? {
    var (low, high) = (0, times.count)
    while low < high {
      let middle = (low + high) / 2
      if Double(times[middle]) <= time { low = middle + 1 } else { high = middle }
    }
    if low == 0 { return Int(earliest) }
    if low == times.count, !isLastForEver { return nil }
    return Int(offsets[low - 1])
  }

  static func == (one: ZoneChanges, other: ZoneChanges) -> Bool {
    one === other || one.times == other.times && one.offsets == other.offsets
  }
}
