package import CheckIn
import Formatting

extension LedgerError {
  /// For somebody who looks after the box; holds no secrets.
  package var text: String {
    switch self {
    case .busy: "it is busy"
    case .unreachable(let reason), .refused(let reason), .notCurrent(let reason):
      DisplayText.cleaned(reason)
    }
  }

  /// What a command ends with that needs the ledger.
  package var exit: ProgramExit {
    switch self {
    case .busy, .unreachable, .refused: .unreachable
    // Somebody has to set it up first.
    case .notCurrent: .configuration
    }
  }
}
