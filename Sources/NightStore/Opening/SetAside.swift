import FoundationEssentials
import Glibc

/// A damaged store that was moved out of the way.
package struct SetAside: Sendable, Equatable {
  /// Where it is now.
  package var path: String
  /// What was wrong with it, for the log.
  package var detail: String
}

extension StoreFiles {
  private static let mark = ".damaged-"

  /// Moves the store out of the way, with its date in the name. The file itself goes last: were this
  /// interrupted, the next opening would find the damage again.
  func setAside(at now: Date, detail: String) throws(StoreError) -> SetAside {
    let wanted = path + Self.mark + Self.stamp(now)
    var target = wanted
    var number = 1
    while FileStatus(of: target) != nil || FileStatus(of: target + "-wal") != nil {
      number += 1
      target = "\(wanted).\(number)"
    }
    for suffix in ["-wal", "-shm", ""] where rename(path + suffix, target + suffix) != 0 {
      // A missing log is nothing to move; anything else means that the folder cannot be changed.
      if errno != ENOENT { throw .readOnly }
    }
    return SetAside(path: target, detail: detail)
  }

  /// Deletes stores that were set aside before `date`: they hold names too. How many files went.
  func deleteSetAside(before date: Date) -> Int {
    let manager = FileManager.default
    let prefix = (path.split(separator: "/").last.map(String.init) ?? path) + Self.mark
    let limit = Self.stamp(date)
    let names = (try? manager.contentsOfDirectory(atPath: folder)) ?? []
    // The stamps are of one length and one zone, so they sort as their dates do.
    return names.filter { $0.hasPrefix(prefix) && $0.dropFirst(prefix.count) < limit }
      .count { unlink("\(folder)/\($0)") == 0 }
  }

  /// 2026-01-31T235959Z: a colon in a file's name is trouble elsewhere.
  private static func stamp(_ date: Date) -> String {
    date.ISO8601Format().filter { $0 != ":" }
  }
}
