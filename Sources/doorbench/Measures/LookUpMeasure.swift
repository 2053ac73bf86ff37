import Foundation
import NightStore
import SeededRandom

/// A look-up among few and among very many stored passes, in turn.
struct LookUpMeasure {
  var plan: Plan

  /// A look-up is short, and its distribution needs more of them than there are scans.
  private static let samplesPerScan = 20
  private static let warmUp = 200

  func run() async throws -> [Row] {
    guard !plan.storeSizes.isEmpty else { return [] }
    var stores: [NightStore] = []
    for size in plan.storeSizes {
      Progress.say("storing \(size) passes")
      let file = "\(plan.folder)/look-up-\(size)/store.sqlite"
      try await StoredPasses.fill(file: file, count: size, eventID: "bench")
      stores.append(try NightStore.open(path: file, now: Date()).store)
    }
    defer { for store in stores { store.close() } }
    var order = SplitMix64(seed: plan.seed)
    var samples = stores.map { _ in [Double]() }
    let rounds = plan.samples * Self.samplesPerScan
    Progress.say("\(rounds) look-ups in each")
    for round in 0..<(Self.warmUp + rounds) {
      for index in stores.indices.shuffled(using: &order) {
        let code = Plan.code(Int.random(in: 0..<plan.storeSizes[index], using: &order))
        let start = ContinuousClock.now
        let answer = try await stores[index].storedAnswer(code: code)
        let took = start.duration(to: .now)
        guard answer != nil else { throw BenchmarkFailure("\(code) is not stored") }
        if round >= Self.warmUp { samples[index].append(took.milliseconds) }
      }
    }
    return zip(plan.storeSizes, samples).map { size, samples in
      Row(.storedLookUp, passes: size, Distribution(samples))
    }
  }
}
