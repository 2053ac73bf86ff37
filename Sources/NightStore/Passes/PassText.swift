import Admission
import Foundation
import FoundationEssentials

/// A pass as JSON: an embedded NUL or any other oddity of the service comes back as it was.
struct PassText: Codable {
  private struct UsageText: Codable {
    var event: String
    var allowed: Int?
    var counted: Int?
    var isIn: Bool
    var time: Date?
  }

  /// Beside who may come in; left out where there is nothing of it.
  private struct DetailsText: Codable {
    var note: String?
    var privateNote: String?
    var extras: [String]?
    var age: Int?
    var place: String?
    var expected: String?
  }

  /// Nil: a pass, as before there were others.
  private var kind: String?
  private var id: String
  private var organization: String?
  private var code: String
  private var name: String?
  private var typeID: String?
  private var type: String?
  private var state: String
  private var archived: Bool
  private var usages: [UsageText]
  private var details: DetailsText?

  static func encode(_ pass: Pass) throws -> String {
    String(decoding: try JSONEncoder().encode(PassText(pass)), as: UTF8.self)
  }

  static func decode(_ text: String) throws -> Pass {
    do {
      return try JSONDecoder().decode(PassText.self, from: Data(text.utf8)).pass
    } catch {
      // The decoder's own words may hold a part of the pass.
      throw StoreError.damaged(detail: "a stored pass cannot be read")
    }
  }

  private init(_ pass: Pass) {
    kind = pass.kind == .pass ? nil : pass.kind.rawValue
    id = pass.id
    organization = pass.organizationID
    code = pass.code
    name = pass.customerName
    typeID = pass.typeID
    type = pass.typeName
    state = pass.state
    archived = pass.isArchived
    usages = pass.usages.map {
      UsageText(
        event: $0.eventID, allowed: $0.beneficiaries, counted: $0.peopleCountedIn,
        isIn: $0.isCheckedIn, time: $0.time)
    }
    let given = pass.details
    if given != PassDetails() {
      details = DetailsText(
        note: given.note, privateNote: given.privateNote,
        extras: given.extras.isEmpty ? nil : given.extras, age: given.minimumAge,
        place: given.place, expected: given.expectedAt)
    }
  }

  private var pass: Pass {
    Pass(
      kind: kind.flatMap(PassKind.init) ?? .pass, id: id, organizationID: organization, code: code,
      customerName: name, typeID: typeID, typeName: type, state: state, isArchived: archived,
      usages: usages.map {
        Usage(
          eventID: $0.event, beneficiaries: $0.allowed, peopleCountedIn: $0.counted,
          isCheckedIn: $0.isIn, time: $0.time)
      },
      details: PassDetails(
        note: details?.note, privateNote: details?.privateNote, extras: details?.extras ?? [],
        minimumAge: details?.age, place: details?.place, expectedAt: details?.expected))
  }
}

/// What a pass is found by: its code and its name, without case and accents.
enum SearchText {
  /// More words than this narrow nothing further down.
  private static let mostWords = 4

  static func of(_ pass: Pass) -> String {
    folded("\(pass.code)\n\(pass.customerName ?? "")")
  }

  /// The words of a search; a pass fits when it holds each of them.
  static func words(_ text: String) -> [String] {
    folded(text).split(whereSeparator: \.isWhitespace).prefix(mostWords).map(String.init)
  }

  private static func folded(_ text: String) -> String {
    // SQLite stops at a NUL when it reads a text.
    text.replacing("\0", with: " ")
      .folding(options: [.caseInsensitive, .diacriticInsensitive], locale: nil)
  }
}
