import FoundationEssentials

/// Finds out whether a field that a verdict needs stands twice in an answer. Which of the two holds is
/// anybody's guess, and decoders guess differently. One pass over the bytes; whether they are JSON at
/// all is for the decoder to say.
struct RepeatedKeys {
  /// What verdicts are made of, in the envelope, in what it holds, and in that one's rows.
  private static let needed: [[UInt8]] = [
    "success", "data", "_id", "code", "organization_id", "state", "archived", "type_id",
    "type_name", "passes_usages", "event_id", "beneficiaries", "usage_beneficiaries", "checked_in",
    "start", "end", "options", "from", "until",
  ].map { Array($0.utf8) }

  private static let longestNeeded = needed.map(\.count).max() ?? 0

  /// An object or an array that is not closed yet.
  private struct Level {
    let isObject: Bool
    /// Whether its fields, or those of its elements, may decide.
    let isRead: Bool
    /// A bit for each needed key that it holds.
    var seen: UInt32 = 0
    /// The needed key whose value comes next.
    var key: Int?
  }

  /// The containers of which the fields are read; all others are skipped.
  private static let containers = Set(
    ["data", "passes_usages", "options"].compactMap { name in
      needed.firstIndex { $0.elementsEqual(name.utf8) }
    })

  /// - Throws: `Problem` where one stands twice, or where the answer is not written in UTF-8, so that
  ///   it would be read differently here and by the decoder.
  static func check(_ body: Data) throws(Problem) {
    let isClean = body.withUnsafeBytes { check($0.bindMemory(to: UInt8.self)) }
    if let problem = isClean { throw problem }
  }

  private static func check(_ bytes: UnsafeBufferPointer<UInt8>) -> Problem? {
    var levels: [Level] = []
    var index = 0
    /// The newest string, while what follows it may be the colon that makes it a key.
    var string: Range<Int>?
    while index < bytes.count {
      let byte = bytes[index]
      switch byte {
      case 0: return Problem("not UTF-8")
      case UInt8(ascii: "\""):
        let start = index + 1
        index = start
        while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
          if bytes[index] == 0 { return Problem("not UTF-8") }
          index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
        }
        string = start..<min(index, bytes.count)
      case UInt8(ascii: ":"):
        guard let text = string, let level = levels.last, level.isObject else { break }
        string = nil
        guard level.isRead else { break }
        let key = number(of: bytes[text])
        levels[levels.count - 1].key = key
        guard let key else { break }
        if level.seen & (1 << key) != 0 {
          return Problem("\(String(decoding: needed[key], as: UTF8.self)) stands twice")
        }
        levels[levels.count - 1].seen |= 1 << key
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        let parent = levels.last
        let isRead =
          parent.map { parent in
            parent.isRead && (!parent.isObject || parent.key.map(containers.contains) ?? false)
          } ?? true
        levels.append(Level(isObject: byte == UInt8(ascii: "{"), isRead: isRead))
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        _ = levels.popLast()
      case UInt8(ascii: ","):
        string = nil
        if !levels.isEmpty { levels[levels.count - 1].key = nil }
      default: break
      }
      index += 1
    }
    return nil
  }

  private static func number(of text: Slice<UnsafeBufferPointer<UInt8>>) -> Int? {
    guard text.contains(UInt8(ascii: "\\")) else {
      return text.count > longestNeeded ? nil : needed.firstIndex { $0.elementsEqual(text) }
    }
    // A letter may be written in up to six bytes.
    guard text.count <= longestNeeded * 6 else { return nil }
    let quoted = Data([UInt8(ascii: "\"")] + text + [UInt8(ascii: "\"")])
    guard let key = try? JSONDecoder().decode(String.self, from: quoted) else { return nil }
    return needed.firstIndex { $0.elementsEqual(key.utf8) }
  }
}
