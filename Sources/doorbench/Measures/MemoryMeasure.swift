import Foundation

/// How much memory the program has in use.
enum MemoryMeasure {
  /// The most that it has had.
  static func peak(of door: Door, _ note: String) -> Figure {
    Figure(.memory, mebibytes("VmHWM", of: door.process), "MiB", note)
  }

  static func now(of process: StartedProcess) -> Double { mebibytes("VmRSS", of: process) }

  private static func mebibytes(_ name: String, of process: StartedProcess) -> Double {
    let status =
      (try? String(contentsOfFile: "/proc/\(process.identifier)/status", encoding: .utf8)) ?? ""
    let kibibytes = status.split(separator: "\n").first { $0.hasPrefix(name + ":") }?
      .split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Double($0) }
    return (kibibytes ?? .nan) / 1024
  }
}
