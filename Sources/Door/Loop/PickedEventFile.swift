import DoorConfiguration
import Foundation
import LinuxBox

/// Keeps over a restart which of several events staff picked: a file beside the store. It holds for as
/// long as that event is on, so nobody need clear it.
struct PickedEventFile: Sendable {
  let path: String

  /// Bytes; an id is far shorter.
  private static let largest = 4096

  /// - Returns: nil where none was picked, or the file cannot be read.
  func read() -> String? {
    guard let contents = try? FileContents.read(path, limit: Self.largest) else { return nil }
    let id = String(decoding: contents.bytes, as: UTF8.self)
      .trimmingCharacters(in: .whitespacesAndNewlines)
    return id.isEmpty ? nil : id
  }

  /// Where it cannot be written, the choice holds until the program ends.
  func remember(_ id: String) {
    try? WholeFile.write(id + "\n", to: path, permissions: 0o600)
  }
}
