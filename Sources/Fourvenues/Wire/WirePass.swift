import Admission
import FoundationEssentials

/// A pass as the service writes it (FourvenuesAPI: Pass). What the verdict needs is read strictly,
/// so that a slip of the service becomes "could not verify" and never "invalid pass".
struct WirePass: WireModel {
  let pass: Pass

  private enum Key: String, CodingKey {
    case id = "_id"
    case organizationID = "organization_id"
    case code
    case customerName = "customer_fullname"
    case typeID = "type_id"
    case typeName = "type_name"
    case state, archived
    case usages = "passes_usages"
  }

  init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: Key.self)
    let code = try fields.decode(String.self, forKey: .code)
    guard !code.isEmpty else { throw Problem("empty code") }
    pass = Pass(
      // No verdict needs it: where it is missing, entries are counted by the code alone.
      id: fields.text(.id) ?? "",
      organizationID: fields.text(.organizationID),
      code: code,
      customerName: fields.text(.customerName),
      typeID: fields.text(.typeID),
      typeName: fields.text(.typeName),
      state: try fields.decode(String.self, forKey: .state),
      isArchived: try fields.decodeIfPresent(Bool.self, forKey: .archived) ?? false,
      // Missing, every guest would be red; a pass without a usage has an empty list.
      usages: try fields.decode([WireUsage].self, forKey: .usages).map(\.usage))
  }
}

/// A row of `passes_usages`.
struct WireUsage: Decodable {
  let usage: Usage

  private enum Key: String, CodingKey {
    case eventID = "event_id"
    case beneficiaries
    case peopleCountedIn = "usage_beneficiaries"
    case checkedIn = "checked_in"
    case time = "usage_time"
  }

  init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: Key.self)
    usage = Usage(
      eventID: try fields.decode(String.self, forKey: .eventID),
      beneficiaries: try fields.people(.beneficiaries),
      peopleCountedIn: try fields.people(.peopleCountedIn),
      isCheckedIn: try fields.decodeIfPresent(Bool.self, forKey: .checkedIn) ?? false,
      time: fields.moment(.time))
  }
}

extension KeyedDecodingContainer {
  /// More people than any venue holds, or fewer than none, are a slip of the service.
  private static var believablePeople: ClosedRange<Int> { 0...100_000 }

  func people(_ key: Key) throws -> Int? {
    guard let people = try decodeIfPresent(Int.self, forKey: key) else { return nil }
    guard Self.believablePeople.contains(people) else { throw Problem("absurd number of people") }
    return people
  }
}
