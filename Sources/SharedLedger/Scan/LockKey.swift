import Admission

/// The number under which the server keeps a pass from the other doors: the same at each of them. Two
/// passes with the same one wait for each other, and nothing worse.
enum LockKey {
  /// Ascending, so that no two doors wait for each other.
  static func keys(of pass: PassAtEvent) -> [Int64] {
    let identities = [PassIdentity.id(pass.id, of: pass.kind), .code(pass.code)]
    let keys = identities.compactMap { $0 }.map { key($0.bytes, eventID: pass.eventID) }
    return Set(keys).sorted()
  }

  /// The one of all who count everybody. No identity is empty.
  static func key(ofEvent eventID: String) -> Int64 { key([], eventID: eventID) }

  /// FNV-1a over the event and the identity. The length keeps them apart.
  private static func key(_ identity: [UInt8], eventID: String) -> Int64 {
    let event = Array(eventID.utf8)
    let bytes = Array("\(event.count) ".utf8) + event + identity
    let hash = bytes.reduce(0xCBF2_9CE4_8422_2325 as UInt64) {
      ($0 ^ UInt64($1)) &* 0x100_0000_01B3
    }
    return Int64(bitPattern: hash)
  }
}
