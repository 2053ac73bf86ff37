import Admission
import Formatting

/// Every word of a report in one language. Names and columns of JSON and CSV are public and the same in
/// all of them.
protocol ReportTexts: Sendable {
  /// Between a number's whole part and its tenths.
  var decimalMark: String { get }
  func percent(_ share: String) -> String
  /// Short names, from Sunday on.
  var weekdays: [String] { get }
  /// - Parameter amount: `1 h`.
  func clocksGo(back: Bool, _ amount: String) -> String

  // MARK: The sentence

  /// - Parameters:
  ///   - share: nil where nobody was expected.
  ///   - soFar: the night goes on.
  func came(_ people: Int, of expected: Int, share: String?, soFar: Bool) -> String
  /// Nobody knows how many were expected.
  func came(_ people: Int, soFar: Bool) -> String
  func busiest(at time: String, aMinute rate: String) -> String
  /// - Parameter isOne: exactly one minute.
  func offline(minutes: String, isOne: Bool) -> String
  var neverOffline: String { get }

  // MARK: What is to be known of the figures

  var nothingRecorded: String { get }
  func recorded(_ span: String) -> String
  func goesOn(asOf time: String) -> String
  func made(at time: String) -> String
  func expectedByList(of time: String) -> String
  /// The same of several kinds of codes.
  func expectedByLists(of time: String) -> String
  var neverListed: String { get }
  var forgotten: String { get }
  func unexpected(_ people: Int) -> String
  func elsewhere(_ people: Int) -> String
  /// People are those of all doors, scans those of one.
  var ofSeveralBoxes: String { get }
  /// Entries that the next start records, and that are counted.
  func waiting(_ entries: Int) -> String
  /// Files or lines beside the store that cannot be read.
  func unreadable(_ entries: Int) -> String
  var noCapacity: String { get }
  func places(_ capacity: Int, people: Int, share: String) -> String
  func full(_ capacity: Int, since time: String) -> String
  /// So many more than the capacity.
  func over(_ people: Int) -> String
  var leaversNotCounted: String { get }
  /// Where people are counted out.
  /// - Parameter most: who were inside at once.
  func placesInside(_ capacity: Int, most: Int, share: String) -> String
  /// So many more than the capacity were inside at once.
  func overInside(_ people: Int) -> String
  /// Above the drawing of all who had come by then.
  /// - Parameter places: the capacity, which is dashed; nil where it is not known.
  func allSoFar(places: Int?) -> String
  /// Above the drawing of who was inside.
  func insideByQuarter(places: Int?) -> String
  func andMore(_ rows: Int, _ where: MoreRows) -> String

  // MARK: Titles and heads

  func title(_ section: ReportSection) -> String
  func head(_ column: ReportHead) -> String
  func label(_ figure: ReportLabel) -> String

  // MARK: Words of figures

  /// After their number: `people in 280 entries`.
  func people(_ people: Int, inEntries entries: Int) -> String
  /// After the number of people: `from 00:45 on, 13.6 a minute`.
  func peak(from time: String, aMinute rate: String) -> String
  func minutes(isOne: Bool) -> String
  /// After the number of people: `from 01:20 on`.
  func sinceWhen(_ time: String) -> String
  /// After the number of minutes: `minutes from 01:20 to 02:45`.
  func nearlyFull(from start: String, until end: String, isOne: Bool) -> String
  var countedOnce: String { get }
  var withoutAdmitting: String { get }
  var unknownKind: String { get }
  var unknownType: String { get }
  var total: String { get }

  // MARK: Scans and what was told to the service

  func word(_ kind: PassKind) -> String
  func word(_ verdict: Verdict) -> String
  func word(_ reason: Reason) -> String
  func word(_ trouble: SendingTrouble) -> String
  func refused(because reason: String) -> String
  var undoneAfterReport: String { get }
  var undonePerhapsReported: String { get }
  func changed(reported: Int, people: Int) -> String
  func lookUp(_ reason: String) -> String
}

/// A part of a report.
enum ReportSection: CaseIterable {
  case attendance
  /// Where nobody knows how many were expected.
  case passTypes
  /// The same two where others than passes came.
  case attendanceByKind, kindsAndTypes
  case kinds
  case night, quarters, doorHours, byHand, takenBack, retried, doubleEntries, verdicts, toCorrect,
    refused, waiting
}

/// What stands above a column.
enum ReportHead: CaseIterable {
  case passType, kindAndType, kind, expected, came, missing, notYet, share, day, from, people,
    inAll, inside, ofPlaces, door,
    time, code, pass, reason, backAt, refusals, span, doors, lastReason, peopleIn, allowed, verdict,
    scans,
    whatHappened
}

/// A figure of the night.
enum ReportLabel: CaseIterable {
  case admitted, onStoredAnswers, byHand, takenBack, unreported, peak, offline, scans, exitScans,
    repeats, looks
  case back, left, leftUnseen, countedIn, countedOut
  case inside, insideNow, mostInside, nearlyFull
}

/// Where the rest of a list is.
enum MoreRows: CaseIterable {
  /// On a terminal: in another form.
  case json
  /// On paper: on the screen.
  case page
}

/// Why an entry could not be told to the service, as the store has it.
enum SendingTrouble: String, CaseIterable {
  case notSentYet = "not sent yet"
  case noAnswerYet = "sent, and no answer yet"
  case noAnswer = "no answer came"
  case noAnswerAndNotAgain = "no answer came: the service may count it or not"
  case keyMayNot = "the key may not report entries"
  case cannotNow = "the service cannot take it now"
  case notReached = "the service was not reached"
  case passWithoutID = "the pass has no id"
}

extension Language {
  var reportTexts: any ReportTexts {
    switch self {
    case .english: EnglishReport()
    case .spanish: SpanishReport()
    case .french: FrenchReport()
    case .italian: ItalianReport()
    case .portuguese: PortugueseReport()
    }
  }
}
