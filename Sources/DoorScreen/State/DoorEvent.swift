package import Admission

/// Everything that can happen to the door screen.
package enum DoorEvent: Sendable {
  /// A scan was taken and its look-up runs. Numbers rise from scan to scan, repeats included.
  /// - isRepeat: the newest code was read again (contract, "The verdict").
  case scanned(number: Int, code: String, isRepeat: Bool)
  /// What became of a scan. Verdicts come in the order of the scans.
  case verdict(Outcome)
  /// What is typed by hand now; empty once it is cleared, looked up, or 30 s old.
  case draft(String)
  /// A burst dropped what was typed.
  case draftDropped(String)
  case key(DoorKey)
  /// Time went by: due when `DoorState.nextChange(after:)` said so.
  case tick
  case service(ServiceStatus)
  case tonight(Tonight)
  /// People admitted tonight at this door.
  case admitted(Int)
  /// A constant warning begins or ends.
  case notice(Notice, isActive: Bool)
}

/// A constant warning, shown as a banner for as long as it holds. The order is that of the banners.
package enum Notice: Sendable, Hashable, CaseIterable {
  /// The clock is before the day on which the program was built.
  case clockWrong
  /// Admissions cannot be written down.
  case notStoring
}

/// What the door screen asks of the program around it.
package enum Effect: Sendable, Equatable {
  /// End the program.
  case leave
  /// Ask the service again for the event, and whether it lives.
  case refresh
}
