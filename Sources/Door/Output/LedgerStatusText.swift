import CheckIn
package import DoorConfiguration
import Formatting
import Foundation
package import SharedLedger

/// How the shared ledger is, as lines for people and for programs.
package struct LedgerStatusText: Sendable {
  private let url: LedgerURL?
  private let facts: LedgerFacts?

  /// - Parameter facts: nil where it could not be reached.
  package init(url: LedgerURL?, facts: LedgerFacts?) {
    self.url = url
    self.facts = facts
  }

  /// Whether doors can record in it.
  package var isReady: Bool { facts.map { $0.isCurrent && !$0.isReadOnly } ?? false }

  /// One object.
  package var json: String {
    var line = JSONLine()
    line.add("reachable", facts != nil)
    line.add("current", facts?.isCurrent ?? false)
    line.add("server", url?.shown)
    line.add("server_version", facts?.serverVersion)
    line.add("version", facts?.identity?.version)
    line.add("needed_version", facts?.neededVersion)
    line.add("doors", facts?.doors)
    line.add("admissions", facts?.admissions)
    line.add("latency_ms", facts.map { Decimal(tenths($0.latency)) / 10 })
    return line.text
  }

  /// A table for people; empty where it could not be reached.
  package var lines: [String] {
    guard let facts else { return [] }
    let version =
      facts.identity.map { identity in
        facts.isCurrent
          ? "current, version \(identity.version)"
          : "version \(identity.version), and version \(facts.neededVersion) is needed"
      } ?? "not set up"
    let tenths = tenths(facts.latency)
    var table = TextTable(
      columns: [.left(widest: 20), .left(widest: 200)],
      rows: [
        [
          "server",
          "\(DisplayText.cleaned(url?.shown ?? "")), PostgreSQL \(DisplayText.cleaned(facts.serverVersion))"
            + (facts.isEncrypted ? ", encrypted" : ""),
        ],
        ["ledger", version], ["answers in", "\(tenths / 10).\(tenths % 10) ms"],
      ], indentation: 0)
    if facts.identity != nil {
      table.rows.append(["doors", "\(facts.doors)"])
      table.rows.append(["admissions", "\(facts.admissions)"])
    }
    return table.lines
  }

  /// What keeps doors from using it, or makes it unsafe, with what to do.
  package var faults: [String] {
    guard let facts else { return [] }
    return [
      facts.isCurrent
        ? nil
        : "the ledger is not set up for this version: run doorcheck ledger init as an administrator "
          + "of the database, or update doorcheck",
      facts.isReadOnly
        ? "the server takes no writes: it is a standby, or somebody wants it so" : nil,
      facts.isDurable
        ? nil
        : "the server forgets what was committed when its power fails: set fsync and "
          + "full_page_writes to on",
    ].compactMap(\.self)
  }

  private func tenths(_ duration: Duration) -> Int {
    Int((duration / .microseconds(100)).rounded())
  }
}
