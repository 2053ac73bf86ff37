import Foundation

extension BenchmarkResult {
  /// The table for people.
  var text: String {
    var lines = [
      "\(machine.processor), \(machine.cores) cores, Linux \(machine.kernel),"
        + " \(machine.fileSystem); load \(number(machine.loadAtStart)) at the start,"
        + " \(number(machine.loadAtEnd)) at the end",
      "\(plan.passesNeeded) passes at each sandbox, \(plan.warmUp) rounds of warm-up,"
        + " order by seed \(plan.seed)",
    ]
    if let noise = rows.first(where: { $0.name == .fixedWork })?.milliseconds {
      lines.append(
        "Noise of the machine: the same work took \(number(noise.min)) to \(number(noise.max)) ms")
    }
    lines.append("")
    lines.append(line("milliseconds", ["sandbox", "n", "min", "p50", "p90", "p95", "p99", "max"]))
    for row in rows {
      let values = row.milliseconds
      let numbers = [values.min, values.p50, values.p90, values.p95, values.p99, values.max]
        .map(number)
      lines.append(
        line(row.title, [row.latency.map(String.init) ?? "", "\(values.n)"] + numbers))
    }
    lines.append("")
    for figure in figures {
      lines.append(
        line(figure.name.title, [number(figure.value)]) + " \(figure.unit), \(figure.note)")
    }
    lines.append("")
    for budget in budgets {
      lines.append(
        line(budget.what, [number(budget.measured)])
          + " of \(number(budget.limit)) \(budget.unit): \(budget.isHeld ? "held" : "NOT HELD")"
          + (budget.yardstick.map { ", without doorcheck \(number($0))" } ?? ""))
    }
    return lines.joined(separator: "\n")
  }

  private func line(_ name: String, _ values: [String]) -> String {
    let name = name + String(repeating: " ", count: max(0, 46 - name.count))
    return values.reduce(name) { text, value in
      text + String(repeating: " ", count: max(1, 9 - value.count)) + value
    }
  }

  private func number(_ value: Double) -> String {
    String(format: abs(value) < 10 ? "%.3f" : "%.1f", value)
  }
}
