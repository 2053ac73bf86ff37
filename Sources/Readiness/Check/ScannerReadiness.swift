import Admission
import Door
import DoorConfiguration
import DoorScreen
import Foundation
import LinuxBox
import NightStore
import Scanner
import Terminal

/// Whether the scanner can be heard: by a scan that some door on this store has noted, or by asking
/// for one.
struct ScannerReadiness {
  let settings: Settings
  let store: NightStore?

  /// Seconds.
  private static let newest: TimeInterval = 60
  private static let patience: TimeInterval = 60

  enum Result {
    case found(CheckFinding)
    /// Somebody wants to end the whole command.
    case left(ProgramExit)
  }

  /// A scan of the last minute, from the store's journal.
  func noted(at now: Date) async -> CheckFinding? {
    guard let at = try? await store?.newestScanAt() else { return nil }
    let age = now.timeIntervalSince(at)
    guard age >= -1, age <= Self.newest else { return nil }
    return .pass(.scanner, "read \(max(0, Int(age))) s ago, as the store's journal says")
  }

  /// Asks for a scan on the terminal and waits for it.
  /// - Parameter prompt: shows a line that the next one takes the place of.
  func listen(prompt: (ScannerLine, String) -> Void) async -> Result {
    let line: ScannerLine
    do throws(TerminalError) {
      line = try ScannerLine()
    } catch {
      return .found(.skipped(.scanner, "this terminal cannot be listened to"))
    }
    defer { line.end() }
    var decoder = ScanDecoder(
      input: .keyboard(gap: Double(settings.scanner.gapMilliseconds) / 1000),
      keys: ScannerLine.keys)
    let start = Moment.now.uptime
    for await event in line.events {
      let now = Moment.now.uptime
      let typed: [ScannerEvent]
      switch event {
      case .input(let chunk): typed = decoder.feed(chunk.bytes, at: chunk.readAt.uptime)
      case .tick: typed = decoder.advance(to: now)
      case .ended(let exit): return .left(exit)
      }
      for event in typed {
        if let result = result(of: event) { return result }
      }
      let left = Self.patience - (now - start)
      if left <= 0 { return .found(nothing) }
      prompt(line, "scan any pass now: \(Int(left.rounded(.up))) s (Enter skips)")
    }
    return .left(.interrupted)
  }

  private func result(of event: ScannerEvent) -> Result? {
    switch event {
    case .scan(let scan): .found(seen(scan))
    case .key(.enter), .key(.escape):
      .found(.skipped(.scanner, "left out", next: "scan a pass on the door screen"))
    case .key(.function(10)): .left(.interrupted)
    case .burstDropped:
      .found(
        .fail(
          .scanner, "something was read, and no Enter after it",
          next: "have the scanner add Enter: \"doorcheck calibrate\" shows what arrives"))
    case .key, .draft, .draftDropped: nil
    }
  }

  private func seen(_ scan: RawScan) -> CheckFinding {
    let source = scan.isTyped ? "typed by hand, as it seems" : "read"
    guard let cleaner = try? CodeCleaner(format: settings.scanner.format),
      cleaner.code(of: scan, printed: cleaner.printed(scan.content, isTyped: scan.isTyped))
        .isReadable
    else {
      return .fail(
        .scanner, "\(source), but as scanner.* is set, it is no code",
        next: "scan a pass; if it was one, \"doorcheck calibrate\" finds out why")
    }
    return .pass(.scanner, "\(source): a code of \(scan.content.length) characters")
  }

  private var nothing: CheckFinding {
    .fail(
      .scanner, "nothing was read in \(Int(Self.patience)) s",
      next: "is it plugged in, set to keyboard mode, and to end a scan by Enter? "
        + "\"doorcheck calibrate\" shows what arrives")
  }
}

extension RawScan.Content {
  fileprivate var length: Int {
    switch self {
    case .bytes(let bytes): String(decoding: bytes, as: UTF8.self).count
    case .tooLong: 0
    }
  }
}
