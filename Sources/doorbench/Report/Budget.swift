/// A promise of the contract ("What it costs") beside what this run measured.
struct Budget {
  enum Judgement: String, Encodable {
    case held
    case notHeld = "not_held"
    /// Over the limit, but not by more than the yardstick, which the program has no part in.
    case machineTooNoisy = "machine_too_noisy"
  }

  var what: String
  var limit: Double
  var measured: Double
  var unit: String
  /// The same figure without the program; nil where there is no such thing.
  var yardstick: Double?

  var judgement: Judgement {
    if measured <= limit { return .held }
    // Over it by more than the limit, the yardstick is no excuse.
    return yardstick.map { measured - $0 <= limit } == true ? .machineTooNoisy : .notHeld
  }

  /// Those for which there is a figure.
  static func all(_ rows: [Row], _ figures: [Figure]) -> [Budget] {
    rows.compactMap { budget($0, rows) } + figures.compactMap(budget)
  }

  private static func budget(_ row: Row, _ rows: [Row]) -> Budget? {
    switch row.name {
    case .addedLive, .addedAlreadyUsed:
      let kind = row.name == .addedLive ? "live" : "already used"
      let bare = rows.first { $0.name == .addedNothing && $0.latency == row.latency }
      return Budget(
        what: "\(kind), over the service's \(row.latency ?? 0) ms: p99", limit: 5,
        measured: row.milliseconds.p99, unit: "ms", yardstick: bare?.milliseconds.p99)
    case .ready:
      return Budget(
        what: "start → ready, store nearly empty: p95", limit: 150,
        measured: row.milliseconds.p95, unit: "ms")
    case .live, .alreadyUsed, .roundTrip, .curlAndJq, .addedNothing, .commit, .echo, .fixedWork,
      .echoStart:
      return nil
    }
  }

  private static func budget(_ figure: Figure) -> Budget? {
    switch figure.name {
    case .memory:
      Budget(
        what: "peak memory \(figure.note)", limit: 48, measured: figure.value, unit: figure.unit)
    case .idle: Budget(what: "idle", limit: 0.2, measured: figure.value, unit: figure.unit)
    case .paste, .scanCommand, .pasteRoundTrips: nil
    }
  }
}

extension Budget: Encodable {
  private enum CodingKeys: String, CodingKey {
    case what, limit, measured, unit, yardstick, judgement
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(what, forKey: .what)
    try container.encode(limit, forKey: .limit)
    try container.encode(measured, forKey: .measured)
    try container.encode(unit, forKey: .unit)
    try container.encodeIfPresent(yardstick, forKey: .yardstick)
    try container.encode(judgement, forKey: .judgement)
  }
}
