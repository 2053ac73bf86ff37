package import Admission
package import DoorConfiguration

/// Verdicts as lines, for people or for programs.
package struct VerdictOutput: Sendable {
  private let format: OutputFormat
  private let text: OutcomeText
  private let json: OutcomeJSON

  /// - Parameter showsWholeCode: in text, where a code otherwise stands masked.
  package init(settings: Settings, format: OutputFormat, showsWholeCode: Bool = false) {
    self.format = format
    text = OutcomeText(
      isColoured: StandardStreams.outputIsColoured, showsWholeCode: showsWholeCode,
      message: settings.message, particulars: settings.particulars)
    json = OutcomeJSON(settings)
  }

  package func line(for outcome: Outcome) -> String {
    switch format {
    case .text: text.line(for: outcome)
    case .json: json.line(for: outcome)
    }
  }
}
