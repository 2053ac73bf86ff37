import Admission
import DoorScreen
import Formatting
import Foundation
import Testing

/// What a kiosk shows while it cannot begin.
@Suite struct SetupFaultTests {
  static let details: [SetupFault.Kind: [String]] = [
    .configuration: [
      "/etc/doorcheck/doorcheck.yaml:12:3: unknown key \"door.nmae\"; did you mean \"door.name\"?",
      "/etc/doorcheck/doorcheck.yaml:31:9: \"rules.hours\" must be one of warn, enforce, ignore, "
        + "not \"yes\"",
    ],
    .credentials: [
      "No API key: put it into /etc/doorcheck/credentials/fourvenues.api_key. To try it without one: "
        + "doorcheck demo"
    ],
    .store: ["the store's path is a folder: /var/lib/doorcheck/doorcheck.sqlite"],
  ]

  static func frame(
    _ kind: SetupFault.Kind, _ language: Language = .english, help: String? = nil,
    columns: Int = 80, rows: Int = 24, charset: Charset = .unicode, details: [String]? = nil
  ) -> Frame {
    var setup = Night.setup(help: help)
    setup.language = language
    return view(
      SetupFault(kind, details: details ?? Self.details[kind]!), state: DoorState(setup: setup),
      size: Size(columns: columns, rows: rows), at: Night.now,
      appearance: Appearance(charset: charset))
  }

  static let pictures: [(name: String, frame: Frame)] =
    SetupFault.Kind.allCases.flatMap { kind in
      [(80, 24), (40, 12)].map { columns, rows in
        ("fault-\(kind)-\(columns)x\(rows)", frame(kind, columns: columns, rows: rows))
      }
    }
    + Language.allCases.filter { $0 != .english }.flatMap { language in
      [(80, 24), (40, 12)].map { columns, rows in
        (
          "\(language.rawValue)-fault-\(columns)x\(rows)",
          frame(.credentials, language, columns: columns, rows: rows)
        )
      }
    }

  @Test func `Every fault looks as its picture`() throws {
    for picture in Self.pictures { try GoldenScreen(name: picture.name).compare(picture.frame) }
  }

  @Test(arguments: Language.allCases, SetupFault.Kind.allCases)
  func `It says what is wrong, whom to call and that it tries again, in every language`(
    language: Language, kind: SetupFault.Kind
  ) {
    for (columns, rows) in [(80, 24), (40, 12)] {
      let frame = Self.frame(kind, language, help: "Marta 600", columns: columns, rows: rows)
      #expect(frame.contains("Marta 600"), "\(frame.text)")
      #expect(!frame.contains("…"), "\(frame.text)")
      #expect(frame.cells(.admit) == 0 && frame.cells(.refuse) == 0)
      // The first words of the details are there at least.
      let words = Self.details[kind]![0].split(separator: " ")[0].prefix(20)
      #expect(frame.contains(String(words)), "\(frame.text)")
    }
  }

  @Test func `Whom to call is taken from what could be read`() {
    #expect(Self.frame(.store, help: "Marta 600").contains("Call Marta 600"))
    #expect(Self.frame(.store, help: "").contains("Call whoever set up this box"))
  }

  @Test func `The question for the PIN stands in its place`() {
    var setup = Night.setup()
    setup.kiosk = Kiosk(hasPIN: false)
    var state = DoorState(setup: setup)
    #expect(state.reduce(.key(.function(10)), at: Night.now) == [])
    let frame = view(
      SetupFault(.credentials, details: ["a detail"]), state: state,
      size: Size(columns: 40, rows: 12), at: Night.now)
    #expect(frame.contains("No PIN set") && !frame.contains("a detail"), "\(frame.text)")
  }

  @Test func `Any size, any details`() {
    let details = Array(repeating: String(repeating: "ñ\u{1B}[2J\u{202E}王 ", count: 50), count: 50)
    for columns in [0, 1, 5, 39, 40, 200] {
      for rows in [0, 1, 2, 5, 12, 60] {
        for charset in Charset.allCases {
          let frame = Self.frame(
            .configuration, columns: columns, rows: rows, charset: charset, details: details)
          #expect(frame.size == Size(columns: columns, rows: rows))
          #expect(!frame.text.contains("\u{1B}") && !frame.text.contains("\u{202E}"))
        }
      }
    }
  }
}
