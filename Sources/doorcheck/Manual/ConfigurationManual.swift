import DoorConfiguration

/// doorcheck.yaml(5): every key of the table.
enum ConfigurationManual {
  /// The page's source.
  static func source(keys: [ConfigurationKey] = ConfigurationKey.all) -> String {
    var page = Mdoc()
    page.macro("Dd", Version.date)
    page.macro("Dt", "DOORCHECK.YAML", "5")
    page.macro("Os", "doorcheck", Version.text)
    page.section("NAME")
    page.macro("Nm", "doorcheck.yaml")
    page.macro("Nd", Mdoc.word("configuration of the door check-in terminal"))
    page.section("DESCRIPTION")
    for paragraph in description {
      page.text(paragraph)
      page.paragraph()
    }
    page.literal(["door:", "  name: North", "rules:", "  hours: enforce"])
    page.section("KEYS")
    var section: String?
    for key in keys {
      if section != key.section {
        if section != nil { page.macro("El") }
        page.macro("Ss", Mdoc.word(key.section))
        page.macro("Bl", "-tag", "-width", "Ds")
        section = key.section
      }
      write(key, to: &page)
    }
    if section != nil { page.macro("El") }
    page.section("FILES")
    page.macro("Bl", "-tag", "-width", "Ds")
    page.macro("It", "Pa", "/etc/doorcheck/doorcheck.yaml")
    page.text("Of the box, commented.")
    page.macro("It", "Pa", "/etc/doorcheck/credentials/")
    page.text("Its secrets, for root alone, each in a file of its key's name.")
    page.macro("El")
    page.section("SEE ALSO")
    page.macro("Xr", "doorcheck", "1")
    return page.source
  }

  private static let description = [
    """
    Sections with keys indented beneath them, in YAML. A key that is left out, or has nothing after \
    its colon, has its default. A misspelt key, a wrong type or a bad value ends the program with \
    78 and is told with its line.
    """,
    """
    The file is that of --config, else doorcheck/doorcheck.yaml in $XDG_CONFIG_HOME (~/.config \
    where that is not set), else in /etc.
    """,
    """
    Each key can be an environment variable, which wins over the file; commas part a list there. A \
    secret can be a file of its key's name in $CREDENTIALS_DIRECTORY, which wins over the file, \
    too; where that is not set and the file is the one in /etc, in /etc/doorcheck/credentials/.
    """,
  ]

  private static func write(_ key: ConfigurationKey, to page: inout Mdoc) {
    page.macro("It", "Ic", Mdoc.word(key.name))
    page.text(key.explanation)
    page.text("Takes \(key.expectation).")
    if let value = key.defaultSpelling {
      page.text("Default:")
      page.macro("Li", Mdoc.word(value), ".")
    }
    page.text("Variable:")
    page.macro("Ev", Mdoc.word(key.variable), ".")
  }
}
