import Foundation

/// The most memory that the program has had in use.
enum MemoryMeasure {
  static func peak(of door: Door, _ note: String) -> Figure {
    let status =
      (try? String(contentsOfFile: "/proc/\(door.process.identifier)/status", encoding: .utf8))
      ?? ""
    let kibibytes = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }?
      .split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Double($0) }
    return Figure(.memory, (kibibytes ?? .nan) / 1024, "MiB", note)
  }
}
