import FoundationEssentials

/// What the check-in calls did to tickets, guest list entries and bookings.
struct EntryBook: Sendable {
  private var changes: [SandboxKind: [String: Change]] = [:]

  private struct Change {
    var people = 0
    var entryDate: String?
    var status: String?
    /// By option, in the order in which they came.
    var options: [SandboxCheckIn.Entry] = []
  }

  mutating func record(_ call: SandboxCheckIn, entryID id: String) {
    var change = changes[call.kind]?[id] ?? Change()
    // The vendor's own word for a booking does not say how many have come, so nobody is counted.
    change.people += call.people
    change.entryDate = call.entryDate ?? change.entryDate
    change.status = call.bookingStatus ?? change.status
    change.options += call.entries
    changes[call.kind, default: [:]][id] = change
  }

  /// The entry as a look-up shows it now. More people than it may bring are shown as they were
  /// reported.
  func updated(_ entry: SandboxEntry) -> SandboxEntry {
    guard let change = changes[entry.kind]?[entry.id] else { return entry }
    var entry = entry
    entry.fields["enter"] = .whole(entry.peopleIn + change.people)
    if let entryDate = change.entryDate { entry.fields["entry_date"] = .string(entryDate) }
    if let status = change.status {
      entry.fields["status"] = .string(status)
      entry.fields["state"] = .string(status)
    }
    for option in change.options { add(option, to: &entry) }
    return entry
  }

  private func add(_ people: SandboxCheckIn.Entry, to entry: inout SandboxEntry) {
    var options = entry.fields["options"].array
    let index = options.firstIndex { $0["_id"].string == people.optionID }
    var option =
      index.map { options[$0] } ?? [
        "_id": .string(people.optionID), "women": 0, "men": 0, "no_gender": 0,
        "price": .number(Double(people.price.description) ?? 0), "total": 0,
      ]
    for (name, count) in [
      ("women", people.women), ("men", people.men), ("no_gender", people.noGender),
      ("total", people.people),
    ] {
      option[name] = .whole((option[name].whole ?? 0) + count)
    }
    if let index { options[index] = option } else { options.append(option) }
    entry.fields["options"] = .array(options)
  }
}
