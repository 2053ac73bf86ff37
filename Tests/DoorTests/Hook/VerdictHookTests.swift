import Admission
import DoorScreen
import Foundation
import Synchronization
import TestSupport
import Testing

@testable import Door

extension HookTests {
  /// Verdicts on their way to the venue's program.
  @Suite struct VerdictHookTests {
    private final class Reports: Sendable {
      private let seen = Mutex<[HookFailure?]>([])
      var all: [HookFailure?] { seen.withLock { $0 } }
      func note(_ failure: HookFailure?) { seen.withLock { $0.append(failure) } }
    }

    /// Moved by hand.
    private final class Clock: Sendable {
      private let instant = Mutex(ContinuousClock.now)
      var now: ContinuousClock.Instant { instant.withLock { $0 } }
      func advance(by span: Duration) { instant.withLock { $0 += span } }
    }

    private func hook(
      _ script: HookScript, most: Int = 1000, longest: Duration? = nil,
      patience: Duration = .seconds(60), clock: Clock = Clock(), reports: Reports = Reports()
    ) -> VerdictHook {
      VerdictHook(
        program: HookProgram(
          path: script.path, environment: ["PATH": "/usr/bin:/bin"], patience: patience),
        backlog: VerdictHook.Backlog(most: most, longest: longest),
        line: { "\($0.number)" }, now: { clock.now }, report: reports.note)
    }

    private func outcome(_ number: Int) -> Outcome {
      Outcome(
        number: number, code: "AB12CD9123", decision: Decision(reason: .valid),
        tonight: .none(.notChosen), at: Date(timeIntervalSince1970: 1_772_923_267))
    }

    @Test func `Two hundred at once are told one by one, in order`() async throws {
      let script = try HookScript(
        """
        mkdir "$here/running" || echo two at once >>"$here/told"
        cat >>"$here/told"
        rmdir "$here/running"
        """)
      let reports = Reports()
      let hook = hook(script, reports: reports)
      for number in 1...200 { hook.tell(outcome(number)) }
      await hook.finish()
      #expect(script.lines("told") == (1...200).map(String.init))
      #expect(reports.all == Array(repeating: nil, count: 200))
    }

    @Test func `Where it falls behind, the oldest that wait are dropped`() async throws {
      let script = try HookScript(
        """
        cat >>"$here/told"
        while ! [ -e "$here/go" ]; do sleep 0.05; done
        """)
      let reports = Reports()
      let hook = hook(script, most: 100, reports: reports)
      hook.tell(outcome(1))
      try await wait(for: "the first") { script.lines("told") == ["1"] }
      // Nobody waits for a program that hangs.
      let began = ContinuousClock.now
      for number in 2...110 { hook.tell(outcome(number)) }
      #expect(ContinuousClock.now - began < .seconds(5))
      #expect(reports.all == Array(repeating: .behind, count: 9))
      script.write("go")
      await hook.finish()
      #expect(script.lines("told") == (["1"] + (11...110).map(String.init)))
      #expect(reports.all == Array(repeating: .behind, count: 110), "until none waits any more")
      hook.tell(outcome(111))
      await hook.finish()
      #expect(reports.all.last == .some(nil))
    }

    @Test func `A verdict that has waited too long is dropped`() async throws {
      let script = try HookScript(
        """
        cat >>"$here/told"
        while ! [ -e "$here/go" ]; do sleep 0.05; done
        """)
      let (reports, clock) = (Reports(), Clock())
      let hook = hook(script, longest: .seconds(30), clock: clock, reports: reports)
      hook.tell(outcome(1))
      try await wait(for: "the first") { script.lines("told") == ["1"] }
      for number in 2...3 { hook.tell(outcome(number)) }
      clock.advance(by: .seconds(1))
      hook.tell(outcome(4))
      clock.advance(by: .seconds(30))
      script.write("go")
      await hook.finish()
      #expect(script.lines("told") == ["1", "4"])
      #expect(reports.all == [nil, .behind, .behind, .behind])
      hook.tell(outcome(5))
      await hook.finish()
      #expect(reports.all.last == .some(nil))
    }

    @Test func `A failure is told, and the next success ends it`() async throws {
      let script = try HookScript("exit $(cat)")
      let reports = Reports()
      let hook = hook(script, reports: reports)
      for number in [3, 0, 7] { hook.tell(outcome(number)) }
      await hook.finish()
      #expect(reports.all == [.exited(3), nil, .exited(7)])
    }

    @Test func `One that hangs is killed, and the next is told`() async throws {
      let script = try HookScript(
        """
        read -r number
        echo $number >>"$here/told"
        [ $number != 1 ] || sleep 600
        """)
      let reports = Reports()
      let hook = hook(script, patience: .seconds(2), reports: reports)
      for number in 1...2 { hook.tell(outcome(number)) }
      await hook.finish()
      #expect(script.lines("told") == ["1", "2"])
      #expect(reports.all == [.overdue, nil])
    }

    @Test func `At the end what still waits is dropped after its time`() async throws {
      let script = try HookScript("cat >>\"$here/told\"; sleep 600")
      let hook = hook(script, patience: .seconds(3))
      for number in 1...50 { hook.tell(outcome(number)) }
      await hook.finish(within: .milliseconds(500))
      #expect(script.lines("told") == ["1"])
      await hook.finish()
    }
  }
}
