import Admission
import CheckIn
import Foundation
import SharedLedger

/// What came of asking the shared ledger once.
struct LedgerSurvey: Sendable {
  /// Nil where it answered and is current.
  var failure: LedgerError?
  /// From a question to its answer on a connection that is there.
  var roundTrip: Duration = .zero
  /// What the door's role may not do there, such as `INSERT on admissions`.
  var lackingRights: [String] = []
  /// What was committed there outlives a power cut.
  var isDurable = true
  /// Seconds by which this box's clock is ahead of the ledger's.
  var clockOffset: TimeInterval = 0
  /// Of the last 24 hours, this one left out.
  var otherDoors: [DoorOnLedger] = []
}

extension LedgerSurvey {
  /// Asks as the door would, and changes nothing.
  /// - Parameter doorID: of this door, which is left out of the others.
  static func ask(_ address: LedgerAddress, besides doorID: String?) async -> LedgerSurvey {
    var survey = LedgerSurvey()
    do throws(LedgerError) {
      let facts = try await LedgerFacts.ask(address)
      survey.roundTrip = facts.latency
      survey.clockOffset = facts.clockOffset
      survey.isDurable = facts.isDurable
      survey.lackingRights = facts.lackingRights
      if !facts.isCurrent {
        let version = facts.identity.map { "it is version \($0.version)" } ?? "it has no tables"
        throw .notCurrent("\(version), and version \(facts.neededVersion) is needed")
      }
      if facts.isReadOnly { throw .refused("it takes no writes") }
      if survey.lackingRights.isEmpty { survey.otherDoors = try await doors(at: address, doorID) }
    } catch {
      survey.failure = error
    }
    return survey
  }

  private static func doors(
    at address: LedgerAddress, _ doorID: String?
  ) async throws(LedgerError) -> [DoorOnLedger] {
    let ledger = PostgresLedger(address)
    do throws(LedgerError) {
      let doors = try await ledger.doors(thisDoor: doorID).filter { $0.id != doorID }
      await ledger.close()
      return doors
    } catch {
      await ledger.close()
      throw error
    }
  }
}
