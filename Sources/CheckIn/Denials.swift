import Admission

/// Codes that the service does not know although the newest list of tonight holds them. Each may have
/// been deleted since; three different ones in a row are a failure of the service.
struct Denials {
  private static let most = 3

  private var codes: Set<ComparedCode> = []

  /// "No such pass" is no answer of this service now.
  var areFailure: Bool { codes.count >= Self.most }

  mutating func note(_ code: String) {
    if !areFailure { codes.insert(ComparedCode(code)) }
  }

  /// A look-up has found its pass.
  mutating func end() { codes = [] }
}
