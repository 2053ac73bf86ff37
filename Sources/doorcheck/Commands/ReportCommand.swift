import Admission
import ArgumentParser
import Door
import DoorConfiguration
import DoorScreen
import Formatting
import Foundation
import LinuxBox
import NightReport
import NightStore

/// What `report` prints: the forms of every command, and one for spreadsheets.
enum ReportFormat: String, ExpressibleByArgument, CaseIterable {
  case text, json, csv
}

extension Language: ExpressibleByArgument {}

struct ReportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Prints the night in figures.",
    discussion: """
      Reports on the event that --event or the configuration names, else on the newest event in the \
      store. It does not ask the service.

      One sentence comes first: who came, when most did, how long the service did not answer. Then \
      expected and came by pass type, the capacity, people by quarter and by door and hour, entries by \
      hand and taken back, codes refused again and again, and what to correct in Fourvenues. Where people \
      left by an exit, it says who came back, who left, and who was inside over the night.

      Examples:
        doorcheck report
        doorcheck report --language es --html night.html
        doorcheck report --csv night
        doorcheck report --format csv >night.csv
        doorcheck report --format json | jq 'select(.figure == "quarter_hour")'
        doorcheck report --format json | jq 'select(.figure == "inside_quarter") | .people'
      """)

  @OptionGroup var options: ConfigurationOptions

  @Option(help: "text, json with one object a line, or csv: one list for spreadsheets.")
  var format: ReportFormat = .text

  @Option(
    help: ArgumentHelp(
      "Also write a page with charts, two pages on paper: one file that needs no others.",
      valueName: "file"))
  var html: String?

  @Option(
    help: ArgumentHelp(
      "Also write entries.csv, quarters.csv, types.csv and doors.csv into this folder; it is made. Where others than passes came, kinds.csv too; where passes were let in at several doors beyond what they allow, double_entries.csv.",
      valueName: "folder"))
  var csv: String?

  @Option(help: "Of text and page: en, es, fr, it or pt. Without it, the door screen's.")
  var language: Language?

  func validate() throws {
    if html == "" { throw ValidationError("--html: expected a file's path, not nothing") }
    if csv == "" { throw ValidationError("--csv: expected a folder's path, not nothing") }
  }

  func run() async throws {
    let settings = try options.settings(needsCredentials: false)
    let report = try await report(settings: settings)
    if let html { try write(ReportHTML(report: report).page, to: html) }
    if let csv {
      try WholeFile.orExit("--csv") { () throws(WholeFileError) in
        try WholeFile.write(ReportCSVTables(report: report).files, inFolder: csv)
      }
    }
    let lines =
      switch format {
      case .text:
        ReportText(report: report, isColoured: StandardStreams.outputIsColoured).lines
      case .json: ReportJSON(report: report).lines
      // RFC 4180 ends a line by CR and LF.
      case .csv: ReportCSV(report: report).lines.map { $0 + "\r" }
      }
    StandardStreams.write(line: lines.joined(separator: "\n"))
  }

  private func report(settings: Settings) async throws -> Report {
    let now = Date()
    let named = settings.event.id.map {
      Event(
        id: $0, name: settings.event.name, startsAt: settings.event.startsAt,
        endsAt: settings.event.endsAt)
    }
    do {
      // Not for good: `--html` names a file of whoever runs this.
      let root = try StoreOwner(ofStore: settings.storeFile)?.standIn()
      defer { root?.takeBack() }
      await SharedDoor.catchUp(settings: settings)
      let (store, waiting) = try open(settings.storeFile)
      defer { store.close() }
      guard let event = try await ReportedEvent(named: named, store: store).find(at: now) else {
        StandardStreams.writeError(
          line: "doorcheck: the store has no event that has begun; name one by --event")
        throw ProgramExit.configuration
      }
      return Report(
        event: event,
        night: try await store.reportedNight(eventID: event.id, rules: settings.rules),
        waiting: waiting.count(eventID: event.id), unreadable: waiting.unreadable,
        capacity: settings.door.capacity, language: language ?? settings.language,
        time: settings.time, madeAt: now)
    } catch let error as StoreError {
      StandardStreams.writeError(line: "doorcheck: \(error)")
      throw error.exitCode
    }
  }

  /// A report makes no store where there is none: that would look like a night without guests. Nor
  /// does it set a damaged one aside, which a door may have open. What waits beside the store to be
  /// recorded is counted and stays where it is.
  private func open(_ path: String) throws -> (store: NightStore, waiting: WaitingEntries) {
    guard access(path, F_OK) == 0 else {
      let reason = String(cString: strerror(errno))
      let waiting = WaitingEntries(besideStore: path).count
      let entries = waiting == 1 ? "1 entry waits" : "\(waiting) entries wait"
      StandardStreams.writeError(
        line: "doorcheck: no store at \(path): \(reason); the first scan makes it, and store.path, "
          + "STATE_DIRECTORY or XDG_STATE_HOME says where"
          + (waiting > 0 ? "; \(entries) there to be recorded by the next start" : ""))
      throw ProgramExit.configuration
    }
    return try NightStore.openForReport(path: path)
  }

  private func write(_ page: String, to path: String) throws {
    try WholeFile.orExit("--html") { () throws(WholeFileError) in
      try WholeFile.write(page, to: path, isNamedByUser: true)
    }
  }
}

extension StoreError {
  /// Where the store is, or what it is, is wrong; or it fails.
  fileprivate var exitCode: ProgramExit {
    switch self {
    case .isFolder, .notAFile, .folderUnusable, .newer, .older, .foreign: .configuration
    case .readOnly, .full, .busy, .gone, .damaged, .failed: .inputOutput
    }
  }
}
