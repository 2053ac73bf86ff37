package import FoundationEssentials

/// Bytes that were read together.
package struct TimedBytes: Sendable, Equatable {
  package var bytes: [UInt8]
  /// Seconds on the monotonic clock.
  package var readAt: TimeInterval

  package init(bytes: [UInt8], readAt: TimeInterval) {
    self.bytes = bytes
    self.readAt = readAt
  }
}

/// One scan as it arrived: every byte, terminators included.
package struct RecordedScan: Sendable, Equatable {
  package var bursts: [TimedBytes]

  /// A terminator came right before it, and not after another scan.
  package var followsTerminator: Bool

  package init(bursts: [TimedBytes], followsTerminator: Bool = false) {
    self.bursts = bursts
    self.followsTerminator = followsTerminator
  }

  package var bytes: [UInt8] { bursts.flatMap(\.bytes) }
}

/// Parts what arrives into scans. Unlike `ScanDecoder` it also ends one that has no terminator, by the
/// silence after it, since that is what there is to find out.
package struct ScanRecorder: Sendable {
  /// Seconds after a terminator in which a second one belongs to it, as in CRLF.
  static let terminatorSilence: TimeInterval = 0.15
  /// Seconds after which a scan without a terminator is over; slow hosts take 0.1 s a character.
  static let silence: TimeInterval = 1.2
  /// Nothing that is scanned is longer, in bytes; a paste is cut.
  static let longest = 4096

  private var bursts: [TimedBytes] = []
  private var followsTerminator = false

  package init() {}

  /// - Returns: the scans that ended by these bytes, or before them.
  package mutating func feed(_ bytes: [UInt8], at time: TimeInterval) -> [RecordedScan] {
    var scans = advance(to: time).map { [$0] } ?? []
    var rest = bytes[...]
    while let first = rest.first {
      if isEnded, !Self.isTerminator(first) {
        let isBare = bursts.allSatisfy { $0.bytes.allSatisfy(Self.isTerminator) }
        scans += end().map { [$0] } ?? []
        followsTerminator = isBare
      }
      // Up to the end of the next terminator, or all of it.
      let body = rest.prefix { Self.isTerminator($0) == Self.isTerminator(first) }
      if length < Self.longest { bursts.append(TimedBytes(bytes: Array(body), readAt: time)) }
      rest = rest.dropFirst(body.count)
    }
    return scans
  }

  /// Lets time pass.
  package mutating func advance(to time: TimeInterval) -> RecordedScan? {
    guard let last = bursts.last else { return nil }
    let limit = isEnded ? Self.terminatorSilence : Self.silence
    return time - last.readAt > limit ? end() : nil
  }

  private var length: Int { bursts.reduce(0) { $0 + $1.bytes.count } }

  /// A terminator has come.
  private var isEnded: Bool { bursts.last?.bytes.last.map(Self.isTerminator) ?? false }

  /// Nil where there were terminators alone, or one byte, which is a key.
  private mutating func end() -> RecordedScan? {
    defer {
      bursts = []
      followsTerminator = false
    }
    let scan = RecordedScan(bursts: bursts, followsTerminator: followsTerminator)
    return scan.bytes.count { !Self.isTerminator($0) } > 1 ? scan : nil
  }

  static func isTerminator(_ byte: UInt8) -> Bool {
    byte == 0x0D || byte == 0x0A || byte == 0x09
  }
}
