import Glibc

/// The pages of a damaged store, each as the last commit left it, read without SQLite: it reads
/// nothing where its own first page or the list of its tables is broken.
final class StorePages {
  /// Of every store that this program makes.
  static let pageSize = 4096

  private let file: Int32
  private let logFile: Int32
  private let log: WriteAheadLog
  /// How many there are.
  let count: Int

  /// - Returns: nil where the file cannot be read.
  init?(_ files: StoreFiles) {
    file = Glibc.open(files.path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    logFile = Glibc.open(files.log, O_RDONLY | O_CLOEXEC)
    log = WriteAheadLog(path: files.log)
    let inFile = (FileStatus(of: files.path)?.size ?? 0) / Self.pageSize
    count = max(inFile, log.pages.keys.max() ?? 0)
  }

  deinit {
    close(file)
    if logFile >= 0 { close(logFile) }
  }

  /// - Parameter number: from 1.
  subscript(number: Int) -> [UInt8]? {
    if let offset = log.pages[number],
      let page = FileBytes.read(logFile, at: offset, count: Self.pageSize)
    {
      return page
    }
    return FileBytes.read(file, at: off_t((number - 1) * Self.pageSize), count: Self.pageSize)
  }
}

enum FileBytes {
  /// - Returns: nil where there are not so many.
  static func read(_ descriptor: Int32, at offset: off_t, count: Int) -> [UInt8]? {
    guard offset >= 0 else { return nil }
    var done = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      while done < count {
        let got = pread(
          descriptor, buffer.baseAddress! + done, count - done, offset + off_t(done))
        if got < 0, errno == EINTR { continue }
        guard got > 0 else { break }
        done += got
      }
      initialized = done
    }
    return done == count ? bytes : nil
  }
}

extension [UInt8] {
  /// Numbers as SQLite's files have them: the highest byte first.
  func number16(at offset: Int) -> Int { Int(self[offset]) << 8 | Int(self[offset + 1]) }

  func number32(at offset: Int) -> UInt32 {
    UInt32(number16(at: offset)) << 16 | UInt32(number16(at: offset + 2))
  }

  func number64(at offset: Int) -> UInt64 {
    UInt64(number32(at: offset)) << 32 | UInt64(number32(at: offset + 4))
  }
}
