/// The people of one pass who were admitted for one event, by any door that shares the store.
package struct EarlierAdmissions: Sendable, Equatable {
  /// Those whose entry the service's answer cannot contain.
  package var people = 0
  /// Those whose entry was reported before the answer was asked for, and not acknowledged by then:
  /// the answer may contain them.
  package var inDoubt = 0
  /// Those whose entry was acknowledged before the answer was asked for: it contains them.
  package var acknowledged = 0
  /// The first of them all; nil while there is none.
  package var first: Entry?

  package init(people: Int = 0, inDoubt: Int = 0, acknowledged: Int = 0, first: Entry? = nil) {
    self.people = people
    self.inDoubt = inDoubt
    self.acknowledged = acknowledged
    self.first = first
  }

  /// People admitted here who are not among the `counted` that the service has counted in. What it
  /// counted beyond those acknowledged is taken to be those in doubt: a report whose answer was lost
  /// must not count a guest twice.
  package func missing(from counted: Int) -> Int {
    let (delivered, overflow) = max(0, counted).subtractingReportingOverflow(acknowledged)
    let stillInDoubt = max(0, inDoubt - (overflow ? 0 : max(0, delivered)))
    let (sum, isTooMany) = people.addingReportingOverflow(stillInDoubt)
    return isTooMany ? .max : sum
  }
}
