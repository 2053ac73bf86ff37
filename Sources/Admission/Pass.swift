package import FoundationEssentials

/// What a customer comes in on, as the service describes it at one moment: a pass, or a ticket, a guest
/// list entry or a booking, which are passes with one usage.
package struct Pass: Sendable, Equatable {
  package var kind: PassKind
  /// Tells it from others of its kind.
  package var id: String
  /// The organization that sold it; nil where the service does not say.
  package var organizationID: String?
  /// The code that is printed on it, in the service's spelling.
  package var code: String
  package var customerName: String?
  package var typeID: String?
  package var typeName: String?
  /// The service's own word. Only `Rules.activeStates` open the door.
  package var state: String
  package var isArchived: Bool
  /// One row for each event that the pass type is assigned to.
  package var usages: [Usage]
  package var details: PassDetails

  package init(
    kind: PassKind = .pass, id: String, organizationID: String? = nil, code: String,
    customerName: String? = nil, typeID: String? = nil, typeName: String? = nil, state: String,
    isArchived: Bool = false, usages: [Usage], details: PassDetails = PassDetails()
  ) {
    self.kind = kind
    self.id = id
    self.organizationID = organizationID
    self.code = code
    self.customerName = customerName
    self.typeID = typeID
    self.typeName = typeName
    self.state = state
    self.isArchived = isArchived
    self.usages = usages
    self.details = details
  }

  /// The state of a guest list entry that nobody removed.
  package static let listedState = "listed"
  /// Of a guest list entry that was removed.
  package static let removedState = "removed"
  /// Of a ticket whose price was given back.
  package static let refundedState = "refunded"

  /// The usages that belong to one event; a pass may have several.
  package func usages(forEvent eventID: String) -> [Usage] {
    usages.filter { $0.eventID.utf8.elementsEqual(eventID.utf8) }
  }
}

/// What a pass may do at one event, and what has been done with it there.
package struct Usage: Sendable, Equatable {
  package var eventID: String
  /// How many people the pass may bring; nil where the service does not say, which counts as 1.
  package var beneficiaries: Int?
  /// How many people the service has counted in; meaningful only when `isCheckedIn`.
  package var peopleCountedIn: Int?
  /// Whether anybody is in. A row can exist before anyone has come.
  package var isCheckedIn: Bool
  /// The service's time of the usage, which can also be that of the purchase.
  package var time: Date?

  package init(
    eventID: String, beneficiaries: Int? = nil, peopleCountedIn: Int? = nil,
    isCheckedIn: Bool = false, time: Date? = nil
  ) {
    self.eventID = eventID
    self.beneficiaries = beneficiaries
    self.peopleCountedIn = peopleCountedIn
    self.isCheckedIn = isCheckedIn
    self.time = time
  }
}
