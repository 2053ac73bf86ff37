import Admission
import CheckIn
import Dispatch
import DoorConfiguration
import Foundation
import NightStore
import Waiting

/// What an orderly end leaves that the store does not hold.
struct EndOfRecording: Sendable, Equatable {
  /// Admissions, corrections and scans that let nobody in.
  var unsaved = 0
  /// The file beside the store in which they are kept for the next start; nil where they are lost.
  var keptName: String?

  /// How long the folder is waited for that takes them.
  private static let patience: Duration = .seconds(2)

  init(unsaved: Int = 0, keptName: String? = nil) {
    self.unsaved = unsaved
    self.keptName = keptName
  }

  /// Waits for what is not recorded yet, and keeps the rest.
  /// - Parameter store: the store's file; nil where nothing is kept.
  init(of ledger: RecordingLedger, store: String?, within patience: Duration) async {
    _ = await ledger.finish(within: patience)
    guard let store else { return }
    let entries = await ledger.close()
    guard !entries.isEmpty else { return }
    unsaved = entries.count
    let keeping = Task {
      await withCheckedContinuation { continuation in
        DispatchQueue.global().async {
          continuation.resume(returning: try? UnsavedFiles(store: store).keep(entries))
        }
      }
    }
    let path = await keeping.value(within: Self.patience) ?? nil
    keptName = path.map { URL(fileURLWithPath: $0).lastPathComponent }
  }

  /// One line for standard error and the log; nil where everything was saved.
  var text: String? {
    guard unsaved > 0 else { return nil }
    let entries = unsaved == 1 ? "1 entry" : "\(unsaved) entries"
    if let keptName {
      return "\(entries) could not be saved in time; the next start records them from \(keptName)"
    }
    let codes = unsaved == 1 ? "its code" : "their codes"
    return "\(entries) could not be saved: the store cannot be written; \(codes) may be green again"
  }
}

extension UnsavedNews {
  /// A line each for standard error and the log.
  var texts: [String] {
    var texts: [String] = []
    if entries > 0 {
      texts.append(
        "\(entries == 1 ? "1 entry" : "\(entries) entries") that an earlier end could not save "
          + "\(entries == 1 ? "is" : "are") recorded now")
    }
    for name in setAside {
      texts.append("not every line of what an earlier end could not save is readable; see \(name)")
    }
    return texts
  }
}
