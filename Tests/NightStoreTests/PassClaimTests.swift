import Admission
import Foundation
import NightStore
import Testing

/// Two of them on one store stand for two processes: each has opened the file for itself.
@Suite struct PassClaimTests {
  private let store: String
  private let one: PassClaimFile
  private let other: PassClaimFile

  init() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    store = folder.appendingPathComponent("doorcheck.sqlite").path
    one = PassClaimFile(store: store)
    other = PassClaimFile(store: store)
  }

  private func pass(_ id: String, _ code: String) -> [PassIdentity] {
    [.id(id, of: .pass), .code(code)].compactMap { $0 }
  }

  @Test(arguments: [
    ("a", "CODE1", "a", "CODE1", false),
    ("a", "CODE1", "a", "OTHER", false),
    ("a", "CODE1", "b", "code1", false),
    ("a", "CODE1", "", "CODE1", false),
    ("", "CODE1", "", "CODE2", true),
    ("a", "CODE1", "b", "CODE2", true),
    ("a", "b", "b", "a", true),
  ])
  func `A pass is claimed by its id and by its code`(
    id: String, code: String, otherID: String, otherCode: String, isFree: Bool
  ) throws {
    #expect(try one.claim(pass(id, code)))
    #expect(try other.claim(pass(otherID, otherCode)) == isFree)
  }

  @Test func `A claim is given back once for each time that it was taken`() throws {
    let a = pass("a", "CODE1")
    #expect(try one.claim(a))
    #expect(try one.claim(a))
    one.release(a)
    #expect(try !other.claim(a))
    one.release(a)
    #expect(try other.claim(a))
    #expect(try !one.claim(a))
  }

  @Test func `What is not had whole is not had at all`() throws {
    #expect(try one.claim(pass("a", "CODE1")))
    #expect(try !other.claim(pass("b", "CODE1")))
    #expect(try one.claim(pass("b", "CODE2")), "the other one let go of b")
  }

  @Test func `Claims end with who has them`() throws {
    var passing: PassClaimFile? = PassClaimFile(store: store)
    #expect(try passing?.claim(pass("a", "CODE1")) == true)
    passing = nil
    #expect(try one.claim(pass("a", "CODE1")))
  }

  @Test func `A file that was replaced is not believed`() throws {
    #expect(try one.claim(pass("a", "CODE1")))
    try FileManager.default.removeItem(atPath: store + "-claims")
    // Whoever comes now makes a new file; whoever was there moves to it with the next claim.
    #expect(try other.claim(pass("b", "CODE2")))
    #expect(try !one.claim(pass("b", "CODE2")))
    #expect(try !other.claim(pass("a", "CODE1")))
  }

  @Test func `A file that is gone still tells those who have it open`() throws {
    #expect(try one.claim(pass("b", "CODE2")))
    #expect(try other.claim(pass("c", "CODE3")))
    try FileManager.default.removeItem(
      atPath: (store as NSString).deletingLastPathComponent)
    #expect(try one.claim(pass("a", "CODE1")))
    #expect(try !other.claim(pass("a", "CODE1")))
  }

  @Test func `Who came after a file was replaced sees what those of before have`() throws {
    #expect(try one.claim(pass("a", "CODE1")))
    try FileManager.default.removeItem(atPath: store + "-claims")
    let late = PassClaimFile(store: store)
    #expect(try !late.claim(pass("a", "CODE1")), "it is had in memory too")
    #expect(try other.claim(pass("b", "CODE2")))
    #expect(try !one.claim(pass("b", "CODE2")))
  }

  @Test func `Two see each other's where only one of them can write beside the store`() throws {
    #expect(try one.claim(pass("a", "CODE1")))
    // As a folder does that has become read-only for those who come now.
    try FileManager.default.removeItem(atPath: store + "-claims")
    try FileManager.default.createDirectory(
      atPath: store + "-claims", withIntermediateDirectories: false)
    let late = PassClaimFile(store: store)
    #expect(try !late.claim(pass("a", "CODE1")))
    #expect(try late.claim(pass("b", "CODE2")))
    #expect(try !one.claim(pass("b", "CODE2")))
  }

  @Test func `Each knows whether another one is there`() throws {
    let folder = TemporaryFolder()
    let store = folder.storePath
    let first = PassClaimFile(store: store)
    #expect(folder.fileNames == [], "nothing is made for who only looks")
    first.announce()
    #expect(first.isAlone)
    var second: PassClaimFile? = PassClaimFile(store: store)
    second?.announce()
    #expect(!first.isAlone)
    #expect(second?.isAlone == false)
    second = nil
    #expect(first.isAlone)
    // A folder that cannot be made is one place for all.
    let nowhere = "/nowhere-\(UUID().uuidString)/doorcheck.sqlite"
    let third = PassClaimFile(store: nowhere)
    #expect(third.isAlone)
    #expect(try third.claim(pass("a", "CODE1")))
    #expect(try !PassClaimFile(store: nowhere).claim(pass("a", "CODE1")))
  }

  @Test func `Who has no store knows whether others have one, or have had one since`() throws {
    let folder = TemporaryFolder()
    let first = PassClaimFile(store: folder.storePath)
    first.announce()
    #expect(!first.othersHaveStore)
    var second: PassClaimFile? = PassClaimFile(store: folder.storePath)
    second?.announceStore()
    #expect(first.othersHaveStore)
    let late = PassClaimFile(store: folder.storePath)
    #expect(late.othersHaveStore)
    second = nil
    #expect(first.othersHaveStore, "it may have recorded somebody")
    #expect(!late.isAlone, "the first one is there")
    #expect(!PassClaimFile(store: folder.storePath).othersHaveStore, "its end came before")
  }

  @Test func `A store is known of where only one of the files can be shared`() throws {
    one.announceStore()
    try FileManager.default.removeItem(atPath: store + "-claims")
    try FileManager.default.createDirectory(
      atPath: store + "-claims", withIntermediateDirectories: false)
    #expect(PassClaimFile(store: store).othersHaveStore)
    #expect(other.othersHaveStore)
  }

  @Test func `The file is its owner's alone, and holds nothing`() throws {
    #expect(try one.claim(pass("a", "CODE1")))
    let attributes = try FileManager.default.attributesOfItem(atPath: store + "-claims")
    #expect(attributes[.posixPermissions] as? Int == 0o600)
    #expect(attributes[.size] as? Int == 0)
  }
}
