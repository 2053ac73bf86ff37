import DoorConfiguration
import Foundation
import LinuxBox
import Scanner

/// Which keyboard layouts this box is likely to have, where a scanned code leaves it open.
package struct LikelyLayouts {
  /// Of Debian's `/etc/default/keyboard` and systemd's `/etc/vconsole.conf`, as far as they are there.
  var files: [String]
  var environment: [String: String]

  static var ofThisBox: LikelyLayouts {
    let paths = ["/etc/default/keyboard", "/etc/vconsole.conf"]
    return LikelyLayouts(
      files: paths.compactMap { path in
        (try? FileContents.read(path, limit: 65_536)).map {
          String(decoding: $0.bytes, as: UTF8.self)
        }
      },
      environment: ProgramEnvironment.variables)
  }

  /// The likeliest first.
  var preferred: [KeyboardLayout] {
    let configured = files.flatMap { $0.split(separator: "\n") }.compactMap(Self.layout)
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap { environment[$0] }
      .first { !$0.isEmpty }
    return configured + [locale.flatMap(Self.layout(ofLocale:))].compactMap(\.self)
  }

  /// `XKBLAYOUT="fr,us"`, `KEYMAP=it-utf8`.
  private static func layout(_ line: Substring) -> KeyboardLayout? {
    let parts = line.split(separator: "=", maxSplits: 1).map(String.init)
    guard parts.count == 2, ["XKBLAYOUT", "KEYMAP"].contains(parts[0]) else { return nil }
    let name = parts[1].trimmingCharacters(in: CharacterSet(charactersIn: "\"' "))
      .prefix { $0.isLetter }
    return name == "gb" ? .uk : KeyboardLayout(rawValue: String(name))
  }

  /// `de_CH.UTF-8` is Swiss, `it_IT` Italian.
  private static func layout(ofLocale locale: String) -> KeyboardLayout? {
    let parts = locale.prefix { $0 != "." && $0 != "@" }.split(separator: "_").map(String.init)
    let country = parts.dropFirst().first?.lowercased()
    return country.flatMap { $0 == "gb" ? .uk : KeyboardLayout(rawValue: $0) }
      ?? parts.first.flatMap(KeyboardLayout.init(rawValue:))
  }
}
