import Testing

extension EnduranceTests {
  /// Who is in stays in, whatever the disk and the clock do.
  @Suite struct RandomFaultTests {
    @Test func `Nobody too many comes in, and nobody is forgotten`() async throws {
      let plan = EndurancePlan()
      for run in 0..<plan.nights {
        var night = try await FaultyNight(seed: plan.seed &+ UInt64(run))
        do {
          try await night.run(scans: plan.nightScans)
        } catch {
          print("Random faults, seed \(night.seed), failed: \(night.tally)")
          throw error
        }
        print("Random faults, seed \(night.seed): \(night.tally)")
      }
    }
  }
}
