import Glibc

/// Lets one process at a time open, migrate or set aside a store.
///
/// It is a lock on the folder, which needs no file of its own and ends with the process.
enum OpeningLock {
  /// - Throws: `busy` when it could not be had within `NightStore.busyTimeout`.
  static func hold<Value>(
    folder: String, _ work: () throws(StoreError) -> Value
  ) throws(StoreError) -> Value {
    let descriptor = Glibc.open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw .folderUnusable(path: folder, reason: String(cString: strerror(errno)))
    }
    defer { Glibc.close(descriptor) }
    let deadline = ContinuousClock.now + .seconds(NightStore.busyTimeout)
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      guard errno == EWOULDBLOCK || errno == EINTR, ContinuousClock.now < deadline else {
        throw .busy
      }
      usleep(2_000)
    }
    return try work()
  }
}
