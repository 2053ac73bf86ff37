import Admission
import DoorScreen
import Foundation
import FoundationXML
import Terminal
import Testing

/// The screens as drawings. `Config/pictures` draws them by these tests.
@Suite struct PictureTests {
  /// The README's pictures, by the scene that each shows.
  private static let shown = [
    ("idle", "idle"), ("green", "admit-group"), ("red", "already-used-since"),
    ("amber", "offline"),
  ]

  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
  /// From the root.
  private static let path = "Sources/doorcheck/doorcheck.docc/Pictures"
  private static let folder = root.appending(path: path)

  @Test(arguments: shown) func `The README shows the screens as they are drawn now`(
    name: String, scene: String
  ) throws {
    let drawn = try Self.drawing(of: scene)
    let file = Self.folder.appending(path: "\(name).svg")
    let environment = ProcessInfo.processInfo.environment
    // Whoever draws the golden screens anew need not think of these.
    if environment["DOORCHECK_WRITE_PICTURES"] == "README"
      || environment["DOORCHECK_WRITE_GOLDEN"] == "1"
    {
      try FileManager.default.createDirectory(at: Self.folder, withIntermediateDirectories: true)
      try drawn.write(to: file, atomically: true, encoding: .utf8)
    }
    let kept = try String(contentsOf: file, encoding: .utf8)
    // Too long to be printed.
    let isCurrent = kept == drawn
    #expect(isCurrent, "\(name).svg is out of date: Config/pictures draws it anew")
  }

  @Test func `Every picture of the folder is one of these and the README has it`() throws {
    let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
    #expect(Set(files) == Set(Self.shown.map { "\($0.0).svg" }))
    let readme = try String(contentsOf: Self.root.appending(path: "README.md"), encoding: .utf8)
    for (name, _) in Self.shown {
      #expect(readme.contains("](\(Self.path)/\(name).svg)"), "\(name)")
    }
  }

  /// Each scene in each theme, as a browser reads it. With a folder in `DOORCHECK_WRITE_PICTURES` they
  /// are kept there.
  @Test func `Every screen can be drawn`() throws {
    let folder = ProcessInfo.processInfo.environment["DOORCHECK_WRITE_PICTURES"].flatMap {
      $0.hasPrefix("/") ? URL(filePath: $0) : nil
    }
    for scene in Scene.all {
      for size in scene.sizes {
        for (theme, palette) in Self.palettes where (palette.depth != .none) == scene.isColoured {
          let drawn = FramePicture(frame: scene.frame(size), palette: palette).svg
          try Self.check(drawn, scene: scene, size: size)
          guard let folder else { continue }
          let place = folder.appending(path: theme)
          try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
          try drawn.write(
            to: place.appending(path: "\(scene.name)-\(size.columns)x\(size.rows).svg"),
            atomically: true, encoding: .utf8)
        }
      }
    }
  }

  private static let palettes =
    Theme.allCases.map { ("\($0)", Palette(theme: $0, depth: .full)) }
    + [("without-colours", Palette(theme: .standard, depth: .none))]

  private static func drawing(of name: String) throws -> String {
    let scene = try #require(Scene.all.first { $0.name == name })
    return FramePicture(
      frame: scene.frame(Size(columns: 80, rows: 24)),
      palette: Palette(theme: .standard, depth: .full)
    ).svg
  }

  /// It is well-formed, and every word of the frame is in it.
  private static func check(_ drawn: String, scene: Scene, size: Size) throws {
    let reader = TextReader()
    let parser = XMLParser(data: Data(drawn.utf8))
    parser.delegate = reader
    let isWellFormed = parser.parse()
    #expect(isWellFormed, "\(scene.name)")
    let words = { (text: String) in
      Set(text.split { $0 == " " || $0 == "█" || $0 == "\n" }.map(String.init))
    }
    let missing = words(scene.frame(size).text).filter { word in !reader.text.contains(word) }
    #expect(missing.isEmpty, "\(scene.name)")
  }
}

/// Joins all texts: a word may change its look in the middle.
private final class TextReader: NSObject, XMLParserDelegate {
  var text = ""
  func parser(_ parser: XMLParser, foundCharacters string: String) {
    text += string.filter { $0 != "\n" }
  }
}

extension Scene {
  fileprivate func frame(_ size: Size) -> Frame {
    view(
      state, size: size, at: Night.now.advanced(by: after),
      appearance: Appearance(charset: charset, isColoured: isColoured))
  }
}
