import Admission
import Formatting
import FoundationEssentials

/// An outcome's reason in words: what holds, the particulars, and what to do now.
package struct Explanation: Equatable {
  /// A phrase that begins in lower case.
  var reason: String
  /// Times, doors and names that belong to the reason.
  var particulars: String?
  var nextStep: String?
  /// The door that the particulars are about.
  var door: String?
  /// The particulars ask something, and so belong to what is to be done.
  var isQuestion = false
  /// The language's.
  var colon = ": "

  /// Reason and particulars.
  var sentence: String {
    guard let particulars else { return reason }
    return "\(reason)\(colon)\(particulars)\(andDoor)"
  }

  /// The sentence, without a question that a refusal leads to: that is what to do next.
  func statement(_ verdict: Verdict) -> String {
    verdict == .refuse && isQuestion ? reason : sentence
  }

  /// What stands below the reason on a panel. The particulars and the question they lead to are one
  /// thought; the door comes last, as it is what may be cut off.
  var advice: String? {
    guard let particulars else { return nextStep }
    guard let nextStep else { return particulars + andDoor }
    // Some steps are a sentence of their own.
    let isSentence = nextStep.first { $0.isLetter }?.isUppercase ?? false
    return particulars + (isSentence ? ". " : colon) + nextStep + andDoor
  }

  private var andDoor: String { door.map { ", \($0)" } ?? "" }
}

extension Explanation {
  /// - Parameter accepted: the kinds that this door takes.
  init(
    _ outcome: Outcome, help: String?, accepted: [PassKind], texts: any Texts, time: LocalTime
  ) {
    let event = outcome.tonight.event
    var call: String? {
      help.map(DisplayText.cleaned).flatMap { $0.isEmpty ? nil : texts.call($0) }
    }
    var notVerified: String { call ?? texts.notVerifiedStep }

    switch outcome.reason {
    case .unreadableCode:
      let cause = outcome.decision.unreadable ?? .notACode
      let step = [texts.findByName, call].compactMap(\.self).joined(separator: ". ")
      // The same expression would take as long the next time.
      let helpsNoMore = outcome.decision.isUnreadableAgain || cause.costlyKey != nil
      self.init(
        reason: texts.unreadable, particulars: texts.unreadable(cause),
        nextStep: helpsNoMore ? step : nil)
    case .noEvent:
      let none = outcome.tonight.trouble(at: outcome.at) ?? .notChosen
      self.init(none, texts: texts, time: time)
      if let call { nextStep = nextStep.map { "\($0). \(call)" } ?? call }
    case .unauthorized:
      self.init(reason: texts.unauthorized, nextStep: notVerified)
    case .rateLimited:
      let step = call.map { "\(texts.rateLimitedStep). \($0)" } ?? texts.rateLimitedStep
      self.init(reason: texts.rateLimited, nextStep: step)
    case .serviceError where outcome.decision.isClaimedElsewhere:
      self.init(reason: texts.unreadable, particulars: texts.claimedElsewhere)
    case .serviceError:
      self.init(reason: texts.serviceError, nextStep: notVerified)
    case .offline:
      self.init(reason: texts.offline, nextStep: notVerified)
    case .unknownPass:
      self.init(notFoundAmong: accepted, texts: texts)
    case .wrongOrganization:
      self.init(reason: texts.wrongOrganization, nextStep: texts.wrongOrganizationStep)
    case .archived:
      self.init(reason: texts.archived, nextStep: texts.archivedStep)
    case .notActive:
      self.init(notActive: outcome.pass, texts: texts)
    case .notTonight:
      let nights = Self.nights(of: outcome, texts: texts, time: time)
      self.init(
        reason: texts.notTonight, particulars: nights,
        nextStep: nights == nil ? texts.notTonightStep : nil)
    case .wrongDoor:
      self.init(
        reason: texts.wrongDoor, particulars: outcome.pass?.type(among: accepted, texts),
        nextStep: texts.wrongDoorStep)
    case .tooEarly:
      let start =
        event?.startsAt.flatMap { outcome.at < $0 ? $0 : nil }
        ?? outcome.rate.flatMap(outcome.rateClock.next)
        .flatMap { outcome.rateClock.date($0.from) }
      self.init(
        reason: texts.tooEarly, particulars: start.map { texts.from(time.minutes($0)) },
        nextStep: start == nil ? texts.tooEarlyStep : texts.comeBackThen)
    case .tooLate:
      let end =
        event?.endsAt.flatMap { outcome.at >= $0 ? $0 : nil }
        ?? outcome.rate.flatMap(outcome.rateClock.end)
      self.init(
        reason: texts.tooLate, particulars: end.map { texts.until(time.minutes($0)) },
        nextStep: texts.tooLateStep)
    case .alreadyUsed:
      let entry = outcome.earlierEntry
      let door = entry?.door.map(DisplayText.cleaned).flatMap { $0.isEmpty ? nil : $0 }
      let left = outcome.decision.leftAt.map { texts.leftAt(time.minutes($0)) }
      // Whoever stands outside again left since: when they came in says nothing more.
      let moment = left ?? entry.map { Self.moment(of: $0, at: outcome.at, texts, time) }
      let mayHaveLeft = outcome.decision.mayHaveLeft
      self.init(
        reason: mayHaveLeft ? texts.perhapsUsed : texts.alreadyUsed,
        particulars: moment,
        nextStep: mayHaveLeft
          ? texts.perhapsUsedStep : moment == nil ? texts.alreadyUsedStep : texts.wristband,
        door: left == nil ? door : nil)
    case .venueFull:
      let free = outcome.decision.freePlaces ?? 0
      self.init(
        reason: free > 0 ? texts.freePlaces(free) : texts.venueFull,
        nextStep: free > 0 ? texts.groupDoesNotFit : texts.venueFullStep)
    case .valid:
      self.init(reason: outcome.decision.backIn(texts: texts, time: time) ?? texts.valid)
    case .left:
      let rest = outcome.decision.departure?.remaining ?? 0
      self.init(
        reason: texts.left(outcome.decision.people).lowercasedFirst
          + (rest > 0 ? ", \(texts.stayInside(rest))" : ""))
    case .nobodyInside:
      self.init(
        reason: texts.nobodyInside,
        particulars: outcome.decision.leftAt.map { texts.leftAt(time.minutes($0)) },
        nextStep: outcome.decision.countsLater ? texts.countsLaterStep : texts.nobodyInsideStep)
    }
    colon = texts.colon
  }

  /// More would be no question that anybody answers.
  private static let mostAsked = 2

  /// Nobody knows the code: it may be of a kind that this door does not take.
  private init(notFoundAmong accepted: [PassKind], texts: any Texts) {
    let others = PassKind.allCases.filter { !accepted.contains($0) }.prefix(Self.mostAsked)
    let reason =
      accepted == [.pass] ? texts.unknownPass : texts.unknownCode(texts.oneOf(accepted))
    guard others.isEmpty else {
      self.init(
        reason: reason, particulars: texts.askWhether(texts.oneOf(Array(others))), isQuestion: true)
      return
    }
    self.init(reason: reason, nextStep: texts.findByName)
  }

  private init(notActive pass: PassSummary?, texts: any Texts) {
    let kind = texts.words(pass?.kind ?? .pass)
    let known = pass.flatMap(KnownState.init)
    let state =
      known.map { texts.state($0, of: kind) } ?? DisplayText.cleaned(pass?.state ?? "?")
    self.init(
      reason: known == .removed ? state : texts.notActive(kind, state: state),
      nextStep: pass?.kind ?? .pass == .pass ? texts.notActiveStep : texts.givesNoEntry)
  }

  /// "12 s ago" while somebody may still stand there, then the time of day.
  private static func moment(
    of entry: Entry, at now: Date, _ texts: any Texts, _ time: LocalTime
  ) -> String {
    let seconds = now.timeIntervalSince(entry.at)
    return seconds >= 0 && seconds < 120
      ? texts.ago(texts.age(seconds: Int(seconds))) : texts.entry(at: time.minutes(entry.at))
  }

  /// What the pass is for, the nearest first; nil where nobody knows.
  private static func nights(
    of outcome: Outcome, texts: any Texts, time: LocalTime
  ) -> String? {
    guard let nights = outcome.nights else { return nil }
    guard !nights.isEmpty else { return texts.forNoNight }
    let known = nights.filter { $0.startsAt != nil || $0.name != nil }
    guard !known.isEmpty else { return nil }
    let words = known.prefix(mostNights).map { event in
      let name = event.name == nil ? nil : event.displayName(texts)
      if event.isOn(at: outcome.at) { return texts.anotherTonight(name) }
      return texts.night(name, on: event.startsAt.map { time.day($0, months: texts.months) })
    }
    let rest = nights.count - words.count
    return words.joined(separator: ", ") + (rest > 0 ? ", +\(rest)" : "")
  }

  private static let mostNights = 2

  /// Why there is no event, for a verdict and for the idle screen alike.
  /// - Parameters:
  ///   - isKeyRefused: why the service did not tell it.
  ///   - help: whom to call about that.
  init(
    _ none: NoEvent, isKeyRefused: Bool = false, help: String? = nil, texts: any Texts,
    time: LocalTime
  ) {
    switch none {
    case .keyRefused,
      .unreachable where isKeyRefused, .notChosen where isKeyRefused:
      let call = help.map(DisplayText.cleaned).flatMap { $0.isEmpty ? nil : texts.call($0) }
      self.init(
        reason: texts.unauthorized,
        nextStep: [texts.keyRefusedStep, call].compactMap(\.self).joined(separator: ". "))
    case .notChosen:
      self.init(reason: texts.eventNotChosen, nextStep: texts.eventNotChosenStep)
    case .noneTonight:
      self.init(reason: texts.noneTonight, nextStep: texts.noneTonightStep)
    case .several(let events):
      self.init(
        reason: texts.severalEvents,
        particulars: events.map { $0.displayName(texts) }.joined(separator: ", "),
        nextStep: texts.severalEventsStep)
    case .unreachable:
      self.init(reason: texts.eventUnreachable, nextStep: texts.eventUnreachableStep)
    case .ended(let event):
      self.init(
        reason: texts.eventEnded,
        particulars: event.latestEnd.map {
          texts.ended(event.displayName(texts), at: time.minutes($0))
        },
        nextStep: texts.eventEndedStep)
    case .unknown(let event):
      self.init(
        reason: texts.eventUnknown, particulars: texts.event(id: DisplayText.cleaned(event.id)),
        nextStep: texts.eventUnknownStep)
    }
    colon = texts.colon
  }
}

extension Event {
  /// The name, or the id where no name is known, cleaned.
  func displayName(_ texts: any Texts) -> String {
    let name = DisplayText.cleaned(name ?? "")
    return name.contains { $0 != " " } ? name : texts.event(id: DisplayText.cleaned(id))
  }
}
