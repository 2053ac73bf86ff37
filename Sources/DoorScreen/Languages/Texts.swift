import Admission

/// Every word of the door screen. A language is one value of this; a missing text does not compile.
/// Names, states and other foreign text come in cleaned. Words in block letters are A to Z,
/// with accents, and `?`.
protocol Texts: Sendable, LeavingWords {
  /// Between a phrase and what explains it.
  var colon: String { get }

  // Words in block letters, the preferred first, shorter ones after it for narrow screens.
  var admitWord: [String] { get }
  var refuseWord: [String] { get }
  var unverifiedWord: [String] { get }
  var scanAgainWord: [String] { get }
  var waitWord: [String] { get }
  var sameWord: [String] { get }
  var readyWord: [String] { get }
  var noEventWord: [String] { get }
  var whichEventWord: [String] { get }
  /// Why a pass is refused, below the refusing word at half its height: at most 13 letters.
  func reasonWord(_ refusal: Refusal) -> String

  // The header.
  var noEvent: String { get }
  func event(id: String) -> String
  var connecting: String { get }
  /// The service answers, in time or late.
  var live: String { get }
  var slow: String { get }
  /// How fast it answers, on the help page.
  func answers(milliseconds: Int) -> String
  func failing(since time: String) -> String
  func offline(since time: String) -> String
  var keyRefused: String { get }
  func failingBriefly(since time: String) -> String
  func offlineBriefly(since time: String) -> String
  func stored(_ passes: Int) -> String
  /// The same with its age, where the store decides.
  func stored(_ passes: Int, age: String) -> String
  func storeAge(_ age: String) -> String
  /// People in, the fullest text first.
  func admitted(_ people: Int, of capacity: Int?, atThisDoor: Bool) -> [String]
  /// People during the last 15 minutes.
  func arrivals(_ people: Int) -> String
  /// The fullest text first.
  func doors(_ doors: Int, silent: Int) -> [String]
  /// That this door is cut off from the others.
  var alone: String { get }

  // Banners, the fullest text first; the last fits beside "+2 more" on 40 columns.
  func unknownEvent(_ id: String) -> [String]
  func otherEvent(_ name: String) -> [String]
  func aloneSince(_ time: String) -> [String]
  func overSince(_ time: String) -> [String]
  func full(_ people: Int, of capacity: Int) -> [String]
  func nearlyFull(_ people: Int, of capacity: Int) -> [String]
  var clockWrong: [String] { get }
  func clockOff(by span: String, isAhead: Bool) -> [String]
  var certificateRefused: [String] { get }
  var slowService: [String] { get }
  var notRecording: [String] { get }
  func scannerWithoutEnd(lost: Int) -> [String]
  func storeSetAside(_ name: String) -> [String]
  var serviceDenies: [String] { get }
  func mostNotTonight(rule: String) -> [String]
  func hookFailed(_ failure: HookFailure) -> [String]
  func more(_ banners: Int) -> String

  // Kinds of codes, and what they hold for the door.
  func words(_ kind: PassKind) -> KindWords
  /// What to do when ready.
  /// - Parameter kinds: each with its article.
  func scanOne(of kinds: String) -> String
  /// - Parameter kinds: of which they are, in the plural.
  func storing(_ done: Int, of total: Int?, _ kinds: String) -> String
  func storingBriefly(_ done: Int, of total: Int?, _ kinds: String) -> String
  /// - Parameters:
  ///   - counts: how many of each kind.
  ///   - age: where the store decides.
  func stored(counts: String, age: String?) -> String
  /// Of several kinds together.
  func codes(_ count: Int) -> String
  /// A banner; its last form fits beside "+2 more" on 40 columns.
  func preloadForbidden(_ kinds: String) -> [String]
  func notAmong(codes: Int, storedAt time: String) -> String
  /// Nobody knows the code.
  /// - Parameter kinds: that were asked for, each with its article.
  func unknownCode(_ kinds: String) -> String
  /// Asks whether it is of a kind that this door does not take.
  func askWhether(_ kinds: String) -> String
  /// A state that people have a word for; any other is shown as the service has it.
  func state(_ state: KnownState, of kind: KindWords) -> String
  func notActive(_ kind: KindWords, state: String) -> String
  /// What to do with one that is no pass and not active.
  var givesNoEntry: String { get }
  /// Loud: an identity card is to be asked for.
  func checkAge(_ years: Int) -> String
  /// When the guests of a table were.
  func expected(at time: String) -> String
  func extras(_ labels: String) -> String
  func privateNote(_ note: String) -> String
  /// Nil where anybody may have the option.
  func audience(_ audience: RateOption.Audience) -> String?
  func perPerson(_ amount: String) -> String

  // The panel without a verdict.
  var orType: String { get }
  /// While the service cannot be asked.
  var storedPassesDecide: String { get }
  var tryThese: String { get }
  var lookingUp: String { get }
  func scan(_ number: Int, code: String) -> String
  func moreWaiting(_ scans: Int) -> String
  func waiting(_ scans: Int) -> String
  var samePass: String { get }
  var samePassCountedOnce: String { get }
  func firstVerdict(_ verdict: String, at time: String) -> String
  func firstVerdict(_ verdict: String, because reason: String, at time: String) -> String

  // People and nights.
  /// So many may still come on the pass, one a scan.
  func friendsLeft(_ people: Int) -> String
  func letIn(_ people: Int) -> String
  /// So many of them came in by an earlier scan.
  func cameBefore(_ people: Int) -> String
  /// Tonight's people on a pass.
  /// - Parameter remaining: who may still come; 0 where that is nobody, or not to be said.
  func tonight(_ admitted: Int, of allowed: Int, remaining: Int) -> String
  func nights(used: Int, of nights: Int) -> String
  func group(_ verdict: String, people: Int) -> String

  // Reasons, as phrases that begin in lower case, each with what to do where there is something.
  var valid: String { get }
  /// What helps where scanning again did not.
  var findByName: String { get }
  var unreadable: String { get }
  func unreadable(_ cause: UnreadableCause) -> String
  var eventNotChosen: String { get }
  var eventNotChosenStep: String { get }
  var noneTonight: String { get }
  var noneTonightStep: String { get }
  var severalEvents: String { get }
  var severalEventsStep: String { get }
  var whichEvent: String { get }
  var pickKeys: String { get }
  /// The same by staff cards.
  var pickCards: String { get }
  var eventUnknown: String { get }
  var eventUnknownStep: String { get }
  var eventUnreachable: String { get }
  var eventUnreachableStep: String { get }
  /// What to do where the key is refused from the start.
  var keyRefusedStep: String { get }
  var eventEnded: String { get }
  func ended(_ event: String, at time: String) -> String
  var eventEndedStep: String { get }
  var unauthorized: String { get }
  var rateLimited: String { get }
  var rateLimitedStep: String { get }
  var serviceError: String { get }
  /// Another screen of this box, or another door, may be admitting the same pass.
  var claimedElsewhere: String { get }
  var offline: String { get }
  func notAmong(_ passes: Int, storedAt time: String) -> String
  var notVerifiedStep: String { get }
  func call(_ help: String) -> String
  var unknownPass: String { get }
  var wrongOrganization: String { get }
  var wrongOrganizationStep: String { get }
  var archived: String { get }
  var archivedStep: String { get }
  var notActiveStep: String { get }
  var notTonight: String { get }
  var notTonightStep: String { get }
  /// What a pass is for that is not for tonight's event.
  /// - Parameter name: nil where nobody knows it; so with the day.
  func night(_ name: String?, on day: String?) -> String
  func anotherTonight(_ name: String?) -> String
  var forNoNight: String { get }
  var wrongDoor: String { get }
  var wrongDoorStep: String { get }
  var tooEarly: String { get }
  var tooEarlyStep: String { get }
  var comeBackThen: String { get }
  func from(_ time: String) -> String
  var tooLate: String { get }
  /// Nil where nothing is left to say.
  var tooLateStep: String? { get }
  func until(_ time: String) -> String
  var alreadyUsed: String { get }
  func ago(_ age: String) -> String
  func entry(at time: String) -> String
  /// It was tried so many times tonight, this one included: 3 or more.
  func tries(_ count: Int) -> String
  var wristband: String { get }
  var alreadyUsedStep: String { get }

  var venueFull: String { get }
  var venueFullStep: String { get }
  func freePlaces(_ places: Int) -> String
  /// What to do with a group that is larger than that.
  var groupDoesNotFit: String { get }

  // Remarks.
  func stored(_ age: String, because failure: String) -> String
  func storedBriefly(_ age: String) -> String
  func storedMayNotAdmit(_ age: String) -> String
  func age(seconds: Int) -> String
  func age(minutes: Int) -> String
  func age(hours: Int) -> String
  var failureUnauthorized: String { get }
  var failureRateLimited: String { get }
  var failureServiceError: String { get }
  var failureOffline: String { get }
  /// No failure: the service was slower than a stored answer could wait.
  var failureSlow: String { get }
  func beforeHours(from time: String?) -> String
  func afterHours(until time: String?) -> String

  // Rates.
  func rate(_ text: String, asOf time: String?) -> String
  func rateEnded(_ time: String) -> String
  var noValidPrice: String { get }
  var ratesUnknown: String { get }
  func collect(_ amount: String, unlessPaid: Bool) -> String
  var nothingToCollect: String { get }
  var collectUnknown: String { get }
  var or: String { get }
  var always: String { get }
  func fromTo(_ from: String, _ until: String) -> String
  var faulty: String { get }
  var neverValid: String { get }
  /// The fullest first.
  var ratesTitle: [String] { get }
  func ratesAsOf(_ time: String) -> String
  func ratesNotRenewed(for age: String) -> String
  func nextRateChange(at time: String, in span: String) -> String
  var noRates: String { get }
  var ratesNotAsked: String { get }
  func people(_ people: Int) -> String
  var rateColumns: RateColumns { get }
  /// Abbreviated, January first.
  var months: [String] { get }

  // Several doors.
  var doorWords: DoorWords { get }
  func scans(_ scans: Int) -> String
  func clock(by span: String, isAhead: Bool) -> String
  /// People beyond those whom a pass allows.
  func tooMany(_ people: Int) -> String
  /// F7 on the help page.
  var doorsHelp: HelpLine { get }

  // Looking, correcting, letting in by hand, taking back.
  var lookWord: [String] { get }
  var byHandWord: [String] { get }
  var undoneWord: [String] { get }
  var nextScanLooks: String { get }
  func lookEnds(in seconds: Int) -> String
  func lookBar(seconds: Int) -> String
  func wouldBeAdmitted(_ people: Int) -> String
  var wouldBeRefused: String { get }
  var couldNotBeVerified: String { get }
  var howManyKeys: String { get }
  var saving: String { get }
  var recordedLate: String { get }
  var letInByHand: String { get }
  func cameInByHand(_ people: Int) -> String
  func takenBack(_ people: Int) -> String
  func cameIn(at time: String) -> String
  var nothingWord: [String] { get }
  var nothingToUndo: String { get }
  /// Why something is not taken back: it is over 10 minutes old.
  var tooOldToUndo: String { get }
  var undoQuestionWord: [String] { get }
  /// That nobody came in since the last one was taken back, so that this is one more.
  var undoQuestion: String { get }
  /// What answers it.
  var undoKeys: String { get }
  /// - Parameter people: in words.
  func admitted(_ people: String, at time: String) -> String
  func afterAll(_ verdict: String) -> String

  // Staff cards.
  var cardWithoutEffect: String { get }
  var cardAgain: String { get }
  var cardsTitle: String { get }
  var cardsNote: String { get }
  /// What a card does, as it is printed on it.
  func card(_ command: StaffCommand) -> String
  /// The same at the foot of the screen, in few words.
  func cardHint(_ command: StaffCommand) -> String
  var cards: String { get }

  // The search.
  var find: String { get }
  var typeToFind: String { get }
  var searching: String { get }
  var nobodyFound: String { get }
  var findKeys: String { get }
  /// How to leave it.
  var findLeave: String { get }

  /// Asks whether a code, with the name, is the one that was meant.
  func isItThis(_ offer: String) -> String

  // The supervisor's PIN.
  var pinWord: [String] { get }
  func pin(for action: GuardedAction) -> String
  var pinChecking: String { get }
  var pinWrong: String { get }
  func pinWait(_ span: String) -> String
  var pinMalformed: String { get }
  var pinKeys: String { get }
  var noPIN: String { get }
  var mayBePIN: String { get }

  // A kiosk that cannot begin.
  var notReadyWord: [String] { get }
  func fault(_ kind: SetupFault.Kind) -> String
  var callWhoSetUp: String { get }
  var faultRetry: String { get }

  // Typing and help.
  /// What F5 does, while it does it.
  var askingAgain: String { get }
  var enterAndEscape: String { get }
  func dropped(_ code: String) -> String
  func droppedWithoutEnter(_ code: String) -> String
  /// The key and what it does, in few words.
  func key(_ hint: KeyHint) -> String
  var help: String { get }
  var helpLines: [HelpLine] { get }
}

extension Texts {
  var colon: String { ": " }
}

/// What stands above the columns of the price list.
struct RateColumns: Sendable, Equatable {
  var rate: String
  var people: String
  var option: String
  var price: String
  var window: String
  var information: String
}
