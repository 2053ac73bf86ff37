extension Row {
  /// What the table says; what is indented belongs to the line above.
  var title: String {
    passes.map { "\(name.title), \($0) \(name.isOfTickets ? "tickets" : "passes")" }
      ?? admissions.map { "\(name.title), \($0) admissions" } ?? name.title
  }
}

extension RowName {
  fileprivate var title: String {
    switch self {
    case .live: "scan → panel, live"
    case .alreadyUsed: "scan → panel, already used"
    case .ticketLive: "scan → panel, a ticket, live"
    case .unknownOfEveryKind: "scan → panel, an unknown code, four kinds asked"
    case .roundTrip: "  bare round trip, same HTTP client"
    case .curlAndJq: "  curl + jq, same look-up"
    case .addedLive: "  over the median bare round trip: live"
    case .addedAlreadyUsed: "  ... already used"
    case .addedNothing: "  ... the bare round trip itself"
    case .stored: "scan → panel, service silent: stored"
    case .storedUsed: "scan → panel, service silent: already used"
    case .sharedLive: "scan → panel, live, shared ledger"
    case .sharedUsed: "scan → panel, already used, shared ledger"
    case .ledgerCommit: "  bare hold and durable record on the ledger"
    case .commit: "bare durable SQLite commit"
    case .pairedLive: "  live, less its round's round trip and commit"
    case .pairedAlreadyUsed: "  already used, less its round's round trip"
    case .pairedStored: "  stored, less its round's commit"
    case .echo: "harness: scan bytes through a pty and cat"
    case .echoStart: "harness: start of echo → its word"
    case .fixedWork: "noise: the same arithmetic each time"
    case .ready, .readyAgain: "start → ready for a scan"
    case .storedLookUp: "look-up in the store"
    case .ticketLookUp: "look-up of a ticket"
    case .kindLookUp: "look-up of a code's kind"
    }
  }

  fileprivate var isOfTickets: Bool { self == .ticketLookUp || self == .kindLookUp }
}

extension FigureName {
  var title: String {
    switch self {
    case .memory: "peak memory"
    case .idle: "idle"
    case .paste: "codes pasted at once → last panel"
    case .pasteMissing: "  without a verdict in its place"
    case .scanCommand: "codes on stdin of scan → its end"
    case .scanMissing: "  without a verdict in its place"
    case .pasteRoundTrips: "as many bare look-ups at once"
    case .lookUpRatio: "look-up, most passes over fewest: p50"
    case .ticketRatio: "ticket, most over fewest: p50"
    case .kindRatio: "a code's kind, most over fewest: p50"
    case .liveRatio: "live over bare round trip and commit: p50"
    case .storedRatio: "stored over bare commit: p50"
    case .handOvers: "hand-overs between threads, a scan"
    case .handOversToPanel: "  up to its panel"
    case .handOversAfterPanel: "  after it, until all is quiet"
    case .tasks: "tasks, a scan"
    case .allocations: "allocations, a scan"
    case .allocated: "allocated, a scan"
    case .manyScans: "memory after many scans over that after 1000"
    case .ledgerAdmissions: "admissions on a shared ledger"
    case .ledgerCatchUp: "catching up with a shared ledger"
    }
  }
}
