/// What is wrong with an answer, in words that hold nothing of it: it may name a customer.
struct Problem: Error, Equatable {
  let words: String

  init(_ words: String) {
    self.words = words
  }

  static func words(for error: any Error) -> String {
    switch error {
    case let problem as Problem: return problem.words
    case DecodingError.typeMismatch(_, let context): return "wrong type\(place(context))"
    case DecodingError.valueNotFound(_, let context): return "null\(place(context))"
    case DecodingError.keyNotFound(let key, let context):
      return "\(key.stringValue) is missing\(place(context))"
    default: return "not JSON"
    }
  }

  private static func place(_ context: DecodingError.Context) -> String {
    let path = context.codingPath.map { $0.intValue.map(String.init) ?? $0.stringValue }
    return path.isEmpty ? "" : " at \(path.joined(separator: "."))"
  }
}
