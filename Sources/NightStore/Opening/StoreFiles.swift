import FoundationEssentials
import Glibc

/// The files of a store on disk, apart from what is in them.
struct StoreFiles: Sendable {
  let path: String
  let folder: String
  /// In the folder.
  let name: String
  let log: String

  init(path: String) {
    self.path = path
    log = path + "-wal"
    guard let slash = path.lastIndex(of: "/") else {
      (folder, name) = (".", path)
      return
    }
    folder = slash == path.startIndex ? "/" : String(path[..<slash])
    name = String(path[path.index(after: slash)...])
  }

  var sharedIndex: String { path + "-shm" }

  /// SQLite would wait for ever for whoever writes into a pipe.
  func requireFiles() throws(StoreError) {
    if FileStatus(of: path)?.isFolder == true { throw .isFolder(path: path) }
    for file in [path, log, sharedIndex, path + "-journal", successor, successor + "-journal"] {
      if FileStatus(of: file)?.isFile == false { throw .notAFile(path: file) }
    }
  }

  /// Makes the folder where it is missing, for its owner alone.
  func prepareFolder() throws(StoreError) {
    try Self.makeFolder(folder)
    if access(folder, W_OK | X_OK) != 0 { throw Self.error(errno, at: folder) }
  }

  private static func makeFolder(_ folder: String) throws(StoreError) {
    if let status = FileStatus(of: folder) {
      if status.isFolder { return }
      throw .folderUnusable(path: folder, reason: "not a folder")
    }
    if let slash = folder.lastIndex(of: "/"), slash > folder.startIndex {
      try makeFolder(String(folder[..<slash]))
    }
    // Another process may have made it just now.
    if mkdir(folder, 0o700) != 0, errno != EEXIST { throw error(errno, at: folder) }
  }

  /// Makes an empty file that only its owner may read. SQLite gives the files beside it the same
  /// mode, so that none is open to others even for a moment.
  func create() throws(StoreError) { try Self.create(path) }

  /// Makes the file of the store that is to take this one's place, if it is not there yet.
  /// - Parameter anew: whether one that is there goes.
  func beginSuccessor(anew: Bool = false) throws(StoreError) {
    if anew { unlink(successor) }
    // SQLite takes a journal without its file for that of the new one.
    if anew || FileStatus(of: successor) == nil { unlink(successor + "-journal") }
    if FileStatus(of: successor) == nil { try Self.create(successor) }
  }

  private static func create(_ path: String) throws(StoreError) {
    let descriptor = Glibc.open(path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw error(errno, at: path) }
    Glibc.close(descriptor)
  }

  /// Takes away what others may do with files that were there before. They are never opened for it:
  /// closing any descriptor of a database drops the locks that SQLite holds on it.
  func closeToOthers() {
    for file in [path, log, sharedIndex] {
      if let status = FileStatus(of: file), status.permissions & 0o077 != 0 {
        chmod(file, status.permissions & 0o700)
      }
    }
  }

  func requireWritable() throws(StoreError) {
    if access(path, R_OK | W_OK) != 0 { throw Self.error(errno, at: path) }
  }

  /// The file as a URL that tells SQLite that nobody changes it.
  var unchangingAddress: String {
    let path = path.replacing("%", with: "%25").replacing("?", with: "%3F")
      .replacing("#", with: "%23")
    return "file:\(path)?immutable=1"
  }

  /// Throws `gone` unless the files at the path are those that were opened: what is written to a
  /// deleted file is lost without any error.
  func requireInPlace(_ identity: StoreIdentity) throws(StoreError) {
    if StoreIdentity(files: self) != identity { throw .gone }
  }

  private static func error(_ number: Int32, at path: String) -> StoreError {
    switch number {
    case ENOSPC, EDQUOT: .full
    case EACCES, EPERM, EROFS: .readOnly
    default: .folderUnusable(path: path, reason: String(cString: strerror(number)))
    }
  }
}

/// Which files on disk a store has open.
struct StoreIdentity: Sendable, Equatable {
  private let main: FileStatus.Identity?
  private let log: FileStatus.Identity?

  /// While a connection is open, SQLite neither replaces the file nor its log.
  init(files: StoreFiles) {
    main = FileStatus(of: files.path)?.identity
    log = FileStatus(of: files.log)?.identity
  }

  var isThere: Bool { main != nil }

  /// Whatever became of the log.
  func hasSameFile(as other: StoreIdentity) -> Bool { main != nil && main == other.main }
}

/// What stat(2) says.
struct FileStatus {
  struct Identity: Sendable, Equatable {
    var device: dev_t
    var inode: ino_t
  }

  /// Changes with every change of the file.
  struct Trace: Sendable, Equatable {
    var size: Int
    fileprivate var changed: [Int]
  }

  private var status = stat()

  /// Nil where there is no such file, or it cannot be seen.
  init?(of path: String) {
    guard stat(path, &status) == 0 else { return nil }
  }

  /// Nil where it is no open file.
  init?(of descriptor: Int32) {
    guard fstat(descriptor, &status) == 0 else { return nil }
  }

  var isFolder: Bool { status.st_mode & S_IFMT == S_IFDIR }
  var isFile: Bool { status.st_mode & S_IFMT == S_IFREG }
  var permissions: mode_t { status.st_mode & 0o7777 }
  /// In bytes.
  var size: Int { Int(status.st_size) }
  var trace: Trace {
    Trace(
      size: size,
      changed: [
        status.st_mtim.tv_sec, status.st_mtim.tv_nsec, status.st_ctim.tv_sec,
        status.st_ctim.tv_nsec,
      ])
  }
  /// When what is in it last changed.
  var changedAt: Date {
    Date(
      timeIntervalSince1970: Double(status.st_mtim.tv_sec) + Double(status.st_mtim.tv_nsec) / 1e9)
  }
  var identity: Identity { Identity(device: status.st_dev, inode: status.st_ino) }
}
