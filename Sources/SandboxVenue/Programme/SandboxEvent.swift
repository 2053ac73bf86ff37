package import FoundationEssentials

/// An event of the stand-in venue.
package struct SandboxEvent: Sendable, Equatable {
  package var id: String
  package var name: String
  package var startsAt: Date
  package var endsAt: Date

  package init(id: String, name: String, startsAt: Date, endsAt: Date) {
    self.id = id
    self.name = name
    self.startsAt = startsAt
    self.endsAt = endsAt
  }

  /// Three weeks before the night.
  var startOfSale: Date { startsAt.addingTimeInterval(-21 * 24 * 3600) }
}

/// An event as the API writes it (FourvenuesAPI: Events).
struct WireEvent: Encodable {
  let id: String
  let name: String
  let slug: String
  let start: Int
  let end: Int
  let date: Int
  let active = true
  let visible = true

  enum CodingKeys: String, CodingKey {
    case id = "_id"
    case name, slug, start, end, date, active, visible
  }

  init(_ event: SandboxEvent, calendar: Calendar) {
    id = event.id
    name = event.name
    slug = event.name.lowercased().split(separator: " ").joined(separator: "-")
    start = Int(event.startsAt.timeIntervalSince1970)
    end = Int(event.endsAt.timeIntervalSince1970)
    date = Int(calendar.startOfDay(for: event.startsAt).timeIntervalSince1970)
  }
}
