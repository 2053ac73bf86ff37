import Glibc

/// A store's log, read without SQLite, which takes the first frame that is broken for the end and
/// says nothing of those behind it.
struct WriteAheadLog {
  /// Where in the log the newest content of each page is, as of the last commit.
  let pages: [Int: off_t]
  /// The first broken frame, where whole commits follow it: SQLite would forget them.
  let firstBroken: BrokenFrame?

  /// A frame of one run of the log, which SQLite begins anew from time to time.
  struct BrokenFrame: Equatable {
    var salts: UInt64?
    var index: Int
  }

  private static let headerSize = 32
  private static let frameHeaderSize = 24
  /// While somebody begins it anew at each reading, it is sound: SQLite has just read it.
  private static let mostReadings = 5

  private struct Frame {
    var page: Int
    /// Whether a transaction ends with it.
    var isCommit: Bool
    var salts: UInt64
    var sums: (UInt32, UInt32)
    /// Of what comes after what `sums` of the frame before it says.
    var isWhole: Bool
    var content: off_t
  }

  /// - Parameter path: of the log. One that is missing or empty holds nothing.
  init(path: String) {
    let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
    defer { if descriptor >= 0 { close(descriptor) } }
    guard descriptor >= 0, let (header, frames, isSettled) = Self.read(descriptor) else {
      (pages, firstBroken) = ([:], nil)
      return
    }
    // Where the header is broken, the first frames tell what it would.
    let isHeaderSound = Self.isSound(header)
    let salts = isHeaderSound ? header.number64(at: 16) : Self.likelySalts(frames)
    let current = frames.map { frame in
      frame.salts == salts ? frame : nil
    }
    let lastCommit = current.lastIndex { $0.map { $0.isCommit && $0.isWhole } ?? false }
    var pages: [Int: off_t] = [:]
    for (index, frame) in current.enumerated() where index <= lastCommit ?? -1 {
      // What is behind a frame without its own sums cannot be told from a whole one.
      let isUnknown = index == 0 ? !isHeaderSound : current[index - 1] == nil
      if let frame, frame.isWhole || isUnknown { pages[frame.page] = frame.content }
    }
    self.pages = pages
    let first = isHeaderSound ? current.firstIndex { !($0?.isWhole ?? false) } ?? .max : 0
    let isBroken = isSettled && lastCommit.map { $0 > first } ?? false
    firstBroken = isBroken ? BrokenFrame(salts: salts, index: first) : nil
  }

  private static func isSound(_ header: [UInt8]) -> Bool {
    header.number32(at: 0) & ~1 == 0x377f_0682
  }

  /// Read again where it was begun anew meanwhile, which changes its header first: new frames in front
  /// of old ones look like broken ones.
  /// - Returns: `isSettled` is false where it was begun anew each time. Nil where there is no header.
  private static func read(
    _ descriptor: Int32
  ) -> (header: [UInt8], frames: [Frame], isSettled: Bool)? {
    var header = FileBytes.read(descriptor, at: 0, count: headerSize)
    var newest: (header: [UInt8], frames: [Frame], isSettled: Bool)?
    for _ in 0..<mostReadings {
      guard let before = header else { return nil }
      let isBigEndian = isSound(before) && before.number32(at: 0) & 1 == 1
      let frames = frames(descriptor, header: before, isBigEndian: isBigEndian)
      header = FileBytes.read(descriptor, at: 0, count: headerSize)
      newest = (before, frames, header == before)
      if header == before { break }
    }
    return newest
  }

  private static func frames(
    _ descriptor: Int32, header: [UInt8], isBigEndian: Bool
  ) -> [Frame] {
    var frames: [Frame] = []
    var sums = (header.number32(at: 24), header.number32(at: 28))
    var offset = off_t(headerSize)
    let size = frameHeaderSize + StorePages.pageSize
    while let bytes = FileBytes.read(descriptor, at: offset, count: size) {
      let told = (bytes.number32(at: 16), bytes.number32(at: 20))
      let actual = sum(bytes, 0..<8, from: sums, isBigEndian: isBigEndian)
      let whole = sum(
        bytes, frameHeaderSize..<size, from: actual, isBigEndian: isBigEndian)
      frames.append(
        Frame(
          page: Int(bytes.number32(at: 0)), isCommit: bytes.number32(at: 4) != 0,
          salts: bytes.number64(at: 8), sums: told, isWhole: whole == told,
          content: offset + off_t(frameHeaderSize)))
      sums = told
      offset += off_t(size)
    }
    return frames
  }

  /// Those of the first frame that follows one of its own kind.
  private static func likelySalts(_ frames: [Frame]) -> UInt64? {
    zip(frames, frames.dropFirst()).first { $1.isWhole && $0.salts == $1.salts }?.1.salts
  }

  /// SQLite's sums: each covers all before it.
  private static func sum(
    _ bytes: [UInt8], _ range: Range<Int>, from start: (UInt32, UInt32), isBigEndian: Bool
  ) -> (UInt32, UInt32) {
    var (first, second) = start
    bytes.withUnsafeBytes { bytes in
      var offset = range.lowerBound
      while offset < range.upperBound {
        let one = bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self)
        let other = bytes.loadUnaligned(fromByteOffset: offset + 4, as: UInt32.self)
        first &+= (isBigEndian ? UInt32(bigEndian: one) : UInt32(littleEndian: one)) &+ second
        second &+= (isBigEndian ? UInt32(bigEndian: other) : UInt32(littleEndian: other)) &+ first
        offset += 8
      }
    }
    return (first, second)
  }
}
