package import Admission
package import FoundationEssentials

/// Everything that can happen to the door screen.
package enum DoorEvent: Sendable {
  case scan(ScanEvent)
  case typing(TypingEvent)
  case key(DoorKey)
  /// A staff card of this box was read.
  /// - isAgain: the scanner read the same one again, which does nothing.
  case card(StaffCommand, isAgain: Bool)
  case staff(StaffAnswer)
  case pin(PINEvent)
  case night(NightEvent)
  /// How the service does, where no verdict tells it (`Outcome.service`).
  case service(ServiceHealth)
  /// A constant warning begins or ends.
  /// - isActive: false ends whichever warning of that kind holds.
  case notice(Notice, isActive: Bool)
  /// Time went by: due when `DoorState.nextChange(after:)` said so.
  case tick
}

/// What becomes of a scan.
package enum ScanEvent: Sendable {
  /// It was taken and its look-up runs. Numbers rise from scan to scan, repeats included.
  /// - isRepeat: the newest code was read again (Contract: Repeats).
  /// - isLook: nobody is admitted by it, as `DoorState.looks(at:)` said when it was read.
  /// - isTyped: fingers typed it, as far as can be told.
  case taken(
    number: Int, code: String, isRepeat: Bool, isLook: Bool = false, isTyped: Bool = false)
  /// Verdicts come in the order of the scans.
  case verdict(Outcome)
  /// What its verdict says is recorded now, which was late.
  case recorded(number: Int)
  /// The service's late answer to a scan that was shown green says otherwise.
  case contradicted(Outcome)
}

/// What fingers type, and what is no scan.
package enum TypingEvent: Sendable {
  /// What is typed by hand now; empty once it is cleared, looked up, or 30 s old.
  /// - isLoneKey: one byte made it longer, with no other within 50 ms before or after.
  case draft(String, isLoneKey: Bool = false)
  /// Enter ended the signs that stood typed (`DoorState.hasSigns`), with no other byte within 50 ms.
  case signsEntered
  /// A burst dropped what was typed.
  case draftDropped(String)
  /// A burst was dropped, as no terminator came with it.
  /// - isScanners: the scanner sends none, as far as can be told.
  case burstDropped(String, isScanners: Bool)
}

/// What came of something that staff asked for.
package enum StaffAnswer: Sendable {
  /// The answer to `Effect.setAdmitted`, one to each: the scan as it is recorded now.
  case corrected(Outcome)
  /// The answer to `Effect.letIn`: the scan with the people who were let in by hand.
  case letIn(Outcome)
  /// The answers to `Effect.undo` and `Effect.confirmUndo`.
  case undone(UndoneEntry)
  /// That it was taken back is recorded now, which was late.
  case undoRecorded(AdmissionReference)
  case nothingToUndo
  /// It is from too long ago to be taken back.
  case tooOldToUndo(UndoneEntry)
  /// The answer to `Effect.offerUndo`: this one would be taken back.
  case undoOffered(UndoneEntry)
  /// The answer to `Effect.countByHand`.
  case countedByHand(DoorDirection, isLate: Bool)
  /// No event is chosen that anybody could be counted for.
  case notCounted
  /// The answer to `Effect.find` for that text.
  case found([FoundPass], query: String)
  /// The answer to `Effect.countRefusals`: those that were recorded before that scan.
  case refusals(Int, number: Int)
  /// The answer to `Effect.findNearMisses`.
  case nearMisses([FoundPass], number: Int)
}

/// A supervisor's PIN. The digits themselves never come here, only how many.
package enum PINEvent: Sendable {
  /// So many characters stand typed now.
  case typed(count: Int)
  /// It was ended with Enter; whether it has the form of one.
  case entered(isWellFormed: Bool)
  /// The answer to `Effect.checkPIN`.
  case checked(isRight: Bool)
  /// None may be tried before that uptime, in seconds.
  case locked(until: TimeInterval)
}

/// What is learnt of the night behind the scans.
package enum NightEvent: Sendable {
  case tonight(Tonight)
  /// The events that staff may choose among, now that one is chosen; empty where there are not
  /// several.
  case eventsToPick([Event])
  /// Who came tonight, and who is inside.
  case crowd(Crowd)
  /// Which way people go through this door now.
  case direction(DoorDirection)
  /// People who came in at this door during the last 15 minutes.
  case arrivals(Int)
  /// Tonight's price list as it was at `asOf`; nil while it is unknown.
  /// - isStale: it could not be fetched anew since.
  case rates([Rate]?, asOf: Date?, isStale: Bool)
  /// What F9 made of a demo's network.
  case demoNetwork(DemoNetwork)
  /// Tonight's codes of a kind are being stored, or are.
  case preload(Preload, of: PassKind = .pass)
  /// How this door and the ledger that several doors share are to each other.
  case ledger(LedgerStatus)
  /// The doors on the ledger as they are now, this one first. While it cannot be asked, those told last
  /// stay, and age.
  case doors([DoorOnLedger])
  /// Passes on which more people came in than allowed, also at this door. Each is to be told once.
  case doubleEntries([DoubleEntry])
}

/// What the door screen asks of the program around it.
package enum Effect: Sendable, Equatable {
  /// End the program.
  case leave
  /// Ask the service again for the event, and whether it lives.
  case refresh
  /// Make the demo's service go, slow down or come back.
  case changeDemo
  /// Staff chose tonight's event among several.
  case choose(eventID: String)
  /// So many people came in by this scan, at least 1: record it, and answer with `corrected`.
  case setAdmitted(number: Int, people: Int)
  /// Let in whom this scan was about, against its verdict, and answer with `letIn`.
  case letIn(number: Int)
  /// Take the last admission back, and answer with `undone`, `tooOldToUndo` or `nothingToUndo`.
  case undo
  /// Say which admission `undo` would take back, with `undoOffered`, `tooOldToUndo` or
  /// `nothingToUndo`.
  case offerUndo
  /// Take this admission back, which staff have confirmed. Answer as to `undo`, or with `undoOffered`
  /// where another one is the last by now.
  case confirmUndo(AdmissionReference)
  /// Count somebody without a code, and answer with `countedByHand` or `notCounted`.
  case countByHand(DoorDirection)
  /// What stands typed was no code: let go of it.
  case forgetTyped
  /// From now on people go through the door that way; the answer is `NightEvent.direction`.
  case turn(DoorDirection)
  /// Search the stored passes by part of the code or the name, and answer with `found`.
  case find(String)
  /// Count how often the pass of that outcome was refused as used tonight, at whatever door of this
  /// store and before a restart, too, and answer with `refusals`.
  case countRefusals(Outcome)
  /// Look which stored codes differ by one character from the one that was typed as that scan, which
  /// nobody knows, and answer with `nearMisses`.
  case findNearMisses(of: String, number: Int)
  /// Scan this code as if the scanner had read it.
  case scan(String)
  /// Check the PIN that was entered, and answer with `PINEvent.locked` where it was
  /// wrong, and with `PINEvent.checked`.
  case checkPIN
  /// Let a verdict be heard, in the place of one that still rings.
  case ring(Bell)
}
