import Glibc

/// A store's log, read without SQLite, which takes the first frame that is broken for the end and
/// says nothing of those behind it.
struct WriteAheadLog {
  /// Where in the log the newest content of each page is, as of the last commit.
  let pages: [Int: off_t]
  /// Whether whole commits follow a frame that is broken: SQLite would forget them.
  let isBroken: Bool

  private static let headerSize = 32
  private static let frameHeaderSize = 24

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
    guard descriptor >= 0,
      let header = FileBytes.read(descriptor, at: 0, count: Self.headerSize)
    else {
      (pages, isBroken) = ([:], false)
      return
    }
    let magic = header.number32(at: 0)
    // Where the header is broken, the first frames tell what it would.
    let isHeaderSound = magic & ~1 == 0x377f_0682
    let isBigEndian = isHeaderSound ? magic & 1 == 1 : false
    let frames = Self.frames(descriptor, header: header, isBigEndian: isBigEndian)
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
    let firstBroken = isHeaderSound ? current.firstIndex { !($0?.isWhole ?? false) } ?? .max : 0
    isBroken = lastCommit.map { $0 > firstBroken } ?? false
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
