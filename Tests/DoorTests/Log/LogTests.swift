import Admission
import DoorScreen
import Formatting
import Foundation
import Glibc
import LinuxBox
import Logging
import Synchronization
import Testing

@testable import Door

/// Keeps the lines that are logged.
private final class Lines: Sendable {
  private let kept = Mutex<[String]>([])
  var all: [String] { kept.withLock { $0 } }
  func take(_ line: String) { kept.withLock { $0.append(line) } }

  func logger(_ form: LineLogHandler.Form = .journal) -> Logger {
    Logger(label: "test") { [self] _ in LineLogHandler(form: form) { self.take($0) } }
  }
}

@Suite struct LineLogHandlerTests {
  @Test func `For the journal a line begins with its priority, and has no time`() {
    let lines = Lines()
    var logger = lines.logger()
    logger.logLevel = .trace
    for level in Logger.Level.allCases { logger.log(level: level, "\(level)") }
    #expect(
      lines.all == [
        "<7>trace", "<7>debug", "<6>info", "<5>notice", "<4>warning", "<3>error", "<2>critical",
      ])
  }

  @Test func `Elsewhere it has time and level`() throws {
    let lines = Lines()
    lines.logger(.dated).warning("slow", metadata: ["status": "502", "after": "43 ms"])
    let pattern = /20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ warning slow after=43 ms status=502/
    #expect(try lines.all.count == 1 && pattern.wholeMatch(in: lines.all[0]) != nil)
  }

  @Test func `A stranger's text is one line, and obeyed by nobody`() {
    let lines = Lines()
    let hostile = "one\n<0>two\u{1B}[2J\u{202E}" + String(repeating: "x", count: 5000)
    lines.logger().info("answer", metadata: ["text": "\(hostile)"])
    #expect(lines.all.count == 1)
    let line = lines.all[0]
    #expect(line.hasPrefix(#"<6>answer text=one\u{a}<0>two\u{1b}[2J\u{202e}"#))
    #expect(line.count < 1100)
  }
}

@Suite struct JournalStreamTests {
  @Test func `A stream is the journal's only where device and inode are`() throws {
    let path = NSTemporaryDirectory() + "doorcheck-journal-\(UUID().uuidString)"
    try Data().write(to: URL(fileURLWithPath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    let device = try #require(attributes[.systemNumber] as? NSNumber).uint64Value
    let inode = try #require(attributes[.systemFileNumber] as? NSNumber).uint64Value
    let stream = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
    #expect(JournalStream.isJournal(stream.fileDescriptor, variable: "\(device):\(inode)"))
    for other in [
      nil, "", ":", "\(device)", "\(device):", "\(device):\(inode + 1)", "\(device + 1):\(inode)",
      "\(device):\(inode):", "a:b",
    ] {
      #expect(
        !JournalStream.isJournal(stream.fileDescriptor, variable: other), "\(other ?? "none")")
    }
    #expect(!JournalStream.isJournal(-1, variable: "\(device):\(inode)"))
  }
}

@Suite struct LogWriterTests {
  @Test func `A log that nobody reads holds nobody up, and says what is lost`() throws {
    var ends: [Int32] = [0, 0]
    pipe(&ends)
    let writer = LogWriter(descriptor: ends[1])
    // Far more than a pipe holds.
    let line = String(repeating: "x", count: 500)
    for number in 0..<5000 { writer.write("\(number) \(line)") }
    writer.finish(within: 0.1)
    // Now somebody reads.
    let reader = FileHandle(fileDescriptor: ends[0])
    let text = Mutex("")
    let done = DispatchSemaphore(value: 0)
    Thread.detachNewThread {
      let all = String(decoding: (try? reader.readToEnd()) ?? Data(), as: UTF8.self)
      text.withLock { $0 = all }
      done.signal()
    }
    writer.finish(within: 30)
    writer.write("the last one")
    writer.finish(within: 30)
    close(ends[1])
    #expect(done.wait(timeout: .now() + 30) == .success)
    let lines = text.withLock { $0 }.split(separator: "\n")
    #expect(lines.first?.hasPrefix("0 x") == true && lines.last == "the last one")
    let lost = lines.compactMap { $0.hasSuffix("lines of the log are lost") ? $0 : nil }
      .compactMap { Int($0.prefix { $0.isNumber }) }.reduce(0, +)
    #expect(lost > 0 && lines.count { $0.contains(" x") } + lost == 5000)
  }
}

@Suite struct NightLogTests {
  private static let pass = PassSummary(
    id: "p1", customer: "Ana García", type: "VIP", state: "activated", nightsUsed: 1, nights: 1)

  private static func outcome(
    _ reason: Reason, code: String = "AB12CD9123", count: HeadCount? = nil, source: Source? = .live,
    isRepeat: Bool = false
  ) -> Outcome {
    Outcome(
      number: 12, code: code, decision: Decision(reason: reason, count: count),
      isRepeat: isRepeat, pass: pass, tonight: .none(.notChosen), source: source,
      at: Date(timeIntervalSince1970: 1_800_000_000), latency: .milliseconds(43))
  }

  private func lines(_ log: (NightLog) -> Void) -> [String] {
    let lines = Lines()
    log(NightLog(lines.logger()))
    return lines.all
  }

  @Test func `A scan is one line, without name or whole code`() {
    let count = HeadCount(allowed: 4, used: 0, admitted: 4)
    let at = Date(timeIntervalSince1970: 1_800_000_000 - 90)
    #expect(
      lines {
        $0.scanned(Self.outcome(.valid, count: count))
        $0.scanned(Self.outcome(.offline, source: nil))
        $0.scanned(Self.outcome(.valid, source: .cache(fetchedAt: at, because: .offline)))
        $0.scanned(Self.outcome(.valid, isRepeat: true))
        var look = Self.outcome(.valid)
        look.isLook = true
        $0.scanned(look)
        $0.scanned(Self.outcome(.unreadableCode, code: "a\n\u{1B}[31m\u{202E}b", source: nil))
      } == [
        "<6>scan #12 code=AB…123 verdict=admit reason=valid source=live admitted=4 latency_ms=43",
        "<6>scan #12 code=AB…123 verdict=unverified reason=offline source=none latency_ms=43",
        "<6>scan #12 code=AB…123 verdict=admit reason=valid source=cache age_seconds=90 "
          + "latency_ms=43",
        "<6>scan #12 code=AB…123 verdict=admit reason=repeat_scan source=live latency_ms=43",
        "<6>look #12 code=AB…123 verdict=admit reason=valid source=live latency_ms=43",
        "<6>scan #12 code=\(masked(code: DisplayText.cleaned("a\n\u{1B}[31m\u{202E}b"))) "
          + "verdict=unverified reason=unreadable_code source=none latency_ms=43",
      ])
  }

  @Test func `What staff did is told, and whom they did it to is not`() {
    let entry = UndoneEntry(
      code: "AB12CD9123", name: "Ana García", people: 4,
      time: Date(timeIntervalSince1970: 1_800_000_000))
    let lines = lines {
      $0.noted(.staff(.letIn(Self.outcome(.offline))))
      $0.noted(.staff(.undone(entry)))
      $0.noted(.scan(.contradicted(Self.outcome(.archived))))
      $0.noted(.typing(.draft("AB12CD9123")))
      $0.noted(.typing(.draftDropped("2468")))
      $0.noted(.pin(.entered(isWellFormed: true)))
      $0.pin(.wrong(wait: 8))
      $0.pin(.right)
    }
    #expect(lines.map { $0.prefix(3) } == ["<5>", "<5>", "<4>", "<4>", "<5>"])
    #expect(lines[1] == "<5>taken back: code=AB…123 people=4 direction=in")
    for line in lines {
      #expect(!line.contains("Ana") && !line.contains("AB12CD9123") && !line.contains("2468"))
    }
  }

  @Test func `Tonight is told when it changes`() {
    let event = Admission.Event(id: "ev1", name: "Noche")
    let lines = lines { log in
      for tonight in [
        Tonight.none(.notChosen), .chosen(event), .chosen(event), .none(.ended(event)),
      ] {
        log.tonight(tonight)
      }
    }
    #expect(
      lines == ["<5>tonight's event is ev1", "<5>there is no event for tonight any more"])
  }
}
