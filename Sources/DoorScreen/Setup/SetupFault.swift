/// Why a kiosk cannot begin: what is wrong with how the box was set up.
package struct SetupFault: Error, Sendable, Equatable, CustomStringConvertible {
  package enum Kind: Sendable, CaseIterable {
    case configuration
    /// Nothing opens the service.
    case credentials
    /// What the box remembers cannot be opened.
    case store
  }

  package var kind: Kind
  /// Where it is and what was expected, in the words of the program's diagnostics: a line each,
  /// without anything secret.
  package var details: [String]

  package var description: String { details.joined(separator: "\n") }

  package init(_ kind: Kind, details: [String]) {
    self.kind = kind
    self.details = details
  }
}
