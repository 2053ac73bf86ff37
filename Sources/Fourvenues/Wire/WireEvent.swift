import Admission
import FoundationEssentials

/// An event as the service writes it (FourvenuesAPI: Events). Its `date` is not read.
struct WireEvent: Decodable {
  let event: Event

  private enum Key: String, CodingKey {
    case id = "_id"
    case name, start, end
  }

  init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: Key.self)
    event = Event(
      id: try fields.decode(String.self, forKey: .id), name: fields.text(.name),
      startsAt: fields.moment(.start), endsAt: fields.moment(.end))
  }
}

/// An answer about one event: in the usual envelope, or bare.
struct WireEventAnswer: Decodable {
  let envelope: Envelope<WireEvent>

  init(from decoder: any Decoder) throws {
    if let bare = try? WireEvent(from: decoder) {
      envelope = .content(bare)
    } else {
      envelope = try Envelope(from: decoder)
    }
  }

  static func reading(status: Int, body: Data, askedID: String) -> Reading<Event> {
    read(status: status, body) {
      switch try AnswerJSON.decode(Self.self, from: body).envelope {
      case .nothing: return .notFound(isCertain: true)
      case .content(let wire):
        guard wire.event.id.utf8.elementsEqual(askedID.utf8) else { throw Problem("another event") }
        return .found(wire.event)
      }
    }
  }
}
