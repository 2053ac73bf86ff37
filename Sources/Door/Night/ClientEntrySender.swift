import CheckIn
import Foundation
package import Fourvenues

/// The client as the reporter of entries wants it.
struct ClientEntrySender: EntrySender {
  let client: FourvenuesClient

  func send(_ report: CheckIn.EntryReport) async -> EntryDelivery {
    // Nothing is paid at the door as far as doorcheck knows, so the price stays 0.
    let entry = Fourvenues.EntryReport(
      passID: report.passID, eventID: report.eventID, optionID: report.optionID,
      people: report.people)
    do throws(EntryReportFailure) {
      try await client.reportEntry(entry)
      return .delivered
    } catch {
      return EntryDelivery(error)
    }
  }
}

extension EntryDelivery {
  package init(_ failure: EntryReportFailure) {
    switch failure {
    case .refused(let status): self = .refused(reason: status.map { "status \($0)" } ?? "no entry")
    case .keyRefused: self = .keyRefused
    // Told by something in between, which may have passed the entry on before.
    case .tryLater(502, _), .tryLater(504, _): self = .mayHaveArrived
    case .tryLater(let status, let after):
      self = .tryLater(after: after, mayHaveArrived: status >= 500)
    case .notSent: self = .notSent
    case .mayHaveArrived: self = .mayHaveArrived
    }
  }
}
