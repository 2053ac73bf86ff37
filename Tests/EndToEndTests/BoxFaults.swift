import CBoxFaults
import Foundation
import Glibc

/// Moves the clock and slows the disk of a program under test, also while it runs. The program must be
/// started with `environment` on top of its own:
///
///     let box = try BoxFaults()
///     let door = try await DoorUnderTest(at: venue, environment: box.environment)
///     box.clockOffset = 86_400  // the box believes that it is tomorrow
///     box.syncDelay = .seconds(3)
///
/// It works by a library, built beside the tests, that is preloaded into the program. Several programs
/// may share one box. The monotonic clock is not moved.
final class BoxFaults: Sendable {
  let file: String
  /// Unmapped with this value, which nothing outlives that uses it; each field is one machine word.
  nonisolated(unsafe) private let faults: UnsafeMutablePointer<box_faults>

  /// - Throws: where the file that the program reads cannot be made.
  init() throws {
    let folder = BuiltProgram.newFolder()
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    file = folder + "/faults"
    let descriptor = open(file, O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
    defer { close(descriptor) }
    let size = MemoryLayout<box_faults>.size
    guard descriptor >= 0, ftruncate(descriptor, off_t(size)) == 0,
      let memory = mmap(nil, size, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0),
      memory != MAP_FAILED
    else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
    faults = memory.assumingMemoryBound(to: box_faults.self)
  }

  deinit {
    munmap(faults, MemoryLayout<box_faults>.size)
    try? FileManager.default.removeItem(atPath: (file as NSString).deletingLastPathComponent)
  }

  var environment: [String: String] {
    let folder = (BuiltProgram.path as NSString).deletingLastPathComponent
    return ["LD_PRELOAD": folder + "/libBoxFaults.so", "BOX_FAULTS": file]
  }

  /// Seconds that the program's clock is ahead of the right time; less than 0: behind it.
  var clockOffset: TimeInterval {
    get { TimeInterval(faults.pointee.clock_offset) / 1e9 }
    set { faults.pointee.clock_offset = Int64(newValue * 1e9) }
  }

  /// How long the program waits at least when it wants something to be on the disk.
  var syncDelay: Duration {
    get { .milliseconds(faults.pointee.sync_delay) }
    set { faults.pointee.sync_delay = Int64(newValue / .milliseconds(1)) }
  }

  /// How many times the programs have asked so far for something to be on the disk.
  var syncs: Int { Int(faults.pointee.syncs) }
}
