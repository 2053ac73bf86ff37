import Admission
import FoundationEssentials
import NIOCore
import Synchronization

/// The body of an entry's report, which knows whether it was asked for. That happens once a
/// connection stands and the head is written: before, nothing can have reached the service.
final class EntryBody: Sendable {
  let length: Int
  private let bytes: ByteBuffer
  private let isAskedFor = Mutex(false)

  init(_ entry: EntryReport) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    bytes = ByteBuffer(bytes: try encoder.encode([Row(entry)]))
    length = bytes.readableBytes
  }

  var wasSent: Bool { isAskedFor.withLock { $0 } }

  var stream: AsyncStream<ByteBuffer> {
    AsyncStream { self.next() }
  }

  private func next() -> ByteBuffer? {
    isAskedFor.withLock { isAskedFor in
      defer { isAskedFor = true }
      return isAskedFor ? nil : bytes
    }
  }
}

/// A row of the body (FourvenuesAPI: Endpoints).
private struct Row: Encodable {
  let optionID: String
  let people: Int
  let price: Decimal

  private enum Key: String, CodingKey {
    case optionID = "_id"
    case women, men
    case people = "no_gender"
    case price
  }

  init(_ entry: EntryReport) {
    optionID = entry.optionID ?? "<special>"
    people = entry.people
    price = 0
  }

  func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: Key.self)
    try fields.encode(optionID, forKey: .optionID)
    try fields.encode(0, forKey: .women)
    try fields.encode(0, forKey: .men)
    try fields.encode(people, forKey: .people)
    try fields.encode(price, forKey: .price)
  }
}
