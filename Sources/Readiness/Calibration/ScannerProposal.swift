import DoorConfiguration
import Formatting
import Scanner

/// The settings that a calibration proposes, and whether they do what they should.
package struct ScannerProposal {
  let findings: CalibrationFindings
  let scans: [RecordedScan]
  let code: String

  var textLines: [String] {
    guard findings.calibration.recognised > 0 else { return [] }
    let lines = ScannerSection(scanner: findings.proposed).lines
    if !differs {
      return ["", isFit ? "No changes needed." : "No setting helps here."] + checked
    }
    if lines.isEmpty {
      return ["", "The defaults fit. Remove the section \"scanner:\" from the configuration."]
        + checked
    }
    return ["", "Replace the section \"scanner:\" of the configuration by this:", ""] + lines + [""]
      + checked
  }

  /// After the findings: `settings`, the section as YAML, null where no changes are needed.
  var jsonLine: String {
    var line = JSONLine()
    line.add("point", "settings")
    line.add("status", differs ? "fail" : isFit ? "pass" : "skipped")
    let lines = ScannerSection(scanner: findings.proposed).lines
    line.add("message", lines.isEmpty ? nil : lines.joined(separator: "\n"))
    line.add("next_step", differs ? "put this into the configuration" : nil)
    return line.text
  }

  private var differs: Bool { findings.current != findings.proposed }

  private var checked: [String] {
    isFit
      ? ["With these settings the code reads as printed."]
      : ["Settings alone do not make the scanner fit: fix the points that fail."]
  }

  /// Whether codes read as printed with the proposed settings, and nothing else is wrong.
  var isFit: Bool { isReadable && findings.unmended.isEmpty }

  /// Whether each scan that lost nothing reads as printed, by the door's own cleaning.
  private var isReadable: Bool {
    var format = findings.proposed.format
    // Which codes the venue has is not the question here.
    (format.pattern, format.extract, format.letterCase) = (".", nil, .keep)
    guard let cleaner = try? CodeCleaner(format: format) else { return false }
    let whole = scans.indices.filter { findings.calibration.faults[$0] == nil }
    return !whole.isEmpty && findings.calibration.isScannerFit
      && whole.allSatisfy { index in
        let bytes = scans[index].bursts.flatMap(\.bytes)
        return cleaner.clean(.bytes(bytes)).text.utf8.elementsEqual(code.utf8)
      }
  }
}
