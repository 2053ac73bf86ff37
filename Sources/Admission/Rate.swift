package import Foundation

/// A line of tonight's price list.
package struct Rate: Sendable, Equatable {
  package var id: String
  package var eventID: String?
  package var name: String
  /// People that one purchase brings in; nil where the service does not say.
  package var beneficiaries: Int?
  package var options: [RateOption]

  package init(
    id: String, eventID: String? = nil, name: String, beneficiaries: Int? = nil,
    options: [RateOption]
  ) {
    self.id = id
    self.eventID = eventID
    self.name = name
    self.beneficiaries = beneficiaries
    self.options = options
  }
}

/// One price of a rate, with the window in which it holds.
package struct RateOption: Sendable, Equatable {
  package var id: String
  package var information: String?
  /// In whole currency units (euros, not cents); at least 0.
  package var price: Decimal
  package var content: String?
  /// Seconds from the event's start, inclusive; may be negative. Nil: from the beginning.
  package var from: TimeInterval?
  /// Seconds from the event's start, exclusive. Nil: to the end.
  package var until: TimeInterval?

  package init(
    id: String, information: String? = nil, price: Decimal, content: String? = nil,
    from: TimeInterval? = nil, until: TimeInterval? = nil
  ) {
    self.id = id
    self.information = information
    self.price = price
    self.content = content
    self.from = from
    self.until = until
  }

  /// Where `elapsed` seconds after the event's start lies. The window is half-open.
  package func phase(at elapsed: TimeInterval) -> Phase {
    if let from, let until, until <= from { return .faulty }
    if let from, elapsed < from { return .notYet }
    if let until, elapsed >= until { return .over }
    return .holds
  }

  package enum Phase: Sendable, Equatable {
    case notYet, holds, over
    /// `until` is not after `from`: never valid.
    case faulty
  }
}

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
