import Admission
import ArgumentParser
import CheckIn
import Door
import DoorConfiguration
import SharedLedger

struct DoorsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doors",
    abstract: "Lists tonight's doors on the shared ledger.",
    discussion: """
      Lists the doors of the last 24 hours with whom they let in, their scans, how they are, when they \
      were last seen, and how far their clock is from the ledger's. A door is connected, alone (it goes \
      on from its own store), silent (not seen for 60 s) or ended. Where any door is an exit, the table \
      says which way people go and how many left, and its last line who is inside. On standard error it says where two \
      doors have one name, or doors of the same event have different rules.

      Examples:
        doorcheck doors
        doorcheck doors --format json | jq -r 'select(.state != "connected") | .door'

      Exit codes: 0 done; 69 the ledger cannot be reached; 78 wrong configuration, no URL, or the \
      ledger is not set up.
      """)

  @OptionGroup var options: CommonOptions

  func run() async throws {
    let settings = try options.settings(needsCredentials: false)
    let address = try settings.requiredLedger()
    settings.takeDoorsPlace()
    let doors: [DoorOnLedger]
    var crowds: [String: Crowd] = [:]
    let ledger = PostgresLedger(address)
    do throws(LedgerError) {
      doors = try await ledger.doors(thisDoor: nil)
      for event in DoorsText.eventsWithExit(among: doors) {
        crowds[event] = try await ledger.crowd(eventID: event)
      }
      await ledger.close()
    } catch {
      await ledger.close()
      throw settings.ledgerFailed(error)
    }
    let text = DoorsText(
      doors: doors, crowds: crowds, places: settings.door.capacity, time: settings.time)
    switch options.format {
    case .text: for line in text.textLines { StandardStreams.write(line: line) }
    case .json: for line in text.jsonLines { StandardStreams.write(line: line) }
    }
    if doors.isEmpty, options.format == .text {
      StandardStreams.writeError(
        line: "doorcheck: no door has used this ledger in the last 24 hours")
    }
    for line in DoorConflicts(among: doors).lines {
      StandardStreams.writeError(line: "doorcheck: \(line)")
    }
  }
}
