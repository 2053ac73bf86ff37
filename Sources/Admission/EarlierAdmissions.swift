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

  package init(people: Int = 0, doubts: [Doubt] = [], first: Entry? = nil) {
    self.people = people
    self.doubts = doubts
    self.first = first
  }

  /// Both together; the first of them all is the earlier one.
  package func adding(_ other: EarlierAdmissions) -> EarlierAdmissions {
    var sum = self
    sum.people = people.addingClamped(other.people)
    sum.doubts += other.doubts
    if let entry = other.first, entry.at < first?.at ?? .distantFuture { sum.first = entry }
    return sum
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
