import Admission
import CNcurses

/// What the terminal sends for the keys that mean something at the door.
enum KeyStrings {
  private static let capabilities: [(name: String, key: DoorKey)] =
    (1...12).map { ("kf\($0)", .function($0)) }
    + [("kcuu1", .up), ("kcud1", .down), ("kpp", .pageUp), ("knp", .pageDown)]

  /// Both ways in which nearly every terminal sends its arrows, whatever its entry says.
  private static let usualArrows: [(bytes: [UInt8], key: DoorKey)] = [
    (Array("\u{1B}[A".utf8), .up), (Array("\u{1B}OA".utf8), .up),
    (Array("\u{1B}[B".utf8), .down), (Array("\u{1B}OB".utf8), .down),
  ]

  /// From the terminfo entry that is open; the entry's own come first, and no bytes come twice.
  static func current() -> [(bytes: [UInt8], key: DoorKey)] {
    var sequences: [(bytes: [UInt8], key: DoorKey)] = []
    for (name, key) in capabilities {
      guard let text = curses_string(name) else { continue }
      add((Array(String(cString: text).utf8), key), to: &sequences)
    }
    for arrow in usualArrows { add(arrow, to: &sequences) }
    return sequences
  }

  /// A sequence that begins another, or is begun by one, would make that one unreachable.
  private static func add(
    _ new: (bytes: [UInt8], key: DoorKey), to sequences: inout [(bytes: [UInt8], key: DoorKey)]
  ) {
    guard !new.bytes.isEmpty else { return }
    let clashes = sequences.contains {
      $0.bytes.starts(with: new.bytes) || new.bytes.starts(with: $0.bytes)
    }
    if !clashes { sequences.append(new) }
  }
}
