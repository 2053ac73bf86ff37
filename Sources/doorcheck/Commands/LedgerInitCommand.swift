import ArgumentParser
import CheckIn
import Door
import DoorConfiguration
import Formatting
import SharedLedger

struct LedgerInitCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Creates the shared ledger, or brings it up to date.",
    discussion: """
      Makes the tables in the schema "doorcheck", or migrates them after an update of doorcheck; where \
      they are current it changes nothing. It needs a role that may create a schema in the database, \
      not that of a door: name the database by --url as an administrator reaches it. The password of \
      such a role comes from ~/.pgpass or PGPASSWORD; without --url, from ledger.password.

      What it prints is SQL: what was done, as comments, then the least rights that a door's role \
      needs, to paste into psql.

      Examples, as the user postgres on the database's own machine:
        doorcheck ledger init --url postgresql:///doorcheck
        doorcheck ledger init --url postgresql:///doorcheck --role north | psql doorcheck

      Exit codes: 0 it is current now; 64 wrong usage; 69 the database cannot be reached or refuses; \
      78 wrong configuration, no URL, or a newer doorcheck has set it up.
      """)

  @OptionGroup var options: CommonOptions

  @Option(
    help: ArgumentHelp(
      "Reach the database by this connection URI instead of ledger.url.", valueName: "uri"))
  var url: String?

  @Option(
    help: ArgumentHelp(
      "Print the rights for this role. Without it, that of ledger.url where --url names another, else doorcheck_door.",
      valueName: "name"))
  var role: String?

  func validate() throws {
    if role == "" { throw ValidationError("--role: expected a role's name, not nothing") }
    var settings = Settings(hostName: "")
    try name(url, in: &settings)
  }

  func run() async throws {
    var settings = try options.settings(needsCredentials: false)
    let doorRole = url == nil ? nil : settings.ledger.url?.role
    try name(url, in: &settings)
    let address = try settings.requiredLedger()
    do throws(LedgerError) {
      let setup = try await LedgerSetup.initialize(
        address, role: role ?? doorRole ?? LedgerSetup.defaultRole)
      show(setup, role: role ?? doorRole ?? LedgerSetup.defaultRole)
    } catch {
      throw settings.ledgerFailed(error)
    }
  }

  /// An administrator's database has another role, so the door's password does not open it.
  private func name(_ url: String?, in settings: inout Settings) throws {
    guard let url else { return }
    guard let key = ConfigurationKey.named("ledger.url"), !url.isEmpty else {
      throw ValidationError("--url: expected a connection URI, not nothing")
    }
    let given = GivenValue(key: key, value: .text(url), place: .option("--url"))
    if let problem = given.assign(to: &settings) { throw ValidationError("\(problem)") }
    settings.ledger.password = nil
  }

  private func show(_ setup: LedgerSetup, role: String) {
    switch options.format {
    case .json:
      var line = JSONLine()
      line.add("ledger", setup.identity.id)
      line.add("version_before", setup.versionBefore)
      line.add("version", setup.identity.version)
      line.add("rights", setup.rights)
      StandardStreams.write(line: line.text)
    case .text:
      let done =
        switch setup.versionBefore {
        case 0: "The ledger is new, version \(setup.identity.version)."
        case setup.identity.version:
          "The ledger is current, version \(setup.identity.version); nothing was changed."
        default:
          "The ledger was version \(setup.versionBefore) and is version \(setup.identity.version) now."
        }
      let lines =
        [
          done, "A door's role needs these rights and no others. Where there is no such role yet:",
          "  createuser --pwprompt \(DisplayText.cleaned(role))",
        ].map { "-- " + $0 } + setup.rights.map { $0 + ";" }
      for line in lines { StandardStreams.write(line: line) }
    }
  }
}
