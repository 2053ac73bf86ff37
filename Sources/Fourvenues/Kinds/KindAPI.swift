import Admission

/// How the service is asked about one kind of code, and how it answers (FourvenuesAPI: Endpoints)
/// (FourvenuesAPI: Tickets, guest lists and bookings). Another kind is another row of `PassKind.api`,
/// and a wire model.
struct KindAPI: Sendable {
  /// What chooses the rows of a listing.
  enum ListFilter: Sendable {
    case event
    /// A day of the venue's, as `YYYY-MM-DD`: rows of other events come along.
    case day
  }

  /// How one of it is written.
  let wire: any WireModel.Type
  /// The look-up at the door, up to the code.
  let lookUpPath: String
  let listPath: String
  var listFilter = ListFilter.event
  /// Whether a listing can begin where an earlier one ended, with `start_date`.
  var isListedSince = false
  /// Nil where the kind has no price list.
  var ratesPath: String?
  /// How an entry is reported.
  let report: @Sendable (EntryReport) -> ReportRequest?
  /// Whether the report says nothing of people: then it is sent at the first one alone.
  var isReportedOnce = false
  /// What the service may call one of it where it says that it knows none, in small letters without
  /// accents, in English and Spanish (inferred).
  let nouns: Set<String>
}

extension PassKind {
  /// Whether the service has price lists of it.
  package var hasRates: Bool { api.ratesPath != nil }

  var api: KindAPI {
    switch self {
    case .pass: Self.passAPI
    case .ticket: Self.ticketAPI
    case .list: Self.listAPI
    case .booking: Self.bookingAPI
    }
  }

  private static let passAPI = KindAPI(
    wire: WirePass.self, lookUpPath: "/v2/passes/by-code/", listPath: "/v2/passes/",
    ratesPath: "/passes-rates/",
    report: { ReportRequest(options: $0, path: "/passes/", query: "?event_id=", $0.eventID) },
    nouns: ["pass", "passes", "pase", "pases"])

  /// The vendor's guide writes `/tickets/code/`, its reference `by-code`.
  private static let ticketAPI = KindAPI(
    wire: WireTicket.self, lookUpPath: "/tickets/by-code/", listPath: "/tickets/",
    isListedSince: true, report: { ReportRequest(ticket: $0) },
    nouns: ["ticket", "tickets", "entrada", "entradas"])

  private static let listAPI = KindAPI(
    wire: WireListEntry.self, lookUpPath: "/lists/by-code/", listPath: "/lists/",
    ratesPath: "/lists-rates/", report: { ReportRequest(options: $0, path: "/lists/") },
    nouns: ["list", "lists", "lista", "listas", "guest", "guestlist", "invitado"])

  /// `code/`, not `by-code/`.
  private static let bookingAPI = KindAPI(
    wire: WireBooking.self, lookUpPath: "/bookings/code/", listPath: "/bookings/",
    listFilter: .day, report: { ReportRequest(booking: $0) }, isReportedOnce: true,
    nouns: ["booking", "bookings", "reservation", "reservations", "reserva", "reservas"])
}
