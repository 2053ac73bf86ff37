import Foundation
import Testing

@testable import LinuxBox

@Suite final class WholeFileTests {
  private let folder = "\(NSTemporaryDirectory())whole-file-\(UUID().uuidString)"

  init() throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  private var names: [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: folder).sorted()) ?? []
  }

  private func contents(_ name: String) -> String? {
    try? String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)
  }

  private func problem(_ path: String) -> WholeFileError.Problem? {
    do throws(WholeFileError) {
      try WholeFile.write("new", to: path)
      return nil
    } catch {
      #expect(error.description.contains(path))
      return error.problem
    }
  }

  @Test func `Writes a new file, and nothing beside it`() throws {
    let text = String(repeating: "García\n", count: 100_000)
    try WholeFile.write(text, to: "\(folder)/night.html")
    #expect(contents("night.html") == text)
    #expect(names == ["night.html"])
  }

  @Test func `Takes the place of an old file with its permissions`() throws {
    let path = "\(folder)/night.html"
    try "old".write(toFile: path, atomically: false, encoding: .utf8)
    chmod(path, 0o640)
    let reader = try #require(FileHandle(forReadingAtPath: path))
    try WholeFile.write("new", to: path)
    #expect(contents("night.html") == "new")
    // Whoever was reading goes on reading all of the old one.
    #expect(try reader.readToEnd() == Data("old".utf8))
    let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    #expect(mode == 0o640)
    #expect(names == ["night.html"])
  }

  @Test func `A link stays, and what it leads to is written`() throws {
    try "old".write(toFile: "\(folder)/real", atomically: false, encoding: .utf8)
    symlink("real", "\(folder)/link")
    try WholeFile.write("new", to: "\(folder)/link")
    #expect(contents("real") == "new")
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: "\(folder)/link") == "real")
  }

  @Test func `What cannot be written is said, and left as it was`() throws {
    try "old".write(toFile: "\(folder)/file", atomically: false, encoding: .utf8)
    #expect(problem(folder) == .isFolder)
    #expect(problem("\(folder)/new/") == .isFolder)
    #expect(problem("\(folder)/missing/night.html") == .system(ENOENT))
    #expect(problem("\(folder)/file/night.html") == .system(ENOTDIR))
    #expect(problem("\(folder)/\(String(repeating: "n", count: 300))") == .system(ENAMETOOLONG))
    #expect(problem("/dev/null") == .isNoFile)
    #expect(names == ["file"])
    #expect(contents("file") == "old")
  }

  @Test(
    arguments: [
      ("<!DOCTYPE html>\nold", nil), ("", nil), ("SQLite format 3\0", .isOfAnotherKind),
      ("door:\n  name: x\n", .isOfAnotherKind), ("<!DOC", .isOfAnotherKind),
    ] as [(String, WholeFileError.Problem?)])
  func `What a user names takes the place of its own kind alone`(
    old: String, expected: WholeFileError.Problem?
  ) throws {
    try old.write(toFile: "\(folder)/store", atomically: false, encoding: .utf8)
    symlink("store", "\(folder)/page.html")
    var found: WholeFileError.Problem?
    do throws(WholeFileError) {
      try WholeFile.write("<!DOCTYPE html>\nnew", to: "\(folder)/page.html", isNamedByUser: true)
    } catch {
      found = error.problem
    }
    #expect(found == expected)
    #expect(contents("store") == (expected == nil ? "<!DOCTYPE html>\nnew" : old))
    #expect(names == ["page.html", "store"])
  }

  private func problem(ofTables folder: String) -> WholeFileError.Problem? {
    do throws(WholeFileError) {
      try WholeFile.write([("one.csv", "new,1"), ("two.csv", "new,2")], inFolder: folder)
      return nil
    } catch {
      return error.problem
    }
  }

  @Test func `Several files are written whole into a folder, which is made`() throws {
    let tables = "\(folder)/tables"
    for path in [tables, tables + "/"] {
      #expect(problem(ofTables: path) == nil)
      #expect(contents("tables/one.csv") == "new,1" && contents("tables/two.csv") == "new,2")
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: tables).count == 2)
  }

  @Test func `Where one of several cannot be written, all stay as they were`() throws {
    try "new,0".write(toFile: "\(folder)/one.csv", atomically: false, encoding: .utf8)
    mkdir("\(folder)/two.csv", 0o777)
    #expect(problem(ofTables: folder) == .isFolder)
    #expect(contents("one.csv") == "new,0")
    #expect(names == ["one.csv", "two.csv"])
    #expect(problem(ofTables: "\(folder)/one.csv") == .isNoFolder)
    #expect(problem(ofTables: "\(folder)/one.csv/tables") == .system(ENOTDIR))
    #expect(problem(ofTables: "\(folder)/missing/tables") == .system(ENOENT))
    #expect(problem(ofTables: "") == .system(ENOENT))
    #expect(throws: WholeFileError.self) {
      try WholeFile.write([("no/such.csv", "new")], inFolder: "\(folder)/made")
    }
    #expect(names == ["one.csv", "two.csv"])
    #expect(contents("one.csv") == "new,0")
  }

  /// Root may write anywhere.
  @Test(.enabled(if: geteuid() != 0))
  func `A file or folder that is not to be changed is not`() throws {
    try "old".write(toFile: "\(folder)/file", atomically: false, encoding: .utf8)
    chmod("\(folder)/file", 0o400)
    #expect(problem("\(folder)/file") == .system(EACCES))
    chmod(folder, 0o500)
    defer { chmod(folder, 0o700) }
    #expect(problem("\(folder)/new") == .system(EACCES))
  }
}
