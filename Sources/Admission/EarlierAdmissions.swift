import FoundationEssentials

/// The people of one pass who were admitted for one event, by any door that shares the store.
package struct EarlierAdmissions: Sendable, Equatable {
  /// An admission of which the service was told before the answer was asked for, and which it had
  /// not acknowledged by then: the answer may contain it.
  package struct Doubt: Sendable, Equatable {
    /// At most as many as the service was told of.
    package var people: Int
    /// People in the answer that it cannot be: those whom the service had counted in before it was
    /// told, and ours whom it acknowledged since.
    package var countedWithout: Int
    /// People of doubts that the service was told of before `countedWithout` was asked for: they
    /// may be among those already.
    package var olderDoubts: Int

    package init(people: Int, countedWithout: Int, olderDoubts: Int = 0) {
      self.people = people
      self.countedWithout = countedWithout
      self.olderDoubts = olderDoubts
    }
  }

  /// Those whose entry the service's answer cannot contain.
  package var people = 0
  package var doubts: [Doubt] = []
  /// The first of them all, acknowledged ones included; nil while there is none.
  package var first: Entry?
  /// People who left and have not come back; less than 0 in what is to be added to others.
  package var outside = 0
  /// People who are inside and whom a door saw come in: those whom the service alone counted in are
  /// not among them. Less than 0 in what is to be added to others.
  package var seenInside = 0
  /// The last time that somebody who had left came in again; nil where nobody did.
  package var lastBack: Entry?
  /// The last time that somebody left; nil where nobody did.
  package var lastLeft: Entry?
  /// People inside on whatever pass; nil where nobody asked for them (`AdmissionEntry.places`).
  package var everybodyInside: Int?

  package init(people: Int = 0, doubts: [Doubt] = [], first: Entry? = nil) {
    self.people = people
    self.doubts = doubts
    self.first = first
  }

  /// Both together: the first of them all is the earlier one, the last who left or came back
  /// the later one.
  package func adding(_ other: EarlierAdmissions) -> EarlierAdmissions {
    var sum = self
    sum.people = people.addingClamped(other.people)
    sum.doubts += other.doubts
    if let entry = other.first, entry.at < first?.at ?? .distantFuture { sum.first = entry }
    sum.outside += other.outside
    sum.seenInside += other.seenInside
    if let entry = other.lastBack, entry.at > lastBack?.at ?? .distantPast { sum.lastBack = entry }
    if let entry = other.lastLeft, entry.at > lastLeft?.at ?? .distantPast { sum.lastLeft = entry }
    return sum
  }

  /// Takes people out again that were added.
  package mutating func subtract(_ other: EarlierAdmissions) {
    people -= other.people
    outside -= other.outside
    seenInside -= other.seenInside
  }

  /// Puts the people of one admission, as they are now, in the place of those it had.
  package mutating func replacePeople(_ before: EarlierAdmissions, by after: EarlierAdmissions) {
    subtract(before)
    people += after.people
    outside += after.outside
    seenInside += after.seenInside
  }

  /// People admitted here who are not among the `counted` that the service has counted in.
  ///
  /// A report whose answer was lost must not count a guest twice, so what the service has counted
  /// beyond what was there before a doubt is taken to be the doubt. Another door's people who came
  /// before are not.
  package func missing(from counted: Int) -> Int {
    let doubted = doubts.reduce(0) { $0.addingClamped($1.people) }
    // Of each doubt and those after it no more can be in the answer than its surplus.
    let contained = doubts.map { doubt in
      max(0, max(0, counted) - max(0, doubt.countedWithout)).addingClamped(doubt.olderDoubts)
    }
    return people.addingClamped(max(0, doubted - (contained.min() ?? 0)))
  }
}

extension Int {
  /// A hostile answer may hold any number: a sum of what is not negative stays at the largest.
  package func addingClamped(_ other: Int) -> Int {
    let (sum, overflow) = addingReportingOverflow(other)
    return overflow ? .max : sum
  }
}
