package import Admission
import Synchronization

/// What the program says by ending (Contract: Commands).
package struct ProgramExit: Error, Hashable, Sendable {
  package let rawValue: Int32

  package init(_ rawValue: Int32) { self.rawValue = rawValue }

  package static let success = ProgramExit(0)
  package static let refused = ProgramExit(1)
  package static let unverified = ProgramExit(2)
  package static let usage = ProgramExit(64)
  package static let unreachable = ProgramExit(69)
  /// Standard input or output failed, or what could not be saved is lost, as in sysexits.h (Operations:
  /// Exit codes).
  package static let inputOutput = ProgramExit(74)
  package static let configuration = ProgramExit(78)
}

extension ProgramExit {
  /// Says on standard error what is wrong with the configuration.
  package static func configuration(_ error: any Error) -> ProgramExit {
    for line in "\(error)".split(separator: "\n") {
      StandardStreams.writeError(line: "doorcheck: \(line)")
    }
    return .configuration
  }
}

extension ProgramExit {
  /// What `make` returns; what it throws is wrong with the configuration.
  package static func orConfiguration<Value>(_ make: () throws -> Value) throws -> Value {
    do {
      return try make()
    } catch {
      throw configuration(error)
    }
  }
}

/// Adds verdicts up to the exit code of `scan`: unverified goes over refused, refused over
/// admitted. Whoever leaves is as well as whoever comes in.
package final class VerdictTally: Sendable {
  private let seen = Mutex<Set<Verdict>>([])

  package init() {}

  package func count(_ verdict: Verdict) {
    seen.withLock { _ = $0.insert(verdict) }
  }

  package var exitCode: ProgramExit {
    let seen = seen.withLock { $0 }
    return seen.contains(.unverified) ? .unverified : seen.contains(.refuse) ? .refused : .success
  }
}
