import Foundation

/// What a program asked of the system, in its order, as `strace -f -y` writes it down.
struct SystemCalls {
  struct Call {
    var thread: Substring
    /// The name, the arguments with the paths of files, and the result.
    var text: String
    /// Numbers of the lines where it began and where it ended; nil while it has not.
    var begun: Int
    var ended: Int?
  }

  private(set) var calls: [Call] = []

  /// What is put before a program's own arguments.
  static func tracing(into file: String) -> [String] {
    [
      "/usr/bin/strace", "-f", "-y", "-s", "65536", "-e",
      "trace=read,write,pwrite64,fsync,fdatasync", "-o", file,
    ]
  }

  /// Whether programs can be traced here.
  static var canTrace: Bool {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/strace")
    process.arguments = ["-o", "/dev/null", "/bin/true"]
    process.standardError = FileHandle.nullDevice
    return (try? process.run()).map {
      process.waitUntilExit()
      return process.terminationStatus == 0
    } ?? false
  }

  init(file: String) throws {
    let text = String(decoding: try Data(contentsOf: URL(fileURLWithPath: file)), as: UTF8.self)
    var underWay: [Substring: Int] = [:]
    for (number, line) in text.split(separator: "\n").enumerated() {
      let parts = line.split(separator: " ", maxSplits: 1)
      guard parts.count == 2 else { continue }
      let (thread, call) = (parts[0], String(parts[1]).trimmingPrefix(while: \.isWhitespace))
      if call.hasPrefix("<... "), let index = underWay.removeValue(forKey: thread) {
        calls[index].text += call
        calls[index].ended = number
      } else if call.hasSuffix("<unfinished ...>") {
        underWay[thread] = calls.count
        calls.append(Call(thread: thread, text: String(call), begun: number))
      } else {
        calls.append(Call(thread: thread, text: String(call), begun: number, ended: number))
      }
    }
  }

  /// Whether the admission of a pass was written to the store's log between two lines, and synced
  /// before the second by the one who wrote it.
  func syncsAdmission(of passID: String, door: String, from first: Int, to last: Int) -> Bool {
    let inside = calls.filter { $0.begun > first && ($0.ended ?? .max) < last }
    // Only a page of admissions holds both.
    let writes = inside.filter {
      $0.text.hasPrefix("pwrite64(") && $0.text.contains("-wal>") && $0.text.contains(passID)
        && $0.text.contains(door)
    }
    return inside.contains { sync in
      (sync.text.hasPrefix("fdatasync(") || sync.text.hasPrefix("fsync("))
        && sync.text.contains("-wal>") && sync.text.hasSuffix("= 0")
        && writes.contains { $0.thread == sync.thread && $0.ended! < sync.begun }
    }
  }

  /// The first call from a line on whose text begins and goes on so.
  func first(_ name: String, to path: String, with text: String, from line: Int) -> Call? {
    calls.first {
      $0.begun >= line && $0.text.hasPrefix(name + "(") && $0.text.contains(path)
        && $0.text.contains(text)
    }
  }
}
