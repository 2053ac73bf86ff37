extension RowName {
  /// What the table says; what is indented belongs to the line above.
  var title: String {
    switch self {
    case .live: "scan → panel, live"
    case .alreadyUsed: "scan → panel, already used"
    case .roundTrip: "  bare round trip, same HTTP client"
    case .curlAndJq: "  curl + jq, same look-up"
    case .addedLive: "  over the median bare round trip: live"
    case .addedAlreadyUsed: "  ... already used"
    case .addedNothing: "  ... the bare round trip itself"
    case .commit: "bare durable SQLite commit"
    case .echo: "harness: scan bytes through a pty and cat"
    case .echoStart: "harness: start of echo → its word"
    case .fixedWork: "noise: the same arithmetic each time"
    case .ready: "start → ready for a scan"
    }
  }
}

extension FigureName {
  var title: String {
    switch self {
    case .memory: "peak memory"
    case .idle: "idle"
    case .paste: "codes pasted at once → last panel"
    case .scanCommand: "codes on stdin of scan → its end"
    case .pasteRoundTrips: "as many bare look-ups at once"
    }
  }
}
