package import Admission
package import FoundationEssentials

/// A constant warning, shown as a banner for as long as it holds. Of each kind one holds at a time.
package enum Notice: Sendable, Hashable {
  /// The clock is before the day on which the program was built.
  case clockWrong
  /// The box's clock is off the service's by so many seconds; positive where the box is ahead.
  case clockOffset(seconds: TimeInterval)
  /// The median of the service's newest answers is over 700 ms.
  case slowService
  /// No safe connection to the service is made, since its certificate is refused.
  case certificateRefused
  /// Admissions cannot be written down.
  case notRecording
  /// The store was damaged: it lies aside under this file name, and a new one has begun.
  case storeSetAside(name: String)
  /// The service knows none of the passes that it has listed, so that stored ones decide.
  case serviceDenies
  /// The key may not list those kinds, so of them only codes already seen are stored; at least one.
  case preloadForbidden(kinds: [PassKind])
  /// By this rule (its configuration key) over half of tonight's passes would be refused.
  case mostNotTonight(rule: String)
  /// Three different passes in a row were for the same event, which is not tonight's here.
  case otherEvent(Event)
  /// The venue's program was not told the newest verdict, or failed at it.
  case hookFailed(HookFailure)
  /// The scanner sends no terminator after a code: so many scans were lost by it.
  case scannerWithoutEnd(lost: Int)

  /// What the warning is about, whatever its particulars.
  package enum Kind: Sendable, Hashable, CaseIterable {
    case clockWrong, clockOffset, slowService, notRecording, storeSetAside, preloadForbidden
    case mostNotTonight, otherEvent, hookFailed, scannerWithoutEnd, serviceDenies
    case certificateRefused
  }

  package var kind: Kind {
    switch self {
    case .serviceDenies: .serviceDenies
    case .clockWrong: .clockWrong
    case .clockOffset: .clockOffset
    case .slowService: .slowService
    case .certificateRefused: .certificateRefused
    case .notRecording: .notRecording
    case .storeSetAside: .storeSetAside
    case .preloadForbidden: .preloadForbidden
    case .mostNotTonight: .mostNotTonight
    case .otherEvent: .otherEvent
    case .hookFailed: .hookFailed
    case .scannerWithoutEnd: .scannerWithoutEnd
    }
  }
}
