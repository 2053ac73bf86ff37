package import Glibc

/// What a program that is started has in the place of its standard streams.
package enum ProgramStreams: Sendable {
  /// All three streams, and the terminal of a session of its own.
  /// - Parameter errorPath: a file for its standard error; nil is the terminal.
  case terminal(path: String, errorPath: String? = nil)
  /// Input from this file, output to this descriptor; errors go where ours go.
  case files(input: String, output: Int32)
}

/// Starts a program in a session of its own. Whoever starts it waits for its end.
/// - Parameters:
///   - path: of the program.
///   - arguments: without the program's name.
///   - environment: all of it; nothing is inherited.
/// - Returns: its number.
package func startProgram(
  _ path: String, _ arguments: [String], environment: [String: String], streams: ProgramStreams
) throws(SystemError) -> pid_t {
  var actions = posix_spawn_file_actions_t()
  posix_spawn_file_actions_init(&actions)
  defer { posix_spawn_file_actions_destroy(&actions) }
  switch streams {
  case .terminal(let terminal, let errorPath):
    // The first terminal that the leader of a new session opens becomes its own, on Linux.
    posix_spawn_file_actions_addopen(&actions, 0, terminal, O_RDWR, 0)
    posix_spawn_file_actions_adddup2(&actions, 0, 1)
    if let errorPath {
      posix_spawn_file_actions_addopen(&actions, 2, errorPath, O_WRONLY | O_CREAT | O_APPEND, 0o600)
    } else {
      posix_spawn_file_actions_adddup2(&actions, 0, 2)
    }
  case .files(let input, let output):
    posix_spawn_file_actions_addopen(&actions, 0, input, O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, output, 1)
  }
  var attributes = posix_spawnattr_t()
  posix_spawnattr_init(&attributes)
  defer { posix_spawnattr_destroy(&attributes) }
  // What this process blocks or ignores must not reach the program.
  var (none, all) = (sigset_t(), sigset_t())
  sigemptyset(&none)
  sigfillset(&all)
  posix_spawnattr_setsigmask(&attributes, &none)
  posix_spawnattr_setsigdefault(&attributes, &all)
  let newSession: Int32 = 0x80  // POSIX_SPAWN_SETSID, which glibc shows to _GNU_SOURCE only.
  posix_spawnattr_setflags(
    &attributes, Int16(newSession | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))

  let argumentPointers = ([path] + arguments).map { strdup($0) } + [nil]
  let environmentPointers = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
  defer { for pointer in argumentPointers + environmentPointers { free(pointer) } }
  var identifier = pid_t()
  let code = posix_spawn(
    &identifier, path, &actions, &attributes, argumentPointers, environmentPointers)
  guard code == 0 else { throw SystemError(call: "posix_spawn \(path)", code: code) }
  return identifier
}
