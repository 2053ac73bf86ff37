import Admission

/// Codes that the service does not know although the newest list of tonight holds them. Each may have
/// been deleted since; three different ones of a kind in a row are a failure of that kind's endpoint.
struct Denials {
  private static let most = 3

  private var codes: [PassKind: Set<ComparedCode>] = [:]

  /// "No such code" is no answer of these kinds now.
  var failing: Set<PassKind> {
    Set(codes.filter { $0.value.count >= Self.most }.keys)
  }

  mutating func note(_ code: String, of kind: PassKind) {
    if codes[kind]?.count ?? 0 < Self.most { codes[kind, default: []].insert(ComparedCode(code)) }
  }

  /// A look-up has found one of the kind.
  mutating func end(_ kind: PassKind) { codes[kind] = nil }
}
