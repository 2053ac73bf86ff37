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
      throw error.problem == .isFolder || error.problem == .isNoFile
        ? ProgramExit.usage : ProgramExit.inputOutput
    }
  }
}
