import Door
import DoorScreen
import Formatting
import Foundation
import NightStore

/// Looks at the night's store beside whatever door has it open: nothing is made, migrated or set
/// aside, and nothing stays behind.
package struct StoreReadiness {
  let file: String

  private var folder: String { (file as NSString).deletingLastPathComponent }

  /// A night's passes, journal and log take a few; SQLite stops at none.
  private static let leastFree = 100 << 20

  /// Up to this size in bytes the whole file is looked at, in well under a second.
  private static let mostLookedAt = 64 << 20

  /// Root takes the owner's place first, for good: it is the owner who must be able to write.
  /// - Returns: the store, too, where it can be read.
  func look() -> (finding: CheckFinding, store: NightStore?) {
    do throws(StoreError) {
      try StoreOwner(ofStore: file)?.takePlace()
      try NightStore.requireFiles(path: file)
    } catch {
      return (.fail(.store, "\(shown(file)): \(error)", next: advice(error)), nil)
    }
    guard access(file, F_OK) == 0 else { return (missing, nil) }
    do throws(StoreError) {
      let store = try NightStore.openForReading(
        path: file, checking: isSmall ? .thorough : .quick)
      return (written ?? .pass(.store, "\(shown(file)): writable, \(freeText)"), store)
    } catch {
      if error == .older { return (.pass(.store, "\(shown(file)): \(error)"), nil) }
      return (.fail(.store, "\(shown(file)): \(error)", next: advice(error)), nil)
    }
  }

  private var isSmall: Bool {
    var status = stat()
    return stat(file, &status) == 0 && status.st_size <= Self.mostLookedAt
  }

  /// There is no store yet: can one be made?
  private var missing: CheckFinding {
    var ancestor = folder
    while access(ancestor, F_OK) != 0, ancestor.count > 1 {
      ancestor = (ancestor as NSString).deletingLastPathComponent
    }
    let finding = ancestor == folder ? written : problem(of: ancestor)
    return finding
      ?? .pass(
        .store, "\(shown(folder)): none yet, the first scan makes it; \(freeText(at: ancestor))")
  }

  /// What keeps an existing folder from being written; nil where nothing does.
  private var written: CheckFinding? {
    if let problem = problem(of: folder) { return problem }
    for file in [file, file + "-wal"] where access(file, F_OK) == 0 && access(file, W_OK) != 0 {
      return notWritable(file, errno)
    }
    let trial = "\(folder)/.doorcheck-check-\(getpid())"
    let descriptor = open(trial, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return notWritable(folder, errno) }
    defer {
      close(descriptor)
      unlink(trial)
    }
    let piece = [UInt8](repeating: 0, count: 64 * 1024)
    guard write(descriptor, piece, piece.count) == piece.count, fsync(descriptor) == 0 else {
      return notWritable(folder, errno)
    }
    return nil
  }

  private func problem(of folder: String) -> CheckFinding? {
    if access(folder, W_OK | X_OK) != 0 { return notWritable(folder, errno) }
    var status = stat()
    if stat(folder, &status) == 0, status.st_mode & S_IFMT != S_IFDIR {
      return notWritable(folder, ENOTDIR)
    }
    guard let free = free(at: folder), free < Self.leastFree else { return nil }
    return .fail(
      .store, "\(shown(folder)): only \(Self.text(bytes: free)) free",
      next: "make room, or set store.path to another disk: what cannot be recorded is forgotten")
  }

  private func notWritable(_ path: String, _ number: Int32) -> CheckFinding {
    .fail(
      .store, "\(shown(path)) cannot be written: \(String(cString: strerror(number)))",
      next: "let the user that doorcheck runs as write there, or set store.path: what cannot be "
        + "recorded is forgotten")
  }

  private func advice(_ error: StoreError) -> String {
    switch error {
    case .isFolder, .notAFile: "store.path names the folder of the store; move what is there away"
    case .folderUnusable, .readOnly, .failed, .gone:
      "run it as the user that doorcheck runs as, or look at the rights of the file"
    case .full: "make room, or set store.path to another disk"
    case .busy: "try again; if it stays so, a process hangs that has it open"
    case .damaged:
      "when the door screen starts and finds it, it sets it aside and begins a new one with what "
        + "can be read of it, first of all who is in"
    case .newer: "update doorcheck, or move the store away"
    case .older: "the door screen brings it up to date when it starts"
    case .foreign: "move it away, or set store.path"
    }
  }

  private var freeText: String { freeText(at: folder) }

  private func freeText(at folder: String) -> String {
    free(at: folder).map { "\(Self.text(bytes: $0)) free" } ?? "space not known"
  }

  /// Bytes that are left to somebody who is not root; nil where the file system does not say.
  private func free(at folder: String) -> Int? {
    var status = statvfs()
    guard statvfs(folder, &status) == 0, status.f_blocks > 0 else { return nil }
    return Int(clamping: status.f_bavail * UInt(status.f_frsize))
  }

  /// `41 GB`, `0.4 GB`, `12 MB`.
  static func text(bytes: Int) -> String {
    let megabytes = bytes / 1_000_000
    if megabytes < 1000 { return "\(megabytes) MB" }
    return megabytes < 10_000
      ? "\(megabytes / 1000).\(megabytes / 100 % 10) GB" : "\(megabytes / 1000) GB"
  }

  private func shown(_ path: String) -> String { DisplayText.cleaned(path) }
}
