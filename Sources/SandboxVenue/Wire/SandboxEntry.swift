/// A ticket, a guest list entry or a booking as the API writes it (FourvenuesAPI: Tickets, guest
/// lists and bookings). Each is the vendor's sample with other values, so that it holds everything
/// that the vendor sends, also what is none of a door's business.
package struct SandboxEntry: Sendable, Equatable {
  package let kind: SandboxKind
  var fields: JSONValue

  package var id: String { fields["_id"].string ?? "" }
  package var code: String { fields["code"].string ?? "" }
  package var eventID: String { fields["event_id"].string ?? "" }
  /// People that it may bring.
  package var people: Int { fields["for"].whole ?? 0 }
  /// People counted in so far.
  package var peopleIn: Int { fields["enter"].whole ?? 0 }

  init(kind: SandboxKind, fields: JSONValue) {
    self.kind = kind
    self.fields = fields
  }

  /// The vendor's sample of this kind, unchanged; nil of passes, which have a model of their own.
  static func sample(_ kind: SandboxKind) -> SandboxEntry? {
    Samples.entries[kind].map { SandboxEntry(kind: kind, fields: $0) }
  }
}

extension SandboxEntry: Encodable {
  package func encode(to encoder: any Encoder) throws { try fields.encode(to: encoder) }
}
