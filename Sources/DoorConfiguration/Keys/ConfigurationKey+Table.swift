import Admission
import DoorScreen
import Formatting
import Scanner

extension ConfigurationKey {
  /// Every key that there is (Contract: Configuration). A new one is an entry here, and a line in
  /// Config/doorcheck.yaml.
  package static let all: [ConfigurationKey] = [
    .init(
      "fourvenues.base_url", .serviceURL, \.fourvenues.baseURL,
      "The address of the service; plain http to a loopback address only."),
    .init(
      "fourvenues.api_key", .secret, \.fourvenues.apiKey,
      "The key of the newer scheme. You need one complete scheme."),
    .init(
      "fourvenues.integration_id", .secret, \.fourvenues.integrationID,
      "The older scheme, together with fourvenues.secret."),
    .init(
      "fourvenues.secret", .secret, \.fourvenues.secret,
      "The older scheme, together with fourvenues.integration_id."),
    .init(
      "fourvenues.deadline_ms", .wholeNumber(100...60_000, unit: "milliseconds"),
      \.fourvenues.deadlineMilliseconds,
      "Milliseconds for a whole look-up with its retries."),
    .init(
      "fourvenues.patience_ms", .wholeNumber(0...60_000, unit: "milliseconds"),
      \.fourvenues.patienceMilliseconds,
      "Milliseconds to wait for a live answer if a stored pass no older than 10 minutes can answer."
    ),
    .init(
      "fourvenues.requests_per_second", .wholeNumber(1...10_000), \.fourvenues.requestsPerSecond,
      "Look-ups over this rate wait their turn; the service allows 10 a second per key."),

    .init("event.id", .line, \.event.id, "Tonight's event; without it doorcheck asks the service."),
    .init("event.name", .line, \.event.name, "The name of the event on the screen."),
    .init("event.starts_at", .date, \.event.startsAt, "When the event starts."),
    .init("event.ends_at", .date, \.event.endsAt, "When the event ends."),

    .init("door.name", .line, \.door.name, "The name of this door; without it the host name."),
    .init(
      "door.organization_id", .line, \.rules.organizationID,
      "Let in passes of this organization only."),
    .init("door.time_zone", .timeZone, \.door.timeZone, "Without it the box's own."),
    .init("door.help", .line, \.door.help, "Whom to call when the screen is amber."),
    .init(
      "door.capacity", .wholeNumber(1...1_000_000, unit: "people"), \.door.capacity,
      "How many people may be inside."),
    .init(
      "door.show_names", .choice(ShownNames.self), \.door.showNames,
      "How to show customers' names: full, initials or hidden."),
    .init(
      "door.accepts", .choices(PassKind.self), \.door.accepts,
      "The kinds of code that this door takes: pass, ticket, list, booking. The first that knows a code decides."
    ),
    .init(
      "door.types", .lines, \.rules.types,
      "Let in these types alone, by name or id; others are sent to another door."),
    .init(
      "door.direction", .choice(DoorDirection.self), \.door.direction,
      "in: people come in here; out: they leave, and every scan counts them out."),

    .init(
      "rules.event_without_usage", .choice(Rules.EventWithoutUsage.self),
      \.rules.eventWithoutUsage,
      "A pass with no usage for tonight: refuse or admit."),
    .init(
      "rules.partial_entry", .boolean, \.rules.partialEntry,
      "Whether a group may come in bit by bit."),
    .init(
      "rules.group_entry", .choice(Rules.GroupEntry.self), \.rules.groupEntry,
      "One scan admits all who are left on the pass, or one person."),
    .init(
      "rules.hours", .choice(Rules.Hours.self), \.rules.hours,
      "Outside tonight's hours: warn, enforce or ignore."),
    .init(
      "rules.repeat_seconds", .number(0...60, unit: "seconds"), \.repeatSeconds,
      "The same code read again within this many seconds counts once; 0 switches this off."),
    .init(
      "rules.active_states", .lines, \.rules.activeStates,
      "Passes in these states may come in."),
    .init(
      "rules.rate_windows", .choice(Rules.RateWindows.self), \.rules.rateWindows,
      "Whether to show a rate's hours only, or to enforce them."),
    .init(
      "rules.capacity", .choice(Rules.Capacity.self), \.rules.capacity,
      "A full house (door.capacity): warn, or enforce it."),
    .init(
      "rules.reentry", .choice(Rules.Reentry.self), \.rules.reentry,
      "Those who left by an exit: refuse them, or allow them to come in again."),
    .init(
      "rules.offline_admit", .boolean, \.rules.offlineAdmit,
      "Whether a stored pass may turn the screen green while the service does not answer."),
    .init(
      "rules.cache_max_age_hours", .wholeNumber(1...720, unit: "hours"), \.cacheMaxAgeHours,
      "A stored pass older than this many hours decides nothing."),
    .init(
      "rules.collect_at_door", .kinds, \.collectAtDoor,
      "Whether the panel says what to collect, by the rate that holds: true, false, or the kinds."),

    .init(
      "scanner.pattern", .regularExpression(groups: nil), \.scanner.format.pattern,
      "A regular expression (PCRE2) that every clean code matches."),
    .init(
      "scanner.prefix", .literal, \.scanner.format.prefix, "What the scanner adds before each code."
    ),
    .init(
      "scanner.suffix", .literal, \.scanner.format.suffix, "What the scanner adds after each code."),
    .init(
      "scanner.case", .choice(CodeFormat.LetterCase.self), \.scanner.format.letterCase,
      "Letters of a code: keep them, or make them upper or lower."),
    .init(
      "scanner.extract", .regularExpression(groups: 1), \.scanner.format.extract,
      "A regular expression (PCRE2) with one group that takes the code out of, say, a URL."),
    .init(
      "scanner.layout", .choice(KeyboardLayout.self), \.scanner.format.layout,
      "The console's keyboard layout if it is not the scanner's, which is US."),
    .init(
      "scanner.gap_ms", .wholeNumber(5...1000, unit: "milliseconds"), \.scanner.gapMilliseconds,
      "The longest pause between two characters of one scan."),
    .init(
      "scanner.reread_ms", .wholeNumber(50...10_000, unit: "milliseconds"),
      \.scanner.rereadMilliseconds,
      "How soon the scanner reads the same code again, for rules.group_entry: one."),

    .init(
      "screen.language", .choice(Language.self), \.screen.language,
      "Of the screen, staff cards and reports. Without it the locale's."),
    .init(
      "screen.theme", .choice(Theme.self), \.screen.theme,
      "standard, colour_blind or high_contrast."),
    .init(
      "screen.panel_seconds", .wholeNumber(1...3600, unit: "seconds"), \.screen.panelSeconds,
      "How many seconds a verdict stays on the screen."),
    .init(
      "screen.keys", .choice(KeyHints.self), \.screen.keys,
      "The hints at the foot of the screen: auto, keys, cards or none."),
    .init(
      "screen.currency", .currency, \.screen.currency,
      "The currency of the prices, which the service does not name."),

    .init("store.path", .line, \.store.path, "The folder for what the box remembers."),
    .init(
      "store.keep_days", .wholeNumber(0...365, unit: "days"), \.store.keepDays,
      "Names and passes are deleted this many days after their event ends."),

    .init(
      "ledger.url", .ledgerURL, \.ledger.url,
      "The PostgreSQL database in which several doors share one ledger. Without it this box is the only door."
    ),
    .init(
      "ledger.password", .password, \.ledger.password,
      "The password of the role that ledger.url names."),
    .init(
      "ledger.patience_ms", .wholeNumber(50...5000, unit: "milliseconds"),
      \.ledger.patienceMilliseconds,
      "Milliseconds to wait for the ledger, before the door goes on alone."),

    .init(
      "check_in.report", .boolean, \.reportsEntries,
      "Whether doorcheck tells the service who came in; otherwise it only reads."),

    .init(
      "kiosk.enabled", .boolean, \.kiosk.isEnabled,
      "Whether only F10 with the supervisor's PIN leaves the door screen."),
    .init(
      "kiosk.pin_hash", .pinHash, \.kiosk.pinHash,
      "The hash of that PIN, as doorcheck pin prints it."),
    .init(
      "kiosk.pin_for", .choices(GuardedAction.self), \.kiosk.pinFor,
      "What needs the PIN: leave, by_hand (F6), undo (F8), look (F3). F9 always does."),

    .init(
      "hooks.verdict", .program, \.hooks.verdict,
      "A program that doorcheck starts for each verdict, with its JSON line on standard input."),
  ]

  static let sections: [String] = all.reduce(into: []) { sections, key in
    if !sections.contains(key.section) { sections.append(key.section) }
  }

  package static func named(_ name: String) -> ConfigurationKey? { all.first { $0.name == name } }
}
