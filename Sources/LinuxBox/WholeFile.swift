package import Foundation

/// Why a file could not be written.
package struct WholeFileError: Error, Equatable, CustomStringConvertible {
  package enum Problem: Equatable {
    case isFolder
    /// A device, say, which would be replaced by a file.
    case isNoFile
    case isNoFolder
    /// A store or a configuration, say, which would be lost.
    case isOfAnotherKind
    /// An error number of the system's.
    case system(Int32)
  }

  var path: String
  package var problem: Problem

  package var description: String {
    switch problem {
    case .isFolder: "\(path) is a folder; give a file's path"
    case .isNoFile: "\(path) is not a file"
    case .isNoFolder: "\(path) is not a folder; give a folder's path"
    case .isOfAnotherKind: "\(path) holds something else, which would be lost; give another path"
    case .system(let number): "\(path) cannot be written: \(String(cString: strerror(number)))"
    }
  }
}

/// Writes a file so that whoever reads it finds all of the old or all of the new: beside it first,
/// then in its place.
package enum WholeFile {
  /// - Parameters:
  ///   - permissions: of a file that is not there yet, before the umask.
  ///   - isPrivate: only its owner may read it, whoever could read what was there.
  ///   - isNamedByUser: what is there is replaced only where it begins as `text` does: a slip of the
  ///     keyboard must not cost a store.
  package static func write(
    _ text: String, to path: String, permissions: mode_t = 0o666, isPrivate: Bool = false,
    isNamedByUser: Bool = false
  ) throws(WholeFileError) {
    do throws(WholeFileError.Problem) {
      let target = try target(of: path)
      if isNamedByUser { try requireSameKind(as: text, at: target.path) }
      let temporary = try writeTemporary(
        text, beside: target.path, creating: isPrivate ? 0o600 : permissions,
        permissions: isPrivate ? 0o600 : target.permissions)
      guard rename(temporary, target.path) == 0 else {
        let number = errno
        unlink(temporary)
        throw WholeFileError.Problem.system(number)
      }
    } catch {
      throw WholeFileError(path: path, problem: error)
    }
  }

  /// Writes several files of a folder: all of them beside their places first, so that a disk that is
  /// full leaves what was there. Makes the folder where there is none. What is there is replaced only
  /// where it begins as the new text does.
  package static func write(
    _ files: [(name: String, text: String)], inFolder folder: String
  ) throws(WholeFileError) {
    let isNew = mkdir(folder, 0o777) == 0
    if !isNew, errno != EEXIST { throw WholeFileError(path: folder, problem: .system(errno)) }
    do throws(WholeFileError) {
      try write(files, inExisting: folder)
    } catch {
      if isNew { rmdir(folder) }
      throw error
    }
  }

  private static func write(
    _ files: [(name: String, text: String)], inExisting folder: String
  ) throws(WholeFileError) {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder), isFolder.boolValue
    else { throw WholeFileError(path: folder, problem: .isNoFolder) }
    var written: [(temporary: String, target: String)] = []
    // Those that have taken their places are gone from here.
    defer { for file in written { unlink(file.temporary) } }
    for file in files {
      let path = folder.hasSuffix("/") ? folder + file.name : "\(folder)/\(file.name)"
      do throws(WholeFileError.Problem) {
        let target = try target(of: path)
        try requireSameKind(as: file.text, at: target.path)
        let temporary = try writeTemporary(
          file.text, beside: target.path, creating: 0o666, permissions: target.permissions)
        written.append((temporary, target.path))
      } catch {
        throw WholeFileError(path: path, problem: error)
      }
    }
    for file in written where rename(file.temporary, file.target) != 0 {
      throw WholeFileError(path: file.target, problem: .system(errno))
    }
  }

  /// Where a link leads to, and the permissions of what is there.
  private static func target(
    of path: String
  ) throws(WholeFileError.Problem) -> (path: String, permissions: mode_t?) {
    if path.hasSuffix("/") { throw .isFolder }
    guard let real = realpath(path, nil) else {
      if errno == ENOENT, !path.isEmpty { return (path, nil) }
      throw .system(errno)
    }
    defer { free(real) }
    let target = String(cString: real)
    let attributes = (try? FileManager.default.attributesOfItem(atPath: target)) ?? [:]
    switch attributes[.type] as? FileAttributeType {
    case .typeDirectory: throw .isFolder
    case .typeRegular: break
    default: throw .isNoFile
    }
    // Taking its place would get round a file that is not to be changed.
    guard access(target, W_OK) == 0 else { throw .system(errno) }
    return (target, (attributes[.posixPermissions] as? Int).map { mode_t($0 & 0o777) })
  }

  /// An empty file is of every kind.
  private static func requireSameKind(
    as text: String, at path: String
  ) throws(WholeFileError.Problem) {
    // The mark of a page, the first column of a table.
    let ends: Set<UInt8> = [0x0A, 0x0D, 0x2C, 0x3E]
    let beginning = Data(text.utf8.prefix { !ends.contains($0) })
    guard let file = FileHandle(forReadingAtPath: path) else { return }
    defer { try? file.close() }
    let there = (try? file.read(upToCount: beginning.count)) ?? Data()
    guard there.isEmpty || there == beginning else { throw .isOfAnotherKind }
  }

  private static func writeTemporary(
    _ text: String, beside path: String, creating: mode_t, permissions: mode_t?
  ) throws(WholeFileError.Problem) -> String {
    let folder = path.lastIndex(of: "/").map { path[...$0] } ?? ""
    let temporary = "\(folder).doorcheck-\(String(UInt64.random(in: 0 ... .max), radix: 36))"
    let descriptor = open(temporary, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, creating)
    guard descriptor >= 0 else { throw .system(errno) }
    var problem = writeAll(text, to: descriptor)
    if problem == 0, let permissions, fchmod(descriptor, permissions) != 0 { problem = errno }
    // Some file systems have nothing to sync.
    if problem == 0, fsync(descriptor) != 0, errno != EINVAL { problem = errno }
    if close(descriptor) != 0, problem == 0 { problem = errno }
    if problem != 0 {
      unlink(temporary)
      throw .system(problem)
    }
    return temporary
  }

  /// The error's number; 0 where all was written.
  private static func writeAll(_ text: String, to descriptor: Int32) -> Int32 {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
      if count >= 0 {
        rest = rest.dropFirst(count)
      } else if errno != EINTR {
        return errno
      }
    }
    return 0
  }
}

extension WholeFileError.Problem: Error {}
