/// What a `PUT` changes: the keys that are there; the others stay as they are. A key that does not
/// exist is an error, so that a misspelt one does not pass for a change.
struct FaultsChange: Decodable {
  private let container: KeyedDecodingContainer<SandboxFaults.CodingKeys>

  init(from decoder: any Decoder) throws {
    let names = Set(SandboxFaults.CodingKeys.allCases.map(\.rawValue))
    for key in try decoder.container(keyedBy: AnyKey.self).allKeys
    where !names.contains(key.stringValue) {
      throw DecodingError.dataCorrupted(
        .init(codingPath: [key], debugDescription: "no such key"))
    }
    container = try decoder.container(keyedBy: SandboxFaults.CodingKeys.self)
    var trial = SandboxFaults()
    try apply(to: &trial)
  }

  /// - Throws: `DecodingError` where a value is of the wrong type.
  func apply(to faults: inout SandboxFaults) throws {
    try change(&faults.seed, .seed)
    try change(&faults.endpoints, .endpoints)
    try change(&faults.down, .down)
    try change(&faults.latencyMilliseconds, .latencyMilliseconds)
    try change(&faults.jitterMilliseconds, .jitterMilliseconds)
    try change(&faults.slow, .slow)
    try change(&faults.slowMilliseconds, .slowMilliseconds)
    try change(&faults.fail, .fail)
    try change(&faults.failStatuses, .failStatuses)
    try change(&faults.lie, .lie)
    try change(&faults.lies, .lies)
    try change(&faults.drip, .drip)
    try change(&faults.dripMilliseconds, .dripMilliseconds)
    try change(&faults.hangUp, .hangUp)
    try change(&faults.hang, .hang)
    try change(&faults.hangSeconds, .hangSeconds)
  }

  private func change<Value: Decodable>(
    _ value: inout Value, _ key: SandboxFaults.CodingKeys
  ) throws {
    guard container.contains(key) else { return }
    value = try container.decode(Value.self, forKey: key)
  }

  private struct AnyKey: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }
}
