import Foundation
import SandboxVenue
import Testing

extension EndToEndTests {
  /// Root's commands on a store of the service user, as over ssh while the screen runs.
  @Suite(.enabled(if: geteuid() == 0, "Only root can take another user's place."))
  struct StoreOwnerTests {
    /// No user of any box.
    private static let owner: uid_t = 54_321

    /// Beside the other stores: the folder around those is for whoever made it alone.
    private func ownedFolder() throws -> String {
      let folder = NSTemporaryDirectory() + "doorcheck-owned-\(UUID().uuidString)"
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      try #require(chmod(folder, 0o700) == 0 && chown(folder, Self.owner, Self.owner) == 0)
      return folder
    }

    private func owners(in folder: String) throws -> [String: UInt32] {
      let names = try FileManager.default.contentsOfDirectory(atPath: folder)
      return try Dictionary(
        uniqueKeysWithValues: names.map { name in
          var status = stat()
          try #require(stat("\(folder)/\(name)", &status) == 0)
          return (name, status.st_uid)
        })
    }

    /// The status of each thread: every one has rights of its own.
    private func threads(of process: Int32) throws -> [String] {
      let folder = "/proc/\(process)/task"
      return try FileManager.default.contentsOfDirectory(atPath: folder)
        .compactMap { try? String(contentsOfFile: "\(folder)/\($0)/status", encoding: .utf8) }
    }

    @Test func `What a scan leaves in the store is the owner's`() async throws {
      let venue = try await SandboxVenue.start()
      let folder = try ownedFolder()
      let environment = DoorUnderTest.settings(for: venue)
        .merging(["DOORCHECK_STORE_PATH": folder]) { $1 }
      let process = Process()
      process.executableURL = URL(fileURLWithPath: BuiltProgram.path)
      process.arguments = ["scan", "--event", venue.tonightEventID]
      process.environment = BuiltProgram.environment(environment)
      let (input, output) = (Pipe(), Pipe())
      (process.standardInput, process.standardOutput) = (input, output)
      try process.run()
      try input.fileHandleForWriting.write(contentsOf: Data("ADA4M7X2\n".utf8))
      let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
      #expect(line.contains("valid"))
      let ids = "\(Self.owner)\t\(Self.owner)\t\(Self.owner)\t\(Self.owner)"
      let threads = try threads(of: process.processIdentifier)
      #expect(!threads.isEmpty)
      for status in threads {
        #expect(status.contains("Uid:\t\(ids)\n"))
        #expect(status.contains("Gid:\t\(ids)\n"))
        #expect(status.contains("Groups:\t\(Self.owner) \n"))
      }
      try input.fileHandleForWriting.close()
      process.waitUntilExit()
      #expect(process.terminationStatus == 0)
      let owners = try owners(in: folder)
      #expect(owners["doorcheck.sqlite"] == Self.owner)
      #expect(Set(owners.values) == [Self.owner])
      await venue.stop()
    }

    @Test func `A report reads as the owner, and writes its page as root`() async throws {
      let venue = try await SandboxVenue.start()
      let folder = try ownedFolder()
      let settings = DoorUnderTest.settings(for: venue)
        .merging(["DOORCHECK_STORE_PATH": folder]) { $1 }
      _ = try await BuiltProgram.run(
        ["scan", "--event", venue.tonightEventID, "ADA4M7X2"], environment: settings)
      let rootsOwn = BuiltProgram.newFolder()
      try FileManager.default.createDirectory(atPath: rootsOwn, withIntermediateDirectories: true)
      try #require(chmod(rootsOwn, 0o700) == 0)
      let result = try await BuiltProgram.run(
        ["report", "--event", venue.tonightEventID, "--html", "\(rootsOwn)/night.html"],
        environment: settings)
      #expect(result.exitCode == 0, "\(result.errors)")
      #expect(try owners(in: rootsOwn) == ["night.html": 0])
      #expect(try Set(owners(in: folder).values) == [Self.owner])
      await venue.stop()
    }

    @Test func `A check judges the store by what its owner may do, and leaves nothing`()
      async throws
    {
      let venue = try await SandboxVenue.start()
      let folder = try ownedFolder()
      let settings = DoorUnderTest.settings(for: venue)
        .merging(["DOORCHECK_STORE_PATH": folder]) { $1 }
      let arguments = ["check", "--format", "json"]
      func store() async throws -> String {
        let result = try await BuiltProgram.run(arguments, environment: settings)
        return result.lines.first { $0.contains("\"point\":\"store\"") } ?? result.errors
      }
      #expect(try await store().contains("\"pass\""))
      #expect(try owners(in: folder) == [:])
      _ = try await BuiltProgram.run(
        ["scan", "--event", venue.tonightEventID, "ADA4M7X2"], environment: settings)
      #expect(try await store().contains("\"pass\""))
      #expect(try Set(owners(in: folder).values) == [Self.owner])
      try #require(chmod(folder, 0o500) == 0)
      #expect(try await store().contains("\"fail\""), "root could write there, the door cannot")
      await venue.stop()
    }
  }
}
