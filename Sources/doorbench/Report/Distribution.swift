/// Samples, as what can be said of them. In the unit of the samples.
struct Distribution: Encodable {
  var n: Int
  var min, p50, p95, p99, max: Double

  init(_ samples: [Double]) {
    let sorted = samples.sorted()
    n = sorted.count
    // Nearest rank: a value that was measured, never one between two.
    func quantile(_ share: Double) -> Double {
      guard !sorted.isEmpty else { return .nan }
      let rank = Int((share * Double(sorted.count)).rounded(.up))
      return sorted[Swift.min(Swift.max(rank, 1), sorted.count) - 1]
    }
    min = sorted.first ?? .nan
    p50 = quantile(0.5)
    p95 = quantile(0.95)
    p99 = quantile(0.99)
    max = sorted.last ?? .nan
  }
}
