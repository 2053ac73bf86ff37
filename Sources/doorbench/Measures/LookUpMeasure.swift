import Admission
import Foundation
import NightStore
import SeededRandom

/// A look-up among few and among very many stored codes, in turn: of passes where the door takes nothing
/// else, and of tickets where it takes every kind.
struct LookUpMeasure {
  var plan: Plan

  /// A look-up is short, and its distribution needs more of them than there are scans.
  private static let samplesPerScan = 20
  private static let warmUp = 200
  private static let tickets = [1_000, 60_000]

  /// What is asked of a store, and whether it knew.
  private typealias Question = @Sendable (NightStore, String) async throws -> Bool

  func run() async throws -> [Row] {
    guard !plan.storeSizes.isEmpty else { return [] }
    let passes = try await measure(
      plan.storeSizes, of: .pass,
      [(.storedLookUp, { try await $0.storedAnswer(code: $1) != nil })])
    let tickets = try await measure(
      Self.tickets, of: .ticket,
      [
        (.ticketLookUp, { try await $0.storedAnswer(code: $1, kinds: PassKind.allCases) != nil }),
        (.kindLookUp, { try await $0.storedKind(of: $1, among: PassKind.allCases) == .ticket }),
      ])
    return passes + tickets
  }

  private func measure(
    _ sizes: [Int], of kind: PassKind, _ questions: [(name: RowName, ask: Question)]
  ) async throws -> [Row] {
    var stores: [NightStore] = []
    for size in sizes {
      Progress.say("storing \(size) codes: \(kind.rawValue)")
      let file = "\(plan.folder)/look-up-\(kind.rawValue)-\(size)/store.sqlite"
      try await StoredPasses.fill(file: file, count: size, kind: kind, eventID: "bench")
      stores.append(try NightStore.open(path: file, now: Date()).store)
    }
    defer { for store in stores { store.close() } }
    var order = SplitMix64(seed: plan.seed)
    var samples = questions.map { _ in stores.map { _ in [Double]() } }
    let rounds = plan.samples * Self.samplesPerScan
    Progress.say("\(rounds) look-ups in each")
    for round in 0..<(Self.warmUp + rounds) {
      for index in stores.indices.shuffled(using: &order) {
        for question in questions.indices.shuffled(using: &order) {
          let code = Plan.code(Int.random(in: 0..<sizes[index], using: &order))
          let start = ContinuousClock.now
          let isKnown = try await questions[question].ask(stores[index], code)
          let took = start.duration(to: .now)
          guard isKnown else { throw BenchmarkFailure("\(code) is not stored") }
          if round >= Self.warmUp { samples[question][index].append(took.milliseconds) }
        }
      }
    }
    return zip(questions, samples).flatMap { question, samples in
      zip(sizes, samples).map { Row(question.name, passes: $0, Distribution($1)) }
    }
  }
}
