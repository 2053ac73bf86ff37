import Scanner

/// What a test takes for a code.
enum TestJudge: Sendable {
  case takesAll
  /// As the default configuration says.
  case codes

  func kind(of scan: RawScan) -> LineKind {
    switch self {
    case .takesAll: .code
    case .codes: Self.cleaner.kind(of: scan)
    }
  }

  /// As the door would judge it.
  static func code(of scan: RawScan) -> CleanedCode {
    let cleaner = cleaner
    return cleaner.code(
      of: scan, printed: cleaner.printed(scan.content, isTyped: scan.isTyped))
  }

  // The default pattern compiles.
  private static var cleaner: CodeCleaner { try! CodeCleaner(format: CodeFormat()) }
}
