import Admission
import Formatting

struct EnglishTexts: Texts {
  let admitWord = ["ADMIT", "IN"]
  let refuseWord = ["STOP"]
  let unverifiedWord = ["ASK"]
  let scanAgainWord = ["AGAIN"]
  let waitWord = ["WAIT"]
  let sameWord = ["SAME"]
  let readyWord = ["READY"]
  let noEventWord = ["NO EVENT", "EVENT?"]
  let whichEventWord = ["EVENT?"]
  func reasonWord(_ refusal: Refusal) -> String {
    switch refusal {
    case .unknownPass: "NO SUCH PASS"
    case .unknownCode: "NO SUCH CODE"
    case .wrongOrganization: "NOT OURS"
    case .archived: "WITHDRAWN"
    case .notActive: "NOT ACTIVE"
    case .cancelled: "CANCELLED"
    case .pending: "PENDING"
    case .refunded: "REFUNDED"
    case .rejected: "REJECTED"
    case .released: "RELEASED"
    case .removed: "OFF THE LIST"
    case .otherNight: "OTHER NIGHT"
    case .otherEvent: "OTHER EVENT"
    case .notTonight: "NOT TONIGHT"
    case .wrongDoor: "WRONG DOOR"
    case .tooEarly: "TOO EARLY"
    case .tooLate: "TOO LATE"
    case .alreadyUsed: "ALREADY USED"
    case .venueFull: "FULL"
    }
  }

  let noEvent = "NO EVENT"
  func event(id: String) -> String { "event \(id)" }
  let connecting = "connecting"
  let live = "OK"
  let slow = "SLOW"
  func answers(milliseconds: Int) -> String { "answers in \(milliseconds) ms" }
  func failing(since time: String) -> String { "FAILING since \(time)" }
  func offline(since time: String) -> String { "OFFLINE since \(time)" }
  let keyRefused = "KEY REFUSED"
  func failingBriefly(since time: String) -> String { "FAILING \(time)" }
  func offlineBriefly(since time: String) -> String { "OFFLINE \(time)" }
  func stored(_ passes: Int) -> String {
    passes == 1 ? "1 pass stored" : "\(passes) passes stored"
  }
  func stored(_ passes: Int, age: String) -> String { "\(stored(passes)), \(age) old" }
  func storeAge(_ age: String) -> String { "list \(age)" }
  func admitted(_ people: Int, of capacity: Int?, atThisDoor: Bool) -> [String] {
    let share = capacity.map { "\(people) of \($0)" } ?? "\(people)"
    let brief = capacity.map { "\(people)/\($0)" } ?? "\(people)"
    return atThisDoor
      ? ["\(share) admitted at this door", "\(share) at this door", "\(brief) here"]
      : ["\(share) admitted", capacity == nil ? "\(people) adm." : brief]
  }

  func arrivals(_ people: Int) -> String { "\(people) in 15 min" }

  let orType = "or type its code and press Enter"
  let storedPassesDecide = "Stored passes decide, others are amber"
  let tryThese = "Try these codes:"
  let lookingUp = "Looking up"
  func scan(_ number: Int, code: String) -> String { "#\(number)  \(code)" }
  func moreWaiting(_ scans: Int) -> String { "\(scans) more waiting" }
  func waiting(_ scans: Int) -> String { "\(scans) waiting" }
  let samePass = "SAME PASS"
  let samePassCountedOnce = "SAME PASS, COUNTED ONCE"
  func firstVerdict(_ verdict: String, at time: String) -> String {
    "First read at \(time): \(verdict)"
  }
  func firstVerdict(_ verdict: String, because reason: String, at time: String) -> String {
    "First read at \(time): \(verdict), \(reason)"
  }

  func letIn(_ people: Int) -> String { "Let \(people) in" }
  func cameBefore(_ people: Int) -> String {
    "\(people) came before"
  }
  func friendsLeft(_ people: Int) -> String { "\(people) left: each scan counts one" }
  func tonight(_ admitted: Int, of allowed: Int, remaining: Int) -> String {
    let usage = "Tonight \(admitted) of \(allowed)"
    return switch remaining {
    case 0: usage
    case 1: "\(usage), 1 may still come"
    default: "\(usage), \(remaining) may still come"
    }
  }
  func nights(used: Int, of nights: Int) -> String {
    nights == 1 ? "\(used) of 1 night" : "\(used) of \(nights) nights"
  }
  func group(_ verdict: String, people: Int) -> String { "\(verdict) \(people)" }

  let valid = "valid"
  let findByName = "Find by name (F4)"
  let unreadable = "SCAN AGAIN"
  func unreadable(_ cause: UnreadableCause) -> String {
    switch cause {
    case .notACode: "the code could not be read"
    case .patternTooCostly, .extractTooCostly: "too slow to check: see the settings"
    case .tooLong: "too long for a pass code"
    case .document: "a document, not a pass"
    case .partMissing: "part of it may be missing"
    case .capsLock: "Caps Lock on?"
    case .cutShort: "cut short?"
    case .numLockOff: "arrow keys for digits: press Num Lock"
    case .altCodes: "wrong keyboard codes: run calibrate"
    case .staffCard: "staff card not valid here"
    }
  }
  let eventNotChosen = "no event chosen yet"
  let eventNotChosenStep = "Wait a few seconds, then scan again"
  let noneTonight = "no event tonight"
  let noneTonightStep = "F5 asks the service again"
  let severalEvents = "several events tonight"
  let severalEventsStep = "Choose one with ↑ ↓ and Enter"
  let whichEvent = "Which event is it tonight?"
  let pickKeys = "↑ ↓ move, Enter chooses"
  let pickCards = "Cards: one more / one fewer, then choose"
  let eventUnknown = "the service does not know this event"
  let eventUnknownStep = "Is the right event set? Ask your supervisor"
  let eventUnreachable = "event could not be fetched"
  let keyRefusedStep = "The network is fine. The key must be renewed"
  let eventUnreachableStep = "F5 asks again"
  let eventEnded = "the event is over"
  func ended(_ event: String, at time: String) -> String { "\(event) ended at \(time)" }
  let eventEndedStep = "F5 asks the service again"
  let unauthorized = "the service refuses our key"
  let rateLimited = "the service is too busy"
  let rateLimitedStep = "Scan again in a few seconds"
  let serviceError = "the service gave no usable answer"
  let claimedElsewhere = "being let in elsewhere now"
  let offline = "no answer from the service"
  func notAmong(_ passes: Int, storedAt time: String) -> String {
    "not among the \(passes) passes stored at \(time)"
  }
  let notVerifiedStep = "Ask your supervisor"
  func call(_ help: String) -> String { "Call \(help)" }
  let unknownPass = "no such pass"
  let wrongOrganization = "pass of another organizer"
  let wrongOrganizationStep = "Not valid here"
  let archived = "pass withdrawn"
  let archivedStep = "No longer valid: see the organizer"
  let notActiveStep = "This pass gives no entry"
  let notTonight = "not for tonight"
  let notTonightStep = "For other nights: ask which"
  func night(_ name: String?, on day: String?) -> String {
    "for " + [name, day].compactMap(\.self).joined(separator: ", ")
  }
  func anotherTonight(_ name: String?) -> String {
    "another event tonight" + (name.map { "\(colon)\($0)" } ?? "")
  }
  let forNoNight = "for no night"
  let wrongDoor = "wrong door"
  let wrongDoorStep = "Another door takes this type"
  let tooEarly = "too early"
  let comeBackThen = "come back then"
  let tooEarlyStep = "Not yet valid: come back later"
  func from(_ time: String) -> String { "from \(time)" }
  let tooLate = "too late"
  let tooLateStep: String? = nil
  func until(_ time: String) -> String { "until \(time)" }
  let alreadyUsed = "already used"
  func ago(_ age: String) -> String { "\(age) ago" }
  func entry(at time: String) -> String { "at \(time)" }
  func tries(_ count: Int) -> String {
    "\(count)\(count % 10 == 3 && count % 100 != 13 ? "rd" : "th") try tonight"
  }
  let wristband = "ask for the wristband"
  let alreadyUsedStep = "Already inside: ask for the wristband"
  let venueFull = "the house is full"
  let venueFullStep = "Nobody else now: ask your supervisor"
  func freePlaces(_ places: Int) -> String {
    "only \(places == 1 ? "1 place" : "\(places) places") left"
  }
  let groupDoesNotFit = "F6 lets in those who fit"

  func stored(_ age: String, because failure: String) -> String {
    "stored answer, \(age) old (\(failure))"
  }
  func storedBriefly(_ age: String) -> String { "stored \(age) ago" }
  func storedMayNotAdmit(_ age: String) -> String { "stored answer (\(age)) may not admit" }
  func age(seconds: Int) -> String { "\(seconds) s" }
  func age(minutes: Int) -> String { "\(minutes) min" }
  func age(hours: Int) -> String { "\(hours) h" }
  let failureUnauthorized = "key refused"
  let failureRateLimited = "service busy"
  let failureServiceError = "service fault"
  let failureOffline = "offline"
  let failureSlow = "slow service"
  func beforeHours(from time: String?) -> String {
    time.map { "Note: the event starts at \($0)" } ?? "Note: before tonight's hours"
  }
  func afterHours(until time: String?) -> String {
    time.map { "Note: the event ended at \($0)" } ?? "Note: after tonight's hours"
  }

  func rate(_ text: String, asOf time: String?) -> String {
    "\(time.map { "Rate as of \($0)" } ?? "Rate"): \(text)"
  }
  func rateEnded(_ time: String) -> String { "ended at \(time)" }
  let noValidPrice = "no valid price"
  let ratesUnknown = "rates unknown"
  func collect(_ amount: String, unlessPaid: Bool) -> String {
    unlessPaid ? "COLLECT \(amount) if unpaid" : "COLLECT \(amount)"
  }
  let nothingToCollect = "nothing to collect"
  let collectUnknown = "COLLECT: amount not known, ask"
  let or = "or"
  let always = "always"
  func fromTo(_ from: String, _ until: String) -> String { "from \(from) to \(until)" }
  let faulty = "faulty"
  let neverValid = "faulty, never valid"
  let ratesTitle = ["RATES TONIGHT", "RATES"]
  func ratesAsOf(_ time: String) -> String { "as of \(time)" }
  func ratesNotRenewed(for age: String) -> String { "NOT RENEWED for \(age)" }
  func nextRateChange(at time: String, in span: String) -> String {
    "next change \(time), in \(span)"
  }
  let noRates = "No rates for tonight"
  let ratesNotAsked = "Rates not asked for yet"
  func people(_ people: Int) -> String { people == 1 ? "1 person" : "\(people) people" }
  let rateColumns = RateColumns(
    rate: "Rate", people: "People", option: "Option", price: "Price", window: "When",
    information: "Information")
  let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  let lookWord = ["LOOK"]
  let byHandWord = ["BY HAND", "HAND"]
  let undoneWord = ["UNDONE"]
  let nextScanLooks = "The next scan admits nobody"
  func lookEnds(in seconds: Int) -> String { "Scan to look: \(seconds) s left, F3 ends it" }
  func lookBar(seconds: Int) -> String { "LOOK: next scan admits nobody (\(seconds) s)" }
  func wouldBeAdmitted(_ people: Int) -> String {
    people > 1 ? "WOULD BE ADMITTED: \(people) people" : "WOULD BE ADMITTED"
  }
  let wouldBeRefused = "WOULD BE REFUSED"
  let couldNotBeVerified = "COULD NOT BE VERIFIED"
  let howManyKeys = "↑ ↓ change how many came in"
  let saving = "saving"
  let recordedLate = "recording late"
  let letInByHand = "LET IN BY HAND"
  func cameInByHand(_ people: Int) -> String {
    people == 1 ? "1 person, counted" : "\(people) people, counted"
  }
  func takenBack(_ people: Int) -> String {
    people == 1 ? "1 person off the count" : "\(people) people off the count"
  }
  func cameIn(at time: String) -> String { "admitted at \(time), not counted" }
  let nothingWord = ["NOTHING"]
  let nothingToUndo = "NOTHING TO UNDO"
  let tooOldToUndo = "Over 10 minutes ago: not undone"
  let undoQuestionWord = ["UNDO?"]
  let undoQuestion = "Undo one more?"
  let undoKeys = "F8 within 10 s undoes, Esc keeps"
  func admitted(_ people: String, at time: String) -> String { "\(people), admitted at \(time)" }
  func afterAll(_ verdict: String) -> String { "CORRECTION: \(verdict)" }

  let cardWithoutEffect = "CARD: NOTHING TO CHANGE"
  let cardAgain = "SAME CARD, COUNTED ONCE"
  let cardsTitle = "Staff cards"
  let cardsNote = "For staff only: whoever holds one of these can use it."
  func card(_ command: StaffCommand) -> String {
    switch command {
    case .fewer: "One fewer"
    case .more: "One more"
    case .undo: "Undo"
    case .look: "Look, admit nobody"
    case .byHand: "Let in by hand"
    case .choose: "Choose"
    case .countIn: "One in, counted by hand"
    case .countOut: "One out, counted by hand"
    case .turn: "Turn the door: entrance or exit"
    }
  }

  let cards = "Cards"
  func cardHint(_ command: StaffCommand) -> String {
    switch command {
    case .fewer: "one fewer"
    case .more: "one more"
    case .undo: "undo"
    case .look: "look"
    case .byHand: "by hand"
    case .choose: "choose"
    case .countIn: "one in"
    case .countOut: "one out"
    case .turn: "turn"
    }
  }

  let find = "FIND"
  let typeToFind = "Type part of a name or a code"
  let searching = "Searching"
  let nobodyFound = "Nobody found"
  let findKeys = "↑ ↓, Enter scans, Esc closes"
  let findLeave = "Esc closes"
  func isItThis(_ offer: String) -> String { "\(offer)?" }

  let pinWord = ["PIN"]
  func pin(for action: GuardedAction) -> String {
    switch action {
    case .leave: "PIN to leave"
    case .byHand: "PIN to let in by hand"
    case .undo: "PIN to undo"
    case .look: "PIN to look"
    case .turn: "PIN to turn the door"
    }
  }
  let pinChecking = "Checking"
  let pinWrong = "WRONG PIN"
  func pinWait(_ span: String) -> String { "Wait \(span)" }
  let pinMalformed = "A PIN has 4 to 12 digits"
  let pinKeys = "Enter checks it, Esc closes"
  let noPIN = "No PIN set: the keyboard cannot leave"
  let mayBePIN = "Typing a PIN? Press its F key first"

  let notReadyWord = ["NOT READY", "FAULT"]
  func fault(_ kind: SetupFault.Kind) -> String {
    switch kind {
    case .configuration: "The configuration is wrong"
    case .credentials: "The service's key is missing"
    case .store: "The store cannot be opened"
    }
  }
  let callWhoSetUp = "Call whoever set up this box"
  let faultRetry = "This door cannot check passes. Retrying."

  let askingAgain = "Asking the service again"
  let enterAndEscape = "Enter looks it up, Esc clears"
  func dropped(_ code: String) -> String { "Typed \(code) was dropped: a scan came in" }
  func droppedWithoutEnter(_ code: String) -> String { "\(code) dropped: no Enter came with it" }
  let help = "HELP"
}
