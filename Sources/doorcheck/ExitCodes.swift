import Admission
import ArgumentParser
import Synchronization

/// What the program says by ending (Contract: Commands). `64` is the argument parser's own.
extension ExitCode {
  static let refused = ExitCode(1)
  static let unverified = ExitCode(2)
  static let usage = ExitCode(64)
  static let unreachable = ExitCode(69)
  /// Standard input or output failed, or what could not be saved is lost, as in sysexits.h (Operations:
  /// Exit codes).
  static let inputOutput = ExitCode(74)
  static let configuration = ExitCode(78)
}

extension ExitCode {
  /// Says on standard error what is wrong with the configuration.
  static func configuration(_ error: any Error) -> ExitCode {
    for line in "\(error)".split(separator: "\n") {
      StandardStreams.writeError(line: "doorcheck: \(line)")
    }
    return .configuration
  }
}

extension ExitCode {
  /// What `make` returns; what it throws is wrong with the configuration.
  static func orConfiguration<Value>(_ make: () throws -> Value) throws -> Value {
    do {
      return try make()
    } catch {
      throw configuration(error)
    }
  }
}

/// Adds verdicts up to the exit code of `scan`: unverified goes over refused, refused over
/// admitted.
final class VerdictTally: Sendable {
  private let seen = Mutex<Set<Verdict>>([])

  func count(_ verdict: Verdict) {
    seen.withLock { _ = $0.insert(verdict) }
  }

  var exitCode: ExitCode {
    let seen = seen.withLock { $0 }
    return seen.contains(.unverified) ? .unverified : seen.contains(.refuse) ? .refused : .success
  }
}
