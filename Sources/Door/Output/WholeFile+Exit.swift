package import LinuxBox

extension WholeFile {
  /// Says on standard error what is wrong with a file that an option names.
  package static func orExit(
    _ option: String, _ write: () throws(WholeFileError) -> Void
  ) throws {
    do throws(WholeFileError) {
      try write()
    } catch {
      StandardStreams.writeError(line: "doorcheck: \(option): \(error)")
      switch error.problem {
      case .isFolder, .isNoFile, .isNoFolder, .isOfAnotherKind: throw ProgramExit.usage
      case .system: throw ProgramExit.inputOutput
      }
    }
  }
}
