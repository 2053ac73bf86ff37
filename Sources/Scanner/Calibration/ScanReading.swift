import FoundationEssentials

/// A recorded scan, taken apart.
struct ScanReading {
  /// Without the terminator.
  let text: String
  let terminator: Terminator
  /// Seconds between each character and the next, the terminator included.
  let gaps: [TimeInterval]

  init(_ scan: RecordedScan) {
    let bytes = scan.bytes
    let body = bytes.prefix(bytes.count - bytes.reversed().prefix(while: Self.isTerminator).count)
    text = String(decoding: body.drop(while: Self.isTerminator), as: UTF8.self)
    terminator = Terminator(bytes[body.endIndex...])
    var gaps: [TimeInterval] = []
    var last: TimeInterval?
    for burst in scan.bursts {
      // The bytes of one character come together, however slowly it is typed.
      for byte in burst.bytes where byte & 0xC0 != 0x80 {
        if let last { gaps.append(burst.readAt - last) }
        last = burst.readAt
      }
    }
    self.gaps = gaps
  }

  private static func isTerminator(_ byte: UInt8) -> Bool { ScanRecorder.isTerminator(byte) }
}
