import Admission
import Foundation
import Logging
import Scanner

/// Tells this box's staff cards among the scans.
package struct StaffCardReader {
  enum Reading: Equatable {
    case command(StaffCommand, isAgain: Bool)
    /// A card of another box, or one that was replaced.
    case foreign
  }

  /// Nil where there are none, as in a demo.
  private let file: StaffCardFile?
  private let logger: Logger
  private var cards: StaffCards?
  private var watch = StaffCardWatch()

  init(file: StaffCardFile?, logger: Logger) {
    self.file = file
    self.logger = logger
    reload()
  }

  /// What a scan is that was read at `time` (seconds, monotonic); nil: no card.
  /// - Parameter printed: what stands between what the scanner put around it.
  mutating func read(_ printed: String?, at time: TimeInterval) -> Reading? {
    guard let printed, StaffCards.reading(printed, cards: cards) != nil else {
      watch.forget()
      return nil
    }
    // Cards that were replaced while the door runs no longer work, and the new ones do.
    reload()
    guard case .command(let command) = StaffCards.reading(printed, cards: cards) else {
      watch.forget()
      return .foreign
    }
    return .command(command, isAgain: watch.isAgain(command, at: time))
  }

  /// Whether it is a card of any box, or part of one of this box.
  func isCard(_ printed: String) -> Bool { StaffCards.reading(printed, cards: cards) != nil }

  private mutating func reload() {
    guard let file else { return }
    do throws(StaffCardFileError) {
      cards = try file.read()
    } catch {
      logger.error("staff cards do not work: \(error)")
      cards = nil
    }
  }
}
