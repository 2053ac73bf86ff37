package import Admission
package import FoundationEssentials

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
  /// - isActive: false ends whichever warning of that kind holds.
  case notice(Notice, isActive: Bool)
  /// Tonight's passes are being stored, or are.
  case preload(Preload)
  /// Tonight's price list as it was at `asOf`; nil while it is unknown.
  /// - isStale: it could not be fetched anew since.
  case rates([Rate]?, asOf: Date?, isStale: Bool)
}

/// What the door screen asks of the program around it.
package enum Effect: Sendable, Equatable {
  /// End the program.
  case leave
  /// Ask the service again for the event, and whether it lives.
  case refresh
  /// Staff chose tonight's event among several.
  case choose(eventID: String)
}
