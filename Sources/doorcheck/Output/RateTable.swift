import Admission
import DoorScreen
import Formatting
import Foundation

/// Tonight's price list at one moment, as lines for people and for programs.
struct RateTable {
  var event: Event
  var rates: [Rate]
  var now: Date
  var time: LocalTime
  /// ISO 4217 (`screen.currency`).
  var currency: String
  var language: Language

  /// A line an option (Contract: Columns).
  var jsonLines: [String] {
    grouped.flatMap { rate in rate.options.map { json(rate, $0) } }
  }

  var textLines: [String] {
    let rows = grouped.flatMap { rate in
      rate.options.map { (kind: rate.kind, cells: row(rate, $0)) }
    }
    let widths = rows.first?.cells.indices.map { column in
      rows.map { DisplayText($0.cells[column]).width }.max() ?? 0
    }
    let hasSeveralKinds = Set(rows.map(\.kind)).count > 1
    var last: PassKind?
    return rows.flatMap { row in
      let cells = zip(row.cells, widths ?? []).map { text, width in
        text + String(repeating: " ", count: width - DisplayText(text).width)
      }
      var line = cells.joined(separator: "  ")
      while line.hasSuffix(" ") { line.removeLast() }
      defer { last = row.kind }
      return hasSeveralKinds && last != row.kind
        ? [DoorScreen.heading(of: row.kind, language: language), line] : [line]
    }
  }

  /// Kind by kind, each in the service's order.
  private var grouped: [Rate] {
    PassKind.allCases.flatMap { kind in rates.filter { $0.kind == kind } }
  }

  private func json(_ rate: Rate, _ option: RateOption) -> String {
    var line = JSONLine()
    line.add("rate_id", rate.id)
    line.add("rate", rate.name)
    line.add("people", rate.beneficiaries)
    line.add("option_id", option.id)
    line.add("price", option.price)
    line.add("currency", currency)
    line.add("info", option.information)
    line.add("valid_from", moment(option.from).map(time.timestamp))
    line.add("valid_until", moment(option.until).map(time.timestamp))
    line.add("holds", phase(of: option) == .holds)
    return line.text
  }

  private func row(_ rate: Rate, _ option: RateOption) -> [String] {
    let mark: String =
      switch phase(of: option) {
      case .holds: "now"
      case .notYet: "later"
      case .over: "over"
      case .faulty: "faulty"
      case nil: "?"
      }
    let people = rate.beneficiaries.map { "\($0) p." } ?? ""
    let window = "\(clock(option.from)) – \(clock(option.until))"
    return [
      mark, DisplayText.cleaned(rate.name), people,
      PriceFormat(currency: currency, language: language).text(option.price),
      DoorScreen.terms(of: option, language: language) ?? "", window,
      DisplayText.cleaned(option.information ?? ""),
    ]
  }

  /// Nil while the event's start is unknown.
  private func phase(of option: RateOption) -> RateOption.Phase? {
    event.startsAt.map { option.phase(at: now.timeIntervalSince($0)) }
  }

  /// Windows count in seconds from the event's start.
  private func moment(_ offset: TimeInterval?) -> Date? {
    guard let offset, let start = event.startsAt else { return nil }
    return start.addingTimeInterval(offset)
  }

  private func clock(_ offset: TimeInterval?) -> String {
    moment(offset).map(time.minutes) ?? "…"
  }
}
