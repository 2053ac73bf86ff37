import Admission
import DoorScreen
import Formatting
import Foundation
import Testing

/// Pictures of the screen, kept as text and reviewed as diffs. `DOORCHECK_WRITE_GOLDEN=1` draws them
/// anew, and the tests then fail, so that nobody takes new pictures for passed tests.
@Suite struct GoldenScreenTests {
  @Test(arguments: Scene.all) func `Every scene looks as its picture`(_ scene: Scene) throws {
    for size in scene.sizes {
      let frame = view(
        scene.state, size: size, at: Night.now.advanced(by: scene.after),
        appearance: Appearance(charset: scene.charset, isColoured: scene.isColoured))
      try GoldenScreen(name: "\(scene.name)-\(size.columns)x\(size.rows)").compare(frame)
    }
  }

  @Test func `Every file belongs to a scene`() throws {
    let scenes = Scene.all.flatMap { scene in
      scene.sizes.map { "\(scene.name)-\($0.columns)x\($0.rows).txt" }
    }
    let names = scenes + SetupFaultTests.pictures.map { "\($0.name).txt" }
    #expect(Set(names).count == names.count)
    let files = try FileManager.default.contentsOfDirectory(atPath: GoldenScreen.folder.path)
    #expect(Set(files).subtracting(names) == [])
  }
}

/// One picture: its characters, and below them what each cell means.
struct GoldenScreen {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden")
  private static let isWriting =
    ProcessInfo.processInfo.environment["DOORCHECK_WRITE_GOLDEN"] == "1"

  var name: String

  func compare(_ frame: Frame) throws {
    let picture = Self.picture(of: frame)
    let file = Self.folder.appending(path: "\(name).txt")
    if Self.isWriting {
      try picture.write(to: file, atomically: true, encoding: .utf8)
      Issue.record("written: \(name)")
      return
    }
    let expected = try? String(contentsOf: file, encoding: .utf8)
    guard let expected else {
      Issue.record("no picture \(name): DOORCHECK_WRITE_GOLDEN=1 draws it")
      return
    }
    if picture != expected {
      Issue.record("\(name) differs\n\(Self.difference(expected, picture))")
    }
  }

  /// Each row ends in a bar, so that blanks at the end count. Capitals are bold,
  /// asterisks reversed.
  static func picture(of frame: Frame) -> String {
    var picture = frame.lines.map { "\($0)|\n" }.joined()
    picture += "\n"
    for row in frame.rows {
      picture += row.map { letter(for: $0.style) }.joined() + "|\n"
    }
    if let cursor = frame.cursor {
      picture += "\ncursor: row \(cursor.row), column \(cursor.column)\n"
    }
    return picture
  }

  private static func letter(for style: Style) -> String {
    if style.isReversed { return "*" }
    let letter =
      switch style.role {
      case .plain: style.isBold ? "p" : "."
      case .faint: "f"
      case .header: "h"
      case .banner: "b"
      case .admit: "a"
      case .refuse: "r"
      case .unverified: "u"
      case .look: "l"
      case .neutral: "n"
      case .field: "t"
      }
    return style.isBold ? letter.uppercased() : letter
  }

  private static func difference(_ expected: String, _ actual: String) -> String {
    let old = expected.split(separator: "\n", omittingEmptySubsequences: false)
    let new = actual.split(separator: "\n", omittingEmptySubsequences: false)
    return (0..<max(old.count, new.count)).compactMap { index in
      let before = index < old.count ? old[index] : "(nothing)"
      let after = index < new.count ? new[index] : "(nothing)"
      return before == after ? nil : "line \(index + 1)\n  - \(before)\n  + \(after)"
    }.joined(separator: "\n")
  }
}
