package import Glibc
package import NightStore

/// The user, other than root, whose store it is.
///
/// A command that root runs, as over ssh, takes that user's place before it touches the store: files
/// that root left there would be read-only for the door, and a folder that others can write to is no
/// place for root to follow links in.
package struct StoreOwner: Equatable, Sendable {
  let user: uid_t
  let group: gid_t
  /// Nil where the number has no name on this box.
  let name: String?
  private let folder: String

  /// The owner of the store's folder, else of its file. Nil where that is root, where neither is
  /// there yet, and where the program does not run as root.
  /// - Parameter file: of the store.
  package init?(ofStore file: String, effectiveUser: uid_t = geteuid()) {
    guard effectiveUser == 0 else { return nil }
    var status = stat()
    folder = file.lastIndex(of: "/").map { String(file[...$0]) } ?? "."
    let isFound = [folder, file].contains { (path: String) in
      stat(path, &status) == 0 && status.st_uid != 0
    }
    guard isFound else { return nil }
    user = status.st_uid
    let account = Account(user: user)
    group = account?.group ?? status.st_gid
    name = account?.name
  }

  /// Takes the owner's place for the rest of the process; there is no way back.
  /// - Throws: `StoreError.folderUnusable` where the system does not let it: nothing may be opened.
  package func takePlace() throws(StoreError) {
    try require(setGroups())
    try require(setgid(group))
    try require(setuid(user))
  }

  /// Takes the owner's place until `RootsPlace.takeBack`, for a command that also writes elsewhere.
  package func standIn() throws(StoreError) -> RootsPlace {
    let place = RootsPlace()
    try require(setGroups())
    try require(setegid(group))
    try require(seteuid(user))
    return place
  }

  private func setGroups() -> Int32 {
    if let name { return initgroups(name, group) }
    var groups = [group]
    return setgroups(1, &groups)
  }

  private func require(_ result: Int32) throws(StoreError) {
    guard result == 0 else {
      let reason = String(cString: strerror(errno))
      throw .folderUnusable(
        path: folder, reason: "root cannot become its owner, \(name ?? "user \(user)"): \(reason)")
    }
  }
}

/// What root was before it stood in for somebody.
package struct RootsPlace {
  private let group = getegid()
  private let groups: [gid_t]

  fileprivate init() {
    var groups = [gid_t](repeating: 0, count: Int(max(0, getgroups(0, nil))))
    _ = getgroups(Int32(groups.count), &groups)
    self.groups = groups
  }

  package func takeBack() {
    // Root may always come back to what it was; if not, what follows is refused and says so.
    _ = seteuid(0)
    _ = setegid(group)
    _ = setgroups(groups.count, groups)
  }
}

/// A line of the user database.
private struct Account {
  let name: String
  let group: gid_t

  init?(user: uid_t) {
    var entry = passwd()
    var found: UnsafeMutablePointer<passwd>?
    var buffer = [CChar](repeating: 0, count: 16_384)
    guard getpwuid_r(user, &entry, &buffer, buffer.count, &found) == 0, found != nil else {
      return nil
    }
    name = String(cString: entry.pw_name)
    group = entry.pw_gid
  }
}
