import Foundation
import TestSupport
import Testing

@testable import NightStore

/// Something else than a file in the place of one of the store's must neither hang the door nor be
/// taken for damage.
@Suite struct NoFileTests {
  /// An empty device is an empty file to SQLite, and is tried where the program opens one.
  private static let kinds: [NotAFile] = [.pipe, .socket, .folder, .endlessDevice]

  @Test(arguments: ["", "-wal", "-shm", "-journal", ".new"], kinds)
  func `What is no file is refused`(suffix: String, kind: NotAFile) throws {
    let folder = "/tmp/nf-\(UInt32.random(in: 0 ... .max))"
    try #require(mkdir(folder, 0o700) == 0)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let path = "\(folder)/s"
    if suffix != "" { _ = try NightStore.open(path: path, now: Date()).store.close() }
    try? FileManager.default.removeItem(atPath: path + suffix)
    try kind.make(at: path + suffix)
    let expected: StoreError =
      suffix == "" && kind == .folder ? .isFolder(path: path) : .notAFile(path: path + suffix)
    #expect(throws: expected) { try NightStore.open(path: path, now: Date()) }
    #expect(throws: expected) { try NightStore.openForReading(path: path) }
  }
}
