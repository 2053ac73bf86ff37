package import FoundationEssentials

/// What the rules say of one scan.
package struct Decision: Sendable, Equatable {
  package var reason: Reason
  /// Nil where no pass or no event is known.
  package var count: HeadCount?
  /// Outside tonight's hours although the rules let that pass (`rules.hours: warn`).
  package var hoursWarning: HoursWarning?
  /// False where nobody comes in on the pass after this scan (`rules.partial_entry: false`).
  package var othersMayFollow = true
  /// Why the scan is no code; nil for any other reason than `unreadable_code`.
  package var unreadable: UnreadableCause?
  /// Another process on the store may be letting the same pass in: `serviceError` without any
  /// failure of the service.
  package var isClaimedElsewhere = false
  /// The second scan within a minute that could not be read: to scan it again does not help.
  package var isUnreadableAgain = false

  /// People that the pass itself allows, where the count makes room for more who are in already; nil:
  /// as many as the count allows.
  package var passAllows: Int?

  /// How many may still come in where the whole group does not fit; nil for any other reason than
  /// `venue_full`.
  package var freePlaces: Int?

  /// People of the pass who left and may come in again (`rules.reentry`).
  package var outside = 0
  /// When somebody of the pass left last; nil where nobody did.
  package var leftAt: Date?
  /// Who leaves, at an exit alone; nil elsewhere.
  package var departure: Departure?
  /// Each leaves by a scan of their own, and some of the pass may have come in without this door having
  /// heard of it.
  package var othersMayLeave = false
  /// Nobody was known to be inside, but another door that this one cannot hear may have let them in: then
  /// they are counted out once it can.
  package var countsLater = false
  /// The pass is used up as far as this door knows, but somebody may have left by an exit that it cannot
  /// hear: amber (Contract: Out and in again).
  package var mayHaveLeft = false

  package var verdict: Verdict { mayHaveLeft ? .unverified : reason.verdict }

  /// Of those who come in, people who were in before and left.
  package var back: Int { min(count?.admitted ?? 0, outside) }

  /// People whom the scan brings in or out.
  package var people: Int { departure?.people ?? count?.admitted ?? 0 }

  /// Somebody comes in, or leaves, and others may still do so on the same pass.
  package var leavesPeople: Bool {
    switch verdict {
    case .admit: othersMayFollow && (count?.remaining ?? 0) > 0
    case .out: othersMayLeave || people > 0 && (departure?.remaining ?? 0) > 0
    case .refuse, .unverified: false
    }
  }

  package init(
    reason: Reason, count: HeadCount? = nil, hoursWarning: HoursWarning? = nil,
    unreadable: UnreadableCause? = nil
  ) {
    self.reason = reason
    self.unreadable = unreadable
    self.count = count
    self.hoursWarning = hoursWarning
  }
}

extension Decision {
  /// The same for people who are in already, or have left. Where another door has let in more meanwhile than their
  /// pass allows, they are in all the same, so the count makes room for them.
  package func admitting(_ people: Int, after before: EarlierAdmissions) -> Decision {
    var decision = self
    if let departure {
      if people != departure.people { decision.departure = departure.correcting(people) }
      return decision
    }
    let used = max(count?.used ?? 0, before.people)
    let allowed = count?.allowed ?? 0
    let room = max(allowed, used.addingClamped(people))
    decision.count = HeadCount(allowed: room, used: used, admitted: people)
    if room > allowed { decision.passAllows = passAllows ?? allowed }
    return decision
  }
}

package enum HoursWarning: Sendable, Equatable {
  case beforeStart, afterEnd
}

/// Judges a scan: the first reason that holds, in their order (Contract: The verdict).
package func decide(_ evidence: Evidence, rules: Rules) -> Decision {
  let judgement = Judgement(evidence: evidence, rules: rules)
  var reason = Reason.allCases.first { judgement.holds($0) } ?? .valid
  // Whoever named the event is mistaken, not the guest.
  if reason == .notTonight, judgement.isForUnknownEvent { reason = .noEvent }
  var count = judgement.count
  if reason == .valid, let before = count {
    count = before.admitting(rules.groupEntry == .one ? 1 : before.remaining)
  }
  var decision = Decision(
    reason: reason, count: count,
    hoursWarning: rules.hours == .warn ? judgement.outsideHours : nil)
  decision.othersMayFollow = rules.partialEntry
  // Whoever left and came back has not left.
  decision.leftAt = reason == .alreadyUsed && evidence.outside <= 0 ? nil : evidence.leftAt
  switch rules.reentry {
  case .refuse: break
  case .allow:
    decision.outside = max(0, evidence.outside)
    decision.mayHaveLeft = reason == .alreadyUsed && evidence.mayMissExits
  }
  decision.unreadable = evidence.finding.unreadable
  if reason == .venueFull { decision.freePlaces = judgement.freePlaces }
  return decision
}

/// One scan's evidence, and which reasons hold for it.
private struct Judgement {
  let evidence: Evidence
  let rules: Rules
  /// Nil where no pass or no event is known.
  let count: HeadCount?

  init(evidence: Evidence, rules: Rules) {
    self.evidence = evidence
    self.rules = rules
    if let pass = evidence.finding.pass, let event = evidence.tonight.event {
      count = HeadCount(
        pass: pass, eventID: event.id, admittedHere: evidence.admittedHere,
        outside: evidence.outside, rules: rules)
    } else {
      count = nil
    }
  }

  /// The table of reasons, a row a case (Contract: The verdict).
  func holds(_ reason: Reason) -> Bool {
    switch reason {
    case .unreadableCode: evidence.finding.unreadable != nil
    case .noEvent: evidence.tonight.reasonForNone(at: evidence.now) != nil
    case .unauthorized: isUndecided(by: .unauthorized)
    case .rateLimited: isUndecided(by: .rateLimited)
    case .serviceError: isUndecided(by: .serviceError)
    case .offline: isUndecided(by: .offline)
    case .unknownPass, .wrongOrganization, .archived, .notActive, .notTonight, .wrongDoor,
      .tooEarly, .tooLate, .alreadyUsed, .venueFull:
      refuses(for: reason)
    case .valid: true
    // Those are an exit's, which judges nobody.
    case .left, .nobodyInside: false
    }
  }

  /// Whether `failure` leaves the scan unverified: nothing is stored, or what is stored would be
  /// green and may not be (`rules.offline_admit: false`). A stored refusal stays red.
  private func isUndecided(by failure: LookUpFailure) -> Bool {
    switch evidence.finding {
    case .unreadable: return false
    case .failed(let actual): return actual == failure
    case .unknown(let source), .found(_, let source):
      guard case .cache(_, let actual) = source, (actual ?? .offline) == failure,
        !rules.offlineAdmit
      else { return false }
      return !Reason.allCases.contains { $0.verdict == .refuse && refuses(for: $0) }
    }
  }

  private func refuses(for reason: Reason) -> Bool {
    if case .unknown = evidence.finding { return reason == .unknownPass }
    guard let pass = evidence.finding.pass else { return false }
    switch reason {
    case .wrongOrganization:
      // The other kinds carry none (FourvenuesAPI: Tickets, guest lists and bookings).
      return pass.kind == .pass && rules.organizationID != nil
        && pass.organizationID != rules.organizationID
    case .archived: return pass.isArchived
    case .notActive: return !isActive(pass)
    case .notTonight: return count?.allowed == 0 || isForUnknownEvent
    case .wrongDoor: return rules.types.map { !pass.isOfType($0) } ?? false
    case .tooEarly:
      return rules.hours == .enforce && outsideHours == .beforeStart || rateWindow(pass) == .notYet
    case .tooLate:
      return rules.hours == .enforce && outsideHours == .afterEnd || rateWindow(pass) == .over
    case .alreadyUsed: return count?.remaining == 0
    case .venueFull:
      guard let freePlaces, let count else { return false }
      return (rules.groupEntry == .one ? 1 : count.remaining) > freePlaces
    case .unknownPass, .unreadableCode, .noEvent, .unauthorized, .rateLimited, .serviceError,
      .offline, .valid, .left, .nobodyInside:
      return false
    }
  }

  private func isActive(_ pass: Pass) -> Bool {
    rules.activeStates(of: pass.kind).contains { $0.utf8.elementsEqual(pass.state.utf8) }
  }

  /// Nil where the capacity refuses nobody.
  var freePlaces: Int? {
    guard rules.capacity == .enforce, !evidence.mayMissExits, let places = rules.places,
      let inside = evidence.peopleInside
    else { return nil }
    return max(0, places - inside)
  }

  /// The service does not know tonight's event, and the pass has no usage for it, either.
  var isForUnknownEvent: Bool {
    guard case .unknown(let event) = evidence.tonight, let pass = evidence.finding.pass else {
      return false
    }
    return pass.usages(forEvent: event.id).isEmpty
  }

  /// Tonight's hours are half-open: the start belongs to them, the end does not.
  var outsideHours: HoursWarning? {
    guard let event = evidence.tonight.event else { return nil }
    if let start = event.startsAt, evidence.now < start { return .beforeStart }
    if let end = event.endsAt, evidence.now >= end { return .afterEnd }
    return nil
  }

  /// Where now lies for the options of the pass's rate, if rates decide at all; nil where one
  /// holds, or where nothing is known that could refuse.
  private func rateWindow(_ pass: Pass) -> RateOption.Phase? {
    guard rules.rateWindows == .enforce, let start = evidence.tonight.event?.startsAt,
      let rate = evidence.rates?.rate(for: pass)
    else { return nil }
    let elapsed = evidence.now.timeIntervalSince(start)
    let phases = rate.options.map { $0.phase(at: elapsed) }
    if phases.isEmpty || phases.contains(.holds) { return nil }
    return phases.contains(.notYet) ? .notYet : .over
  }
}
