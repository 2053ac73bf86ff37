/// `{"success": …, "data": …}`.
enum Envelope<Content: Decodable>: Decodable {
  /// `success` is false, or it is true and there is no data, and no error text says that something else
  /// is wrong: there is no such thing.
  case nothing
  /// `success` is true, or missing beside usable data.
  case content(Content)

  private enum Key: String, CodingKey {
    case success, data
  }

  init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: Key.self)
    switch try fields.decodeIfPresent(Bool.self, forKey: .success) {
    case false?:
      guard try ErrorTexts(from: decoder).sayNotFound else { throw Problem("success is false") }
      self = .nothing
    case true? where try !fields.contains(.data) || fields.decodeNil(forKey: .data):
      guard try ErrorTexts(from: decoder).sayNotFound else { throw Problem("an error, no data") }
      self = .nothing
    case true?, nil:
      self = .content(try fields.decode(Content.self, forKey: .data))
    }
  }
}
