import Admission
import Door
import Foundation
import NightStore
import Testing

@testable import Readiness

@Suite final class StoreReadinessTests {
  private let folder = "\(NSTemporaryDirectory())store-readiness-\(UUID().uuidString)"
  private var file: String { "\(folder)/doorcheck.sqlite" }

  init() throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  private var names: [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: folder).sorted()) ?? []
  }

  @Test func `Where there is none yet, none is made`() {
    #expect(StoreReadiness(file: file).look().finding.status == .pass)
    #expect(names == [])
    let deeper = "\(folder)/a/b/doorcheck.sqlite"
    #expect(StoreReadiness(file: deeper).look().finding.status == .pass)
    #expect(names == [])
  }

  @Test func `A store that a door has open is read and left as it is`() async throws {
    let door = try NightStore.open(path: file, now: Date()).store
    let before = names
    let (finding, store) = StoreReadiness(file: file).look()
    #expect(finding.status == .pass, "\(finding)")
    #expect(try await store?.newestScanAt() == nil)
    store?.close()
    #expect(names == before)
    #expect(try await door.crowd(eventID: "E").admitted == 0)
    door.close()
  }

  @Test func `A damaged store is told, and never set aside`() throws {
    try NightStore.open(path: file, now: Date()).store.close()
    let handle = try #require(FileHandle(forWritingAtPath: file))
    try handle.write(contentsOf: Data(repeating: 0xFF, count: 100))
    try handle.close()
    let before = names
    let (finding, store) = StoreReadiness(file: file).look()
    #expect(finding.status == .fail(ProgramExit(1)), "\(finding)")
    #expect(finding.nextStep?.isEmpty == false)
    #expect(store == nil)
    #expect(names == before)
  }

  @Test func `Damage where nothing is read at first is told`() async throws {
    let store = try NightStore.open(path: file, now: Date()).store
    store.close()
    let handle = try #require(FileHandle(forUpdatingAtPath: file))
    // A page of some index or table, which nobody looks at yet.
    try handle.seek(toOffset: handle.seekToEnd() - 3 * 4096)
    try handle.write(contentsOf: Data(repeating: 0x58, count: 4096))
    try handle.close()
    let before = try Data(contentsOf: URL(filePath: file))
    let (finding, opened) = StoreReadiness(file: file).look()
    #expect(finding.status == .fail(ProgramExit(1)), "\(finding)")
    #expect(opened == nil)
    #expect(try Data(contentsOf: URL(filePath: file)) == before)
  }

  @Test func `What is no store is told`() throws {
    try "hello, this is a text and no database at all".write(
      toFile: file, atomically: true, encoding: .utf8)
    #expect(StoreReadiness(file: file).look().finding.status == .fail(ProgramExit(1)))
    let inFile = "\(file)/doorcheck.sqlite"
    #expect(StoreReadiness(file: inFile).look().finding.status == .fail(ProgramExit(1)))
  }

  @Test(arguments: [
    (0, "0 MB"), (999_999_999, "999 MB"), (1_000_000_000, "1.0 GB"), (41_900_000_000, "41 GB"),
  ])
  func `Space is told in two or three figures`(bytes: Int, text: String) {
    #expect(StoreReadiness.text(bytes: bytes) == text)
  }
}
