package import Admission
import Dispatch
import FoundationEssentials
import Glibc

/// The files beside a store in which ends of the program keep what they could not save. Each end
/// writes one of its own, whole: several may end at once.
package struct UnsavedFiles: Sendable {
  private let store: StoreFiles

  /// What a file says.
  struct Contents {
    var entries: [UnsavedEntry] = []
    /// How many lines cannot be read.
    var unreadable = 0
  }

  private static let mark = "-unsaved-"
  /// A folder that hangs keeps one thread, whoever waits for it.
  private static let reading = DispatchQueue(label: "kept admissions")
  private static let mostBytes = 64 << 20

  init(_ store: StoreFiles) { self.store = store }

  /// - Parameter path: the store's file.
  package init(store path: String) { self.init(StoreFiles(path: path)) }

  // MARK: Writing

  /// Keeps entries for the next start. Nothing is synced: a disk that cannot do so takes them all the
  /// same, and only a power cut loses them.
  /// - Returns: the file's path.
  /// - Throws: where they cannot be kept.
  package func keep(_ entries: [UnsavedEntry]) throws(StoreError) -> String {
    var lines: [UInt8] = []
    do {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      for entry in entries { lines += Array(try encoder.encode(UnsavedLine(entry))) + [0x0A] }
    } catch {
      throw .failed(code: 0, message: "\(error)")
    }
    try store.prepareFolder()
    let own = "\(getpid())-\(String(UInt64.random(in: 0 ... .max), radix: 36))"
    let target = store.path + Self.mark + own
    // Whoever looks for such files finds all of it or nothing.
    let unfinished = "\(store.path)-unfinished-\(own)"
    let file = Glibc.open(unfinished, O_CREAT | O_EXCL | O_WRONLY | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw Self.error() }
    let isWritten = Self.write(lines, to: file)
    let error = Self.error()
    Glibc.close(file)
    guard isWritten else {
      unlink(unfinished)
      throw error
    }
    guard rename(unfinished, target) == 0 else {
      let error = Self.error()
      unlink(unfinished)
      throw error
    }
    return target
  }

  private static func write(_ bytes: [UInt8], to file: Int32) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
      if count > 0 {
        rest = rest.dropFirst(count)
      } else if count < 0, errno != EINTR {
        return false
      }
    }
    return true
  }

  private static func error() -> StoreError {
    switch errno {
    case ENOSPC, EDQUOT: .full
    case EACCES, EPERM, EROFS: .readOnly
    default: .failed(code: 0, message: String(cString: strerror(errno)))
    }
  }

  // MARK: Finding and reading

  /// The paths of all that there are. Asked at each scan, so nothing but the folder is read.
  func all() -> [String] { paths(withMark: Self.mark) }

  private func paths(withMark mark: String) -> [String] {
    guard let folder = opendir(store.folder) else { return [] }
    defer { closedir(folder) }
    let prefix = store.name + mark
    let length = prefix.utf8.count
    var found: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes -> String? in
        // Nearly all are other files: of those no text is made.
        let name = bytes.baseAddress!.assumingMemoryBound(to: CChar.self)
        return strncmp(name, prefix, length) == 0 ? String(cString: name) : nil
      }
      if let name { found.append(store.folder + "/" + name) }
    }
    return found.sorted()
  }

  /// - Returns: nil where there is no such file any more, or it is no file.
  func read(_ path: String) -> Contents? {
    // Whoever writes into a pipe is not waited for.
    let file = Glibc.open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { Glibc.close(file) }
    guard let status = FileStatus(of: file), status.isFile else { return nil }
    guard status.size <= Self.mostBytes, let bytes = Self.bytes(of: file) else {
      return Contents(unreadable: 1)
    }
    var contents = Contents()
    let decoder = JSONDecoder()
    for line in bytes.split(separator: 0x0A) {
      if let entry = try? decoder.decode(UnsavedLine.self, from: Data(line)).entry() {
        contents.entries.append(entry)
      } else {
        contents.unreadable += 1
      }
    }
    return contents
  }

  private static func bytes(of file: Int32) -> [UInt8]? {
    var all: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while all.count <= mostBytes {
      let count = Glibc.read(file, &buffer, buffer.count)
      if count == 0 { return all }
      if count > 0 {
        all += buffer.prefix(count)
      } else if errno != EINTR {
        return nil
      }
    }
    return nil
  }

  /// Who came in by what is kept on a pass or its code.
  package func earlier(of pass: PassAtEvent) async -> EarlierAdmissions {
    await withCheckedContinuation { continuation in
      Self.reading.async {
        let unsaved = UnsavedAdmissions(beside: store)
        // Without a database there is nothing that could fail.
        let earlier = try? unsaved.earlier(of: pass, in: nil)
        continuation.resume(returning: earlier ?? EarlierAdmissions())
      }
    }
  }

  // MARK: What becomes of them

  /// The store holds what it says.
  func delete(_ path: String) { unlink(path) }

  private static let markOfUnreadable = "-unreadable-"

  /// Moves a file out of the way that cannot be read to its end.
  /// - Returns: its name now.
  func setAside(_ path: String) -> String {
    let ending = path.dropFirst((store.folder + "/" + store.name + Self.mark).count)
    let target = store.path + Self.markOfUnreadable + ending
    return rename(path, target) == 0 ? store.name + Self.markOfUnreadable + ending : path
  }

  /// Deletes those that were set aside before `date`: they may hold codes. How many files went.
  func deleteSetAside(before date: Date) -> Int {
    paths(withMark: Self.markOfUnreadable).count { path in
      guard let changed = FileStatus(of: path)?.changedAt, changed < date else { return false }
      return unlink(path) == 0
    }
  }
}
