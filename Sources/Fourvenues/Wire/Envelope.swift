/// `{"success": …, "data": …}`.
enum Envelope<Content: Decodable>: Decodable {
  /// `success` is false, or it is true and there is no data: there is no such thing.
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
      self = .nothing
    case true? where try !fields.contains(.data) || fields.decodeNil(forKey: .data):
      self = .nothing
    case true?, nil:
      self = .content(try fields.decode(Content.self, forKey: .data))
    }
  }
}
