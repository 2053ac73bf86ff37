import Door

/// doorcheck(1): what `--help` says of every command, and where the program looks for things.
///
/// The argument parser's own plugin, `generate-manual`, makes a page as well. It says of the exit code
/// that it is 0 or not, and has no place for the codes, the environment and the files, which staff look
/// up there; it repeats the common options under each command, and knows nothing of doorcheck.yaml(5).
struct ProgramManual {
  private let tool: ToolDescription.Command
  /// What the door screen takes, and others as well.
  private let common: [ToolDescription.Argument]
  private var page = Mdoc()

  /// - Parameter tool: what the argument parser tells of the program.
  init(tool: ToolDescription) {
    self.tool = tool.command
    let commands = tool.command.shownSubcommands
    let door = commands.first { $0.commandName == tool.command.defaultSubcommand }
    common = (door?.shownArguments ?? []).filter { argument in
      !argument.isEverywhere
        && commands.count { $0.shownArguments.contains(argument) } > 1
    }
  }

  /// The page's source.
  func source() -> String {
    var manual = self
    manual.write()
    return manual.page.source
  }

  private mutating func write() {
    page.macro("Dd", Version.date)
    page.macro("Dt", "DOORCHECK", "1")
    page.macro("Os", "doorcheck", Version.text)
    page.section("NAME")
    page.macro("Nm", "doorcheck")
    page.macro("Nd", Mdoc.word(Self.clause(tool.abstract)))
    writeSynopsis()
    writeDescription()
    writeCommands()
    writeEnvironment()
    writeFiles()
    page.section("SEE ALSO")
    page.macro("Xr", "doorcheck.yaml", "5", ",")
    page.macro("Xr", "doorcheck\\-kiosk", "8", ",")
    page.macro("Xr", "journalctl", "1")
  }

  private mutating func writeSynopsis() {
    page.section("SYNOPSIS")
    page.macro("Nm")
    for command in tool.shownSubcommands {
      page.macro("Nm")
      page.macro("Cm", Mdoc.word(command.commandName))
      for argument in command.shownArguments where !argument.isEverywhere {
        page.macro(argument.isOptional ? "Op" : "No", argument.usage)
      }
    }
  }

  private mutating func writeDescription() {
    page.section("DESCRIPTION")
    let (codes, rest) = Self.split(tool.discussion ?? "") { $0.hasPrefix("Exit codes:") }
    page.discussion(rest)
    page.paragraph()
    page.text(
      "Without a command, doorcheck shows the door screen. Each command has its own --help.")
    if let codes {
      page.section("EXIT STATUS")
      page.text(codes)
    }
  }

  private mutating func writeCommands() {
    page.section("COMMANDS")
    for command in tool.shownSubcommands {
      page.macro("Ss", Mdoc.word(command.commandName))
      if let abstract = command.abstract { page.text(abstract) }
      if let discussion = command.discussion { page.discussion(discussion) }
      let arguments = command.shownArguments.filter { !$0.isEverywhere && !common.contains($0) }
      if arguments.isEmpty { continue }
      page.macro("Bl", "-tag", "-width", "Ds")
      for argument in arguments { write(argument) }
      page.macro("El")
    }
    page.section("OPTIONS")
    page.text("They mean the same in every command that takes them. The synopsis shows which do.")
    page.macro("Bl", "-tag", "-width", "Ds")
    for argument in common + tool.shownArguments { write(argument) }
    page.macro("El")
  }

  private mutating func write(_ argument: ToolDescription.Argument) {
    page.macro("It", argument.usage)
    for text in [argument.abstract, argument.discussion].compactMap(\.self) { page.text(text) }
    if let values = argument.allValues, !values.isEmpty {
      page.text("One of: \(values.joined(separator: ", ")).")
    }
    if let value = argument.defaultValue { page.text("Without it: \(value).") }
  }

  private mutating func writeEnvironment() {
    page.section("ENVIRONMENT")
    page.macro("Bl", "-tag", "-width", "Ds")
    for (name, meaning) in Self.environment {
      page.macro("It", "Ev", Mdoc.word(name))
      page.text(meaning)
    }
    page.macro("El")
  }

  private mutating func writeFiles() {
    page.section("FILES")
    page.macro("Bl", "-tag", "-width", "Ds")
    for (path, meaning) in Self.files {
      page.macro("It", "Pa", Mdoc.word(path))
      page.text(meaning)
    }
    page.macro("El")
  }

  private static let environment = [
    (
      "DOORCHECK_SECTION_KEY",
      "A key of the configuration in upper case, its dot an underscore. It wins over the file."
    ),
    (
      "CREDENTIALS_DIRECTORY", "The folder of the secrets, each in a file with the name of its key."
    ),
    (
      "HTTPS_PROXY, NO_PROXY",
      "The proxy that leads to the service, and what is reached without it. Also in small letters."
    ),
    ("STATE_DIRECTORY, XDG_STATE_HOME", "The folder of the store, unless store.path is set."),
    ("XDG_CONFIG_HOME", "Where doorcheck looks for the configuration before /etc."),
    ("TZ", "The time zone, unless door.time_zone is set."),
    ("LANG, LC_ALL, LC_CTYPE", "The screen's language and characters."),
    ("TERM, NO_COLOR", "What the terminal can show, and whether to use colours."),
    (
      "NOTIFY_SOCKET, WATCHDOG_USEC",
      "How doorcheck tells the service manager that the screen is alive."
    ),
  ]

  private static let files = [
    ("/etc/doorcheck/doorcheck.yaml", "The configuration of the box."),
    (
      "/etc/doorcheck/credentials/",
      "The secrets of the box, which only root can read: fourvenues.api_key, or "
        + "fourvenues.integration_id and fourvenues.secret; ledger.password where doors share a ledger."
    ),
    (
      "/var/lib/doorcheck/",
      "The store of the box. A command that root runs reads it as the owner of the store."
    ),
    ("/lib/systemd/system/doorcheck.service", "The door screen on the console."),
  ]

  /// The paragraph that is asked for, and the others.
  private static func split(
    _ text: String, taking isTaken: (Substring) -> Bool
  ) -> (taken: String?, rest: String) {
    let paragraphs = text.split(separator: "\n\n")
    let rest = paragraphs.filter { !isTaken($0) }.joined(separator: "\n\n")
    return (paragraphs.first(where: isTaken).map(String.init), rest)
  }

  /// A line of NAME is no sentence.
  private static func clause(_ sentence: String?) -> String {
    var clause = sentence ?? ""
    if clause.hasSuffix(".") { clause.removeLast() }
    return clause.prefix(1).lowercased() + clause.dropFirst()
  }
}

extension ToolDescription.Argument {
  /// `--help` and `--version`, which the program's own list has.
  fileprivate var isEverywhere: Bool {
    ["help", "version"].contains(preferredName?.name)
  }

  /// Its names and value, as arguments of a macro.
  fileprivate var usage: String {
    let value = valueName.map { " Ar " + Mdoc.word($0) } ?? ""
    switch kind {
    case .positional: return "Ar " + Mdoc.word(valueName ?? "") + (isRepeating ? " ..." : "")
    case .option: return flags + value
    case .flag: return flags
    }
  }

  private var flags: String {
    (names ?? []).map { "Fl " + Mdoc.word($0.flag) }.joined(separator: " , ")
  }
}
