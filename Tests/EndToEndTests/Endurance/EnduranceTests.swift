import ScreenReader
import Testing

/// The long proofs: minutes of killing, filling and breaking. `Config/endure` alone runs them.
@Suite(.serialized, .enabled(if: EndurancePlan.isAsked), .timeLimit(.minutes(240)))
struct EnduranceTests {}

/// Waits until something holds that nobody tells of.
/// - Throws: `Timeout`, at `limit`.
func poll(
  _ what: String, deadline limit: Duration = .seconds(60), until holds: () -> Bool
) async throws {
  let end = ContinuousClock.now + limit
  while !holds() {
    if ContinuousClock.now > end { throw Timeout(what: "waited \(limit) for \(what)") }
    try await Task.sleep(for: .milliseconds(5))
  }
}
