package import Admission
import Glibc
import Synchronization

/// A claim is a lock on one byte of a file that holds nothing: one beside the store, and one in
/// `/dev/shm` for where nothing can be written beside it. Locks write nothing, so they work on a full
/// or slow disk, and they end with the process that has them.
///
/// A claim is had in each file that can be opened, so that two processes see each other's as long as
/// they share one. A byte is found by a hash: two passes that share one are only kept waiting for each
/// other.
package final class PassClaimFile: Sendable {
  /// No lock can be had or asked for.
  package struct Unusable: Error {
    /// errno.
    package var code: Int32
  }

  private struct File {
    var path: String
    var identity: FileStatus.Identity
    var descriptor: Int32
  }

  private struct State {
    /// Newest last. One that was replaced still tells those who have it open.
    var files: [File] = []
    /// How many times each byte is had.
    var held: [off_t: Int] = [:]
    /// This process has the store open.
    var hasStore = false
  }

  /// Of files at one path, so many are locked: the newest, and the one before it.
  private static let mostAtOnePath = 2
  /// Whoever may claim passes shares the lock on this byte, which no pass has.
  private static let presence: off_t = 1 << 62
  /// Whoever has the store open shares the lock on this one. Each also makes the file a byte longer,
  /// which takes no room on the disk: so others see it after its end, too.
  private static let storeIsOpen = presence + 1

  private let paths: [String]
  /// How long the files at the paths were at the beginning.
  private let lengths: [Int]
  private let state = Mutex(State())

  /// - Parameter store: the store's file.
  package init(store: String) {
    paths = [
      store + "-claims",
      "/dev/shm/doorcheck-claims-\(geteuid())-"
        + String(Self.hash(Array(Self.absolute(store).utf8)), radix: 36),
    ]
    lengths = paths.map { FileStatus(of: $0)?.size ?? 0 }
  }

  /// From now on the others know that somebody else is here.
  package func announce() { state.withLock { try? openInPlace(&$0) } }

  /// From now on the others know that this process records in the store, also after its end.
  package func announceStore() {
    state.withLock { state in
      try? openInPlace(&state)
      guard !state.hasStore else { return }
      state.hasStore = true
      for file in state.files { Self.tellOfStore(in: file.descriptor) }
    }
  }

  /// Whether another process has the store open, or has had it since this one began. True where a file
  /// was replaced: nobody can know.
  package var othersHaveStore: Bool {
    state.withLock { state in
      try? openInPlace(&state)
      let hasGrown = zip(paths, lengths).contains { path, length in
        let descriptor = state.files.last { $0.path == path }?.descriptor
        let now = FileStatus(of: path) ?? descriptor.flatMap { FileStatus(of: $0) }
        return now.map { $0.size != length } ?? false
      }
      return hasGrown
        || state.files.contains { Self.isHad(Self.storeIsOpen, in: $0.descriptor) }
    }
  }

  deinit { state.withLock { for file in $0.files { close(file.descriptor) } } }

  /// Whether no other process can claim passes of this store. False where nobody can know.
  package var isAlone: Bool {
    state.withLock { state in
      try? openInPlace(&state)
      return !state.files.isEmpty
        && !state.files.contains { Self.isHad(Self.presence, in: $0.descriptor) }
    }
  }

  /// Claims all of them or none; what this process has already is had once more.
  /// - Returns: false where another process has one of them.
  package func claim(_ identities: [PassIdentity]) throws(Unusable) -> Bool {
    let bytes = Set(identities.map(Self.byte)).sorted()
    return try state.withLock { state throws(Unusable) in
      try openInPlace(&state)
      var taken: [(byte: off_t, descriptor: Int32)] = []
      for byte in bytes where state.held[byte] == nil {
        for file in state.files {
          let code = Self.set(F_WRLCK, byte, file.descriptor)
          if code != 0 {
            for lock in taken { _ = Self.set(F_UNLCK, lock.byte, lock.descriptor) }
            if code == EAGAIN || code == EACCES { return false }
            throw Unusable(code: code)
          }
          taken.append((byte, file.descriptor))
        }
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
        guard count == 1 else { continue }
        for file in state.files { _ = Self.set(F_UNLCK, byte, file.descriptor) }
      }
    }
  }

  /// Opens what is at the paths now: locks on a file that was replaced are not seen by who comes later.
  private func openInPlace(_ state: inout State) throws(Unusable) {
    var code: Int32 = 0
    for path in paths {
      let known = state.files.last { $0.path == path }
      let atPath = FileStatus(of: path)
      if let known, atPath == nil || atPath?.identity == known.identity { continue }
      switch Self.open(path) {
      case .failure(let error): code = error.code
      case .success(let file):
        // What is had goes on there, but for what somebody else has taken there already.
        for byte in state.held.keys { _ = Self.set(F_WRLCK, byte, file.descriptor) }
        _ = Self.set(F_RDLCK, Self.presence, file.descriptor)
        if state.hasStore { Self.tellOfStore(in: file.descriptor) }
        state.files.append(file)
        let samePath = state.files.indices.filter { state.files[$0].path == path }
        if samePath.count > Self.mostAtOnePath {
          close(state.files.remove(at: samePath[0]).descriptor)
        }
      }
    }
    if state.files.isEmpty { throw Unusable(code: code) }
  }

  private static func open(_ path: String) -> Result<File, Unusable> {
    let descriptor = Glibc.open(
      path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY, 0o600)
    guard descriptor >= 0 else { return .failure(Unusable(code: errno)) }
    // Nothing is locked in a pipe.
    guard let status = FileStatus(of: descriptor), status.isFile else {
      close(descriptor)
      return .failure(Unusable(code: EINVAL))
    }
    return .success(File(path: path, identity: status.identity, descriptor: descriptor))
  }

  private static func tellOfStore(in descriptor: Int32) {
    _ = set(F_RDLCK, storeIsOpen, descriptor)
    if let length = FileStatus(of: descriptor)?.size { _ = ftruncate(descriptor, length + 1) }
  }

  /// Whether somebody else has a byte, or nobody can know.
  private static func isHad(_ byte: off_t, in descriptor: Int32) -> Bool {
    var lock = lock(F_WRLCK, byte)
    // F_OFD_GETLK, which the importer leaves out.
    return fcntl(descriptor, 36, &lock) != 0 || lock.l_type != Int16(F_UNLCK)
  }

  /// - Returns: errno, or 0.
  private static func set(_ type: Int32, _ byte: off_t, _ descriptor: Int32) -> Int32 {
    var lock = lock(type, byte)
    // F_OFD_SETLK, which the importer leaves out: the lock is the open file's, so that no other
    // descriptor that this process closes takes it away.
    return fcntl(descriptor, 37, &lock) == 0 ? 0 : errno
  }

  private static func lock(_ type: Int32, _ byte: off_t) -> flock {
    var lock = flock()
    lock.l_type = Int16(type)
    lock.l_whence = Int16(SEEK_SET)
    lock.l_start = byte
    lock.l_len = 1
    return lock
  }

  /// Below those that no pass has.
  private static func byte(_ identity: PassIdentity) -> off_t { off_t(hash(identity.bytes) >> 2) }

  /// FNV-1a, the same in every process.
  private static func hash(_ bytes: [UInt8]) -> UInt64 {
    bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }

  /// The same for every way that leads there, as far as there is one.
  private static func absolute(_ path: String) -> String {
    let end = path.lastIndex(of: "/").map(path.index(after:)) ?? path.startIndex
    let folder = end == path.startIndex ? "." : String(path[..<end])
    guard let real = realpath(folder, nil) else { return path }
    defer { free(real) }
    return String(cString: real) + "/" + path[end...]
  }
}
