/// Waits until something holds that nobody tells of, by looking again and again. What somebody tells of
/// is waited for there.
/// - Parameters:
///   - what: for the message of the error.
///   - limit: against hanging; generous, since the machine may be busy.
/// - Throws: `NeverHeld`, at `limit`.
package func wait(
  for what: String, within limit: Duration = .seconds(60), until holds: () async throws -> Bool
) async throws {
  guard try await comes(within: limit, holds) else { throw NeverHeld(what: what, limit: limit) }
}

/// The same for a test that expects one or the other.
/// - Returns: false where it does not hold at `limit`.
package func comes(
  within limit: Duration = .seconds(60), _ holds: () async throws -> Bool
) async rethrows -> Bool {
  let end = ContinuousClock.now + limit
  while try await !holds() {
    if ContinuousClock.now > end || Task.isCancelled { return false }
    // To look again; nothing hangs on how long this is.
    try? await Task.sleep(for: .milliseconds(5))
  }
  return true
}

package struct NeverHeld: Error, CustomStringConvertible {
  var what: String
  var limit: Duration

  package var description: String { "waited \(limit) for \(what)" }
}

/// Returns once its task is cancelled, and never otherwise.
package func untilCancelled() async {
  let (nothing, continuation) = AsyncStream.makeStream(of: Void.self)
  for await _ in nothing {}
  continuation.finish()
}
