/// What a connection is for: it decides how long the server waits for it, and in it.
enum SessionKind: Sendable, Equatable {
  /// Scans, each of which is worth waiting that long for.
  case scans(patience: Duration)
  /// Everything beside the scans.
  case background
  /// `doorcheck ledger`, which a person waits for.
  case setup

  /// The settings as libpq hands them over when it connects: they go before those of the server, the
  /// database and the role.
  var options: String {
    var settings = [
      // Nobody can put a table or a function of theirs in the way of ours.
      "search_path": "pg_catalog,pg_temp",
      "default_transaction_isolation": "read\\ committed", "DateStyle": "ISO", "TimeZone": "UTC",
      "client_min_messages": "warning", "jit": "off", "standard_conforming_strings": "on",
    ]
    switch self {
    case .scans(let patience):
      let most = max(50, patience / .milliseconds(1))
      // Whoever waits for another door hears of it before this door gives the server up.
      settings["lock_timeout"] = "\(Int(min(200, most * 2 / 3)))"
      settings["statement_timeout"] = "\(Int(most * 5 / 6))"
      // A disk that is slow while the scan is judged does not lose the pass; a box that has lost its power
      // gives it back.
      settings["idle_in_transaction_session_timeout"] = "1000"
      // A plan that is made while the tables are empty is kept all night.
      settings["enable_seqscan"] = "off"
    case .background:
      settings["lock_timeout"] = "2000"
      settings["statement_timeout"] = "10000"
      settings["idle_in_transaction_session_timeout"] = "5000"
    case .setup:
      settings["lock_timeout"] = "10000"
      settings["idle_in_transaction_session_timeout"] = "60000"
    }
    return settings.sorted { $0.key < $1.key }.map { "-c \($0)=\($1)" }.joined(separator: " ")
  }
}
