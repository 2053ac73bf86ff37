import Admission
import Testing

@testable import NightStore

/// (Contract: Counting people): neither a wrong green nor a group that is turned away, whatever
/// becomes of the reports.
struct ReportedGroupTests {
  private static let steps = 60

  private func findings(seed: UInt64, isRacy: Bool) async throws -> [ReportedGroup.Finding] {
    let temporary = try TemporaryStore()
    defer { temporary.store.close() }
    var group = ReportedGroup(store: temporary.store, seed: seed, isRacy: isRacy)
    for _ in 0..<Self.steps { try await group.step() }
    return group.findings
  }

  @Test(arguments: 0..<60)
  func `Nobody is let in beyond what is allowed`(seed: UInt64) async throws {
    for (number, finding) in try await findings(seed: seed, isRacy: true).enumerated() {
      let count = finding.count
      #expect(
        count.used >= min(count.allowed, finding.truth), "seed \(seed), scan \(number): \(finding)")
      #expect(
        count.used <= finding.counted + finding.unacknowledged,
        "seed \(seed), scan \(number): \(finding)")
    }
  }

  /// Where nothing overlaps, the count is exact, but for people whom the service counts wrongly.
  @Test(arguments: 100..<160)
  func `Nobody is counted twice`(seed: UInt64) async throws {
    for (number, finding) in try await findings(seed: seed, isRacy: false).enumerated() {
      let exact = min(finding.count.allowed, finding.truth)
      let most = min(finding.count.allowed, finding.truth + finding.ghosts)
      #expect(
        (exact...most).contains(finding.count.used), "seed \(seed), scan \(number): \(finding)")
    }
  }

  /// Otherwise the two above would hold for a door that lets nobody in.
  @Test func `Most of this happens`() async throws {
    var all: [ReportedGroup.Finding] = []
    for seed in 200..<240 as Range<UInt64> {
      all += try await findings(seed: seed, isRacy: true)
    }
    #expect(all.count { $0.count.admitted > 0 } > 20)
    #expect(all.count { $0.count.used > 0 && $0.count.remaining > 0 } > 20)
    #expect(all.contains { $0.ghosts > 0 })
    #expect(all.contains { $0.unacknowledged > 0 && $0.counted > 0 })
  }
}
