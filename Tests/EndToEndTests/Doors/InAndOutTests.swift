import Testing

@Suite(.timeLimit(.minutes(5))) struct InAndOutTests {
  /// 300 people; `Config/endure InAndOutTests` lets 3,000 come.
  @Test func `Who is inside is right while the doors are connected, and after each cut`()
    async throws
  {
    print(
      try await InAndOutNight(passes: 100, rounds: 3, scans: 40, seed: 20_261_128).run())
  }
}

extension EnduranceTests {
  @Suite struct InAndOutTests {
    @Test func `Who is inside is right while the doors are connected, and after each cut`()
      async throws
    {
      let plan = EndurancePlan()
      for index in 0..<plan.outAndInNights {
        print(
          try await InAndOutNight(
            passes: 1_270, rounds: 12, scans: 220, seed: plan.seed &+ UInt64(index)
          ).run())
      }
    }
  }
}
