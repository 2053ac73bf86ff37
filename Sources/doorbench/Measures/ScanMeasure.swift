import SeededRandom

/// Scan to painted panel, and beside it what a look-up is made of.
struct ScanMeasure {
  var plan: Plan
  /// One for each latency.
  var doors: [Door]
  /// One whose service is silent.
  var darkDoor: Door
  /// One that takes every kind of code.
  var kindsDoor: Door
  /// One on a ledger that several doors share; nil where none is measured.
  var sharedDoor: Door?
  var ledgerCommit: LedgerCommit?

  /// What is measured in each round; a new kind is a case here.
  private enum Step: Hashable {
    case scan(Kind, door: Int)
    case scanStored(Kind)
    /// At the door on a shared ledger.
    case scanShared(Kind)
    case ledgerCommit
    /// At the door that takes every kind.
    case ticket, unknownCode
    case roundTrip(door: Int)
    case curlAndJq(door: Int)
    case commit, echo, fixedWork
  }

  /// What is scanned.
  private enum Kind: CaseIterable { case fresh, alreadyUsed }

  func run() async throws -> (rows: [Row], figures: [Figure]) {
    let roundTrip = BareRoundTrip()
    let commit = try DurableCommit(folder: plan.folder)
    let echo = try TerminalEcho(folder: plan.folder)
    let curl = CurlAndJq()
    let work = FixedWork()
    var order = SplitMix64(seed: plan.seed)
    var samples: [Step: [Double]] = [:]
    for round in 0..<plan.rounds {
      let code = Plan.code(round)
      for step in steps.shuffled(using: &order) {
        let took: Duration? =
          switch step {
          case .scan(let kind, let door): try scan(kind, at: doors[door], round: round)
          case .scanStored(let kind): try scan(kind, at: darkDoor, round: round)
          case .scanShared(let kind): try sharedDoor.map { try scan(kind, at: $0, round: round) }
          case .ledgerCommit: try await ledgerCommit?.measure(code)
          case .ticket: try kindsDoor.scan(Plan.ticketCode(round), expecting: "valid")
          case .unknownCode:
            try kindsDoor.scan(Plan.unknownCode(round), expecting: "unknown_pass")
          case .roundTrip(let door):
            try await roundTrip.measure(doors[door].sandbox.lookUpURL(code))
          case .curlAndJq(let door): try curl.measure(doors[door].sandbox.lookUpURL(code))
          case .commit: try commit.measure(code)
          case .echo: try echo.measure(code)
          case .fixedWork: work.measure()
          }
        if let took, round >= plan.warmUp { samples[step, default: []].append(took.milliseconds) }
      }
      if round % 50 == 49 { Progress.say("round \(round + 1) of \(plan.rounds)") }
    }
    try await roundTrip.end()
    return (rows(samples), ratios(samples))
  }

  private func scan(_ kind: Kind, at door: Door, round: Int) throws -> Duration {
    switch kind {
    case .fresh: try door.scan(Plan.code(round), expecting: "valid")
    case .alreadyUsed:
      // Two in turn: one read twice in a row is no second try.
      try door.scan(door.sandbox.usedCodes[round % 2], expecting: "already_used")
    }
  }

  private var steps: [Step] {
    doors.indices.flatMap { door -> [Step] in
      Kind.allCases.map { .scan($0, door: door) }
        + [.roundTrip(door: door), .curlAndJq(door: door)]
    } + Kind.allCases.map { .scanStored($0) }
      + (sharedDoor == nil ? [] : Kind.allCases.map { .scanShared($0) } + [.ledgerCommit])
      + [.ticket, .unknownCode, .commit, .echo, .fixedWork]
  }

  private func rows(_ samples: [Step: [Double]]) -> [Row] {
    func row(_ name: RowName, _ step: Step, latency: Int? = nil, over: Double = 0) -> Row {
      let values = samples[step, default: []].map { $0 - over }
      return Row(name, latency: latency, Distribution(values))
    }
    var rows: [Row] = []
    for (index, door) in doors.enumerated() {
      let latency = door.sandbox.latency
      // The service's own round trip is its median; what it is slower at times counts as ours.
      let own = Distribution(samples[.roundTrip(door: index), default: []]).p50
      rows += [
        row(.live, .scan(.fresh, door: index), latency: latency),
        row(.alreadyUsed, .scan(.alreadyUsed, door: index), latency: latency),
        row(.roundTrip, .roundTrip(door: index), latency: latency),
        row(.curlAndJq, .curlAndJq(door: index), latency: latency),
        row(.addedLive, .scan(.fresh, door: index), latency: latency, over: own),
        row(.addedAlreadyUsed, .scan(.alreadyUsed, door: index), latency: latency, over: own),
        row(.addedNothing, .roundTrip(door: index), latency: latency, over: own),
      ]
    }
    let latency = kindsDoor.sandbox.latency
    rows += [
      row(.ticketLive, .ticket, latency: latency),
      row(.unknownOfEveryKind, .unknownCode, latency: latency),
    ]
    if sharedDoor != nil {
      rows += [
        row(.sharedLive, .scanShared(.fresh), latency: latency),
        row(.sharedUsed, .scanShared(.alreadyUsed), latency: latency),
        row(.ledgerCommit, .ledgerCommit),
      ]
    }
    rows += [row(.stored, .scanStored(.fresh)), row(.storedUsed, .scanStored(.alreadyUsed))]
    rows.append(row(.commit, .commit))
    rows += pairedRows(samples)
    return rows + [row(.echo, .echo), row(.fixedWork, .fixedWork)]
  }

  /// Each sample is of the same round as those that it is compared with.
  private func pairedRows(_ samples: [Step: [Double]]) -> [Row] {
    func row(_ name: RowName, _ step: Step, latency: Int? = nil, less bare: [Step]) -> Row {
      let values = samples[step, default: []].indices.map { round in
        bare.reduce(samples[step, default: []][round]) { $0 - samples[$1, default: []][round] }
      }
      return Row(name, latency: latency, Distribution(values))
    }
    return doors.enumerated().flatMap { index, door in
      let (latency, roundTrip) = (door.sandbox.latency, Step.roundTrip(door: index))
      return [
        row(
          .pairedLive, .scan(.fresh, door: index), latency: latency, less: [roundTrip, .commit]),
        row(
          .pairedAlreadyUsed, .scan(.alreadyUsed, door: index), latency: latency, less: [roundTrip]),
      ]
    } + [row(.pairedStored, .scanStored(.fresh), less: [.commit])]
  }

  /// Medians over the medians of what nothing can do without.
  private func ratios(_ samples: [Step: [Double]]) -> [Figure] {
    func median(_ step: Step) -> Double { Distribution(samples[step, default: []]).p50 }
    return doors.enumerated().map { index, door in
      Figure(
        .liveRatio,
        median(.scan(.fresh, door: index)) / (median(.roundTrip(door: index)) + median(.commit)),
        "times", "over round trip and commit, at \(door.sandbox.latency) ms: p50")
    } + [
      Figure(
        .storedRatio, median(.scanStored(.fresh)) / median(.commit), "times", "over commit: p50")
    ]
  }
}
