import Foundation

extension [Rate] {
  /// The rate that a pass was sold at: by its type's id, else by its type's name without case and
  /// accents (FourvenuesAPI: Rates, inferred, so information rather than money owed).
  package func rate(for pass: Pass) -> Rate? {
    if let typeID = pass.typeID, let rate = first(where: { $0.id == typeID }) { return rate }
    guard let name = pass.typeName.map(Self.folded), !name.isEmpty else { return nil }
    return first { Self.folded($0.name) == name }
  }

  private static func folded(_ name: String) -> String {
    name.folding(options: [.caseInsensitive, .diacriticInsensitive], locale: nil)
      .trimmingCharacters(in: .whitespaces)
  }
}
