import Foundation
import Glibc

/// A small file system in memory that can be filled up, and emptied again. It needs a process that may
/// mount: root, or one in a mount namespace of its own.
final class FullDisk: Sendable {
  let path: String
  private var ballast: String { path + "/ballast" }

  /// - Parameter megabytes: how much it holds.
  /// - Throws: what `mount` says.
  init(megabytes: Int) throws {
    path = BuiltProgram.newFolder()
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    guard mount("tmpfs", path, "tmpfs", 0, "size=\(megabytes)m") == 0 else {
      throw POSIXError(.init(rawValue: errno) ?? .EIO)
    }
  }

  deinit {
    umount2(path, Int32(MNT_DETACH))
    rmdir(path)
  }

  /// Whether a process like this one may mount.
  static var isPossible: Bool { (try? FullDisk(megabytes: 1)) != nil }

  /// Fills it up but for so many bytes, in whole pages.
  func fill(leaving bytes: Int) throws {
    try empty()
    var status = statvfs()
    guard statvfs(path, &status) == 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
    let free = Int(status.f_bavail) * Int(status.f_bsize) - bytes
    let file = open(ballast, O_CREAT | O_WRONLY, 0o600)
    defer { close(file) }
    let code = free > 0 ? posix_fallocate(file, 0, free) : 0
    if code != 0 { throw POSIXError(.init(rawValue: code) ?? .EIO) }
  }

  func empty() throws {
    if unlink(ballast) != 0 && errno != ENOENT { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
  }
}
