/// What a single figure is of, as the JSON names it.
enum FigureName: String, Encodable {
  case memory = "peak_memory"
  case idle
  case paste = "paste_to_last_panel"
  case pasteMissing = "paste_without_verdict_in_place"
  case scanCommand = "scan_command"
  case scanMissing = "scan_command_without_verdict_in_place"
  case pasteRoundTrips = "bare_round_trips_at_once"
  case lookUpRatio = "stored_look_up_ratio"
  case ticketRatio = "stored_ticket_look_up_ratio"
  case kindRatio = "stored_kind_look_up_ratio"
  case liveRatio = "live_over_bare"
  case storedRatio = "stored_over_bare"
  case handOvers = "hand_overs_per_scan"
  case handOversToPanel = "hand_overs_to_panel"
  case handOversAfterPanel = "hand_overs_after_panel"
  case tasks = "tasks_per_scan"
  case allocations = "allocations_per_scan"
  case allocated = "allocated_per_scan"
  case manyScans = "memory_after_many_scans"
  /// At the ledger of several doors.
  case ledgerAdmissions = "ledger_admissions_per_second"
  case ledgerCatchUp = "ledger_catch_up"
}

/// One number that was measured once.
struct Figure: Encodable {
  var name: FigureName
  var value: Double
  var unit: String
  /// Under which circumstances.
  var note: String

  init(_ name: FigureName, _ value: Double, _ unit: String, _ note: String) {
    (self.name, self.value, self.unit, self.note) = (name, value, unit, note)
  }
}
