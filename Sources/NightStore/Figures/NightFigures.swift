package import Admission
package import FoundationEssentials

/// A night in figures. All of it is derived from the ledger and the journal. People are those of all doors
/// that share a ledger; what was scanned, refused and told to the service is this box's alone.
package struct NightFigures: Sendable, Equatable {
  package struct ReasonCount: Sendable, Equatable {
    package var reason: Reason
    package var verdict: Verdict
    package var scans: Int

    /// - Parameter verdict: the reason's own, unless it was another: who may have left unseen is not
    ///   refused for certain.
    package init(reason: Reason, verdict: Verdict? = nil, scans: Int) {
      self.reason = reason
      self.verdict = verdict ?? reason.verdict
      self.scans = scans
    }
  }

  package struct PassTypeCount: Sendable, Equatable {
    /// Nil: scans and people of whom no pass is known, or no type of one.
    package var kind: PassKind?
    /// Nil: scans and people of whom no type is known.
    package var passType: String?
    package var scans: Int
    package var people: Int

    package init(kind: PassKind? = .pass, passType: String?, scans: Int, people: Int) {
      self.kind = kind == .pass && passType == nil ? nil : kind
      self.passType = passType
      self.scans = scans
      self.people = people
    }
  }

  package struct DoorCount: Sendable, Equatable {
    package var door: String
    /// Nil: those of another box, which has them in its own journal.
    package var scans: Int?
    package var people: Int
  }

  /// People who came in from a quarter of an hour's beginning to its end.
  package struct QuarterHour: Sendable, Equatable {
    package var start: Date
    package var people: Int
  }

  /// The `NightFigures.peakSpan` in which most people came in.
  package struct Peak: Sendable, Equatable {
    /// When the first of them did.
    package var start: Date
    package var people: Int
    package var peoplePerMinute: Double { Double(people) / (NightFigures.peakSpan / 60) }
  }

  /// Admissions, and the people whom they let in.
  package struct Tally: Sendable, Equatable {
    package var admissions: Int
    package var people: Int

    package init(admissions: Int = 0, people: Int = 0) {
      self.admissions = admissions
      self.people = people
    }
  }

  /// Over how many seconds a peak is taken: 5 minutes, long enough that one group is none.
  package static let peakSpan: TimeInterval = 300

  package var eventID: String
  /// First and last line of the journal; nil while it is empty.
  package var firstAt: Date?
  package var lastAt: Date?

  /// Who is in: those undone are not among them, those by hand are.
  package var admitted = Tally()
  package var onStoredAnswers = Tally()
  package var undone = Tally()
  package var byHand = Tally()
  /// To be reported to the service, and not acknowledged.
  package var unreported = Tally()

  /// Scans, apart from repeats and looks, in the order of reasons (Contract: The verdict).
  package var reasons: [ReasonCount] = []
  package var repeats = 0
  package var looks = 0
  /// By people, most first.
  package var passTypes: [PassTypeCount] = []
  /// By name.
  package var doors: [DoorCount] = []
  /// Whether people of other boxes' doors are among these.
  package var isOfSeveralBoxes = false
  /// From the first quarter with an arrival to the last, without gaps.
  package var arrivals: [QuarterHour] = []
  package var peak: Peak?
  /// Who was inside; nil where nobody was ever counted out, back in, or without a code.
  package var occupancy: Occupancy?
  /// How long the service did not answer at all.
  package var offline: Duration = .zero
  /// Reports that staff may have to look at.
  package var reportCases: [ReportCase] = []

  package init(eventID: String) {
    self.eventID = eventID
  }

  /// Scans, apart from repeats and looks.
  package var scans: Int { reasons.reduce(0) { $0 + $1.scans } }

  package func scans(_ verdict: Verdict) -> Int {
    reasons.filter { $0.verdict == verdict }.reduce(0) { $0 + $1.scans }
  }
}
