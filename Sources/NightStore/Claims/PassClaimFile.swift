package import Admission
import Glibc
import Synchronization

/// Claims on passes as locks on single bytes of an empty file beside the store. They cost no disk, so
/// they work on a full or slow one, and end with the process that has them.
///
/// A byte is found by a hash: two passes that share one are only kept waiting for each other.
package final class PassClaimFile: Sendable {
  /// No lock can be had or asked for.
  package struct Unusable: Error {
    /// errno.
    package var code: Int32
  }

  private struct State {
    var descriptor: Int32 = -1
    /// Of the descriptor.
    var path: String?
    /// How many times each byte is had.
    var held: [off_t: Int] = [:]
  }

  /// Beside the store, and where nothing can be written there, in memory under the folder's number.
  private let paths: [String]
  private let state = Mutex(State())

  /// - Parameter store: the store's file.
  package init(store: String) {
    var paths = [store + "-claims"]
    var folder = stat()
    let end = store.lastIndex(of: "/").map(store.index(after:)) ?? store.startIndex
    if stat(end == store.startIndex ? "." : String(store[..<end]), &folder) == 0 {
      paths.append("/dev/shm/doorcheck-claims-\(geteuid())-\(folder.st_dev)-\(folder.st_ino)")
    }
    self.paths = paths
  }

  deinit { state.withLock { if $0.descriptor >= 0 { close($0.descriptor) } } }

  /// Claims all of them or none; what this process has already is had once more.
  /// - Returns: false where another process has one of them.
  package func take(_ identities: [PassIdentity]) throws(Unusable) -> Bool {
    let bytes = Set(identities.map(Self.byte)).sorted()
    return try state.withLock { state throws(Unusable) in
      try openInPlace(&state)
      var taken: [off_t] = []
      for byte in bytes where state.held[byte] == nil {
        let code = Self.set(F_WRLCK, byte, state.descriptor)
        if code != 0 {
          for byte in taken { _ = Self.set(F_UNLCK, byte, state.descriptor) }
          if code == EAGAIN || code == EACCES { return false }
          throw Unusable(code: code)
        }
        taken.append(byte)
      }
      for byte in bytes { state.held[byte, default: 0] += 1 }
      return true
    }
  }

  /// Gives back what was taken, once.
  package func release(_ identities: [PassIdentity]) {
    state.withLock { state in
      for byte in Set(identities.map(Self.byte)) {
        guard let count = state.held[byte] else { continue }
        state.held[byte] = count > 1 ? count - 1 : nil
        if count == 1 { _ = Self.set(F_UNLCK, byte, state.descriptor) }
      }
    }
  }

  /// Opens the file that is at the path now: locks on one that was replaced tell nobody anything. One
  /// that is only gone still tells those who have it open.
  private func openInPlace(_ state: inout State) throws(Unusable) {
    if state.descriptor >= 0, let path = state.path {
      let (opened, atPath) = (FileStatus(of: state.descriptor), FileStatus(of: path))
      if atPath == nil || opened?.identity == atPath?.identity { return }
    }
    var code: Int32 = 0
    for path in paths {
      let descriptor = Glibc.open(
        path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY, 0o600)
      guard descriptor >= 0 else {
        code = errno
        continue
      }
      // Nothing is locked in a pipe.
      guard FileStatus(of: descriptor)?.isFile == true else {
        close(descriptor)
        code = EINVAL
        continue
      }
      // What is had goes on there, but for what somebody else has taken there already.
      for byte in state.held.keys { _ = Self.set(F_WRLCK, byte, descriptor) }
      if state.descriptor >= 0 { close(state.descriptor) }
      (state.descriptor, state.path) = (descriptor, path)
      return
    }
    if state.descriptor < 0 { throw Unusable(code: code) }
  }

  /// - Returns: errno, or 0.
  private static func set(_ type: Int32, _ byte: off_t, _ descriptor: Int32) -> Int32 {
    var lock = flock()
    lock.l_type = Int16(type)
    lock.l_whence = Int16(SEEK_SET)
    lock.l_start = byte
    lock.l_len = 1
    // F_OFD_SETLK, which the importer leaves out: the lock is the open file's, so that no other
    // descriptor that this process closes takes it away.
    return fcntl(descriptor, 37, &lock) == 0 ? 0 : errno
  }

  /// FNV-1a, the same in every process.
  private static func byte(_ identity: PassIdentity) -> off_t {
    let hash = identity.text.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) {
      ($0 ^ UInt64($1)) &* 0x100_0000_01B3
    }
    return off_t(hash >> 2)
  }
}
