import Admission
import FoundationEssentials

/// A recorded scan, taken apart.
struct ScanReading {
  /// Without the terminator.
  let text: String
  let terminator: Terminator
  /// Where no terminator came.
  let lastByte: UInt8?
  /// What came in the place of characters; nil where only characters did.
  let keys: UnreadableCause?
  /// Seconds between each character and the next, the terminator included.
  let gaps: [TimeInterval]

  init(_ scan: RecordedScan) {
    let bytes = scan.bytes
    let body = bytes.prefix(bytes.count - bytes.reversed().prefix(while: Self.isTerminator).count)
    text = String(decoding: body.drop(while: Self.isTerminator), as: UTF8.self)
    let ending = Terminator(bytes[body.endIndex...])
    terminator = ending == .none && scan.followsTerminator ? .before : ending
    lastByte = ending == .none ? body.last : nil
    keys = Self.keys(in: body)
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

  private static func keys(in bytes: ArraySlice<UInt8>) -> UnreadableCause? {
    var line = TypedLine()
    var open: EscapeSequence?
    for byte in bytes {
      guard var sequence = open else {
        if byte == 0x1B { open = EscapeSequence() }
        continue
      }
      switch sequence.append(byte) {
      case .more: open = sequence
      case .complete:
        if sequence.meaning != .report { line.add(sequence.mark) }
        open = nil
      case .notPart: open = byte == 0x1B ? EscapeSequence() : nil
      }
    }
    return line.fault
  }

  private static func isTerminator(_ byte: UInt8) -> Bool { ScanRecorder.isTerminator(byte) }
}

/// What a scanner sends after a code.
package enum Terminator: Hashable, Sendable {
  /// It comes before the code, and none after it.
  case before
  case none, cr, lf, crlf, tab
  /// Several, of which the first ends the scan.
  case several

  init(_ bytes: some Sequence<UInt8>) {
    self =
      switch Array(bytes) {
      case []: .none
      case [0x0D]: .cr
      case [0x0A]: .lf
      case [0x0D, 0x0A]: .crlf
      case [0x09]: .tab
      default: .several
      }
  }
}
