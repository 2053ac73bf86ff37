/// A promise (Contract: What it costs) beside what this run measured.
struct Budget {
  var what: String
  var limit: Double
  var measured: Double
  var unit: String
  /// The same figure without the program; nil where there is no such thing. It excuses nothing, and
  /// tells how much of what was measured the machine had a part in.
  var yardstick: Double?

  var isHeld: Bool { measured <= limit }

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
    case .pairedLive:
      return Budget(
        what: "live at \(row.latency ?? 0) ms, less its round's bare: p99", limit: 5,
        measured: row.milliseconds.p99, unit: "ms")
    case .stored, .storedUsed:
      let commit = rows.first { $0.name == .commit }
      return Budget(
        what: row.name == .stored ? "stored, durable write included: p99" : "stored, used: p99",
        limit: 10, measured: row.milliseconds.p99, unit: "ms",
        yardstick: row.name == .stored ? commit?.milliseconds.p99 : nil)
    case .ready, .readyAgain:
      let stored = row.admissions.map { "\($0) admissions" } ?? "\(row.passes ?? 0) passes"
      return Budget(
        what: "start → ready, \(stored) stored: p95", limit: 150,
        measured: row.milliseconds.p95, unit: "ms")
    case .live, .alreadyUsed, .ticketLive, .unknownOfEveryKind, .roundTrip, .curlAndJq,
      .addedNothing, .commit, .echo, .fixedWork, .echoStart, .storedLookUp, .ticketLookUp,
      .kindLookUp, .pairedAlreadyUsed, .pairedStored, .sharedLive, .sharedUsed, .ledgerCommit:
      return nil
    }
  }

  private static func budget(_ figure: Figure) -> Budget? {
    func budget(_ what: String, _ limit: Double) -> Budget {
      Budget(what: what, limit: limit, measured: figure.value, unit: figure.unit)
    }
    return switch figure.name {
    case .memory: budget("peak memory \(figure.note)", 48)
    case .idle: budget("idle", 0.2)
    case .lookUpRatio: budget("look-up, \(figure.note)", 1.25)
    case .ticketRatio: budget("look-up of a ticket, \(figure.note)", 1.25)
    case .kindRatio: budget("look-up of a kind, \(figure.note)", 1.25)
    case .pasteMissing: budget("pasted without a verdict in its place", 0)
    case .scanMissing: budget("scan, without a verdict in its place", 0)
    case .liveRatio: budget("live, \(figure.note)", 1.5)
    case .storedRatio: budget("stored, \(figure.note)", 2)
    case .handOvers: budget("hand-overs, \(figure.note)", 8)
    case .tasks: budget("tasks, \(figure.note)", 4)
    case .manyScans: budget("memory, \(figure.note)", 1.05)
    case .paste, .scanCommand, .pasteRoundTrips, .handOversToPanel, .handOversAfterPanel,
      .allocations, .allocated, .ledgerAdmissions,
      .ledgerCatchUp:
      nil
    }
  }
}

extension Budget: Encodable {
  private enum CodingKeys: String, CodingKey {
    case what, limit, measured, unit, yardstick, held
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(what, forKey: .what)
    try container.encode(limit, forKey: .limit)
    try container.encode(measured, forKey: .measured)
    try container.encode(unit, forKey: .unit)
    try container.encodeIfPresent(yardstick, forKey: .yardstick)
    try container.encode(isHeld, forKey: .held)
  }
}
