/// What a distribution is of, as the JSON names it.
enum RowName: String, Encodable {
  case live
  case alreadyUsed = "already_used"
  /// Of a ticket that is fetched ahead, at a door that takes every kind.
  case ticketLive = "ticket_live"
  /// Of a code that no kind knows, for which every kind is asked.
  case unknownOfEveryKind = "unknown_code_four_kinds"
  /// Where several doors share a ledger.
  case sharedLive = "live_shared_ledger"
  case sharedUsed = "already_used_shared_ledger"
  /// What the ledger takes of it: a pass is held, and an admission recorded for good.
  case ledgerCommit = "bare_ledger_commit"
  case roundTrip = "bare_round_trip"
  case curlAndJq = "curl_and_jq"
  /// A scan's time less the median of the bare round trips of the same run and latency.
  case addedLive = "added_live"
  case addedAlreadyUsed = "added_already_used"
  /// The same of the bare round trips themselves: what no program could do better.
  case addedNothing = "bare_round_trip_over_its_median"
  case commit = "bare_durable_commit"
  /// A scan's time less the bare round trip and the bare commit of the same round, so that what the
  /// machine did at that time falls on both.
  case pairedLive = "live_less_bare_of_its_round"
  /// Less the round trip alone.
  case pairedAlreadyUsed = "already_used_less_bare_of_its_round"
  /// Less the commit alone.
  case pairedStored = "stored_less_bare_of_its_round"
  case echo = "harness_echo"
  case echoStart = "harness_start"
  case fixedWork = "fixed_work"
  case ready = "start_to_ready"
  /// The same where many were admitted tonight, all of whom are looked at.
  case readyAgain = "start_to_ready_with_admissions"
  /// A scan while the service is silent, of a pass that is stored.
  case stored
  case storedUsed = "stored_already_used"
  case storedLookUp = "stored_look_up"
  /// Of a ticket, where the door takes every kind.
  case ticketLookUp = "stored_ticket_look_up"
  /// As which kind it is stored, which is asked before its request.
  case kindLookUp = "stored_kind_look_up"
}

/// One distribution, in milliseconds.
struct Row: Encodable {
  var name: RowName
  /// Of the sandbox, in milliseconds.
  var latency: Int?
  /// How many are stored.
  var passes: Int?
  /// How many are recorded.
  var admissions: Int?
  var milliseconds: Distribution

  init(
    _ name: RowName, latency: Int? = nil, passes: Int? = nil, admissions: Int? = nil,
    _ distribution: Distribution
  ) {
    self.name = name
    self.latency = latency
    self.passes = passes
    self.admissions = admissions
    milliseconds = distribution
  }

  private enum CodingKeys: String, CodingKey {
    case name
    case latency = "latency_ms"
    case passes = "passes_stored"
    case admissions = "admissions_recorded"
    case milliseconds = "ms"
  }
}

/// Samples, as what can be said of them. In the unit of the samples.
struct Distribution: Encodable {
  var n: Int
  var min, p50, p90, p95, p99, max: Double

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
    p90 = quantile(0.9)
    p95 = quantile(0.95)
    p99 = quantile(0.99)
    max = sorted.last ?? .nan
  }
}
