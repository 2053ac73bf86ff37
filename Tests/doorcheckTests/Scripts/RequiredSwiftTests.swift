import Foundation
import Testing

/// Every script that builds looks at the Swift that it finds first, and says what is missing.
@Suite struct RequiredSwiftTests {
  private static let root = URL(filePath: #filePath).appending(path: "../../../..").standardized
  private static let scripts = ["demo", "test", "bench", "endure", "fuzz", "package/build"]

  /// The first line of the package's description.
  private static var needed: String {
    get throws {
      let package = try String(contentsOf: root.appending(path: "Package.swift"), encoding: .utf8)
      return try #require(package.firstMatch(of: /swift-tools-version: ([0-9.]+)/)).1.description
    }
  }

  @Test(arguments: scripts)
  func `An older Swift is named, and what is needed`(script: String) throws {
    let run = try run(script, swift: "echo 'Swift version 6.1.3 (swift-6.1.3-RELEASE)'")
    let needed = try Self.needed
    #expect(run.status == 1)
    #expect(
      run.errors.contains("6.1.3") && run.errors.contains("Swift \(needed) or newer"))
    #expect(run.errors.contains("https://www.swift.org/install/linux"))
    #expect(run.output == "", "nothing else is begun")
  }

  @Test(arguments: scripts) func `No Swift at all is said`(script: String) throws {
    let run = try run(script, swift: nil)
    #expect(run.status == 1)
    let needed = try Self.needed
    #expect(run.errors.contains("missing") && run.errors.contains("Swift \(needed) or"))
    #expect(run.output == "", "nothing else is begun")
  }

  @Test(arguments: [
    ("echo 'Swift version 6.2 (swift-6.2-RELEASE)'", true),
    ("echo 'Swift version 6.10.1 (swift-6.10.1-RELEASE)'", true),
    ("echo 'Swift version 7.0-dev (LLVM 1234)'", true), ("echo 'Swift version 10 (x)'", true),
    ("echo 'swift-driver version: 1.148' >&2; echo 'Apple Swift version 6.3.1 (swiftlang)'", true),
    ("echo 'Swift version 5.10.1 (swift-5.10.1-RELEASE)'", false),
    ("echo 'Swift version 6 (x)'", false), ("echo 'Swift version 6.1 (x)'", false),
    ("echo 'hello'", false), ("true", false),
    ("echo 'error while loading shared libraries' >&2; exit 127", false),
  ])
  func `A version is compared number by number`(swift: String, isEnough: Bool) throws {
    let run = try run("require-swift", swift: swift)
    #expect((run.status == 0) == isEnough, "\(run.errors)")
    #expect(run.errors.isEmpty == isEnough)
  }

  @Test func `README names the same version`() throws {
    let needed = try Self.needed
    let readme = try String(
      contentsOf: Self.root.appending(path: "README.md"), encoding: .utf8)
    #expect(
      readme.contains("[Swift](https://www.swift.org/install/linux) \(needed) or newer"))
  }

  private struct Run {
    var status: Int32
    var output: String
    var errors: String
  }

  /// Runs a script of `Config` where nothing else is on PATH than what the check needs.
  /// - Parameter swift: what the stand-in for Swift does; nil is none.
  private func run(_ script: String, swift: String?) throws -> Run {
    let folder = FileManager.default.temporaryDirectory.appending(path: "swift-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for tool in ["dirname", "sed"] {
      try FileManager.default.createSymbolicLink(
        at: folder.appending(path: tool), withDestinationURL: URL(filePath: "/usr/bin/\(tool)"))
    }
    if let swift {
      let stand = folder.appending(path: "swift")
      try Data("#!/bin/sh\n\(swift)\n".utf8).write(to: stand)
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: stand.path)
    }
    let process = Process()
    process.executableURL = Self.root.appending(path: "Config/\(script)")
    process.environment = ["PATH": folder.path]
    let (output, errors) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    // What is printed is short: neither pipe is filled up.
    let printed = output.fileHandleForReading.readDataToEndOfFile()
    let said = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return Run(
      status: process.terminationStatus, output: String(decoding: printed, as: UTF8.self),
      errors: String(decoding: said, as: UTF8.self))
  }
}
