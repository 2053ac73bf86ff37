/// What a code at the door stands for (Contract: Every code at the same door). The names are public.
///
/// Each is judged as a pass is; what differs is the endpoint that knows it, and what its answer holds
/// beside. A new kind is a case here, a wire model of the client, and a row of each language.
package enum PassKind: String, Sendable, Equatable, CaseIterable {
  case pass
  /// Bought for one event.
  case ticket
  /// An entry of a guest list.
  case list
  /// A table.
  case booking
}

/// What a pass holds for the door beside who may come in. No verdict needs any of it.
package struct PassDetails: Sendable, Equatable {
  /// The organizer's remark for the door.
  package var note: String?
  /// A remark that may be private: shown where staff look without admitting, and nowhere else.
  package var privateNote: String?
  /// What was bought with it, such as a bus.
  package var extras: [String] = []
  /// In years.
  package var minimumAge: Int?
  /// Where they sit: zone and space.
  package var place: String?
  /// When they were expected, in the service's own words, such as "2:00".
  package var expectedAt: String?

  package init(
    note: String? = nil, privateNote: String? = nil, extras: [String] = [],
    minimumAge: Int? = nil, place: String? = nil, expectedAt: String? = nil
  ) {
    self.note = note
    self.privateNote = privateNote
    self.extras = extras
    self.minimumAge = minimumAge
    self.place = place
    self.expectedAt = expectedAt
  }
}
