import FoundationEssentials
import Glibc

/// A damaged store that was moved out of the way.
package struct SetAside: Sendable, Equatable {
  /// Where it is now.
  package var path: String
  /// What was wrong with it, for the log.
  package var detail: String
  /// How many admissions the store that took its place has from it.
  package var admissions = 0
}

extension StoreFiles {
  private static let mark = ".damaged-"

  /// Takes the place of a store that was set aside, once it has what could be read of it. While it is
  /// there and the store is not, `interruptedSetAside` finds what was under way.
  var successor: String { path + ".new" }

  /// Moves the store out of the way, with its date in the name. The file itself goes first: its log
  /// without it is found, and it without its log would lack the newest admissions.
  func setAside(at now: Date, detail: String) throws(StoreError) -> SetAside {
    let wanted = path + Self.mark + Self.stamp(now)
    var target = wanted
    var number = 1
    while FileStatus(of: target) != nil || FileStatus(of: target + "-wal") != nil {
      number += 1
      target = "\(wanted).\(number)"
    }
    try move(["", "-wal", "-shm"], to: target)
    return SetAside(path: target, detail: detail)
  }

  /// The store that was being set aside when the program or the power ended: nil where there is none.
  func interruptedSetAside() throws(StoreError) -> SetAside? {
    guard FileStatus(of: path) == nil, FileStatus(of: successor) != nil,
      let name = namesSetAside.filter({ !$0.hasSuffix("-wal") && !$0.hasSuffix("-shm") })
        // Of those of one second, the longest name is the last.
        .max(by: { ($0.prefix(stampEnd), $0.count, $0) < ($1.prefix(stampEnd), $1.count, $1) })
    else { return nil }
    let target = "\(folder)/\(name)"
    let left = ["-wal", "-shm"].filter { FileStatus(of: target + $0) == nil }
    try move(left, to: target)
    return SetAside(path: target, detail: "setting it aside was interrupted")
  }

  private func move(_ suffixes: [String], to target: String) throws(StoreError) {
    for suffix in suffixes where rename(path + suffix, target + suffix) != 0 {
      // A missing log is nothing to move; anything else means that the folder cannot be changed.
      if errno != ENOENT { throw .readOnly }
    }
  }

  private var namePrefix: String {
    name + Self.mark
  }

  private var stampEnd: Int { namePrefix.count + Self.stamp(Date()).count }

  private var namesSetAside: [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { $0.hasPrefix(namePrefix) }
  }

  /// Deletes stores that were set aside before `date`: they hold names too. How many files went.
  func deleteSetAside(before date: Date) -> Int {
    let limit = Self.stamp(date)
    // The stamps are of one length and one zone, so they sort as their dates do.
    return namesSetAside.filter { $0.dropFirst(namePrefix.count) < limit }
      .count { unlink("\(folder)/\($0)") == 0 }
  }

  /// 2026-01-31T235959Z: a colon in a file's name is trouble elsewhere.
  private static func stamp(_ date: Date) -> String {
    date.ISO8601Format().filter { $0 != ":" }
  }
}
