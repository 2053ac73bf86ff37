import Admission
import FoundationEssentials
import Scanner

/// Bytes at any times, as libFuzzer makes them up: 0xFE lets time pass, by the next byte in
/// milliseconds; everything else is typed.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzScanner(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let input = UnsafeBufferPointer(start: start, count: count)
  var door = FuzzedDoor()
  var isPause = false
  for byte in input {
    if isPause {
      door.pass(TimeInterval(byte) / 1000)
      isPause = false
    } else if byte == 0xFE {
      isPause = true
    } else {
      door.type([byte])
    }
  }
  door.pass(1)
  door.type([0x0D])
  door.pass(1)
  // Whatever came before, the next guest's scan is read.
  door.type(Array("P6J21FF2S\r".utf8))
  precondition(door.lastCode == CleanedCode(text: "P6J21FF2S"))
  return 0
}

private struct FuzzedDoor {
  var decoder = ScanDecoder(
    input: .keyboard(gap: 0.05),
    keys: KeySequences([(Array("\u{1B}OP".utf8), .function(1)), (Array("\u{1B}[A".utf8), .up)]))
  // The default pattern compiles.
  let cleaner = try! CodeCleaner(format: CodeFormat())
  var now: TimeInterval = 1
  var lastCode: CleanedCode?

  mutating func type(_ bytes: [UInt8]) { check(decoder.feed(bytes, at: now, judge: cleaner.kind)) }

  mutating func pass(_ seconds: TimeInterval) {
    let end = now + seconds
    while let deadline = decoder.nextDeadline, deadline <= end {
      precondition(deadline >= now, "time does not go back")
      now = deadline
      check(decoder.advance(to: now))
    }
    now = end
  }

  private mutating func check(_ events: [ScannerEvent]) {
    for case .scan(let scan) in events {
      if case .bytes(let bytes) = scan.content {
        precondition(bytes.count <= ScanDecoder.longestScan)
        precondition(!bytes.isEmpty || scan.fault != nil)
        precondition(!bytes.contains { $0 == 0x0D || $0 == 0x0A || $0 == 0x09 })
      }
      let printed = cleaner.printed(scan.content, isTyped: scan.isTyped)
      let code = cleaner.code(of: scan, printed: printed)
      precondition(!code.isReadable || code.text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F })
      lastCode = code
    }
  }
}
