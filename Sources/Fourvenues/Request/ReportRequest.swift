import Admission
import FoundationEssentials

/// What reports an entry: the path of a PUT, and its body (FourvenuesAPI: Endpoints) (FourvenuesAPI:
/// Tickets, guest lists and bookings).
struct ReportRequest: Sendable {
  let path: String
  let body: Data

  /// A pass's or a guest list entry's: an array with the people by option.
  /// - Parameters:
  ///   - path: before its id.
  ///   - query: after it, up to its value.
  ///   - value: of the query.
  /// - Returns: nil where the path would be that of another endpoint.
  init?(options entry: EntryReport, path: String, query: String = "", _ value: String? = nil) {
    guard !entry.passID.isEmpty, value != "" else { return nil }
    self.init(
      "\(path)\(entry.passID.percentEncoded)/checkin\(query)\(value?.percentEncoded ?? "")",
      [OptionRow(entry)])
  }

  /// People who come in on a ticket now: it adds them (inferred).
  init?(ticket entry: EntryReport) {
    guard !entry.code.isEmpty else { return nil }
    let isTimeKnown = entry.enteredAt.timeIntervalSince1970 > 0
    self.init(
      "/tickets/by-code/\(entry.code.percentEncoded)/checkin",
      TicketEntry(
        enter: entry.people, entryDate: isTimeKnown ? WireTime.text(entry.enteredAt) : nil))
  }

  /// That somebody has come to a table; how many is not said.
  init?(booking entry: EntryReport) {
    guard !entry.passID.isEmpty else { return nil }
    self.init("/bookings/\(entry.passID.percentEncoded)/status", ["status": "arrival"])
  }

  private init?(_ path: String, _ body: some Encodable) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let body = try? encoder.encode(body) else { return nil }
    self.path = path
    self.body = body
  }
}

private struct TicketEntry: Encodable {
  var enter: Int
  var entryDate: String?

  enum CodingKeys: String, CodingKey {
    case enter
    case entryDate = "entry_date"
  }
}

private struct OptionRow: Encodable {
  let optionID: String
  let people: Int

  private enum Key: String, CodingKey {
    case optionID = "_id"
    case women, men
    case people = "no_gender"
    case price
  }

  init(_ entry: EntryReport) {
    optionID = entry.optionID ?? "<special>"
    people = entry.people
  }

  func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: Key.self)
    try fields.encode(optionID, forKey: .optionID)
    try fields.encode(0, forKey: .women)
    try fields.encode(0, forKey: .men)
    try fields.encode(people, forKey: .people)
    try fields.encode(0, forKey: .price)
  }
}
