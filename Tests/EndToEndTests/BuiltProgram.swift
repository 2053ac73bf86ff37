import Foundation

/// The program as it was built beside these tests.
enum BuiltProgram {
  /// The folder of the test bundle is that of the program.
  static let path: String = {
    let bundle = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
    let besides = bundle.appendingPathComponent("doorcheck").path
    if FileManager.default.isExecutableFile(atPath: besides) { return besides }
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    return root.appendingPathComponent(".build/debug/doorcheck").path
  }()

  /// What every run starts from: nothing of the box's own but where programs are.
  static func environment(_ changes: [String: String] = [:]) -> [String: String] {
    let base = [
      "PATH": "/usr/bin:/bin", "HOME": "/nonexistent", "LANG": "C.UTF-8", "TZ": "Europe/Madrid",
      "TERM": "xterm-256color", "SWIFT_BACKTRACE": "enable=no",
      "DOORCHECK_STORE_PATH": newFolder(),
    ]
    return base.merging(changes) { $1 }
  }

  /// A store of its own for each run that is not given one.
  static func newFolder() -> String {
    FileManager.default.temporaryDirectory
      .appendingPathComponent("doorcheck-tests").appendingPathComponent(UUID().uuidString).path
  }

  struct Result: Sendable {
    var exitCode: Int32
    var output: String
    var errors: String

    var lines: [String] { output.split(separator: "\n").map(String.init) }

    /// The lines of output as JSON objects.
    func objects() throws -> [[String: Any]] {
      try lines.map {
        try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any] ?? [:]
      }
    }
  }

  /// Runs the program without a terminal until it ends.
  static func run(
    _ arguments: [String], environment changes: [String: String] = [:], input: String = ""
  ) async throws -> Result {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    process.environment = environment(changes)
    let (standardInput, output, errors) = (Pipe(), Pipe(), Pipe())
    process.standardInput = standardInput
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    let writer = Task.detached {
      try? standardInput.fileHandleForWriting.write(contentsOf: Data(input.utf8))
      try? standardInput.fileHandleForWriting.close()
    }
    async let outputText = text(of: output.fileHandleForReading)
    async let errorText = text(of: errors.fileHandleForReading)
    let result = (await outputText, await errorText)
    await writer.value
    process.waitUntilExit()
    return Result(exitCode: process.terminationStatus, output: result.0, errors: result.1)
  }

  /// Reads on a thread of its own, since reading blocks.
  private static func text(of handle: FileHandle) async -> String {
    await withCheckedContinuation { continuation in
      Thread.detachNewThread {
        let data = (try? handle.readToEnd()) ?? Data()
        continuation.resume(returning: String(decoding: data, as: UTF8.self))
      }
    }
  }
}
