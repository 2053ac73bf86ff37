import Admission
import Foundation
import GRDB
import Glibc
import NightStore
import Testing

/// A folder of a test's own, which goes with it.
final class TemporaryFolder: Sendable {
  let path: String

  init() {
    path = "\(NSTemporaryDirectory())night-store-\(UUID().uuidString)"
    mkdir(path, 0o777)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  var storePath: String { "\(path)/night.sqlite" }

  func open(at now: Date = night, checking check: StoreCheck = .quick) throws -> OpenedStore {
    try NightStore.open(path: storePath, now: now, checking: check)
  }

  /// A connection of somebody else's, who may leave transactions open.
  func stranger() throws -> DatabaseQueue {
    var configuration = Configuration()
    configuration.allowsUnsafeTransactions = true
    return try DatabaseQueue(path: storePath, configuration: configuration)
  }

  var fileNames: [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: path).sorted()) ?? []
  }
}

/// A new store in a folder of its own.
struct TemporaryStore {
  let folder = TemporaryFolder()
  let store: NightStore

  init() throws {
    store = try folder.open().store
  }
}

func permissions(of path: String) -> mode_t? {
  var status = stat()
  return stat(path, &status) == 0 ? status.st_mode & 0o7777 : nil
}

extension NightStore {
  func undoNewest(door: String, notBefore earliest: Date, at now: Date) async throws
    -> RecordedAdmission?
  {
    guard let newest = try await newestAdmission(door: door, during: earliest..<now) else {
      return nil
    }
    return try await undo(admission: newest.id, at: now)
  }
}

extension NightStore {
  /// People admitted for an event.
  func peopleAdmitted(eventID: String) async throws -> Int {
    try await crowd(eventID: eventID).admitted
  }
}
