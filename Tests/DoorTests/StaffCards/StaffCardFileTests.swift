import Admission
import Foundation
import Logging
import Scanner
import SeededRandom
import Testing

@testable import Door

@Suite final class StaffCardFileTests {
  private let folder = "\(NSTemporaryDirectory())staff-cards-\(UUID().uuidString)"
  private var file: StaffCardFile { StaffCardFile(folder: folder + "/box") }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  private func cards(seed: UInt64) -> StaffCards {
    var generator = SplitMix64(seed: seed)
    return StaffCards(using: &generator)
  }

  private func permissions(_ path: String) throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
  }

  @Test func `Cards are kept for their owner alone`() throws {
    #expect(try file.read() == nil)
    try file.replace(by: cards(seed: 1))
    #expect(try file.read() == cards(seed: 1))
    #expect(try permissions(file.path) == 0o600)
    #expect(try permissions(folder + "/box") == 0o700)
    try file.replace(by: cards(seed: 2))
    #expect(try file.read() == cards(seed: 2))
  }

  @Test func `A file that others may read is closed to them, and one made anew is`() throws {
    try file.replace(by: cards(seed: 1))
    chmod(file.path, 0o644)
    #expect(try file.read() == cards(seed: 1))
    #expect(try permissions(file.path) == 0o600)
    chmod(file.path, 0o644)
    try file.replace(by: cards(seed: 2))
    #expect(try permissions(file.path) == 0o600)
  }

  @Test(arguments: ["", "open sesame\n", "undo BCDF\n"])
  func `A file that is none of ours is an error that does not repeat it`(text: String) throws {
    try file.replace(by: cards(seed: 1))
    let whole = try String(contentsOfFile: file.path, encoding: .utf8)
    let broken = text.isEmpty ? String(whole.dropLast(2)) : text + whole
    try Data(broken.utf8).write(to: URL(filePath: file.path))
    let error = #expect(throws: StaffCardFileError.self) { try self.file.read() }
    #expect(error?.problem == .damaged)
    for word in whole.split(whereSeparator: { " \n".contains($0) }) where word.count > 9 {
      #expect(error?.description.contains(word) == false)
    }
  }

  @Test func `A pipe or a folder in its place makes nobody wait`() throws {
    try FileManager.default.createDirectory(
      atPath: folder + "/box", withIntermediateDirectories: true)
    #expect(mkfifo(file.path, 0o600) == 0)
    #expect(throws: StaffCardFileError.self) { try self.file.read() }
    unlink(file.path)
    try FileManager.default.createDirectory(atPath: file.path, withIntermediateDirectories: true)
    #expect(throws: StaffCardFileError.self) { try self.file.read() }
  }

  @Test func `Cards that were replaced work no longer, while the door runs`() throws {
    var reader = StaffCardReader(file: file, logger: Logger(label: "test"))
    let (old, new) = (cards(seed: 1), cards(seed: 2))
    #expect(reader.read(old.text(of: .undo), at: 1) == .foreign)
    try file.replace(by: old)
    #expect(reader.read(old.text(of: .undo), at: 2) == .command(.undo, isAgain: false))
    #expect(reader.read(old.text(of: .undo), at: 3) == .command(.undo, isAgain: true))
    try file.replace(by: new)
    #expect(reader.read(old.text(of: .undo), at: 4) == .foreign)
    #expect(reader.read(new.text(of: .undo), at: 5) == .command(.undo, isAgain: false))
    #expect(reader.read("P6J21FF2S", at: 5.1) == nil)
    #expect(reader.read(new.text(of: .undo), at: 5.2) == .command(.undo, isAgain: false))
    #expect(reader.read(nil, at: 5.3) == nil)
  }

  @Test func `Without a file every card is foreign`() {
    var reader = StaffCardReader(file: nil, logger: Logger(label: "test"))
    #expect(reader.read(cards(seed: 1).text(of: .more), at: 1) == .foreign)
  }
}
