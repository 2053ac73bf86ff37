import FoundationEssentials
import NIOCore

/// Takes in a body as it arrives, and no more of it than it is ready to keep.
protocol BodyReader: Sendable {
  /// Reading it takes so long that other answers would wait for it.
  static var isLong: Bool { get }
  /// - Throws: `Problem` when the rest is not worth reading.
  mutating func consume(_ bytes: ByteBufferView) throws(Problem)
  /// The first bytes, for the log, where the status is an error.
  var opening: Data { get }
}

/// A body kept whole, up to 1 MiB.
struct CollectedBody: BodyReader {
  static let cap = 1 << 20
  static let isLong = false

  private(set) var data = Data()

  var opening: Data { data.prefix(LogText.longestRead) }

  mutating func consume(_ bytes: ByteBufferView) throws(Problem) {
    guard data.count + bytes.count <= Self.cap else { throw Problem("over 1 MiB") }
    data.append(contentsOf: bytes)
  }
}

/// A list of which only the decoded elements are kept, up to 8 MiB of answer.
struct ListBody<Element: Sendable>: BodyReader {
  /// Bytes of one page.
  private static var cap: Int { 8 << 20 }
  static var isLong: Bool { true }

  let decode: @Sendable (Data) throws -> Element
  private(set) var opening = Data()
  private var splitter = ListSplitter()
  private var page = ListPage<Element>(elements: [], unreadable: 0)
  private var length = 0

  init(decode: @escaping @Sendable (Data) throws -> Element) {
    self.decode = decode
  }

  mutating func consume(_ bytes: ByteBufferView) throws(Problem) {
    length += bytes.count
    guard length <= Self.cap else { throw Problem("over 8 MiB") }
    opening.append(contentsOf: bytes.prefix(LogText.longestRead - opening.count))
    try splitter.consume(bytes) { element in
      if let element = try? decode(Data(element)) {
        page.elements.append(element)
      } else {
        page.unreadable += 1
      }
    }
  }

  func reading(status: Int) -> Reading<ListPage<Element>> {
    let envelope = Data(splitter.envelope)
    return read(status: status, envelope) {
      if (try? AnswerJSON.decode(NoElements.self, from: envelope)) != nil { return .found(page) }
      switch try AnswerJSON.decode(Envelope<NoElements>.self, from: envelope) {
      case .nothing: return .notFound(isCertain: true)
      case .content: return .found(page)
      }
    }
  }
}

/// One page of a list.
struct ListPage<Element: Sendable>: Sendable {
  var elements: [Element]
  /// Elements that could not be decoded.
  var unreadable: Int

  /// As the service counts.
  var count: Int { elements.count + unreadable }
}

/// What a splitter leaves of a list: an empty array.
private struct NoElements: Decodable {
  init(from decoder: any Decoder) throws {
    guard try decoder.unkeyedContainer().isAtEnd else { throw Problem("a list in disguise") }
  }
}
