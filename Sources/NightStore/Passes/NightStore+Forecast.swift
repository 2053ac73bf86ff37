package import Admission
import GRDB

extension NightStore {
  /// What the rules make of the passes that are stored for an event. One is read at a time.
  package func refusalForecast(
    eventID: String, rules: Rules
  ) async throws(StoreError) -> RefusalForecast {
    try await read { database in
      var forecast = RefusalForecast(eventID: eventID, rules: rules)
      let passes = try String.fetchCursor(
        database, sql: "SELECT pass FROM passes WHERE event_id = ?", arguments: [eventID])
      while let pass = try passes.next() { forecast.add(try PassText.decode(pass)) }
      return forecast
    }
  }
}
