package import Foundation

/// A line of tonight's price list.
package struct Rate: Sendable, Equatable {
  /// Whose prices it holds: of passes, or of guest lists.
  package var kind: PassKind
  package var id: String
  package var eventID: String?
  package var name: String
  /// People that one purchase brings in; nil where the service does not say.
  package var beneficiaries: Int?
  package var options: [RateOption]

  package init(
    kind: PassKind = .pass, id: String, eventID: String? = nil, name: String,
    beneficiaries: Int? = nil, options: [RateOption]
  ) {
    self.kind = kind
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
  /// In years; nil where anybody may.
  package var minimumAge: Int?
  package var audience: Audience

  /// For whom an option is. Nobody's gender is guessed: staff see it beside the price.
  package enum Audience: String, Sendable, Equatable, CaseIterable { case everybody, women, men }

  package init(
    id: String, information: String? = nil, price: Decimal, content: String? = nil,
    from: TimeInterval? = nil, until: TimeInterval? = nil, minimumAge: Int? = nil,
    audience: Audience = .everybody
  ) {
    self.id = id
    self.information = information
    self.price = price
    self.content = content
    self.from = from
    self.until = until
    self.minimumAge = minimumAge
    self.audience = audience
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

extension Rate {
  /// Each person on it pays the price (FourvenuesAPI: Tickets, guest lists and bookings, inferred); a
  /// pass has one price for all whom it brings.
  package var isPerPerson: Bool { kind == .list }
}

extension [Rate] {
  /// The rate that a pass was sold at: by its type's id, else by its type's name without case and
  /// accents (FourvenuesAPI: Rates, inferred, so information rather than money owed). Passes and guest
  /// lists have rates of their own.
  package func rate(for pass: Pass) -> Rate? {
    let rates = lazy.filter { $0.kind == pass.kind }
    if let typeID = pass.typeID, let rate = rates.first(where: { $0.id == typeID }) { return rate }
    guard let name = pass.typeName.map(foldedName), !name.isEmpty else { return nil }
    return rates.first { foldedName($0.name) == name }
  }
}

extension Pass {
  /// Whether its type is one of those, each given by its id or its name without case and accents.
  package func isOfType(_ types: [String]) -> Bool {
    let own = [typeID, typeName].compactMap { $0.map(foldedName) }.filter { !$0.isEmpty }
    return types.contains { own.contains(foldedName($0)) }
  }
}

/// A name as names of types are compared.
private func foldedName(_ name: String) -> String {
  name.folding(options: [.caseInsensitive, .diacriticInsensitive], locale: nil)
    .trimmingCharacters(in: .whitespaces)
}
