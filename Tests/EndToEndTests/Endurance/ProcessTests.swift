import SandboxVenue
import SeededRandom
import Testing

extension EnduranceTests {
  /// Several processes on one store.
  @Suite struct ProcessTests {
    /// Every tenth generated pass is a group's.
    private func singlePasses(_ count: Int) -> [String] {
      (0..<count * 2).filter { $0 % 10 != 9 }.prefix(count).map(SandboxVenue.generatedCode)
    }

    private func scan(
      _ codes: [String], _ environment: [String: String], _ event: String
    ) async throws -> [VerdictLine] {
      let stream = try ScanStream(environment: environment, event: event)
      stream.feed(codes)
      stream.endInput()
      var told: [VerdictLine] = []
      for await line in stream.lines {
        switch line {
        case .verdict(let line): told.append(line)
        case .diagnostic(let text): Issue.record("\(text)")
        }
      }
      return told
    }

    @Test func `Processes that try the same passes let each in once`() async throws {
      let plan = EndurancePlan()
      let codes = singlePasses(plan.passes)
      var options = SandboxOptions()
      options.generatedPasses = plan.passes * 2
      let venue = try await SandboxVenue.start(options)
      let folder = BuiltProgram.newFolder()
      let environment = DoorUnderTest.settings(for: venue).merging([
        "DOORCHECK_STORE_PATH": folder, "DOORCHECK_FOURVENUES_DEADLINE_MS": "60000",
        "DOORCHECK_FOURVENUES_PATIENCE_MS": "60000",
      ]) { $1 }
      // Each in an order of its own, so that none only follows another.
      var random = SplitMix64(seed: plan.seed)
      let orders = (0..<plan.processes).map { _ in codes.shuffled(using: &random) }
      let runs = try await withThrowingTaskGroup(of: [VerdictLine].self) { group in
        for order in orders {
          group.addTask {
            let told = try await scan(order, environment, venue.tonightEventID)
            #expect(told.map(\.code) == order)
            return told
          }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      let greens = runs.flatMap { $0.filter { $0.reason == "valid" } }
      #expect(greens.count == codes.count)
      #expect(Set(greens.map(\.code)) == Set(codes))
      let others = runs.flatMap { $0.filter { $0.reason != "valid" } }
      #expect(others.allSatisfy { $0.reason == "already_used" })
      #expect(others.count == codes.count * (plan.processes - 1))

      let contents = try StoreContents(folder: folder)
      #expect(contents.problems == [])
      #expect(contents.admissions.count == codes.count)
      #expect(contents.journal.count == codes.count * plan.processes)
      let shares = runs.map { told in told.count { $0.reason == "valid" } }
      print(
        "Processes, seed \(plan.seed): \(plan.processes) tried \(codes.count) passes; greens \(shares)"
      )
      await venue.stop()
    }
  }
}
