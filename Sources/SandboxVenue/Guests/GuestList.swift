/// The guest list: every reason (Contract: The verdict) that a look-up can have, in a good order
/// for a demo. (`no_event` needs `SandboxOptions.eventsTonight`, and `repeat_scan` a second
/// reading.)
///
/// Guests whose answer is a failure are in no list of passes, so that nothing stored decides for
/// them.
struct GuestList: Sendable {
  /// No two have the same code.
  let guests: [Guest]
  /// What has the code of one of `guests`, and is of another kind.
  let twins: [Guest]
  private let byCode: [SandboxKind: [CodeKey: Guest]]
  private let byID: [SandboxKind: [String: Guest]]

  init(programme: Programme) {
    let tonight = GuestPasses(programme: programme)
    let entries = GuestEntries(programme: programme)
    guests =
      Self.welcome(tonight) + Self.refused(tonight) + Self.unverified(tonight)
      + Self.hardToShow(tonight) + Self.tickets(entries) + Self.lists(entries)
      + Self.bookings(entries)
    twins = Self.twins(entries)
    let byKind = Dictionary(grouping: guests + twins, by: \.kind)
    byCode = byKind.mapValues {
      Dictionary(uniqueKeysWithValues: $0.map { (CodeKey($0.code), $0) })
    }
    byID = byKind.mapValues { guests in
      Dictionary(
        uniqueKeysWithValues: guests.compactMap { guest in
          (guest.pass?.id ?? guest.entry?.id).map { ($0, guest) }
        })
    }
  }

  func guest(code: String, of kind: SandboxKind) -> Guest? { byCode[kind]?[CodeKey(code)] }
  func guest(id: String, of kind: SandboxKind) -> Guest? { byID[kind]?[id] }

  /// Tickets, guest list entries or bookings.
  func entries(_ kind: SandboxKind) -> [SandboxEntry] {
    (guests + twins).filter { $0.kind == kind }.compactMap(\.entry)
  }
}

/// A code as it is looked up: without regard to the case of ASCII letters, and by bytes, because
/// Swift's strings hold some different letters equal.
struct CodeKey: Hashable {
  private let bytes: [UInt8]

  init(_ code: String) {
    bytes = code.utf8.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
  }
}

extension GuestList {
  fileprivate static func welcome(_ tonight: GuestPasses) -> [Guest] {
    [
      .valid("ADA4M7X2", "one person, at the rate that holds now", 1) {
        tonight.pass($0, "Ada Romero", type: "General Access", typeID: Samples.rates.first?.id)
      },
      .valid("DUO2K9P4", "a group of 2", 2) {
        tonight.pass($0, "Noa & Leo Vidal", type: "Pase Doble", people: 2)
      },
      .valid("GROUP4XYZ", "a group of 4", 4) {
        tonight.pass($0, "Carmen Ortega", type: "Group of Four", people: 4)
      },
      .valid("PART1OF4", "a group of 4, 1 of them in", 3) {
        tonight.pass($0, "Iker Molina", type: "Group of Four", people: 4, in: 1)
      },
      .valid("TWICE1N2", "two usages for tonight, of 1 and of 2 people", 3) {
        tonight.pass(
          $0, "Lucia Serrano", type: "Bono Duplicado",
          usages: [tonight.usage(people: 1), tonight.usage(people: 2)])
      },
      .valid("WEEK3OF7", "a pass for 7 nights, 2 of them used before", 1) {
        tonight.pass(
          $0, "Miguel Perez", type: "Premium 7 dias",
          usages: [tonight.usage()]
            + (1...6).map { night in
              tonight.usage(
                event: night == 1 ? Programme.yesterdayID : "el4gr63f00xkq01i1d8jnight\(night)ZvoE",
                in: night <= 2 ? 1 : 0, hoursAfterStart: -24 * night + 1)
            })
      },
      .valid("PREM7TWO", "its rate has two options that hold at once", 1) {
        tonight.pass($0, "Zoë Lindqvist", type: "PRÉMIUM")
      },
      .valid("FREEGST1", "its rate is free", 1) {
        tonight.pass($0, "Pau Ferrer", type: "guest list")
      },
    ]
  }

  fileprivate static func refused(_ tonight: GuestPasses) -> [Guest] {
    [
      Guest(
        code: Samples.pass.code, explanation: "the vendor's own sample, checked in",
        expectedReason: "already_used", expectedAdmitted: 0, answer: .sample),
      .refused("FULL3OF3", "already_used", "a group of 3, all in an hour after the start") {
        tonight.pass($0, "Bruno Costa", type: "Pase Trio", people: 3, in: 3)
      },
      .refused("OTHERDAY1", "not_tonight", "only for yesterday and tomorrow") {
        tonight.pass(
          $0, "Elena Ruiz", type: "Bono Finde",
          usages: [
            tonight.usage(event: Programme.yesterdayID, in: 1, hoursAfterStart: -23),
            tonight.usage(event: Programme.tomorrowID),
          ])
      },
      .refused("NOBODY0P", "not_tonight", "tonight's usage is for nobody") {
        tonight.pass($0, "Hugo Marin", type: "Pase Simple", people: 0)
      },
      .refused("NOUSAGE0", "not_tonight", "no usages at all") {
        tonight.pass($0, "Sara Gil", type: "Pase Simple", usages: [])
      },
      .refused("CANCEL88", "not_active", "cancelled; a ticket has the same code") {
        tonight.pass($0, "Diego Torres", type: "Pase Simple", state: "cancelled")
      },
      .refused("REVOKED1", "not_active", "revoked, and used before that") {
        tonight.pass($0, "Marta Prieto", type: "Pase Simple", in: 1, state: "revoked")
      },
      .refused("ARCHIVE7", "archived", "archived") {
        tonight.pass($0, "Joan Puig", type: "Pase Simple", archived: true)
      },
      .refused("FOREIGN5", "wrong_organization", "sold by another venue") {
        tonight.pass(
          $0, "Nina Keller", type: "Club Pass", organization: "or9another0venue0sells0it0too0Z")
      },
      .refused("TOOSOON2", "too_early", "its rate does not hold yet") {
        tonight.pass(
          $0, "Alba Nieto", type: PriceList.afterPartyName, typeID: PriceList.afterPartyID)
      },
      .refused("EARLYB1RD", "too_late", "its rate is over") {
        tonight.pass($0, "Oscar Blanco", type: "early bird")
      },
      .failed("NOSUCH404", "unknown_pass", "in no list", .notFound),
      .failed(
        "FALSE200", "unknown_pass", "no such pass, said with success: false",
        .nonsense(
          contentType: ContentType.json, body: #"{"success":false,"error":"Pass not found"}"#)),
      .failed(
        "NULLDATA", "unknown_pass", "no such pass, said with data: null",
        .nonsense(contentType: ContentType.json, body: #"{"success":true,"data":null}"#)),
    ]
  }

  fileprivate static func unverified(_ tonight: GuestPasses) -> [Guest] {
    [
      .failed("NOT A CODE", "unreadable_code", "blanks inside: no code at all", .notFound),
      .failed(
        "NOKEY401", "unauthorized", "the key is refused",
        .refusal(status: 401, retryAfterSeconds: nil, body: #"{"error":"Unauthorized"}"#)),
      .failed("FORBID403", "unauthorized", "the key was not granted this", .forbidden),
      .failed(
        "LIMIT429", "rate_limited", "too many requests, come back in an hour", .tooManyRequests),
      .failed("ERROR500", "service_error", "the service is broken", .serverError),
      .failed(
        "SWAPPED1", "service_error", "an answer about another code",
        .otherPass(tonight.pass("ADA4M7X3", "Somebody Else", type: "Pase Simple"))),
      .failed(
        "HALFJSON", "service_error", "an answer that ends half-way",
        .nonsense(contentType: ContentType.json, body: #"{"success":true,"data":{"code":"HALFJ"#)),
      .failed(
        "HTMLPAGE", "service_error", "a log-in page instead of an answer",
        .nonsense(contentType: ContentType.html, body: "<!doctype html><title>Free Wi-Fi</title>")),
      .failed("OFFLINE60", "offline", "no answer at all", .silence),
    ]
  }

  fileprivate static func hardToShow(_ tonight: GuestPasses) -> [Guest] {
    [
      .named("LONGNAME1", "a very long name", HardNames.long, tonight),
      .named("GREEK7AB", "a Greek name", HardNames.greek, tonight),
      .named("ARABIC7A", "an Arabic name, written from right to left", HardNames.arabic, tonight),
      .named("CHINESE8", "a Chinese name, twice as wide", HardNames.chinese, tonight),
      .named("ACCENTS9", "accents that combine", HardNames.combining, tonight),
      .named("EMOJI456", "a name with emoji", HardNames.emoji, tonight),
      .named("NONAME00", "no name", nil, tonight),
      .named(
        "ESCAPES1", "escape sequences and a line break in the name", HardNames.hostile, tonight),
      .valid("HOSTTYPE", "a hostile pass type", 1) {
        tonight.pass($0, "Ines Castro", type: HardNames.hostileType)
      },
    ]
  }
}

extension Guest {
  static func valid(
    _ code: String, _ explanation: String, _ people: Int, pass: (String) -> SandboxPass
  ) -> Guest {
    Guest(
      code: code, explanation: explanation, expectedReason: "valid", expectedAdmitted: people,
      answer: .pass(pass(code)))
  }

  fileprivate static func named(
    _ code: String, _ explanation: String, _ name: String?, _ tonight: GuestPasses
  ) -> Guest {
    .valid(code, explanation, 1) { tonight.pass($0, name, type: "Pase Simple") }
  }

  static func refused(
    _ code: String, _ reason: String, _ explanation: String, pass: (String) -> SandboxPass
  ) -> Guest {
    Guest(
      code: code, explanation: explanation, expectedReason: reason, expectedAdmitted: 0,
      answer: .pass(pass(code)))
  }

  static func failed(
    _ code: String, _ reason: String, _ explanation: String, of kind: SandboxKind = .pass,
    _ answer: Answer
  ) -> Guest {
    Guest(
      kind: kind, code: code, explanation: explanation, expectedReason: reason, expectedAdmitted: 0,
      answer: answer)
  }
}

extension Guest.Answer {
  static let serverError = Self.refusal(
    status: 500, retryAfterSeconds: nil, body: "<h1>Internal Server Error</h1>")
  static let forbidden = Self.refusal(
    status: 403, retryAfterSeconds: nil, body: #"{"message":"Forbidden"}"#)
  static let tooManyRequests = Self.refusal(
    status: 429, retryAfterSeconds: 3600, body: #"{"error":"Too many requests"}"#)
}

/// Names that are hard to show at a door. They are data from outside, as any name is.
enum HardNames {
  static let long =
    "María de los Ángeles Fernanda Ximena del Pilar Guadalupe Esperanza "
    + "Montserrat Etxeberria-Goikoetxea von Hohenlohe-Langenburg y Fernández de Córdoba-Aragón"
  static let greek = "Αλέξανδρος Παπαδόπουλος"
  static let arabic = "فاطمة الزهراء بن علي"
  static let chinese = "欧阳娜娜 王小明"
  /// Letters and their accents apart (U+0301, U+0308, U+0303).
  static let combining = "Jose\u{301} Mu\u{308}ller Nu\u{303}nez"
  /// A family joined by U+200D, a flag, and a skin tone.
  static let emoji = "Kim 👩‍👩‍👧‍👦 🇪🇸 👋🏽"
  /// Clears the screen, sets the title, breaks the line, and turns the direction of writing.
  static let hostile = "Eve\u{1B}[2J\u{1B}]0;owned\u{7}\r\nVALID\u{9B}31m\u{202E}live\u{2028}\u{0}"
  static let hostileType = "\u{1B}[42m\u{1B}[1;1HVALID\u{8}\u{8}\u{7F}%s%n\t{{type}}"
}
