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
    // A server that is started goes on with what it inherits: files, which nobody waits for the end of.
    let printed = "/tmp/postgres-printed-\(UUID().uuidString)"
    defer { for end in ["", ".errors"] { unlink(printed + end) } }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, printed, O_CREAT | O_WRONLY, 0o600)
    posix_spawn_file_actions_addopen(&actions, 2, printed + ".errors", O_CREAT | O_WRONLY, 0o600)
    let open = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")
    for descriptor in open.compactMap({ Int32($0) }) where descriptor > 2 {
      posix_spawn_file_actions_addclose(&actions, descriptor)
    }
    var child = pid_t()
    var status: Int32 = -1
    let path = "PATH=/usr/sbin:/usr/bin:/sbin:/bin"
    let isStarted = withCStrings([program] + arguments) { arguments in
      withCStrings([path, "LC_ALL=C.UTF-8"]) { environment in
        posix_spawnp(&child, program, &actions, nil, arguments, environment) == 0
      }
    }
    if isStarted { while waitpid(child, &status, 0) < 0, errno == EINTR {} }
    guard status == 0 else {
      let words = (try? String(contentsOfFile: printed + ".errors", encoding: .utf8)) ?? ""
      throw PostgresServer.Failure(description: "\(program) \(arguments): \(words)")
    }
    return String(decoding: try Data(contentsOf: URL(fileURLWithPath: printed)), as: UTF8.self)
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
      # What was killed may still have its last files open.
      for attempt in 1 2 3 4 5 6 7 8 9; do
        umount "$0/data"
        rm -rf "$0" && exit
        sleep 1
      done
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

private func withCStrings<Result>(
  _ texts: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
) -> Result {
  let copies: [UnsafeMutablePointer<CChar>?] = texts.map { strdup($0) }
  defer { for copy in copies { free(copy) } }
  return body(copies + [nil])
}
