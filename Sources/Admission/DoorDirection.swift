/// Which way people go through a door, as it counts them (`door.direction`).
package enum DoorDirection: String, Sendable, Equatable, CaseIterable {
  case `in`, out

  package var opposite: DoorDirection {
    switch self {
    case .in: .out
    case .out: .in
    }
  }
}
