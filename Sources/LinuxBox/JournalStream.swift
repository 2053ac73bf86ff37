import Foundation

/// The journal of systemd, where a stream leads to it (systemd.exec(5), `$JOURNAL_STREAM`). It has the
/// time of each line itself, and takes a line's priority from `<N>` at its beginning (sd-daemon(3)).
package enum JournalStream {
  /// - Parameters:
  ///   - variable: device and inode of the journal's stream, as the service manager names them.
  package static func isJournal(_ descriptor: Int32, variable: String?) -> Bool {
    let parts = (variable ?? "").split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, let device = UInt64(parts[0]), let inode = UInt64(parts[1]) else {
      return false
    }
    // Whoever inherits the variable may have had its output sent elsewhere.
    var status = stat()
    return fstat(descriptor, &status) == 0 && UInt64(status.st_dev) == device
      && UInt64(status.st_ino) == inode
  }

  package static let isStandardError = isJournal(
    STDERR_FILENO, variable: ProgramEnvironment.variables["JOURNAL_STREAM"])
}
