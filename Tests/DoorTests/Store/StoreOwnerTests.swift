import Foundation
import Testing

@testable import Door

/// Whose place root takes before it touches a store.
@Suite(.enabled(if: geteuid() == 0, "Only root may give a folder away.")) struct StoreOwnerTests {
  /// A user of every Debian, and a number that has no name.
  static let nobody: uid_t = 65534
  static let unnamed: uid_t = 54_321

  private struct Place {
    let folder = NSTemporaryDirectory() + "doorcheck-owner-\(UUID().uuidString)"
    var file: String { folder + "/doorcheck.sqlite" }

    init(folderOwner: uid_t, fileOwner: uid_t?) throws {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      try #require(chown(folder, folderOwner, folderOwner) == 0)
      guard let fileOwner else { return }
      try Data().write(to: URL(fileURLWithPath: file))
      try #require(chown(file, fileOwner, fileOwner) == 0)
    }

    func remove() { try? FileManager.default.removeItem(atPath: folder) }
  }

  @Test(
    arguments: [
      (0, nil, nil), (0, 0, nil), (nobody, nil, nobody), (nobody, 0, nobody), (0, nobody, nobody),
      (unnamed, nobody, unnamed),
    ] as [(uid_t, uid_t?, uid_t?)])
  func `The folder's owner else the files`(folder: uid_t, file: uid_t?, expected: uid_t?) throws {
    let place = try Place(folderOwner: folder, fileOwner: file)
    defer { place.remove() }
    #expect(StoreOwner(ofStore: place.file, effectiveUser: 0)?.user == expected)
  }

  @Test func `Only root takes another's place`() throws {
    let place = try Place(folderOwner: Self.nobody, fileOwner: nil)
    defer { place.remove() }
    #expect(StoreOwner(ofStore: place.file, effectiveUser: 1000) == nil)
  }

  @Test func `What is not there yet is nobody's`() {
    #expect(StoreOwner(ofStore: "/nonexistent/doorcheck.sqlite", effectiveUser: 0) == nil)
  }

  @Test func `Name and group are the account's`() throws {
    let named = try Place(folderOwner: Self.nobody, fileOwner: nil)
    let unnamed = try Place(folderOwner: Self.unnamed, fileOwner: nil)
    defer { for place in [named, unnamed] { place.remove() } }
    let nobody = try #require(StoreOwner(ofStore: named.file, effectiveUser: 0))
    #expect(nobody.name == "nobody")
    #expect(nobody.group == getgrnam("nogroup").pointee.gr_gid)
    let stranger = try #require(StoreOwner(ofStore: unnamed.file, effectiveUser: 0))
    #expect(stranger.name == nil)
    #expect(stranger.group == Self.unnamed)
  }
}
