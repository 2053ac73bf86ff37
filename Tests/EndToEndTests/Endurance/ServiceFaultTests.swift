import Foundation
import SandboxVenue
import ScreenReader
import SeededRandom
import TestSupport
import Testing

extension EnduranceTests {
  /// The service at fault in every way, mixed at random: no network fault is ever red, or green
  /// without a stored pass; no scan is lost or out of order; nothing sticks.
  @Suite struct ServiceFaultTests {
    private static let mostAtOnce = 40

    private func venue(_ plan: EndurancePlan) async throws -> RunningVenue {
      var options = SandboxOptions()
      options.generatedPasses = 2 * plan.scans + 1000
      // So that what is stored is what was seen, and nothing else.
      options.forbiddenEndpoints = [.passes]
      return try await SandboxVenue.start(options)
    }

    @Test func `Scan stays true through every fault`() async throws {
      let plan = EndurancePlan()
      let venue = try await venue(plan)
      var random = SplitMix64(seed: plan.seed)
      var truth = Truth(venue: venue, seed: plan.seed)
      var scans = try Scans(at: venue)
      var (done, phases, recoveries) = (0, [String: Int](), 0)
      while done < plan.scans {
        let weather = Weather.random(using: &random)
        let codes = truth.codes(Int.random(in: 1...Self.mostAtOnce, using: &random))
        try venue.setFaults(weather.faults)
        if weather.failures.isEmpty { try await recover(&scans, &truth, venue) }
        let lines = try await scans.verdicts(of: codes)
        try #require(lines.map(\.code) == codes, "seed \(plan.seed)")
        try truth.take(lines, in: weather)
        done += codes.count
        phases[weather.name, default: 0] += 1
        if weather.faults.down, truth.storedGuest != nil {
          let strangers = (0..<3).map { _ in truth.stranger() }
          try truth.take(await scans.verdicts(of: strangers), in: weather)
          venue.setDown(false)
          #expect(try await recover(&scans, &truth, venue), "it was dark; seed \(plan.seed)")
          recoveries += 1
        }
      }
      print(
        """
        Faults, seed \(plan.seed): \(done) scans in phases \(phases); verdicts \(truth.verdicts), \
        unverified \(truth.failures); \(recoveries) recoveries from darkness
        """)
      #expect(recoveries > 0)
      await venue.stop()
    }

    /// The service answers again. Where what is stored answers at once, the first answer to a probe, or
    /// to a look-up behind its verdict, ends that.
    /// - Returns: whether it was dark.
    @discardableResult
    private func recover(
      _ scans: inout Scans, _ truth: inout Truth, _ venue: RunningVenue
    ) async throws -> Bool {
      guard let stored = truth.storedGuest else { return false }
      func isLive() async throws -> Bool {
        let lines = try await scans.verdicts(of: [stored])
        try truth.take(lines, in: .clearingUp)
        return lines[0].source == "live"
      }
      let asked = venue.requestCount
      if try await isLive() { return false }
      try await wait(for: "a probe") { venue.requestCount > asked }
      // Its answer may still be on its way; a probe is sent every 2 s at least.
      let end = ContinuousClock.now + .seconds(5)
      while try await !isLive() {
        try #require(ContinuousClock.now < end, "an answer ends it")
      }
      return true
    }

    @Test func `The door screen stays true through every fault`() async throws {
      let plan = EndurancePlan()
      let venue = try await venue(plan)
      let door = try await DoorUnderTest(
        at: venue, environment: ["DOORCHECK_RULES_REPEAT_SECONDS": "0"])
      var random = SplitMix64(seed: plan.seed)
      var truth = Truth(venue: venue, seed: plan.seed)
      var (done, phases, recoveries) = (0, [String: Int](), 0)
      func scan(_ code: String, _ weather: Weather) async throws -> VerdictLine {
        done += 1
        let line = try await door.verdict(of: code, number: done)
        try truth.take([line], in: weather)
        return line
      }
      while done < plan.scans / 10 {
        let weather = Weather.random(using: &random)
        try venue.setFaults(weather.faults)
        if weather.failures.isEmpty { try await door.session.waitUntilLive() }
        for code in truth.codes(Int.random(in: 1...12, using: &random)) {
          _ = try await scan(code, weather)
        }
        phases[weather.name, default: 0] += 1
        guard weather.faults.down, let stored = truth.storedGuest else { continue }
        for _ in 0..<3 { _ = try await scan(truth.stranger(), weather) }
        #expect(try await scan(stored, weather).source == "cache")
        venue.setDown(false)
        let asked = venue.requestCount
        try await wait(for: "a probe") { venue.requestCount > asked }
        try await door.session.waitUntilLive()
        #expect(try await scan(stored, .clearingUp).source == "live", "seed \(plan.seed)")
        recoveries += 1
      }
      print(
        """
        Faults on screen, seed \(plan.seed): \(done) scans in phases \(phases); verdicts \
        \(truth.verdicts), unverified \(truth.failures); \(recoveries) recoveries from darkness
        """)
      #expect(recoveries > 0)
      await door.end()
    }
  }
}

/// `doorcheck scan`, asked code by code.
private struct Scans {
  private let stream: ScanStream
  private var lines: AsyncStream<ScanStream.Line>.Iterator

  init(at venue: RunningVenue) throws {
    stream = try ScanStream(
      environment: DoorUnderTest.settings(for: venue).merging(
        ["DOORCHECK_RULES_REPEAT_SECONDS": "0"]) { $1 },
      event: venue.tonightEventID)
    lines = stream.lines.makeAsyncIterator()
  }

  mutating func verdicts(of codes: [String]) async throws -> [VerdictLine] {
    stream.feed(codes)
    var verdicts: [VerdictLine] = []
    while verdicts.count < codes.count {
      switch await lines.next() {
      case .verdict(let line): verdicts.append(line)
      case .diagnostic(let text): Issue.record("\(text)")
      case nil: throw Timeout(what: "\(verdicts.count) of \(codes.count) verdicts")
      }
    }
    return verdicts
  }
}

extension DoorUnderTest {
  /// What the panel says of a code, as `scan` would print it.
  fileprivate func verdict(of code: String, number: Int) async throws -> VerdictLine {
    let begun = ContinuousClock.now
    try scan(code)
    let screen = try await session.waitFor("#\(number) with a reason", deadline: .seconds(60)) {
      $0.reason(of: number) != nil
    }
    let waited = (ContinuousClock.now - begun) / .milliseconds(1)
    let verdict =
      switch screen.panelColour(at: "#\(number)") {
      case .green: "admit"
      case .red: "refuse"
      case .amber: "unverified"
      case .blue: "blue"
      case .other: "other"
      case .none: "none"
      }
    let source =
      screen.contains("Stored answer") ? "cache" : verdict == "unverified" ? "none" : "live"
    return VerdictLine(
      code: code, verdict: verdict, reason: screen.reason(of: number) ?? "", message: screen.text,
      source: source, latencyMilliseconds: Int(waited))
  }
}

extension TerminalSession {
  fileprivate func waitUntilLive() async throws {
    try await waitFor("the service live", deadline: .seconds(60)) { !$0.contains("OFFLINE") }
  }
}
