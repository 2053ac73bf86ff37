package import Door

/// Something that a command looks at, by its public name.
package protocol FindingPoint: RawRepresentable<String>, CaseIterable, Sendable, Equatable {}

/// How it is with one point, and what to do about it.
package struct Finding<Point: FindingPoint>: Sendable, Equatable {
  var point: Point
  var status: FindingStatus
  var message: String
  /// Also of a point that passes, where something is worth doing.
  var nextStep: String?

  static func pass(
    _ point: Point, _ message: String, next nextStep: String? = nil
  ) -> Finding {
    Finding(point: point, status: .pass, message: message, nextStep: nextStep)
  }

  static func fail(
    _ point: Point, _ message: String, next nextStep: String, exit: ProgramExit = .notReady
  ) -> Finding {
    Finding(point: point, status: .fail(exit), message: message, nextStep: nextStep)
  }

  static func skipped(
    _ point: Point, _ message: String, next nextStep: String? = nil
  ) -> Finding {
    Finding(point: point, status: .skipped, message: message, nextStep: nextStep)
  }
}

package enum FindingStatus: Sendable, Equatable {
  case pass
  /// What the command ends with that found it.
  case fail(ProgramExit)
  /// It could not be looked at, or nobody wanted to; neither good nor bad.
  case skipped
}

extension FindingStatus {
  var name: String {
    switch self {
    case .pass: "pass"
    case .fail: "fail"
    case .skipped: "skipped"
    }
  }

  var isFailure: Bool {
    switch self {
    case .fail: true
    case .pass, .skipped: false
    }
  }
}

extension ProgramExit {
  /// A point fails; the same number as a refused code of `scan`.
  static let notReady = ProgramExit(1)

  /// What a command ends with: a wrong configuration goes over a silent service, that over the rest.
  static func of<Point>(_ findings: [Finding<Point>]) -> ProgramExit {
    let failures = findings.compactMap { finding -> ProgramExit? in
      if case .fail(let exit) = finding.status { exit } else { nil }
    }
    return [.configuration, .unreachable].first(where: failures.contains) ?? failures.first
      ?? .success
  }
}
