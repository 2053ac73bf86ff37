/// The section `scanner:` of a configuration, to be pasted: the keys that differ from their defaults.
package struct ScannerSection {
  let scanner: Settings.Scanner

  package init(scanner: Settings.Scanner) {
    self.scanner = scanner
  }

  /// Empty where the defaults fit.
  package var lines: [String] {
    var settings = Settings(hostName: "")
    settings.scanner = scanner
    let keys = ConfigurationKey.all.filter { $0.section == "scanner" }
    let lines = keys.compactMap { key -> String? in
      guard let value = key.spelling(in: settings), value != key.defaultSpelling else {
        return nil
      }
      return "  \(key.leaf): \(YAMLScalar.written(value))"
    }
    return lines.isEmpty ? [] : ["scanner:"] + lines
  }
}
