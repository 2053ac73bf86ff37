import FoundationEssentials

/// Tickets, guest list entries or bookings that are made when they are asked for, each from its number
/// alone, as `GeneratedGuests` makes passes. Their sale took a second each.
struct GeneratedEntries: Sendable {
  let codes: NumberedCodes
  let seed: UInt64
  let entries: GuestEntries

  init(kind: SandboxKind, count: Int, seed: UInt64, entries: GuestEntries) {
    codes = NumberedCodes(kind: kind, count: count)
    self.seed = seed
    self.entries = entries
  }

  var count: Int { codes.count }

  func entry(_ index: Int) -> SandboxEntry {
    let (name, people) = GeneratedGuests.guest(index, seed: seed)
    let code = NumberedCodes.code(index, of: codes.kind)
    return switch codes.kind {
    case .ticket, .pass:
      entries.ticket(
        code, name, type: people == 1 ? "Entrada" : "Entrada Grupo", people: people,
        extras: index % 4 == 3 ? ["Copa"] : [], createdAt: createdAt(index))
    case .list: entries.list(code, name, type: "General Access", people: people)
    case .booking: entries.booking(code, name, people: people + 1, space: "S\(index % 40 + 1)")
    }
  }

  func entry(code: String) -> SandboxEntry? { codes.index(ofCode: code).map(entry) }

  func entry(id: String) -> SandboxEntry? {
    codes.index(ofID: id, idPrefix: GuestEntries.idPrefix(codes.kind)).map(entry)
  }

  private func createdAt(_ index: Int) -> Date {
    entries.tonight.startOfSale.addingTimeInterval(TimeInterval(index + 1))
  }
}
