import FoundationEssentials

/// Makes tickets, guest list entries and bookings for one night.
struct GuestEntries: Sendable {
  let tonight: SandboxEvent

  init(programme: Programme) {
    tonight = programme.tonight
  }

  /// Of every id of a kind, what stands before the code.
  static func idPrefix(_ kind: SandboxKind) -> String {
    switch kind {
    case .pass: GuestPasses.idPrefix
    case .ticket: "tisandbox"
    case .list: "lisandbox"
    case .booking: "bosandbox"
    }
  }

  /// - Parameter age: the minimum age; 0 where anybody may.
  /// - Parameter createdAt: when it was sold. Nil: at the start of the sale.
  func ticket(
    _ code: String, _ name: String?, type: String, people: Int = 1, in peopleIn: Int = 0,
    event: String? = nil, status: String = "activated", refunded: Int = 0, age: Int = 0,
    extras: [String] = [], createdAt: Date? = nil
  ) -> SandboxEntry {
    var entry = entry(.ticket, code, name, people: people, in: peopleIn, event: event)
    set(type: type, in: &entry)
    entry.fields["status"] = .string(status)
    entry.fields["refunded"] = .whole(refunded)
    entry.fields["price_info"]["age"] = .whole(age)
    let supplement = entry.fields["supplements"].array[0]
    entry.fields["supplements"] = .array(
      extras.map { label in
        var extra = supplement
        extra["label"] = .string(label)
        extra["normalized_label"] = .string(label.lowercased())
        extra["description"] = ""
        return extra
      })
    entry.fields["created_at"] = .string((createdAt ?? tonight.startOfSale).inMilliseconds)
    if peopleIn > 0 { entry.fields["entry_date"] = .string(anHourIn) }
    return entry
  }

  func list(
    _ code: String, _ name: String?, type: String, people: Int = 1, in peopleIn: Int = 0,
    event: String? = nil, note: String? = nil, tags: [String] = [], removedAt: JSONValue = 0
  ) -> SandboxEntry {
    var entry = entry(.list, code, name, people: people, in: peopleIn, event: event)
    set(type: type, in: &entry)
    entry.fields["observations_reception"] = note.map(JSONValue.string) ?? .null
    entry.fields["tags"] = .array(tags.map(JSONValue.string))
    entry.fields["removed_at"] = removedAt
    let men = peopleIn / 2
    entry.fields["options"] =
      peopleIn == 0
      ? []
      : [
        [
          "_id": "1712861139741", "women": .whole(peopleIn - men), "men": .whole(men),
          "no_gender": 0, "price": 10, "total": .whole(peopleIn),
        ]
      ]
    return entry
  }

  /// - Parameter note: the organizer's own, which may be private.
  func booking(
    _ code: String, _ name: String?, people: Int, in peopleIn: Int = 0, event: String? = nil,
    status: String = "accepted", zone: String = "Terraza", space: String = "S1",
    hour: String = "2:00", note: String = ""
  ) -> SandboxEntry {
    var entry = entry(.booking, code, name, people: people, in: peopleIn, event: event)
    entry.fields["status"] = .string(status)
    entry.fields["state"] = .string(status)
    entry.fields["zone_name"] = .string(zone)
    entry.fields["normalized_zone_name"] = .string(zone.lowercased())
    entry.fields["space_name"] = .string(space)
    entry.fields["hour"] = .string(hour)
    entry.fields["commentary_reserve"] = .string(note)
    entry.fields["event_name"] = .string(tonight.name)
    entry.fields["date"] = .string(tonight.startsAt.inMilliseconds)
    return entry
  }

  private func entry(
    _ kind: SandboxKind, _ code: String, _ name: String?, people: Int, in peopleIn: Int,
    event: String?
  ) -> SandboxEntry {
    var entry = SandboxEntry(kind: kind, fields: Samples.entries[kind] ?? [:])
    entry.fields["_id"] = .string(Self.idPrefix(kind) + code)
    entry.fields["code"] = .string(code)
    entry.fields["name"] = name.map(JSONValue.string) ?? .null
    entry.fields["event_id"] = .string(event ?? tonight.id)
    entry.fields["for"] = .whole(people)
    entry.fields["enter"] = .whole(peopleIn)
    return entry
  }

  private func set(type: String, in entry: inout SandboxEntry) {
    let slug = type.lowercased().split(separator: " ").joined(separator: "-")
    entry.fields["rate_id"] = .string("Tlsandbox" + slug)
    entry.fields["rate_name"] = .string(type)
    entry.fields["rate_slug"] = .string(slug)
  }

  private var anHourIn: String { tonight.startsAt.addingTimeInterval(3600).inMilliseconds }
}

extension Date {
  /// ISO 8601 as the vendor writes it.
  var inMilliseconds: String {
    formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
  }
}
