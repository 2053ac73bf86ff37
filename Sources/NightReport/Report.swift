package import Admission
package import Formatting
package import Foundation
package import NightStore

/// A night in figures, ready to be written in any form. Holds nothing but what the store does.
package struct Report: Sendable {
  var event: Event
  var figures: NightFigures
  var time: LocalTime
  /// The figures are of this moment: a night may still go on.
  var madeAt: Date

  package init(event: Event, figures: NightFigures, time: LocalTime, madeAt: Date) {
    self.event = event
    self.figures = figures
    self.time = time
    self.madeAt = madeAt
  }

  /// Nothing was scanned, looked at or let in.
  var isEmpty: Bool { figures == NightFigures(eventID: event.id) }

  static let nothingRecorded = "Nothing was recorded for this event."

  /// How long the service did not answer, in minutes to a tenth. What is not nothing does not become
  /// nothing by rounding.
  var minutesOffline: Decimal {
    let seconds = max(0, figures.offline / .seconds(1))
    let tenths = (seconds / 6).rounded()
    return Decimal(seconds > 0 ? max(1, tenths) : 0) / 10
  }
}

extension NightFigures.Peak {
  /// `peoplePerMinute` without binary fractions.
  var rate: Decimal { Decimal(people) * 60 / Decimal(NightFigures.peakSpan) }

  var end: Date { start.addingTimeInterval(NightFigures.peakSpan) }
}

extension NightFigures.QuarterHour {
  static let length: TimeInterval = 15 * 60

  var end: Date { start.addingTimeInterval(Self.length) }
}
