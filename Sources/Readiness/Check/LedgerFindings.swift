import Admission
import CheckIn
import Door
import DoorConfiguration
import DoorScreen
import Formatting
import Foundation

/// What a survey of the shared ledger says of the night.
struct LedgerFindings {
  let survey: LedgerSurvey
  let settings: Settings
  let url: LedgerURL
  /// Tonight's.
  let eventID: String?

  /// From so many seconds on a clock that differs is worth a word.
  private static let toleratedOffset: TimeInterval = 2

  var all: [CheckFinding] { [ledger, doors] }

  var ledger: CheckFinding {
    switch survey.failure {
    case .unreachable(let reason):
      return .fail(
        .ledger, "no answer from \(place): \(shown(reason))", next: advice(unreachable: reason))
    case .refused(let reason):
      return .fail(
        .ledger, "\(place) refuses: \(shown(reason))",
        next: reason.contains("permission denied")
          ? "doorcheck ledger init prints the rights that a door needs; until it has them, this "
            + "door is alone"
          : "look at the server: is it a standby, read-only, its disk full? until then this door "
            + "is alone")
    case .notCurrent(let reason):
      return .fail(
        .ledger, "\(place) is not set up for this version: \(shown(reason))",
        next: "run doorcheck ledger init as an administrator of the database; until then this door "
          + "is alone")
    case .busy:
      return .fail(
        .ledger, "\(place) is busy", next: "try again; until it answers, this door is alone")
    case nil: break
    }
    guard survey.lackingRights.isEmpty else {
      return .fail(
        .ledger,
        "\(place): the role may not \(shown(survey.lackingRights.joined(separator: ", ")))",
        next: "give it the rights that doorcheck ledger init prints")
    }
    let patience = settings.ledger.patienceMilliseconds
    let milliseconds = survey.roundTrip.milliseconds
    let pace = "answers in \(milliseconds) ms"
    if milliseconds >= patience {
      return .fail(
        .ledger,
        "\(place) \(pace), and ledger.patience_ms is \(patience): this door would be alone",
        next: "look at the network to it, or put the ledger nearer; a higher ledger.patience_ms "
          + "makes each guest wait")
    }
    // An admission is two round trips: who is in, and the commit.
    let isSlow = milliseconds * 4 >= patience
    let advice = [
      isSlow ? "that is slow for ledger.patience_ms \(patience): look at the network to it" : nil,
      survey.isDurable
        ? nil
        : "set fsync and full_page_writes to on there: after a power cut it would forget who is in",
    ].compactMap(\.self)
    return .pass(
      .ledger, "\(place): current, \(pace)",
      next: advice.isEmpty ? nil : advice.joined(separator: "\n"))
  }

  var doors: CheckFinding {
    guard survey.failure == nil else { return .skipped(.doors, "the ledger comes first") }
    let others = survey.otherDoors.filter { $0.state != .ended }
    let names = others.map { DisplayText.cleaned($0.name) }.joined(separator: ", ")
    let message = others.isEmpty ? "no other door yet" : "beside this one: \(names)"
    let advice = clockAdvice(others) + DoorConflicts(among: [thisDoor] + others).lines
    return .pass(.doors, message, next: advice.isEmpty ? nil : advice.joined(separator: "\n"))
  }

  /// As it would tell itself.
  private var thisDoor: DoorOnLedger {
    DoorOnLedger(
      id: "", name: settings.door.name, lastSeen: .distantPast, eventID: eventID,
      rules: settings.sharedRules)
  }

  private func clockAdvice(_ others: [DoorOnLedger]) -> [String] {
    let clocks =
      [("this box's", survey.clockOffset)]
      + others.compactMap { door in
        door.clockOffset.map { ("that of \(DisplayText.cleaned(door.name))", $0) }
      }
    return clocks.filter { abs($0.1) > Self.toleratedOffset }.map { whose, offset in
      "set the clock, \(whose) is \(DoorsText.seconds(offset)) "
        + "\(offset > 0 ? "ahead of" : "behind") the ledger's: sudo timedatectl set-ntp true"
    }
  }

  /// By what the library or the server says, which is English where the server's messages are.
  private func advice(unreachable reason: String) -> String {
    let reason = reason.lowercased()
    let alone = "; until it answers, this door is alone"
    if reason.contains("password") || reason.contains("authentication") {
      return "put the role's password into /etc/doorcheck/credentials/ledger.password, or give it "
        + "anew with \\password in psql" + alone
    }
    if reason.contains("certificate") || reason.contains("ssl") {
      return "sslrootcert in ledger.url names the file of the authority that signed the server's "
        + "certificate, which is for the very name in ledger.url" + alone
    }
    if reason.contains("pg_hba") {
      return "pg_hba.conf on the server has no line for this box and role" + alone
    }
    if reason.contains("does not exist") {
      return "make the database, or the role, or look at ledger.url" + alone
    }
    return "look at the network, ledger.url, and listen_addresses and pg_hba.conf on the server"
      + alone
  }

  private var place: String { shown(url.shown) }

  private func shown(_ text: String) -> String { DisplayText.cleaned(text) }
}
