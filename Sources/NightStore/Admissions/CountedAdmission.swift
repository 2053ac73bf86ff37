import Admission
import FoundationEssentials
import GRDB

/// An admission as earlier ones are counted, in the store or on a ledger.
struct CountedAdmission {
  var id: AdmissionID?
  var isOfOtherDoor: Bool
  var at: Double
  var door: String
  var passKind: String
  /// Who came in by it for the first time, who again, and who left.
  var people: Int
  var back: Int
  var gone: Int
  /// Of those who left, whom no door saw come in.
  var unseen: Int
  var reported: Stamp?
  var reportedPeople: Int?
  var acknowledged: Stamp?
  var acknowledgedPeople: Int?
  /// People of the pass whom the service had counted in before it was told; nil where unknown.
  var countedIn: Int?
  var counted: Stamp?
  /// Nil where it was found by its pass.
  var code: String?

  static let columns = """
    id, entry_id, origin, at, door, people, reported_at, reported_people, acknowledged_at,
    acknowledged_people, counted_in, counted_at, reported_order, acknowledged_order, counted_order,
    pass_kind, back, gone, unseen
    """
}

extension CountedAdmission {
  init(_ row: Row) {
    let id: String? = row["entry_id"]
    let origin: String? = row["origin"]
    self.init(
      id: id.flatMap(AdmissionID.init(rawValue:)), isOfOtherDoor: origin != nil, at: row["at"],
      door: row["door"], passKind: row["pass_kind"], people: row["people"],
      back: row["back"], gone: row["gone"], unseen: row["unseen"],
      reported: Stamp(row, "reported"), reportedPeople: row["reported_people"],
      acknowledged: Stamp(row, "acknowledged"), acknowledgedPeople: row["acknowledged_people"],
      countedIn: row["counted_in"], counted: Stamp(row, "counted"), code: row["code"])
  }
}

/// When something was asked for or told.
struct Stamp {
  /// By the wall clock, in seconds since 1970.
  let wall: Double
  /// In the order of answers, which goes before what a clock read that may have been set in between;
  /// nil where it is not known.
  let order: Double?

  init(_ wall: Date, order: Double?) {
    self.init(wall.timeIntervalSince1970, order: order)
  }

  init(_ wall: Double, order: Double?) {
    self.wall = wall
    self.order = order
  }

  /// - Returns: nil where the row has no such time.
  init?(_ row: Row, _ name: String) {
    guard let wall: Double = row[name + "_at"] else { return nil }
    self.init(wall, order: row[name + "_order"])
  }

  func isBefore(_ other: Stamp) -> Bool {
    guard let order, let its = other.order else { return wall < other.wall }
    return order < its
  }
}
