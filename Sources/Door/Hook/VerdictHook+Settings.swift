import DoorConfiguration
import DoorScreen
import LinuxBox

extension VerdictHook.Backlog {
  /// A turnstile that opens for a verdict of long ago opens for somebody else.
  static let door = Self(most: 100, longest: .seconds(30))
  /// A list is scanned faster than a program is started; each verdict is to be told.
  static let list = Self(most: 100_000, longest: nil)
}

extension VerdictHook {
  /// Nil where the venue has none.
  convenience init?(
    settings: Settings, backlog: Backlog, report: @escaping @Sendable (HookFailure?) -> Void
  ) {
    guard let path = settings.hooks.verdict else { return nil }
    let json = OutcomeJSON(settings)
    self.init(
      program: HookProgram(path: path, environment: ProgramEnvironment.variables), backlog: backlog,
      line: json.line, report: report)
  }
}
