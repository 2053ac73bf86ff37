package import FoundationEssentials

/// What an admission would be recorded under, with the scan that asks for it.
package struct AdmissionEntry: Sendable, Equatable {
  /// What the admission is called wherever it is recorded.
  package var id: AdmissionID
  package var kind: PassKind
  package var passID: String
  package var eventID: String
  /// When the answer that is judged was asked for: an entry that was acknowledged before is in it.
  package var answeredAt: Date
  /// The same in the order of answers and reports, which goes before the wall clock; nil where only
  /// that is known.
  package var answered: AnswerMoment?
  /// People of the pass whom that answer had counted in; nil where that is unknown.
  package var countedIn: Int?
  /// Its door and time are also the admission's.
  package var scan: ScanRecord
  /// True: judge as always, but record nobody.
  package var isDryRun: Bool
  /// Out: people leave by it.
  package var direction: DoorDirection
  /// Nil: the entry is not to be reported to the service.
  package var report: ReportOrder?
  /// True: it was tried before, and kept for others; where one of them has recorded it, it is there.
  package var mayBeRecorded = false
  /// What the shared ledger holds of the pass's admissions: the store takes it over before the scan is
  /// judged.
  package var onLedger: [LedgerAdmission] = []
  /// What other doors did that the store may not hold yet: it takes that over, too. Only where the house
  /// is nearly full.
  package var news: [LedgerAdmission] = []
  /// People that the house holds, where nobody may come in beyond that: everybody inside is counted.
  package var places: Int?
  /// Seconds by which this box's clock is ahead of the shared ledger's; nil where nobody knows, or there
  /// is none.
  package var clockOffset: TimeInterval?
  /// True: a departure is recorded although nobody is known to be inside. Another door may have let in
  /// whom this one has not heard of yet.
  package var keepsUnmet = false

  package init(
    id: AdmissionID = .new(), kind: PassKind = .pass, passID: String, eventID: String,
    answeredAt: Date,
    answered: AnswerMoment? = nil, countedIn: Int? = nil, scan: ScanRecord, isDryRun: Bool = false,
    direction: DoorDirection = .in, report: ReportOrder? = nil
  ) {
    self.id = id
    self.kind = kind
    self.passID = passID
    self.eventID = eventID
    self.answeredAt = answeredAt
    self.answered = answered
    self.countedIn = countedIn
    self.scan = scan
    self.isDryRun = isDryRun
    self.direction = direction
    self.report = report
  }
}

/// A pass at an event, as its entries are counted.
package struct PassAtEvent: Sendable, Equatable {
  package var kind: PassKind
  /// An empty one is nobody's.
  package var id: String
  package var eventID: String
  /// An admission on the same code counts, whatever its pass.
  package var code: String

  package init(kind: PassKind = .pass, id: String, eventID: String, code: String) {
    self.kind = kind
    self.id = id
    self.eventID = eventID
    self.code = code
  }
}

extension AdmissionEntry {
  /// The pass as it is recorded: of who leaves, none may be known.
  package var passOfRecord: String? {
    switch direction {
    case .in: passID
    case .out: passID.isEmpty ? nil : passID
    }
  }

  package var pass: PassAtEvent {
    PassAtEvent(kind: kind, id: passID, eventID: eventID, code: scan.code)
  }
}

/// How an admission is to be reported to the service.
package struct ReportOrder: Sendable, Equatable {
  /// The option of the rate that the pass was sold at; nil where none is known.
  package var optionID: String?
  /// Not before then, so that staff may still correct the number of people.
  package var earliest: Date

  package init(optionID: String?, earliest: Date) {
    self.optionID = optionID
    self.earliest = earliest
  }
}

/// An admission by hand: staff let in whom the rules did not.
package struct HandAdmission: Sendable, Equatable {
  /// What the admission is called wherever it is recorded.
  package var id: AdmissionID
  /// Nil where no pass is known, as is `passID`.
  package var kind: PassKind?
  package var passID: String?
  /// At least 1, and at most `mostPeople`.
  package var people: Int
  /// People of the pass who were outside before it: they come back in, and do not come twice.
  package var outside: Int
  /// Why the rules did not.
  package var reason: Reason
  package var scan: ScanRecord

  /// As many people come in together by hand: as many as two digits say.
  package static let mostPeople = 99

  package init(
    id: AdmissionID = .new(), kind: PassKind? = .pass, passID: String?, people: Int = 1,
    outside: Int = 0, reason: Reason, scan: ScanRecord
  ) {
    self.id = id
    self.kind = passID == nil ? nil : kind
    self.passID = passID
    self.people = people
    self.outside = outside
    self.reason = reason
    self.scan = scan
  }

  /// Nil where no event is chosen.
  package var pass: PassAtEvent? {
    scan.eventID.map {
      PassAtEvent(kind: kind ?? .pass, id: passID ?? "", eventID: $0, code: scan.code)
    }
  }
}
