import Admission

extension AdmissionsOfThisProcess.Admission {
  /// The store holds it as it is.
  var isSaved: Bool {
    switch state {
    case .beingWritten, .unwritten: false
    case .written(_, let standing): standing == self.standing
    }
  }

  func isMeant(by reference: AdmissionReference) -> Bool {
    switch reference {
    case .own(let id): return id == self.id
    case .stored(let storedID):
      guard case .earlier = kind, case .written(storedID, _) = state else { return false }
      return true
    }
  }

  /// What so many people of it count for.
  func earlier(people: Int) -> EarlierAdmissions {
    let scan = kind.scan
    let entry = people > 0 ? Entry(at: scan.at, door: scan.door) : nil
    switch kind.direction {
    case .in:
      let back = min(people, kind.outside)
      var earlier = EarlierAdmissions(people: people - back, first: entry)
      (earlier.outside, earlier.seenInside) = (-back, people)
      earlier.lastBack = back > 0 ? entry : nil
      return earlier
    case .out:
      var earlier = EarlierAdmissions()
      let unseen = people == 0 ? 0 : kind.departure?.correcting(people).unseen ?? 0
      (earlier.outside, earlier.seenInside) = (people, unseen - people)
      earlier.lastLeft = entry
      return earlier
    }
  }

  /// People who came in or left by it and were not taken back.
  var standing: Int { undoneAt == nil ? people : 0 }

  /// The same, as far as the store knows.
  var standingInStore: Int {
    switch state {
    case .beingWritten, .unwritten: 0
    case .written(_, let standing): standing
    }
  }

  var identities: [PassIdentity] {
    switch kind {
    case .counted(let entry, _): entry.identities
    case .byHand(let hand): hand.identities
    case .counter: []
    // It is only taken back, which lets nobody in.
    case .earlier: []
    }
  }

  /// The most people that it may be changed to.
  var mostPeople: Int {
    switch kind {
    case .counted(_, let decision):
      decision.departure?.inside ?? decision.count.map { $0.allowed - $0.used } ?? people
    case .byHand: HandAdmission.mostPeople
    case .counter: HandCount.people
    case .earlier: people
    }
  }

  /// As an end of the program keeps it.
  var unsaved: UnsavedAdmission {
    let making: UnsavedAdmission.Making =
      switch kind {
      case .counted(let entry, let decision): .counted(entry, decision)
      case .byHand(let hand): .byHand(hand)
      case .counter(let count): .counter(count)
      case .earlier(_, let scan): .earlier(scan)
      }
    return UnsavedAdmission(
      making: making, people: people, undoneAt: undoneAt, changedAt: changedAt)
  }

  /// As the store would tell it.
  var recorded: RecordedAdmission {
    let passID: String? =
      switch kind {
      case .counted(let entry, _): entry.passOfRecord
      case .byHand(let hand): hand.passID
      case .counter: nil
      case .earlier(let admission, _): admission.passID
      }
    return RecordedAdmission(
      id: id, passID: passID, code: kind.scan.code, eventID: kind.scan.eventID, people: people,
      mostPeople: mostPeople, at: kind.scan.at, passage: kind.passage, direction: kind.direction,
      isReported: false)
  }
}

extension AdmissionsOfThisProcess.Kind {
  /// As it was recorded first.
  var people: Int {
    switch self {
    case .counted(_, let decision): decision.people
    case .byHand(let hand): hand.people
    case .counter: HandCount.people
    case .earlier(let admission, _): admission.people
    }
  }

  var passage: Passage {
    switch self {
    case .counted(let entry, _): entry.direction == .in ? .counted : .left
    case .byHand: .byHand
    case .counter: .counter
    case .earlier(let admission, _): admission.passage
    }
  }

  var direction: DoorDirection {
    switch self {
    case .counted(let entry, _): entry.direction
    case .byHand: .in
    case .counter(let count): count.direction
    case .earlier(let admission, _): admission.direction
    }
  }

  /// Who leaves by it; nil where it is no scan at an exit.
  var departure: Departure? {
    switch self {
    case .counted(_, let decision): decision.departure
    case .byHand, .counter, .earlier: nil
    }
  }

  /// People of its pass who had left before it and come in again first.
  var outside: Int {
    switch self {
    case .counted(_, let decision): decision.outside
    case .byHand(let hand): hand.outside
    case .counter: 0
    case .earlier(let admission, _): admission.back
    }
  }

  /// Staff did it, not a scan.
  var isByStaff: Bool {
    switch self {
    case .counted, .earlier: false
    case .byHand, .counter: true
    }
  }

  var scan: ScanRecord {
    switch self {
    case .counted(let entry, _): entry.scan
    case .byHand(let hand): hand.scan
    case .counter(let count): count.scan
    case .earlier(_, let scan): scan
    }
  }

  /// What it is called in the ledger that several doors share; nil where the store alone knows.
  var entryID: AdmissionID? {
    switch self {
    case .counted(let entry, _): entry.id
    case .byHand(let hand): hand.id
    case .counter(let count): count.id
    case .earlier: nil
    }
  }

  /// The pass that it is of, where one is known.
  var pass: PassAtEvent? {
    switch self {
    case .counted(let entry, _): entry.pass
    case .byHand(let hand): hand.pass
    case .counter, .earlier: nil
    }
  }

  /// The pass that it was counted on.
  var countedPass: PassAtEvent? {
    switch self {
    case .counted(let entry, _): entry.pass
    case .byHand, .counter, .earlier: nil
    }
  }
}
