/// Tickets, guest list entries and bookings, for every reason that they can have and for everything
/// that they hold beside.
extension GuestList {
  static func tickets(_ tonight: GuestEntries) -> [Guest] {
    [
      .valid("TKTBUS01", "a ticket with a bus and a drink") {
        tonight.ticket($0, "Marina Vidal", type: "Early Ticket", extras: ["Bus", "Copa"])
      },
      .valid("TKTAGE21", "a ticket from 21 years on") {
        tonight.ticket($0, "Adrià Soler", type: "Early Ticket", age: 21)
      },
      .valid("TKTVIP01", "a VIP ticket, for a door of its own") {
        tonight.ticket($0, "Inés Bauer", type: "VIP", extras: ["Guardarropa"])
      },
      .valid("TKTFOUR4", "a ticket for 4") {
        tonight.ticket($0, "Sergio Navarro", type: "Group Ticket", people: 4)
      },
      .valid("TKT1OF3A", "a ticket for 3, 1 of them in") {
        tonight.ticket($0, "Paula Esteve", type: "Group Ticket", people: 3, in: 1)
      },
      .refused("TKTUSED1", "already_used", "a ticket that is used") {
        tonight.ticket($0, "Rubén Cano", type: "Early Ticket", in: 1)
      },
      .refused("TKTREFND", "not_active", "a ticket whose price was given back") {
        tonight.ticket($0, "Clara Ibáñez", type: "Early Ticket", refunded: 10)
      },
      .refused("TKTPENDG", "not_active", "a ticket that is not paid yet") {
        tonight.ticket($0, "Óscar Rivas", type: "Early Ticket", status: "pending")
      },
      .refused("TKTOTHER", "not_tonight", "a ticket for tomorrow") {
        tonight.ticket($0, "Gemma Arias", type: "Early Ticket", event: Programme.tomorrowID)
      },
      .failed(
        "TKTERR50", "service_error", "the service fails at tickets", of: .ticket, .serverError),
      .failed("TKTMUTE1", "offline", "no answer about tickets", of: .ticket, .silence),
    ]
  }

  static func lists(_ tonight: GuestEntries) -> [Guest] {
    [
      .valid("LSTBDAY7", "a birthday list of 7, 4 of them in") {
        tonight.list(
          $0, "Miguel Román", type: "General Access", people: 7, in: 4,
          note: "Birthday: bring the cake", tags: ["birthday", "free-access"])
      },
      .valid("LSTPAY15", "on a list, pays at the door") {
        tonight.list($0, "Lola Herrero", type: "Door List")
      },
      .valid("LSTLADY1", "on a list with prices for women and for men") {
        tonight.list($0, "Sonia Delgado", type: "Ladies Night")
      },
      .valid("LSTGRP05", "a list of 5") {
        tonight.list($0, "Jordi Blasco", type: "Door List", people: 5)
      },
      .valid("LSTLONGN", "a long remark for the door") {
        tonight.list(
          $0, "Vera Quintana", type: "General Access", people: 2,
          note: "Friends of the house: seat them beside the stage, no queue, and tell Marta at the "
            + "bar that the two of them have arrived, because the surprise begins at midnight")
      },
      .valid("LSTEVIL1", "escape sequences in the remark") {
        tonight.list($0, "Eva Moreau", type: "General Access", note: HardNames.hostile)
      },
      .refused("LSTREMVD", "not_active", "a list that was removed") {
        tonight.list($0, "Tomás Gómez", type: "General Access", removedAt: 1_712_861_139)
      },
      .refused("LSTUSED2", "already_used", "a list of 2, both in") {
        tonight.list($0, "Amaia López", type: "General Access", people: 2, in: 2)
      },
      .refused("LSTSOON1", "too_early", "its lists rate does not hold yet") {
        tonight.list($0, "Unai Sánchez", type: "After Hours List")
      },
      .refused("LSTLATE1", "too_late", "its lists rate is over") {
        tonight.list($0, "Irene Peña", type: "List before One")
      },
      .refused("LSTOTHER", "not_tonight", "on yesterday's list") {
        tonight.list($0, "Lars Novák", type: "General Access", event: Programme.yesterdayID)
      },
      .failed("LSTFORB3", "unauthorized", "the key may not see this list", of: .list, .forbidden),
    ]
  }

  static func bookings(_ tonight: GuestEntries) -> [Guest] {
    [
      .valid("TABLE5S1", "a table for 5, with zone, space and hour") {
        tonight.booking(
          $0, "Sergio Centeno", people: 5, note: "Owes for last week. Do not mention it.")
      },
      .valid("TABLEARR", "a table for 6, 2 of them in") {
        tonight.booking(
          $0, "Rocío Zamora", people: 6, in: 2, status: "arrival", zone: "Sala", space: "Mesa 12",
          hour: "1:30")
      },
      .refused("TABLESIT", "already_used", "a table for 4, all in") {
        tonight.booking($0, "Pablo Ortiz", people: 4, in: 4, status: "sitting")
      },
      .refused("TABLEPND", "not_active", "a table that is not confirmed") {
        tonight.booking($0, "Nerea Jiménez", people: 4, status: "pending")
      },
      .refused("TABLEREJ", "not_active", "a table that was rejected") {
        tonight.booking($0, "Hanna Keller", people: 2, status: "rejected")
      },
      .refused("TABLEREL", "not_active", "a table that was given away") {
        tonight.booking($0, "Carlos Díaz", people: 3, status: "released")
      },
      .refused("TABLEOTH", "not_tonight", "a table in the other room") {
        tonight.booking($0, "Fátima Benali", people: 4, event: Programme.otherTonightID)
      },
      .failed(
        "TABLE429", "rate_limited", "too many requests about tables", of: .booking,
        .tooManyRequests),
      Guest(
        kind: .booking, code: SandboxEntry.sample(.booking)?.code ?? "",
        explanation: "the vendor's own sample of a table, for another event",
        expectedReason: "not_tonight", expectedAdmitted: 0, answer: .sample),
    ]
  }

  /// The vendor's samples of a ticket and of a list have the code of its sample pass.
  static func twins(_ tonight: GuestEntries) -> [Guest] {
    let samples = [SandboxKind.ticket, .list].map { kind in
      Guest(
        kind: kind, code: Samples.pass.code,
        explanation: "the vendor's own sample, for another event", expectedReason: "not_tonight",
        expectedAdmitted: 0, answer: .sample)
    }
    return samples + [
      .valid("CANCEL88", "a ticket with the code of a cancelled pass") {
        tonight.ticket($0, "Diego Torres", type: "Early Ticket")
      }
    ]
  }
}

extension Guest {
  /// Comes in with everybody who is left on it.
  fileprivate static func valid(
    _ code: String, _ explanation: String, entry: (String) -> SandboxEntry
  ) -> Guest {
    let entry = entry(code)
    return Guest(
      kind: entry.kind, code: code, explanation: explanation, expectedReason: "valid",
      expectedAdmitted: entry.people - entry.peopleIn, answer: .entry(entry))
  }

  fileprivate static func refused(
    _ code: String, _ reason: String, _ explanation: String, entry: (String) -> SandboxEntry
  ) -> Guest {
    let entry = entry(code)
    return Guest(
      kind: entry.kind, code: code, explanation: explanation, expectedReason: reason,
      expectedAdmitted: 0, answer: .entry(entry))
  }
}
