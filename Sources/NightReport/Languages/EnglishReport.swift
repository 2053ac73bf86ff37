import Admission

struct EnglishReport: ReportTexts {
  let decimalMark = "."
  func percent(_ share: String) -> String { "\(share) %" }
  let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
  func clocksGo(back: Bool, _ amount: String) -> String {
    "clocks go \(back ? "back" : "forward") \(amount)"
  }

  func came(_ people: Int, of expected: Int, share: String?, soFar: Bool) -> String {
    let came = "\(people) of \(expected) came\(share.map { ", \($0)" } ?? "")"
    return soFar ? "So far \(came)" : came
  }
  func came(_ people: Int, soFar: Bool) -> String {
    (soFar ? "So far " : "") + "\(people) came, of how many is not known"
  }
  func busiest(at time: String, aMinute rate: String) -> String {
    "busiest \(time), \(rate) a minute"
  }
  func offline(minutes: String, isOne: Bool) -> String {
    "offline \(minutes) \(self.minutes(isOne: isOne))"
  }
  let neverOffline = "never offline"

  let nothingRecorded = "Nothing was recorded for this event."
  func recorded(_ span: String) -> String { "Scans from \(span)" }
  func goesOn(asOf time: String) -> String {
    "The night is not over: these are the figures of \(time)."
  }
  func made(at time: String) -> String { "Figures of \(time), doorcheck" }
  func expectedByList(of time: String) -> String {
    "Expected: people on the valid passes that Fourvenues listed at \(time)."
  }
  func expectedByLists(of time: String) -> String {
    "Expected: people on all valid codes that Fourvenues listed at \(time)."
  }
  let neverListed =
    "How many were expected is not known: the list of passes was never fetched whole."
  let forgotten =
    "How many were expected is not known any more: the passes are deleted (store.keep_days)."
  func unexpected(_ people: Int) -> String {
    people == 1
      ? "1 more was let in who is not on that list, or came beyond what a pass allows."
      : "\(people) more were let in who are not on that list, or came beyond what a pass allows."
  }
  func elsewhere(_ people: Int) -> String {
    people == 1
      ? "1 who came was not let in here: Fourvenues has counted that person in."
      : "\(people) who came were not let in here: Fourvenues has counted them in."
  }
  let ofSeveralBoxes =
    "People are those of all doors; scans, refusals and answers are those of this box "
    + "alone."
  func waiting(_ entries: Int) -> String {
    entries == 1
      ? "1 entry is counted that is not in the store yet: the next start of doorcheck records it."
      : "\(entries) entries are counted that are not in the store yet: the next start of doorcheck "
        + "records them."
  }
  func unreadable(_ entries: Int) -> String {
    entries == 1
      ? "1 unsaved entry beside the store cannot be read, and is not counted."
      : "\(entries) unsaved entries beside the store cannot be read, and are not counted."
  }
  let noCapacity = "How many the venue holds is not known: door.capacity is not set."
  func places(_ capacity: Int, people: Int, share: String) -> String {
    "\(people) let in, of \(capacity) places: \(share)."
  }
  func full(_ capacity: Int, since time: String) -> String {
    "All \(capacity) places were taken at \(time)."
  }
  func over(_ people: Int) -> String { "At the end \(people) more had been let in." }
  let leaversNotCounted = "Whoever left is not counted off."
  func placesInside(_ capacity: Int, most: Int, share: String) -> String {
    "At most \(most) inside at once, of \(capacity) places: \(share)."
  }
  func overInside(_ people: Int) -> String { "At most \(people) more than that were inside." }
  func allSoFar(places: Int?) -> String {
    "all who had come by then" + (places.map { "; dashed: \($0) places" } ?? "")
  }
  func insideByQuarter(places: Int?) -> String {
    "the most who were inside" + (places.map { "; dashed: \($0) places" } ?? "")
  }
  func andMore(_ rows: Int, _ more: MoreRows) -> String {
    switch more {
    case .json: "and \(rows) more: see --format json"
    case .page: "and \(rows) more: open this page on a screen"
    }
  }

  func title(_ section: ReportSection) -> String {
    switch section {
    case .attendance: "Expected and came, by pass type"
    case .passTypes: "By pass type"
    case .attendanceByKind: "Expected and came, by kind and type"
    case .kindsAndTypes: "By kind and type"
    case .kinds: "By kind"
    case .night: "The night"
    case .quarters: "People by quarter of an hour"
    case .doorHours: "People by door and hour"
    case .byHand: "Let in by hand"
    case .takenBack: "Taken back"
    case .retried: "Codes refused again and again"
    case .doubleEntries: "Let in at several doors, more than the pass allows"
    case .verdicts: "Scans by verdict and reason"
    case .toCorrect: "To correct by hand at the service"
    case .refused: "Refused by the service"
    case .waiting: "Still to be reported to the service"
    }
  }
  func head(_ column: ReportHead) -> String {
    switch column {
    case .passType: "pass type"
    case .kindAndType: "kind and type"
    case .kind: "kind"
    case .expected: "expected"
    case .came: "came"
    case .missing: "no-shows"
    case .notYet: "not yet here"
    case .share: "share"
    case .day: "day"
    case .from: "from"
    case .people: "people"
    case .inAll: "in all"
    case .inside: "inside"
    case .ofPlaces: "of places"
    case .door: "door"
    case .time: "time"
    case .code: "code"
    case .pass: "pass"
    case .reason: "the panel said"
    case .lastReason: "last reason"
    case .backAt: "taken back"
    case .refusals: "refused"
    case .span: "from – to"
    case .doors: "doors"
    case .peopleIn: "let in"
    case .allowed: "allowed"
    case .verdict: "verdict"
    case .scans: "scans"
    case .whatHappened: "what happened"
    }
  }
  func label(_ figure: ReportLabel) -> String {
    switch figure {
    case .admitted: "Let in"
    case .onStoredAnswers: "on stored answers"
    case .byHand: "by hand"
    case .takenBack: "Taken back"
    case .unreported: "Not told to the service"
    case .peak: "Busiest 5 minutes"
    case .offline: "Offline"
    case .scans: "Scans"
    case .repeats: "Read again"
    case .looks: "Looked at"
    case .exitScans: "at exits"
    case .back: "Back in"
    case .left: "Left"
    case .leftUnseen: "not seen coming in"
    case .countedIn: "no code, counted in"
    case .countedOut: "no code, counted out"
    case .inside: "Inside at the end"
    case .insideNow: "Inside now"
    case .mostInside: "Most inside"
    case .nearlyFull: "95 % full or more"
    }
  }

  func people(_ people: Int, inEntries entries: Int) -> String {
    "\(people == 1 ? "person" : "people") in \(entries) \(entries == 1 ? "entry" : "entries")"
  }
  func peak(from time: String, aMinute rate: String) -> String {
    "people from \(time) on, \(rate) a minute"
  }
  func minutes(isOne: Bool) -> String { isOne ? "minute" : "minutes" }
  func sinceWhen(_ time: String) -> String { "people from \(time) on" }
  func nearlyFull(from start: String, until end: String, isOne: Bool) -> String {
    "\(minutes(isOne: isOne)) at a stretch, \(start) to \(end)"
  }
  let countedOnce = "by the scanner, counted once"
  let withoutAdmitting = "without letting in"
  let unknownKind = "(kind not known)"
  let unknownType = "(type not known)"
  let total = "all"

  func word(_ kind: PassKind) -> String {
    switch kind {
    case .pass: "Pass"
    case .ticket: "Ticket"
    case .list: "Guest list"
    case .booking: "Booking"
    }
  }
  func word(_ verdict: Verdict) -> String {
    switch verdict {
    case .admit: "green, let in"
    case .refuse: "red, refused"
    case .unverified: "amber, not verified"
    case .out: "out, left"
    }
  }
  func word(_ reason: Reason) -> String {
    switch reason {
    case .unreadableCode: "unreadable scan"
    case .noEvent: "no event chosen"
    case .unauthorized: "key refused"
    case .rateLimited: "service busy"
    case .serviceError: "service failed"
    case .offline: "no answer"
    case .unknownPass: "no such pass"
    case .wrongOrganization: "another venue"
    case .archived: "archived"
    case .notActive: "not active"
    case .notTonight: "other night"
    case .wrongDoor: "wrong door"
    case .tooEarly: "too early"
    case .tooLate: "too late"
    case .alreadyUsed: "already used"
    case .venueFull: "venue full"
    case .valid: "valid"
    case .left: "left"
    case .nobodyInside: "nobody inside"
    }
  }
  func word(_ trouble: SendingTrouble) -> String { trouble.rawValue }
  func refused(because reason: String) -> String { "refused: \(reason)" }
  let undoneAfterReport = "reported, then undone: nobody came in"
  let undonePerhapsReported = "undone; the service may have counted it: look it up"
  func changed(reported: Int, people: Int) -> String { "\(reported) reported, \(people) came in" }
  func lookUp(_ reason: String) -> String { "\(reason); look it up" }
}
