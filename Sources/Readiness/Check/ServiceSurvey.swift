import Admission
import CheckIn
import Foundation
import Fourvenues
import NightStore

/// What came of asking the service once for everything that a night needs.
package struct ServiceSurvey: Sendable {
  /// The newest exchange of each endpoint that was asked.
  var exchanges: [Endpoint: Exchange] = [:]
  var watch = ServiceWatch()
  var tonight = Tonight.none(.notChosen)
  /// What the service did not tell of the event is what it told before.
  var isEventStored = false
  /// The service knows no event of the configured id.
  var isEventUnknown: Bool { tonight.isUnknown }
  /// Nothing says that the service is at the configured address.
  var isAddressInDoubt = false
  /// The events around tonight; nil where they were not asked for, or not told.
  var listed: [Event]?
  /// Of each kind that the door takes; one that is missing was not asked for.
  var lists: [PassKind: Passes] = [:]
  var types = SeenTypes()
  /// What the store has of each kind.
  var stored: [PassKind: StoredPasses] = [:]
  /// The price lists of each kind that has some; one that is missing was not asked for.
  var priceLists: [PassKind: Rates] = [:]

  enum Passes: Sendable {
    case notAsked
    /// - Parameter isWhole: false where there are more than were asked for.
    case listed(RefusalForecast, isWhole: Bool = true)
    /// After as many passes as the forecast has; 0 where nothing came at all.
    case brokenOff(RefusalForecast, LookUpFailure)
  }

  struct StoredPasses: Sendable {
    var forecast: RefusalForecast
    /// When all of them were last fetched; nil where only some have been seen.
    var completedAt: Date?
  }

  enum Rates: Sendable {
    case notAsked
    case told([Rate])
    case failed(LookUpFailure)
    case stored([Rate], fetchedAt: Date)
  }

  /// Whether nothing that was asked was answered at all.
  var isSilent: Bool { exchanges.values.allSatisfy { $0.failure == .offline } }

  /// Whether everything of tonight that the door takes was listed.
  var isListedWhole: Bool {
    lists.values.allSatisfy { if case .listed(_, isWhole: true) = $0 { true } else { false } }
  }

  /// Whether there is no event of which passes and rates could be asked for.
  var asksForNothing: Bool { tonight.event == nil || isEventUnknown }

  mutating func note(_ exchange: Exchange, at now: Date) {
    exchanges[exchange.endpoint] = exchange
    watch.note(
      failure: exchange.failure, latency: exchange.latency,
      isLong: exchange.endpoint.isList, serverDate: exchange.serverDate,
      refusesCertificate: exchange.trouble?.isOfCertificate ?? false, at: now)
  }
}
