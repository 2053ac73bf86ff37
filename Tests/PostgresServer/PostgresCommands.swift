import Foundation
import Glibc

/// The programs of PostgreSQL, run as the user that the server needs: it refuses to be root.
struct PostgresCommands: Sendable {
  private let binaries: String
  /// Nil: the tests' own user will do.
  private let user: String?

  /// - Throws: where PostgreSQL is not installed.
  init() throws {
    let root = "/usr/lib/postgresql"
    let versions = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
    let newest = versions.compactMap { Int($0) }.sorted().last
    guard let newest else {
      throw PostgresServer.Failure(description: "no PostgreSQL below \(root): install postgresql")
    }
    binaries = "\(root)/\(newest)/bin"
    user = geteuid() == 0 ? "postgres" : nil
  }

  func path(_ program: String) -> String { "\(binaries)/\(program)" }

  func runAsServer(_ program: String, _ arguments: [String]) throws {
    let line = [path(program)] + arguments
    guard let user else {
      try run(line[0], Array(line.dropFirst()))
      return
    }
    try run(
      "setpriv", ["--reuid=\(user)", "--regid=\(user)", "--init-groups"] + line)
  }

  /// Gives a file or folder to the server's user alone.
  func own(_ path: String) throws {
    if let user { try run("chown", [user, path]) }
    var isFolder: ObjCBool = false
    _ = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
    chmod(path, isFolder.boolValue ? 0o700 : 0o600)
  }

  /// - Returns: what it printed.
  /// - Throws: where it did not exit with 0; with what it printed as errors.
  @discardableResult
  func run(_ program: String, _ arguments: [String]) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [program] + arguments
    process.currentDirectoryURL = URL(fileURLWithPath: "/")
    // A server that is started must not hold a pipe open: its errors go to a file.
    let errors = FileManager.default.temporaryDirectory
      .appending(path: "postgres-errors-\(UUID().uuidString)")
    FileManager.default.createFile(atPath: errors.path, contents: nil)
    defer { try? FileManager.default.removeItem(at: errors) }
    let output = errors.appendingPathExtension("out")
    FileManager.default.createFile(atPath: output.path, contents: nil)
    defer { try? FileManager.default.removeItem(at: output) }
    process.standardInput = FileHandle.nullDevice
    process.standardError = try FileHandle(forWritingTo: errors)
    process.standardOutput = try FileHandle(forWritingTo: output)
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      let words = (try? String(contentsOf: errors, encoding: .utf8)) ?? ""
      throw PostgresServer.Failure(description: "\(program) \(arguments): \(words)")
    }
    return String(decoding: try Data(contentsOf: output), as: UTF8.self)
  }

  /// A shell that outlives the tests: once they are gone, it ends the server and removes its folder.
  /// - Returns: what must stay open until then.
  func cleanUpAtTheEnd(of folder: String) throws -> FileHandle {
    let script = """
      trap '' INT TERM HUP
      cat > /dev/null
      if read -r server < "$0/data/postmaster.pid"; then
        kill -KILL "$server" $(cat "/proc/$server/task/$server/children")
      fi
      while umount "$0/data"; do :; done
      rm -rf "$0"
      """
    let shell = Process()
    shell.executableURL = URL(fileURLWithPath: "/bin/sh")
    shell.arguments = ["-c", script, folder]
    let pipe = Pipe()
    // No other program that the tests start may hold it open.
    _ = fcntl(pipe.fileHandleForWriting.fileDescriptor, F_SETFD, FD_CLOEXEC)
    shell.standardInput = pipe
    shell.standardOutput = FileHandle.nullDevice
    shell.standardError = FileHandle.nullDevice
    try shell.run()
    return pipe.fileHandleForWriting
  }
}
