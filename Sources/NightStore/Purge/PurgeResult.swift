/// What a purge has taken away.
package struct PurgeResult: Sendable, Equatable {
  package var passes = 0
  /// Codes in the journal and the ledger.
  package var codes = 0
  /// Files of damaged stores, and of what could not be read beside them, that had been set aside.
  package var files = 0
  /// False where another process or a full disk kept the file from being written anew without
  /// remnants: the next purge does it.
  package var isOffTheDisk = true
}
