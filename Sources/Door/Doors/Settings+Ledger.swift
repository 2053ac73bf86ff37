package import DoorConfiguration
package import SharedLedger

extension Settings {
  /// Where the ledger is that several doors share, with what opens it; nil where this box is a door by
  /// itself.
  /// - Throws: `ConfigurationError`, where the connection refuses what the configuration let pass.
  package func ledgerAddress() throws(ConfigurationError) -> LedgerAddress? {
    guard let url = ledger.url else { return nil }
    do throws(LedgerAddressError) {
      return try LedgerAddress(url: url.text, password: ledger.password?.revealed)
    } catch {
      throw ConfigurationError(problems: [ConfigurationProblem(text: error.message)])
    }
  }
}
