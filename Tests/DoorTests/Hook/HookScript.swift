import Foundation
import TestSupport

/// A venue's program for a test, and what it wrote down.
final class HookScript {
  let folder = "\(NSTemporaryDirectory())hook-\(UUID().uuidString)"
  var path: String { "\(folder)/hook-script" }

  /// - Parameter body: of a shell script; it knows its own folder as `$here`.
  init(_ body: String) throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try Data("#!/bin/sh\nhere='\(folder)'\n\(body)\n".utf8).write(to: URL(filePath: path))
    chmod(path, 0o755)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  /// Empty where there is no such file.
  func text(_ name: String) -> String {
    (try? String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)) ?? ""
  }

  func lines(_ name: String) -> [String] {
    text(name).split(separator: "\n").map(String.init)
  }

  func write(_ name: String) {
    _ = FileManager.default.createFile(atPath: "\(folder)/\(name)", contents: nil)
  }
}

/// A process by its number.
struct SeenProcess {
  var identifier: Int32

  /// It is gone, or dead and not yet buried by whoever has to.
  var isDead: Bool {
    let status = try? String(contentsOfFile: "/proc/\(identifier)/stat", encoding: .utf8)
    guard let state = status?.split(separator: ")").last?.split(separator: " ").first else {
      return true
    }
    return state == "Z" || state == "X"
  }

  /// - Returns: false where it still lives after 10 seconds.
  func dies() async -> Bool { await comes(within: .seconds(10)) { isDead } }
}
