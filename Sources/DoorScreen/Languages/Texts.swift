/// Every word of the door screen. A language is one value of this; a missing text does not compile.
/// Names, states and other foreign text come in cleaned. Words in block letters are A to Z only.
protocol Texts: Sendable {
  // Words in block letters, the preferred first, shorter ones after it for narrow screens.
  var admitWord: [String] { get }
  var refuseWord: [String] { get }
  var unverifiedWord: [String] { get }
  var scanAgainWord: [String] { get }
  var waitWord: [String] { get }
  var sameWord: [String] { get }
  var readyWord: [String] { get }
  var noEventWord: [String] { get }

  // The header.
  var noEvent: String { get }
  func event(id: String) -> String
  func overSince(_ time: String) -> String
  var connecting: String { get }
  func live(milliseconds: Int) -> String
  func failing(since time: String) -> String
  func offline(since time: String) -> String
  var keyRefused: String { get }
  func admitted(_ people: Int) -> String
  func admitted(_ people: Int, capacity: Int) -> String
  func banner(_ notice: Notice) -> String

  // The panel without a verdict.
  var scanAPass: String { get }
  var orType: String { get }
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
  func comeInNow(_ people: Int) -> String
  func usageAfterAdmission(inside: Int, allowed: Int, remaining: Int) -> String
  func usage(inside: Int, allowed: Int) -> String
  func usedUp(inside: Int, allowed: Int) -> String
  func nights(used: Int, of nights: Int) -> String
  func group(_ verdict: String, people: Int) -> String

  // Reasons, as phrases that begin in lower case, each with what to do where there is something.
  var valid: String { get }
  var unreadable: String { get }
  var scanAgainStep: String { get }
  var eventNotChosen: String { get }
  var eventNotChosenStep: String { get }
  var noneTonight: String { get }
  var noneTonightStep: String { get }
  var severalEvents: String { get }
  var severalEventsStep: String { get }
  var eventUnreachable: String { get }
  var eventUnreachableStep: String { get }
  var eventEnded: String { get }
  func ended(_ event: String, at time: String) -> String
  var eventEndedStep: String { get }
  var unauthorized: String { get }
  var rateLimited: String { get }
  var rateLimitedStep: String { get }
  var serviceError: String { get }
  var offline: String { get }
  var notVerifiedStep: String { get }
  func call(_ help: String) -> String
  var unknownPass: String { get }
  var unknownPassQuestion: String { get }
  var wrongOrganization: String { get }
  var wrongOrganizationStep: String { get }
  var archived: String { get }
  var archivedStep: String { get }
  func notActive(state: String) -> String
  var notActiveStep: String { get }
  var notTonight: String { get }
  var notTonightStep: String { get }
  var tooEarly: String { get }
  var tooEarlyStep: String { get }
  func from(_ time: String) -> String
  var tooLate: String { get }
  var tooLateStep: String { get }
  func until(_ time: String) -> String
  var alreadyUsed: String { get }
  func inSince(_ time: String) -> String
  var wristband: String { get }
  var alreadyUsedStep: String { get }

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
  func beforeHours(from time: String?) -> String
  func afterHours(until time: String?) -> String

  // Typing and help.
  var enterAndEscape: String { get }
  func dropped(_ code: String) -> String
  var keys: String { get }
  var help: String { get }
  var helpLines: [HelpLine] { get }
}

/// A key or a sign, and what it means.
struct HelpLine: Sendable, Equatable {
  var sign: String
  var meaning: String
}
