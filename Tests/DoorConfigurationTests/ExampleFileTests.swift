import Foundation
import Testing

@testable import DoorConfiguration

/// The commented example and the table have the same keys and defaults (Contract: Configuration).
@Suite struct ExampleFileTests {
  /// Keys and defaults (Contract: Configuration); "" for none, or for the box's own.
  static let contract: [String: String] = [
    "fourvenues.base_url": "https://api.fourvenues.com/integrations",
    "fourvenues.api_key": "", "fourvenues.integration_id": "", "fourvenues.secret": "",
    "fourvenues.deadline_ms": "1500", "fourvenues.patience_ms": "700",
    "fourvenues.requests_per_second": "9",
    "event.id": "", "event.name": "", "event.starts_at": "", "event.ends_at": "",
    "door.name": "", "door.organization_id": "", "door.time_zone": "", "door.help": "",
    "door.capacity": "", "door.show_names": "full", "door.accepts": "[pass]", "door.types": "",
    "rules.event_without_usage": "refuse", "rules.partial_entry": "true",
    "rules.group_entry": "all", "rules.hours": "warn", "rules.repeat_seconds": "3",
    "rules.active_states": "[activated]", "rules.rate_windows": "show",
    "rules.capacity": "warn", "rules.reentry": "refuse", "door.direction": "in",
    "screen.keys": "auto",
    "rules.offline_admit": "true", "rules.cache_max_age_hours": "24",
    "rules.collect_at_door": "false", "store.path": "", "store.keep_days": "7",
    "scanner.pattern": "^[A-Za-z0-9_-]{4,64}$", "scanner.prefix": "", "scanner.suffix": "",
    "scanner.case": "keep", "scanner.extract": "", "scanner.layout": "",
    "scanner.gap_ms": "50", "scanner.reread_ms": "",
    "screen.language": "", "screen.theme": "standard", "screen.panel_seconds": "8",
    "screen.currency": "EUR", "check_in.report": "false", "hooks.verdict": "",
    "ledger.url": "", "ledger.password": "", "ledger.patience_ms": "300",
    "kiosk.enabled": "false", "kiosk.pin_hash": "", "kiosk.pin_for": "[leave]",
  ]

  private func example() throws -> String {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    let file = folder.appendingPathComponent("../../Config/doorcheck.yaml").standardized
    return try String(contentsOf: file, encoding: .utf8)
  }

  @Test func `The table is the contract's`() {
    let table = ConfigurationKey.all.map { ($0.name, $0.defaultSpelling ?? "") }
    #expect(Dictionary(table) { first, _ in first } == Self.contract)
    #expect(table.count == Self.contract.count)
  }

  @Test func `The example names every key with its default`() throws {
    let root = try #require(try DocumentParser.parse(try example()))
    var spelled: [String: String] = [:]
    for section in entries(root) {
      for entry in entries(section.value) {
        spelled["\(text(section.key)).\(text(entry.key))"] = text(entry.value)
      }
    }
    #expect(spelled == Self.contract)
  }

  @Test func `The example loads and changes nothing`() throws {
    let outcome = try load(try example())
    #expect(outcome.lines == [])
    #expect(outcome.settings == Settings(hostName: "box"))
  }

  @Test func `Variables are the contract's and distinct`() {
    let variables = ConfigurationKey.all.map(\.variable)
    #expect(variables.contains("DOORCHECK_FOURVENUES_API_KEY"))
    #expect(Set(variables).count == variables.count)
    #expect(EnvironmentReader.reserved.isDisjoint(with: variables))
  }

  @Test func `Every default is taken by its own key`() throws {
    for key in ConfigurationKey.all {
      guard let text = key.defaultSpelling else { continue }
      var settings = Settings(hostName: "")
      let isList = text.hasPrefix("[") && key.takesList
      try key.assign(
        isList ? .list([String(text.dropFirst().dropLast())]) : .text(text), to: &settings)
      #expect(settings == Settings(hostName: ""), "\(key.name)")
      #expect(!key.explanation.isEmpty)
    }
  }

  private func entries(_ node: DocumentNode) -> [DocumentNode.Entry] {
    if case .mapping(let entries) = node.content { entries } else { [] }
  }

  private func text(_ node: DocumentNode) -> String {
    switch node.content {
    case .text(let text): text
    case .list(let elements): "[" + elements.map(text).joined(separator: ", ") + "]"
    case .empty, .mapping, .unusable: ""
    }
  }
}
