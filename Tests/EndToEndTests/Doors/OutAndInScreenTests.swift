import PostgresServer
import SandboxVenue
import ScreenReader
import Testing

extension EndToEndTests {
  /// What staff see where people leave, come back and are counted by hand (Contract: Out and in again).
  @Suite struct OutAndInScreenTests {
    /// What stands on the screen, in one language.
    struct Words: Sendable, CustomTestStringConvertible {
      var language: String
      var idleExit: String
      var inside: @Sendable (Int) -> String
      var oneIn: String
      var oneOut: String
      var insideAgain: String
      var question: String
      var isEntrance: String
      var isExit: String
      var fourLeave: String
      var nobody: String
      /// Up to the time.
      var fourBack: String
      var testDescription: String { language }
    }

    static let words = [
      Words(
        language: "en", idleExit: "Scan a code on the way out", inside: { "\($0) inside" },
        oneIn: "1 in by hand", oneOut: "1 out by hand", insideAgain: "1 inside again",
        question: "Make this door an entrance?", isEntrance: "THIS DOOR IS AN ENTRANCE NOW",
        isExit: "Scan a code on the way out", fourLeave: "4 out",
        nobody: "Nobody inside on this code", fourBack: "4 back in, left "),
      Words(
        language: "es", idleExit: "Escanea el código de quien sale", inside: { "\($0) dentro" },
        oneIn: "Contador: +1", oneOut: "Contador: -1", insideAgain: "1 vuelve a estar dentro",
        question: "¿Hacer de esta puerta una entrada?",
        isEntrance: "ESTA PUERTA AHORA ES DE ENTRADA", isExit: "Escanea el código de quien sale",
        fourLeave: "Salen 4", nobody: "Nadie dentro con este código",
        fourBack: "4 vuelven, salida de"),
      Words(
        language: "fr", idleExit: "Scannez le code à la sortie", inside: { "\($0) dedans" },
        oneIn: "Compte : +1", oneOut: "Compte : -1",
        insideAgain: "1 de nouveau à l'intérieur", question: "Faire de cette porte une entrée ?",
        isEntrance: "CETTE PORTE EST MAINTENANT UNE ENTRÉE", isExit: "Scannez le code à la sortie",
        fourLeave: "4 sortent", nobody: "Personne dedans avec ce code",
        fourBack: "4 de retour, sortie "),
      Words(
        language: "it", idleExit: "Scansiona il codice di chi esce", inside: { "\($0) dentro" },
        oneIn: "Conta: +1", oneOut: "Conta: -1", insideAgain: "1 di nuovo dentro",
        question: "Questa porta diventa un ingresso?",
        isEntrance: "QUESTA PORTA ORA È UN INGRESSO", isExit: "Scansiona il codice di chi esce",
        fourLeave: "Escono 4", nobody: "Nessuno dentro con questo codice",
        fourBack: "Rientrano in 4, uscita "),
      Words(
        language: "pt", idleExit: "Leia o código de quem sai", inside: { "\($0) dentro" },
        oneIn: "Contador: +1", oneOut: "Contador: -1", insideAgain: "1 de novo lá dentro",
        question: "Passar esta porta a entrada?", isEntrance: "ESTA PORTA AGORA É DE ENTRADA",
        isExit: "Leia o código de quem sai", fourLeave: "Saem 4",
        nobody: "Ninguém lá dentro com este código", fourBack: "4 voltam a entrar, saída d"),
    ]

    private static let undo = "\u{1B}[19~"
    private static let turn = "\u{1B}[20~"

    /// One box is an exit, an entrance, an exit and an entrance again.
    @Test(arguments: words, [(80, 24), (40, 12)])
    func `A door counts people out and in again`(words: Words, size: (Int, Int)) async throws {
      let door = try await DoorUnderTest(
        columns: size.0, rows: size.1,
        environment: [
          "DOORCHECK_SCREEN_LANGUAGE": words.language, "DOORCHECK_DOOR_DIRECTION": "out",
          "DOORCHECK_RULES_REENTRY": "allow", "DOORCHECK_RULES_REPEAT_SECONDS": "0",
        ], ready: words.idleExit)
      func see(_ texts: String..., number: Int? = nil) async throws -> Screen {
        try await door.session.waitFor("\(texts)") { screen in
          texts.allSatisfy { screen.contains($0) }
            && number.map { screen.contains("#\($0)") } ?? true
        }
      }
      func turnDoor() async throws {
        try await door.press(Self.turn)
        try await door.session.waitFor("the question") { $0.contains("F9") && $0.contains("10 s") }
        try await door.press(Self.turn)
      }
      try await door.press("+")
      _ = try await see(words.oneIn, words.inside(1))
      try await door.press("-")
      try await door.session.waitFor("the sign") { $0.contains("› -") }
      try await door.press("\r")
      _ = try await see(words.oneOut, words.inside(0))
      try await door.press(Self.undo)
      _ = try await see(words.insideAgain, words.inside(1))

      try await door.press(Self.turn)
      _ = try await see(words.question)
      try await door.press(Self.turn)
      _ = try await see(words.isEntrance)
      try door.scan("GROUP4XYZ")
      // Nobody has left for good, so who is inside is who came.
      _ = try await door.session.waitFor("green") {
        $0.contains("#1") && $0.panelColour == .green
      }

      try await turnDoor()
      _ = try await see(words.isExit)
      try door.scan("GROUP4XYZ")
      let out = try await see(words.fourLeave, words.inside(1), number: 2)
      try door.scan("GROUP4XYZ")
      let nobody = try await see(words.nobody, number: 3)
      // Neither is a verdict on somebody.
      for screen in [out, nobody] {
        #expect(![.green, .red, .amber].contains(screen.panelColour), "\(screen.text)")
      }

      try await turnDoor()
      _ = try await see(words.isEntrance)
      try door.scan("GROUP4XYZ")
      // A screen comes in pieces: what stands there first need not have its colour yet.
      _ = try await door.session.waitFor("who is back in") {
        $0.contains(words.fourBack) && $0.contains(words.inside(5)) && $0.contains("#4")
          && $0.panelColour == .green
      }
      await door.end()
    }

    /// An exit and an entrance on one ledger, and the staff cards of both.
    @Test func `Two doors count who is inside, and cards count people by hand`() async throws {
      let server = try await PostgresServer()
      let venue = try await SandboxVenue.start()
      let ledger = [
        "DOORCHECK_LEDGER_URL": server.url(try server.newDatabase()),
        "DOORCHECK_LEDGER_PASSWORD": PostgresServer.password, "DOORCHECK_RULES_REENTRY": "allow",
      ]
      let made = try await BuiltProgram.run(["ledger", "init"], environment: ledger)
      try #require(made.exitCode == 0, "\(made.errors)")
      let store = BuiltProgram.newFolder()
      let printed = try await BuiltProgram.run(
        ["cards", "--format", "json"], environment: ["DOORCHECK_STORE_PATH": store])
      let cards = try printed.objects().reduce(into: [String: String]()) {
        $0[$1["command"] as? String ?? ""] = $1["code"] as? String
      }
      let entrance = try await DoorUnderTest(
        at: venue,
        environment: ledger.merging([
          // She comes back sooner than a scanner could be said to read twice.
          "DOORCHECK_DOOR_NAME": "Main", "DOORCHECK_RULES_REPEAT_SECONDS": "0",
        ]) { $1 })
      let exit = try await DoorUnderTest(
        at: venue, columns: 40, rows: 12,
        environment: ledger.merging([
          "DOORCHECK_DOOR_NAME": "Patio", "DOORCHECK_DOOR_DIRECTION": "out",
          "DOORCHECK_STORE_PATH": store,
        ]) { $1 }, ready: "Scan a code on the way out")
      func see(_ door: DoorUnderTest, _ texts: String...) async throws {
        try await door.session.waitFor("\(texts)", deadline: .seconds(30)) { screen in
          texts.allSatisfy { screen.contains($0) }
        }
      }
      try await see(entrance, "2 doors")
      try entrance.scan("LONGNAME1")
      try await see(exit, "1 inside")
      // Twice within 3 s is once.
      try exit.scan(try #require(cards["one_in"]))
      try await see(exit, "1 in by hand")
      try exit.scan(try #require(cards["one_in"]))
      try exit.scan(try #require(cards["one_out"]))
      try await see(exit, "1 out by hand", "1 inside")
      try exit.scan("LONGNAME1")
      try await see(exit, "1 out", "0 inside", "#1")
      try await see(entrance, "0 inside, 2 admitted")
      try entrance.scan("LONGNAME1")
      try await see(entrance, "Back in, left ", "1 inside, 2 admitted")

      try exit.scan(try #require(cards["direction"]))
      try await see(exit, "THIS DOOR IS AN ENTRANCE NOW", "Scan a pass")
      await exit.end()
      await entrance.end()
      try server.stop()
    }
  }
}
