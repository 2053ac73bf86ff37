import Admission
import DoorScreen
import Scanner

extension ConfigurationKey {
  /// Every key that there is (contract, "Configuration"). A new one is an entry here, and a line in
  /// Config/doorcheck.yaml.
  package static let all: [ConfigurationKey] = [
    .init(
      "fourvenues.base_url", .serviceURL, \.fourvenues.baseURL,
      "Where the service is; plain http only to a loopback address."),
    .init(
      "fourvenues.api_key", .secret, \.fourvenues.apiKey,
      "The key of the newer scheme. One complete scheme is needed."),
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
      "Milliseconds for a live answer where a stored pass no older than 10 minutes can answer."),
    .init(
      "fourvenues.requests_per_second", .wholeNumber(1...10_000), \.fourvenues.requestsPerSecond,
      "A look-up over it waits its turn; the service allows 10."),

    .init("event.id", .line, \.event.id, "Tonight's event; without it the service is asked."),
    .init("event.name", .line, \.event.name, "What the screen calls it."),
    .init("event.starts_at", .date, \.event.startsAt, "ISO 8601 with offset."),
    .init("event.ends_at", .date, \.event.endsAt, "ISO 8601 with offset, after the start."),

    .init("door.name", .line, \.door.name, "Which door this is; without it the host name."),
    .init(
      "door.organization_id", .line, \.rules.organizationID,
      "Takes passes of this organization only."),
    .init("door.time_zone", .timeZone, \.door.timeZone, "Without it the box's own."),
    .init("door.help", .line, \.door.help, "Whom to call when the screen is amber."),
    .init(
      "door.capacity", .wholeNumber(1...1_000_000, unit: "people"), \.door.capacity,
      "How many people may be in."),
    .init(
      "door.show_names", .choice(ShownNames.self), \.door.showNames,
      "How much of a customer's name is shown: full, initials or hidden."),

    .init(
      "rules.event_without_usage", .choice(Rules.EventWithoutUsage.self),
      \.rules.eventWithoutUsage,
      "A pass with no usage for tonight: refuse or admit."),
    .init(
      "rules.partial_entry", .boolean, \.rules.partialEntry,
      "Whether a group may come in bit by bit."),
    .init(
      "rules.group_entry", .choice(Rules.GroupEntry.self), \.rules.groupEntry,
      "Whom one scan admits: all that are left, or one."),
    .init(
      "rules.hours", .choice(Rules.Hours.self), \.rules.hours,
      "Outside tonight's hours: warn, enforce or ignore."),
    .init(
      "rules.repeat_seconds", .number(0...60, unit: "seconds"), \.repeatSeconds,
      "Seconds in which the same code read again is no second try; 0 switches it off."),
    .init(
      "rules.active_states", .lines, \.rules.activeStates,
      "The states of a pass that open the door."),
    .init(
      "rules.rate_windows", .choice(Rules.RateWindows.self), \.rules.rateWindows,
      "Whether a rate's hours are shown only, or enforced."),
    .init(
      "rules.offline_admit", .boolean, \.rules.offlineAdmit,
      "Whether a stored pass may turn the screen green."),
    .init(
      "rules.cache_max_age_hours", .wholeNumber(1...720, unit: "hours"), \.cacheMaxAgeHours,
      "Hours after which a stored pass decides nothing any more."),
    .init(
      "rules.collect_at_door", .boolean, \.collectAtDoor,
      "Whether the panel says what to collect, by the rate that holds."),

    .init(
      "scanner.pattern", .regularExpression(groups: nil), \.scanner.format.pattern,
      "What a clean code looks like: a regular expression (PCRE2)."),
    .init(
      "scanner.prefix", .literal, \.scanner.format.prefix, "What the scanner puts before each code."
    ),
    .init(
      "scanner.suffix", .literal, \.scanner.format.suffix, "What the scanner puts after each code."),
    .init(
      "scanner.case", .choice(CodeFormat.LetterCase.self), \.scanner.format.letterCase,
      "Letters of a code: keep, upper or lower."),
    .init(
      "scanner.extract", .regularExpression(groups: 1), \.scanner.format.extract,
      "A regular expression (PCRE2) with one group that takes the code out of, say, a URL."),
    .init(
      "scanner.layout", .choice(KeyboardLayout.self), \.scanner.format.layout,
      "The console's keyboard layout, where a scanner types as a US keyboard: fr, de, es ..."),
    .init(
      "scanner.gap_ms", .wholeNumber(5...1000, unit: "milliseconds"), \.scanner.gapMilliseconds,
      "The longest pause between two characters of one scan."),

    .init(
      "screen.language", .choice(Language.self), \.screen.language,
      "Without it the locale's."),
    .init(
      "screen.theme", .choice(Theme.self), \.screen.theme,
      "standard, colour_blind or high_contrast."),
    .init(
      "screen.panel_seconds", .wholeNumber(1...3600, unit: "seconds"), \.screen.panelSeconds,
      "How long a verdict stays."),
    .init("screen.currency", .currency, \.screen.currency, "ISO 4217; the service names none."),

    .init("store.path", .line, \.store.path, "The folder of what the box remembers."),
    .init(
      "store.keep_days", .wholeNumber(0...365, unit: "days"), \.store.keepDays,
      "Days after an event's end when its names and passes go."),

    .init(
      "check_in.report", .boolean, \.reportsEntries,
      "Whether the service is told who came in; without it, reading is all that is done."),

    .init(
      "kiosk.enabled", .boolean, \.kiosk.isEnabled,
      "Whether nobody leaves the door screen without the supervisor's PIN."),
    .init(
      "kiosk.pin_hash", .pinHash, \.kiosk.pinHash,
      "The hash of that PIN, as doorcheck pin prints it."),
    .init(
      "kiosk.pin_for", .choices(GuardedAction.self), \.kiosk.pinFor,
      "What the PIN stands before: leave, by_hand, undo, look."),

    .init(
      "hooks.verdict", .program, \.hooks.verdict,
      "A program that is started for each verdict, with its JSON line on standard input."),
  ]

  static let sections: [String] = all.reduce(into: []) { sections, key in
    if !sections.contains(key.section) { sections.append(key.section) }
  }

  package static func named(_ name: String) -> ConfigurationKey? { all.first { $0.name == name } }
}
