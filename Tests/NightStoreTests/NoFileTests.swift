import Foundation
import Testing

@testable import NightStore

/// Something else than a file in the place of one of the store's must neither hang the door nor be
/// taken for damage.
@Suite struct NoFileTests {
  enum Kind: CaseIterable { case pipe, socket, folder, device }

  private func make(_ kind: Kind, at path: String) throws {
    switch kind {
    case .pipe: try #require(mkfifo(path, 0o600) == 0)
    case .folder: try #require(mkdir(path, 0o700) == 0)
    case .device: try #require(symlink("/dev/zero", path) == 0)
    case .socket:
      var address = sockaddr_un()
      address.sun_family = sa_family_t(AF_UNIX)
      let folder = FileManager.default.currentDirectoryPath
      defer { FileManager.default.changeCurrentDirectoryPath(folder) }
      let bytes = Array(path.utf8)
      try #require(bytes.count < MemoryLayout.size(ofValue: address.sun_path))
      withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
      let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
      defer { close(descriptor) }
      let isBound = withUnsafePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
        }
      }
      try #require(isBound)
    }
  }

  @Test(arguments: ["", "-wal", "-shm", "-journal", ".new"], Kind.allCases)
  func isRefused(suffix: String, kind: Kind) throws {
    let folder = "/tmp/nf-\(UInt32.random(in: 0 ... .max))"
    try #require(mkdir(folder, 0o700) == 0)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let path = "\(folder)/s"
    if suffix != "" { _ = try NightStore.open(path: path, now: Date()).store.close() }
    try? FileManager.default.removeItem(atPath: path + suffix)
    try make(kind, at: path + suffix)
    let expected: StoreError =
      suffix == "" && kind == .folder ? .isFolder(path: path) : .notAFile(path: path + suffix)
    #expect(throws: expected) { try NightStore.open(path: path, now: Date()) }
    #expect(throws: expected) { try NightStore.openForReading(path: path) }
  }
}
