package import Admission
package import CheckIn
import Foundation
package import Fourvenues

extension FourvenuesClient: EntrySender {
  package func send(_ report: EntryReport) async -> EntryDelivery {
    do throws(EntryReportFailure) {
      try await reportEntry(report)
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
