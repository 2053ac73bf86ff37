/// People on one pass at one event. Always `used + admitted + remaining == allowed`, none negative.
package struct HeadCount: Sendable, Equatable {
  /// People that the pass may bring.
  package let allowed: Int
  /// People in before this scan.
  package let used: Int
  /// People whom this scan lets in.
  package let admitted: Int

  /// People who may still come after this scan.
  package var remaining: Int { allowed - used - admitted }

  /// Values out of range are brought into it, so that the sum always holds.
  package init(allowed: Int, used: Int, admitted: Int = 0) {
    self.allowed = max(0, allowed)
    self.used = min(max(0, used), self.allowed)
    self.admitted = min(max(0, admitted), self.allowed - self.used)
  }

  /// Counts people for one pass and one event (Contract: Counting people).
  /// - Parameters:
  ///   - admittedHere: people admitted here whose entry the pass cannot contain yet.
  ///   - outside: people who left and have not come back. Where they may come in again, nobody of
  ///     them is in. Less than 0: so many more came back than had left, at doors that could not hear
  ///     each other.
  package init(
    pass: Pass, eventID: String, admittedHere: Int, outside: Int = 0, rules: Rules
  ) {
    let usages = pass.usages(forEvent: eventID)
    let allowed: Int
    if usages.isEmpty {
      allowed = rules.eventWithoutUsage == .admit ? 1 : 0
    } else {
      allowed = usages.reduce(0) { $0.addingClamped(max(0, $1.beneficiaries ?? 1)) }
    }
    let ever = pass.peopleCountedIn(eventID: eventID).addingClamped(max(0, admittedHere))
    let used =
      switch rules.reentry {
      case .refuse: ever
      case .allow: max(0, ever.addingClamped(-outside))
      }
    let isUsedUp = !rules.partialEntry && used > 0
    self.init(allowed: allowed, used: isUsedUp ? allowed : used)
  }

  /// The same count after `people` of those remaining came in.
  package func admitting(_ people: Int) -> HeadCount {
    HeadCount(allowed: allowed, used: used, admitted: people)
  }

  /// The same count after `people` were let in by hand, for whom there may have been no room.
  package func lettingIn(_ people: Int) -> HeadCount {
    HeadCount(allowed: max(allowed, used.addingClamped(people)), used: used, admitted: people)
  }

  /// The same count seen by a scan that lets nobody in: those admitted before are used.
  package var withAdmittedUsed: HeadCount {
    HeadCount(allowed: allowed, used: used + admitted)
  }
}

extension Pass {
  /// The events for which it may bring somebody, each once.
  package var eventIDs: [String] {
    var ids: [String] = []
    for usage in usages where usage.beneficiaries ?? 1 > 0 && !ids.contains(usage.eventID) {
      ids.append(usage.eventID)
    }
    return ids
  }

  /// People in at an event according to the service.
  package func peopleCountedIn(eventID: String) -> Int {
    usages(forEvent: eventID).reduce(0) { sum, usage in
      usage.isCheckedIn ? sum.addingClamped(max(1, usage.peopleCountedIn ?? 1)) : sum
    }
  }
}
