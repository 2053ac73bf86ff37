import GRDB

/// Why the store could not be opened, read or written. Never holds a name or a code.
package enum StoreError: Error, Sendable, Equatable {
  /// The path of the store is a folder.
  case isFolder(path: String)
  /// Something else than a file stands in the place of one of the store's: a pipe, say.
  case notAFile(path: String)
  /// The folder of the store is missing and cannot be made, or cannot be used.
  case folderUnusable(path: String, reason: String)
  /// The file, its folder or its file system may be read only.
  case readOnly
  /// No space is left.
  case full
  /// Another process kept the store locked for longer than `NightStore.busyTimeout`.
  case busy
  /// The file was deleted or replaced while it was open. Opening the store again begins a new one.
  case gone
  /// The file is damaged. Opening it again with `StoreCheck.thorough` sets it aside.
  case damaged(detail: String)
  /// A newer version of the program made the store.
  case newer(migrations: [String])
  /// An older version made the store; opening it for writing brings it up to date.
  case older
  /// The file is a database of some other program.
  case foreign
  /// Anything else, with SQLite's extended result code; 0 where it was not SQLite.
  case failed(code: Int32, message: String)

  /// Whether waiting may help; everything else means that nothing is being recorded.
  package var isBusy: Bool { self == .busy }
}

extension StoreError: CustomStringConvertible {
  /// One line for standard error and the log.
  package var description: String {
    switch self {
    case .isFolder(let path): "the store's path is a folder: \(path)"
    case .notAFile(let path): "\(path) is not a regular file: move it away, or set store.path"
    case .folderUnusable(let path, let reason):
      "the store's folder cannot be used: \(path): \(reason)"
    case .readOnly: "the store is read-only"
    case .full: "no space is left for the store"
    case .busy: "another process keeps the store locked"
    case .gone: "the store's file was deleted or replaced while it was open"
    case .damaged(let detail): "the store is damaged: \(detail)"
    case .newer(let migrations):
      "a newer version of doorcheck made this store (\(migrations.joined(separator: ", "))): "
        + "update doorcheck, or move the store away"
    case .older: "an older version of doorcheck made this store: start doorcheck once on it"
    case .foreign: "the store's file is a database of another program"
    case .failed(let code, let message): "the store failed: \(message) (SQLite \(code))"
    }
  }
}

extension StoreError {
  init(_ error: any Error) {
    switch error {
    case let error as StoreError: self = error
    case let error as DatabaseError: self.init(error)
    default: self = .failed(code: 0, message: "\(error)")
    }
  }

  private init(_ error: DatabaseError) {
    // The message alone: the whole description holds the statement.
    let message = error.message ?? "no message"
    self =
      switch error.extendedResultCode {
      case .SQLITE_READONLY_DBMOVED: .gone
      case .SQLITE_IOERR_SHORT_READ, .SQLITE_IOERR_CORRUPTFS: .damaged(detail: message)
      case .SQLITE_CORRUPT, .SQLITE_NOTADB: .damaged(detail: message)
      case .SQLITE_READONLY, .SQLITE_PERM: .readOnly
      case .SQLITE_FULL: .full
      case .SQLITE_BUSY, .SQLITE_LOCKED: .busy
      case let code: .failed(code: code.rawValue, message: message)
      }
  }
}
