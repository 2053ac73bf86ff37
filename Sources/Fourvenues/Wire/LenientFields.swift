import FoundationEssentials

/// Fields that no verdict needs: of another type than the documented one, they are as good as
/// missing, and never spoil the answer.
extension KeyedDecodingContainer {
  /// A number stands for its digits: other services write identifiers so.
  func text(_ key: Key) -> String? {
    if let text = try? decode(String.self, forKey: key) { return text }
    return (try? decode(Int.self, forKey: key)).map(String.init)
  }

  func integer(_ key: Key) -> Int? {
    try? decode(Int.self, forKey: key)
  }

  /// Unix seconds. What lies outside the years 1970 to 2999 is no time of any night.
  func moment(_ key: Key) -> Date? {
    guard let seconds = try? decode(Double.self, forKey: key), (0..<32_503_680_000) ~= seconds
    else { return nil }
    return Date(timeIntervalSince1970: seconds)
  }
}
