import Admission
import Foundation
import Testing

@testable import DoorConfiguration

/// What each key takes and what it refuses, from the file and from the environment.
@Suite struct KeyValueTests {
  struct Sample: Sendable, CustomTestStringConvertible {
    var key: String
    /// As written in a file, in single quotes or brackets where that is needed.
    var yaml: String
    /// As written in a variable; nil: as in the file.
    var variable: String?
    /// As the settings spell it then; nil: it is refused.
    var becomes: String?

    var testDescription: String { "\(key): \(yaml)" }
  }

  static func good(
    _ key: String, _ yaml: String, variable: String? = nil, becomes: String? = nil
  ) -> Sample {
    Sample(key: key, yaml: yaml, variable: variable, becomes: becomes ?? variable ?? yaml)
  }

  static func bad(_ key: String, _ yaml: String, variable: String? = nil) -> Sample {
    Sample(key: key, yaml: yaml, variable: variable)
  }

  static let samples: [Sample] = [
    good("fourvenues.base_url", "https://api-alpha.fourvenues.com/integrations"),
    good("fourvenues.base_url", "https://example.com/x//", becomes: "https://example.com/x"),
    good("fourvenues.base_url", "http://127.0.0.1:8080"),
    good("fourvenues.base_url", "http://127.8.9.10/a"),
    good("fourvenues.base_url", "http://localhost:1"),
    good("fourvenues.base_url", "'http://[::1]:8080'", variable: "http://[::1]:8080"),
    bad("fourvenues.base_url", "http://api.fourvenues.com"),
    bad("fourvenues.base_url", "http://127.0.0.1.example.com"),
    bad("fourvenues.base_url", "http://127.0.0.256"),
    bad("fourvenues.base_url", "http://127.1"),
    bad("fourvenues.base_url", "http://localhost.example.com"),
    bad("fourvenues.base_url", "http://localhost@example.com"),
    bad("fourvenues.base_url", "https://user:word@example.com"),
    bad("fourvenues.base_url", "https://user@example.com"),
    bad("fourvenues.base_url", "https://example.com/?a=b"),
    bad("fourvenues.base_url", "https://example.com/?"),
    bad("fourvenues.base_url", "'https://example.com/#a'", variable: "https://example.com/#a"),
    bad("fourvenues.base_url", "https://example.com:99999"),
    bad("fourvenues.base_url", "https:///integrations"),
    bad("fourvenues.base_url", "ftp://example.com"),
    bad("fourvenues.base_url", "example.com"),
    bad("fourvenues.base_url", "https://exa mple.com"),

    bad("fourvenues.api_key", "two words"),
    bad("fourvenues.api_key", "schlüssel"),
    bad("fourvenues.api_key", #""a\r\nb""#, variable: "a\r\nb"),
    bad("fourvenues.integration_id", "two words"),
    bad("fourvenues.secret", "two words"),

    good("fourvenues.deadline_ms", "100"),
    good("fourvenues.deadline_ms", "60000"),
    good("fourvenues.deadline_ms", "'1500'", variable: "1500"),
    bad("fourvenues.deadline_ms", "99"),
    bad("fourvenues.deadline_ms", "60001"),
    bad("fourvenues.deadline_ms", "fast"),
    bad("fourvenues.deadline_ms", "1.5"),
    bad("fourvenues.deadline_ms", "1_500"),
    bad("fourvenues.deadline_ms", "0x5dc"),
    bad("fourvenues.deadline_ms", "1e3"),
    bad("fourvenues.deadline_ms", "99999999999999999999"),
    bad("fourvenues.deadline_ms", "-1500"),
    good("fourvenues.patience_ms", "0"),
    good("fourvenues.patience_ms", "60000"),
    bad("fourvenues.patience_ms", "-1"),
    bad("fourvenues.patience_ms", "60001"),
    good("rules.offline_admit", "no", becomes: "false"),
    bad("rules.offline_admit", "maybe"),
    good("rules.cache_max_age_hours", "1"),
    good("rules.cache_max_age_hours", "720"),
    bad("rules.cache_max_age_hours", "0"),
    bad("rules.cache_max_age_hours", "721"),
    good("rules.collect_at_door", "true"),
    good("rules.collect_at_door", "false"),
    good("rules.collect_at_door", "Off", becomes: "false"),
    good("rules.collect_at_door", "[list]", variable: "list", becomes: "[list]"),
    good(
      "rules.collect_at_door", "[list, ticket]", variable: "list,ticket", becomes: "[list, ticket]"),
    good("rules.collect_at_door", "[ticket, list, ticket]", becomes: "[ticket, list]"),
    good("rules.collect_at_door", "[pass, ticket, list, booking]", becomes: "true"),
    bad("rules.collect_at_door", "10"),
    bad("rules.collect_at_door", "[lists]", variable: "lists"),
    bad("rules.collect_at_door", "[list, true]", variable: "list,true"),
    bad("rules.collect_at_door", "[]", variable: ","),
    good("check_in.report", "true"),
    bad("check_in.report", "sometimes"),
    good("store.path", "/var/lib/doorcheck"),
    bad("store.path", #""a\nb""#, variable: "a\nb"),
    good("store.keep_days", "0"),
    good("store.keep_days", "365"),
    bad("store.keep_days", "366"),
    bad("store.keep_days", "-1"),
    good("fourvenues.requests_per_second", "1"),
    good("fourvenues.requests_per_second", "10000"),
    bad("fourvenues.requests_per_second", "0"),
    bad("fourvenues.requests_per_second", "10001"),

    good("event.id", "5f3c"),
    good("event.id", "0123"),
    bad("event.id", "' '", variable: " "),
    good("event.name", "'Noche: Ñandú'", variable: "Noche: Ñandú"),
    bad("event.name", #""two\nlines""#, variable: "two\nlines"),
    good("event.starts_at", "2026-11-21T23:00:00+01:00", becomes: "2026-11-21T22:00:00Z"),
    good("event.starts_at", "2026-11-21T23:00+0100", becomes: "2026-11-21T22:00:00Z"),
    good("event.starts_at", "2026-11-21T22:00:00.250Z", becomes: "2026-11-21T22:00:00Z"),
    good("event.starts_at", "2026-11-21T17:30:00-04:30", becomes: "2026-11-21T22:00:00Z"),
    good("event.starts_at", "2028-02-29T00:00:00Z"),
    bad("event.starts_at", "2026-11-21T23:00:00"),
    bad("event.starts_at", "2026-11-21"),
    bad("event.starts_at", "2026-11-21 23:00:00+01:00"),
    bad("event.starts_at", "2026-02-29T23:00:00+01:00"),
    bad("event.starts_at", "2026-11-21T24:00:00+01:00"),
    bad("event.starts_at", "2026-11-21T23:60:00+01:00"),
    bad("event.starts_at", "2026-11-21T23:00:00+25:00"),
    bad("event.starts_at", "2026-11-21T23:00:00+01:75"),
    bad("event.starts_at", "tonight"),
    bad("event.starts_at", "1795305600"),
    bad("event.starts_at", "２０２６-11-21T23:00:00Z"),
    good("event.ends_at", "2026-11-22T06:00:00+01:00", becomes: "2026-11-22T05:00:00Z"),
    bad("event.ends_at", "06:00"),

    good("door.name", "Main"),
    good("door.name", "no"),
    good("door.name", "  Main  ", becomes: "Main"),
    bad("door.name", #""\e[2J""#, variable: "\u{1B}[2J"),
    bad("door.name", String(repeating: "x", count: 501)),
    good("door.organization_id", "0017"),
    bad("door.organization_id", #""a\tb""#, variable: "a\tb"),
    good("door.time_zone", "Europe/Madrid"),
    good("door.time_zone", "UTC"),
    good("door.time_zone", "America/Argentina/Buenos_Aires"),
    bad("door.time_zone", "Europe/Madird"),
    bad("door.time_zone", "CET"),
    bad("door.time_zone", "GMT+2"),
    bad("door.time_zone", "+01:00"),
    bad("door.time_zone", "../etc/passwd"),
    good("door.help", "Call Anna +34 600 000 000"),
    bad("door.help", #""a\u2028b""#, variable: "a\u{2028}b"),
    good("door.capacity", "1"),
    bad("door.capacity", "0"),
    bad("door.capacity", "many"),
    good("door.show_names", "initials"),
    good("door.show_names", "hidden"),
    bad("door.show_names", "Full"),
    bad("door.show_names", "none"),
    good("door.accepts", "[ticket, pass]", variable: "ticket,pass", becomes: "[ticket, pass]"),
    good(
      "door.accepts", "[pass, ticket, list, booking]", variable: "[pass, ticket, list, booking]",
      becomes: "[pass, ticket, list, booking]"),
    good("door.accepts", "[list, list]", variable: "list,list", becomes: "[list]"),
    bad("door.accepts", "[tickets]", variable: "tickets"),
    bad("door.accepts", "[pass, Ticket]", variable: "pass,Ticket"),
    bad("door.accepts", "[true]", variable: "true"),
    bad("door.accepts", "[]", variable: ","),
    good("door.types", "[VIP]", variable: "VIP", becomes: "[VIP]"),
    good(
      "door.types", "['Acceso VIP', ty4gr63f00]", variable: "Acceso VIP, ty4gr63f00",
      becomes: "[Acceso VIP, ty4gr63f00]"),
    bad("door.types", "[]", variable: ","),
    bad("door.types", "[VIP, ' ']", variable: "VIP, "),

    good("rules.event_without_usage", "admit"),
    bad("rules.event_without_usage", "yes"),
    good("rules.partial_entry", "false"),
    good("rules.partial_entry", "no", becomes: "false"),
    good("rules.partial_entry", "Off", becomes: "false"),
    good("rules.partial_entry", "on", becomes: "true"),
    good("rules.partial_entry", "YES", becomes: "true"),
    bad("rules.partial_entry", "1"),
    bad("rules.partial_entry", "y"),
    good("rules.group_entry", "one"),
    bad("rules.group_entry", "1"),
    good("rules.hours", "enforce"),
    good("rules.hours", "ignore"),
    bad("rules.hours", "strict"),
    good("rules.repeat_seconds", "0"),
    good("rules.repeat_seconds", "2.5"),
    good("rules.repeat_seconds", "60"),
    bad("rules.repeat_seconds", "60.1"),
    bad("rules.repeat_seconds", "-1"),
    bad("rules.repeat_seconds", "nan"),
    bad("rules.repeat_seconds", ".inf"),
    bad("rules.repeat_seconds", "1e1"),
    bad("rules.repeat_seconds", "'2,5'", variable: "2,5"),
    good(
      "rules.active_states", "[activated, 'on']", variable: "activated,on",
      becomes: "[activated, on]"),
    good("rules.active_states", "[01]", variable: "01", becomes: "[01]"),
    bad("rules.active_states", "[]", variable: ","),
    bad("rules.active_states", "[activated, ' ']", variable: "activated, "),
    good("rules.rate_windows", "enforce"),
    bad("rules.rate_windows", "hide"),
    good("rules.capacity", "enforce"),
    bad("rules.capacity", "refuse"),
    good("rules.reentry", "allow"),
    bad("rules.reentry", "true"),
    good("door.direction", "out"),
    bad("door.direction", "exit"),
    good("screen.keys", "cards"),
    good("screen.keys", "none"),
    bad("screen.keys", "all"),

    good("scanner.pattern", "'^[A-Z0-9]{9}$'", variable: "^[A-Z0-9]{9}$"),
    bad("scanner.pattern", "'[A-Z'", variable: "[A-Z"),
    // Slow is no fault: each match is bounded.
    good("scanner.pattern", "'^(a+)+$'", variable: "^(a+)+$"),
    bad("scanner.pattern", #"'\p{Elephant}'"#, variable: #"\p{Elephant}"#),
    good("scanner.prefix", "A-"),
    good("scanner.prefix", #""\x1DA ""#, variable: "\u{1D}A "),
    bad("scanner.prefix", String(repeating: "x", count: 65)),
    good("scanner.suffix", "Z"),
    bad("scanner.suffix", String(repeating: "x", count: 65)),
    good("scanner.case", "upper"),
    good("scanner.case", "lower"),
    bad("scanner.case", "UPPER"),
    good(
      "scanner.extract", "'^https://.*[?&]code=([^&]+)'",
      variable: "^https://.*[?&]code=([^&]+)"),
    good("scanner.extract", "'(?:a|b)(c)'", variable: "(?:a|b)(c)"),
    good("scanner.extract", "'(?<code>[A-Z]+)'", variable: "(?<code>[A-Z]+)"),
    bad("scanner.extract", "'code=.*'", variable: "code=.*"),
    bad("scanner.extract", "'(a)(b)'", variable: "(a)(b)"),
    bad("scanner.extract", "'(a'", variable: "(a"),
    good("scanner.layout", "fr"),
    good("scanner.layout", "us"),
    bad("scanner.layout", "FR"),
    bad("scanner.layout", "french"),
    good("scanner.gap_ms", "5"),
    good("scanner.gap_ms", "1000"),
    bad("scanner.gap_ms", "4"),
    bad("scanner.gap_ms", "1001"),
    good("scanner.reread_ms", "50"),
    good("scanner.reread_ms", "10000"),
    bad("scanner.reread_ms", "49"),
    bad("scanner.reread_ms", "10001"),
    bad("scanner.reread_ms", "2.5"),
    bad("scanner.reread_ms", "soon"),

    good("screen.language", "en"),
    bad("screen.language", "english"),
    good("screen.theme", "colour_blind"),
    good("screen.theme", "high_contrast"),
    bad("screen.theme", "dark"),
    good("screen.panel_seconds", "1"),
    good("screen.panel_seconds", "3600"),
    bad("screen.panel_seconds", "0"),
    bad("screen.panel_seconds", "3601"),
    good("screen.currency", "GBP"),
    bad("screen.currency", "eur"),
    bad("screen.currency", "€"),
    bad("screen.currency", "EURO"),

    good("ledger.url", "postgresql://north@db.example/doorcheck"),
    good("ledger.url", "postgres://north@db.example:5433/doorcheck?sslmode=verify-full"),
    good("ledger.url", "postgresql:///doorcheck"),
    good(
      "ledger.url", "' postgresql://127.0.0.1/doorcheck '",
      variable: " postgresql://127.0.0.1/doorcheck ", becomes: "postgresql://127.0.0.1/doorcheck"),
    bad("ledger.url", "postgresql://north:word@db.example/doorcheck"),
    bad("ledger.url", "postgresql://db.example/doorcheck?password=word"),
    bad("ledger.url", "postgresql://db.example/doorcheck?sslmode=require"),
    bad("ledger.url", "postgresql://db.example:70000/doorcheck"),
    bad("ledger.url", "mysql://db.example/doorcheck"),
    bad("ledger.url", "'host=db.example dbname=doorcheck'", variable: "host=db.example"),
    bad("ledger.url", "db.example"),
    bad("ledger.password", #""a\nb""#, variable: "a\nb"),
    bad("ledger.password", String(repeating: "x", count: 1001)),
    good("ledger.patience_ms", "50"),
    good("ledger.patience_ms", "5000"),
    bad("ledger.patience_ms", "49"),
    bad("ledger.patience_ms", "5001"),
    bad("ledger.patience_ms", "soon"),

    good("kiosk.enabled", "true"),
    bad("kiosk.enabled", "1"),
    bad("kiosk.pin_hash", "2468"),
    bad("kiosk.pin_hash", "$y$j9T$"),
    bad("kiosk.pin_hash", "$6$abcdefgh$hbv42bIkBEd6hkfSEHd"),
    good("kiosk.pin_for", "[leave]", variable: "leave", becomes: "[leave]"),
    good(
      "kiosk.pin_for", "[leave, by_hand, undo, look]", variable: "leave,by_hand,undo,look",
      becomes: "[leave, by_hand, undo, look]"),
    bad("kiosk.pin_for", "[rates]", variable: "rates"),
    bad("kiosk.pin_for", "[turn]", variable: "turn"),
    bad("kiosk.pin_for", "[direction]", variable: "direction"),
    bad("kiosk.pin_for", "[]", variable: ","),

    good("hooks.verdict", "/bin/sh"), bad("hooks.verdict", "sh"), bad("hooks.verdict", "./sh"),
    bad("hooks.verdict", "/bin"), bad("hooks.verdict", "/nonexistent/hook"),
    bad("hooks.verdict", "/etc/passwd"), bad("hooks.verdict", "/bin/sh -c true"),
  ]

  @Test func `Every key has good and bad samples`() {
    let secrets = Set(ConfigurationKey.all.filter(\.isSecret).map(\.name))
    let names = Set(ConfigurationKey.all.map(\.name))
    #expect(Set(Self.samples.filter { $0.becomes == nil }.map(\.key)) == names)
    #expect(Set(Self.samples.filter { $0.becomes != nil }.map(\.key)) == names.subtracting(secrets))
  }

  @Test(arguments: samples) func `A value of the file is taken or refused`(_ sample: Sample) throws
  {
    let key = try #require(ConfigurationKey.named(sample.key))
    let outcome = try load("\(key.section):\n  \(key.leaf): \(sample.yaml)\n")
    check(outcome, key, sample, place: "doorcheck.yaml:2:")
  }

  @Test(arguments: samples) func `A value of the environment is taken or refused`(_ sample: Sample)
    throws
  {
    let key = try #require(ConfigurationKey.named(sample.key))
    let value = sample.variable ?? sample.yaml
    let outcome = try load(environment: [key.variable: value])
    check(outcome, key, sample, place: "\(key.variable): ")
  }

  @Test(arguments: [
    ("door.accepts", "[pass, tickets]", "pass,tickets", "ticket"),
    ("door.accepts", "[Booking]", "Booking", "booking"),
    ("rules.collect_at_door", "[lst]", "lst", "list"),
  ])
  func `A misspelt kind is told which was meant`(
    name: String, yaml: String, variable: String, meant: String
  ) throws {
    let key = try #require(ConfigurationKey.named(name))
    let file = try load("\(key.section):\n  \(key.leaf): \(yaml)\n").lines
    let environment = try load(environment: [key.variable: variable]).lines
    for lines in [file, environment] {
      #expect(lines.count == 1)
      #expect(lines.first?.hasSuffix("did you mean \"\(meant)\"?") == true, "\(lines)")
    }
  }

  @Test func `Kinds are taken from the environment`() throws {
    func settings(_ environment: [String: String]) throws -> Settings? {
      try load(environment: environment).settings
    }
    #expect(
      try settings(["DOORCHECK_DOOR_ACCEPTS": "pass,ticket"])?.door.accepts == [.pass, .ticket])
    for (value, kinds) in [
      ("true", PassKind.allCases), ("false", []), ("list", [.list]), ("[list]", [.list]),
      ("list, ticket", [.list, .ticket]),
    ] {
      let settings = try settings(["DOORCHECK_RULES_COLLECT_AT_DOOR": value])
      #expect(settings?.collectAtDoor == kinds, "\(value)")
    }
  }

  private func check(
    _ outcome: ConfigurationSandbox.Outcome, _ key: ConfigurationKey, _ sample: Sample,
    place: String
  ) {
    if let expected = sample.becomes {
      #expect(outcome.lines == [])
      #expect(outcome.settings.flatMap(key.spelling) == expected)
    } else {
      #expect(outcome.lines.count == 1)
      let line = outcome.lines.first ?? ""
      #expect(line.hasPrefix(place))
      #expect(line.contains("\"\(key.name)\" must be \(key.expectation)"))
    }
  }

  @Test(arguments: ["fourvenues.api_key", "fourvenues.integration_id", "fourvenues.secret"])
  func `Secrets are taken from file and environment`(_ name: String) throws {
    let key = try #require(ConfigurationKey.named(name))
    // The other two complete the older scheme.
    let others = ConfigurationKey.all.filter {
      $0.isSecret && $0.section == "fourvenues" && $0.name != name
    }
    var environment = Dictionary(uniqueKeysWithValues: others.map { ($0.variable, "other") })
    func taken(_ settings: Settings) -> String? {
      switch name {
      case "fourvenues.api_key": settings.fourvenues.apiKey?.revealed
      case "fourvenues.integration_id": settings.fourvenues.integrationID?.revealed
      default: settings.fourvenues.secret?.revealed
      }
    }
    let fromFile = try load("fourvenues:\n  \(key.leaf): 0123\n", environment: environment)
    #expect(fromFile.settings.map(taken) == "0123")
    environment[key.variable] = "sk:!#*"
    let fromBoth = try load("fourvenues:\n  \(key.leaf): 0123\n", environment: environment)
    #expect(fromBoth.settings.map(taken) == "sk:!#*")
  }

  /// It may be any line, blanks and letters of every alphabet included.
  @Test(arguments: ["0123", "a word & 'another': €", "  "])
  func `The password of the ledger is taken from file environment and credentials`(
    _ password: String
  ) throws {
    let yaml = "ledger: {password: \"\(password)\"}\n"
    #expect(try load(yaml).settings?.ledger.password?.revealed == password)
    let environment = ["DOORCHECK_LEDGER_PASSWORD": password]
    #expect(try load(environment: environment).settings?.ledger.password?.revealed == password)
    let sandbox = try ConfigurationSandbox()
    try sandbox.addCredential("ledger.password", password + "\n")
    #expect(try sandbox.load().settings?.ledger.password?.revealed == password)
  }

  @Test func `The hash of a PIN is taken from file environment and credentials`() throws {
    let hash = PINHashTests.foreign
    let taken = try #require(PINHash(hash))
    #expect(try load("kiosk: {pin_hash: \(hash)}\n").settings?.kiosk.pinHash == taken)
    #expect(
      try load(environment: ["DOORCHECK_KIOSK_PIN_HASH": hash]).settings?.kiosk.pinHash == taken)
    let sandbox = try ConfigurationSandbox()
    try sandbox.addCredential("kiosk.pin_hash", hash + "\n")
    #expect(try sandbox.load().settings?.kiosk.pinHash == taken)
  }

  /// Leaving may be impossible; but a key that only a PIN opens, without one, is a slip.
  @Test(arguments: [("[leave]", true), ("[leave, undo]", false), ("[by_hand]", false)])
  func `What a PIN stands before needs one`(actions: String, isEnough: Bool) throws {
    let yaml = "kiosk:\n  enabled: true\n  pin_for: \(actions)\n"
    let outcome = try load(yaml)
    #expect(
      outcome.lines
        == (isEnough
          ? []
          : [
            """
            doorcheck.yaml:3:12: "kiosk.pin_for" needs "kiosk.pin_hash" too, which is missing; \
            "doorcheck pin" makes it
            """
          ]))
    #expect(try load(yaml + "  pin_hash: \(PINHashTests.foreign)\n").lines == [])
  }

  @Test func `The environment wins over the file`() throws {
    let outcome = try load(
      "door:\n  name: File\n  capacity: 5\n", environment: ["DOORCHECK_DOOR_NAME": "Variable"])
    #expect(outcome.settings?.door.name == "Variable")
    #expect(outcome.settings?.door.capacity == 5)
  }

  @Test func `Empty is not given`() throws {
    let yaml = "door:\n  name:\n  help: ''\n  capacity: ~\n  show_names: null\nevent:\n"
    let outcome = try load(
      yaml, environment: ["DOORCHECK_DOOR_NAME": "", "DOORCHECK_RULES_ACTIVE_STATES": ""])
    #expect(outcome.settings == Settings(hostName: "box"))
  }

  @Test func `Nothing given is the defaults`() throws {
    #expect(
      try load() == .loaded(LoadedConfiguration(settings: Settings(hostName: "box"), file: nil)))
    #expect(try load("").settings == Settings(hostName: "box"))
  }

  @Test func `Words that YAML would take for other types stay words`() throws {
    let yaml = "door: {name: 0123, organization_id: 1e3, help: no}\nevent: {id: 2026-11-21}\n"
    let settings = try load(yaml).settings
    #expect(settings?.door.name == "0123")
    #expect(settings?.rules.organizationID == "1e3")
    #expect(settings?.door.help == "no")
    #expect(settings?.event.id == "2026-11-21")
  }
}
