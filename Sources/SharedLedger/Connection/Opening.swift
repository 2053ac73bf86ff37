/// What each new connection is asked first, in one round trip.
struct Opening: Sendable {
  var statements: [Statement] = []
  /// Throws where the connection is of no use.
  var check: @Sendable ([Answer]) throws(ServerFailure) -> Void = { _ in }

  static let none = Opening()

  /// For a ledger of this version; with these statements prepared.
  static func current(_ prepared: [Statement.Prepared]) -> Opening {
    let first: [Statement] = [
      .once("SELECT version FROM doorcheck.meta"),
      // Green means that the entry is saved, whatever the server is set up for.
      .once(
        """
        SELECT set_config('synchronous_commit', 'on', false)
        WHERE current_setting('synchronous_commit') = 'off'
        """),
    ]
    return Opening(statements: first + prepared.map { .prepare($0) }) {
      answers throws(ServerFailure) in
      let version = answers.first?.count ?? 0
      if version == LedgerSchema.version { return }
      throw .unfit(.otherVersion(version))
    }
  }
}
