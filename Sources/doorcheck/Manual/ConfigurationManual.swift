import Door
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
    page.text("The configuration of the box, with comments.")
    page.macro("It", "Pa", "/etc/doorcheck/credentials/")
    page.text(
      "The secrets of the box, which only root can read: a file for each, named after its key.")
    page.macro("El")
    page.section("SEE ALSO")
    page.macro("Xr", "doorcheck", "1")
    return page.source
  }

  private static let description = [
    """
    The file is YAML: sections, with their keys indented beneath them. A key that you leave out, or \
    that has nothing after its colon, has its default. Errors name the line; the exit code is 78. In \
    kiosk mode the screen shows them.
    """,
    """
    doorcheck reads the file that --config names, else doorcheck/doorcheck.yaml in $XDG_CONFIG_HOME \
    (~/.config if that is not set), else the one in /etc.
    """,
    """
    An environment variable can give any key and wins over the file. Separate the parts of a list \
    by commas there. A secret can be a file with the name of its key in $CREDENTIALS_DIRECTORY; it \
    wins over the configuration file too. If that variable is not set, the configuration in /etc has \
    its secrets in /etc/doorcheck/credentials/.
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
