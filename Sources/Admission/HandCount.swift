import FoundationEssentials

/// Somebody without a code whom staff counted in or out.
package struct HandCount: Sendable, Equatable {
  /// What it is called wherever it is recorded.
  package var id: AdmissionID
  package var direction: DoorDirection
  /// Its code is empty.
  package var scan: ScanRecord

  package init(id: AdmissionID = .new(), direction: DoorDirection, scan: ScanRecord) {
    self.id = id
    self.direction = direction
    self.scan = scan
  }

  /// Staff press once for each person.
  package static let people = 1
}
