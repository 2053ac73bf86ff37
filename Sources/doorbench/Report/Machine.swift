import Foundation
import Glibc

/// Where the figures are from; they hold for nowhere else.
struct Machine: Encodable {
  var processor: String
  var cores: Int
  var kernel: String
  /// Of the folder with the databases.
  var fileSystem: String
  /// Processes that wanted to run, over a minute.
  var loadAtStart: Double
  var loadAtEnd: Double

  static func now(folder: String) -> Machine {
    let processors = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
    let model = processors.split(separator: "\n").first { $0.hasPrefix("model name") }?
      .split(separator: ":").last.map { $0.trimmingCharacters(in: .whitespaces) }
    let kernel = try? String(contentsOfFile: "/proc/sys/kernel/osrelease", encoding: .utf8)
    return Machine(
      processor: model ?? "unknown", cores: ProcessInfo.processInfo.activeProcessorCount,
      kernel: kernel?.trimmingCharacters(in: .newlines) ?? "unknown",
      fileSystem: fileSystem(of: folder), loadAtStart: load, loadAtEnd: load)
  }

  static var load: Double {
    var loads = [0.0]
    return getloadavg(&loads, 1) == 1 ? loads[0] : .nan
  }

  /// The type that the longest mount above the folder has.
  private static func fileSystem(of folder: String) -> String {
    let mounts = (try? String(contentsOfFile: "/proc/self/mounts", encoding: .utf8)) ?? ""
    let path = URL(fileURLWithPath: folder).resolvingSymlinksInPath().path
    var best = (place: "", type: "unknown")
    for mount in mounts.split(separator: "\n") {
      let fields = mount.split(separator: " ").map(String.init)
      guard fields.count > 2 else { continue }
      let place = fields[1]
      let isAbove = place == "/" || path == place || path.hasPrefix(place + "/")
      if isAbove, place.utf8.count >= best.place.utf8.count { best = (place, fields[2]) }
    }
    return best.type
  }
}
