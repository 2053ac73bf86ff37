import CProgramStart
import DoorScreen
import Foundation
import Synchronization
import Waiting

/// The venue's program (`hooks.verdict`), started anew for each verdict: never by a shell, with `PATH`
/// and `LANG` alone in its environment, and nothing of ours but its standard input.
package struct HookProgram: Sendable {
  let path: String
  /// How long it may take before it is killed with all that it started, whatever session that moved to.
  let patience: Duration
  private let environment: [String]
  private let timer: any WaitClock

  /// - Parameter environment: the box's, of which it gets two variables.
  init(
    path: String, environment: [String: String], patience: Duration = .seconds(5),
    timer: any WaitClock = .box
  ) {
    self.path = path
    self.timer = timer
    self.patience = patience
    func value(_ name: String, _ otherwise: String) -> String {
      "\(name)=\(environment[name].flatMap { $0.isEmpty ? nil : $0 } ?? otherwise)"
    }
    self.environment = [value("PATH", "/usr/local/bin:/usr/bin:/bin"), value("LANG", "C.UTF-8")]
  }

  /// Runs it once, until it ends or has to be killed.
  /// - Returns: nil where it ended well.
  func run(input: String) async -> HookFailure? {
    let process: HookProcess
    do {
      process = try await startOnceWritten(input)
    } catch {
      return .notStarted(error.reason)
    }
    let clock = timer.call(after: patience) { process.giveUp() }
    defer { clock.cancel() }
    return await process.end()
  }

  private static let pauseWhileWritten: Duration = .milliseconds(25)

  /// Somebody who has the file open for writing, as while a new one is copied over it, keeps it from
  /// being started: for a moment, that is waited for.
  private func startOnceWritten(_ input: String) async throws(StartError) -> HookProcess {
    for _ in 0..<20 {
      do {
        return try start(input)
      } catch  where error.number == ETXTBSY {
        await timer.sleep(for: Self.pauseWhileWritten)
      }
    }
    return try start(input)
  }

  private func start(_ input: String) throws(StartError) -> HookProcess {
    // A file, not a pipe: a program that does not read it makes nobody wait.
    let descriptor = program_start_memory_file()
    guard descriptor >= 0 else { throw StartError(number: errno) }
    defer { close(descriptor) }
    let bytes = Array(input.utf8)
    guard write(descriptor, bytes, bytes.count) == bytes.count, lseek(descriptor, 0, SEEK_SET) == 0
    else { throw StartError(number: errno) }
    let pointers = environment.map { strdup($0) } + [nil]
    defer { for pointer in pointers { free(pointer) } }
    var identifier = pid_t()
    let number = HookProcess.running.withLock { running in
      let number = program_start(&identifier, path, pointers, descriptor)
      if number == 0 { running.insert(identifier) }
      return number
    }
    guard number == 0 else { throw StartError(number: number) }
    return HookProcess(identifier)
  }
}

private struct StartError: Error {
  /// Of the system's.
  var number: Int32

  var reason: String {
    let reason = String(cString: strerror(number))
    return number == ENOEXEC ? "\(reason): no program, and no \"#!\" line" : reason
  }
}

/// A program that runs, in a process group of its own.
private final class HookProcess: Sendable {
  /// Those whose end nobody has taken yet.
  static let running = Mutex<Set<pid_t>>([])

  private let identifier: pid_t
  private let state = Mutex(State.running)

  private enum State { case running, givenUp, ended }

  init(_ identifier: pid_t) { self.identifier = identifier }

  /// Kills it, unless it has ended.
  func giveUp() {
    state.withLock { state in
      guard state == .running else { return }
      state = .givenUp
      kill(-identifier, SIGKILL)
    }
  }

  /// Returns once it has ended, and so has what it started. A thread waits for it, which costs nothing
  /// beside the program itself.
  func end() async -> HookFailure? {
    await withCheckedContinuation { continuation in
      Thread.detachNewThread { continuation.resume(returning: self.wait()) }
    }
  }

  private func wait() -> HookFailure? {
    // It is left unburied first: as long as it is, nobody else can have its number.
    var information = siginfo_t()
    while waitid(P_PID, id_t(identifier), &information, WEXITED | WNOWAIT) != 0, errno == EINTR {}
    let isGivenUp = state.withLock { state in
      defer { state = .ended }
      kill(-identifier, SIGKILL)
      return state == .givenUp
    }
    var status: Int32 = 0
    while waitpid(identifier, &status, 0) < 0, errno == EINTR {}
    // What moved to a session of its own is not in the group that was killed.
    Self.running.withLock { running in
      running.remove(identifier)
      program_end_leftovers(Array(running), Int32(running.count))
    }
    if isGivenUp { return .overdue }
    let signal = status & 0x7F
    if signal != 0 { return .killed(signal: signal) }
    let code = (status >> 8) & 0xFF
    return code == 0 ? nil : .exited(code)
  }
}
