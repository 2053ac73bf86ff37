import ArgumentParser
import DoorConfiguration
import DoorScreen
import Foundation
import Scanner
import Terminal

struct CalibrateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "calibrate",
    abstract: "Scanner self-test that proposes the scanner settings.",
    discussion: """
      Shows a test code, asks for three scans, and tells from what arrives: terminator, AIM \
      identifier, prefix and suffix, keyboard layout, Caps Lock, delay between characters, lost and \
      doubled ones. Then it prints the section "scanner:" for the configuration.

      It needs the terminal that the scanner types on. Without a scanner that reads screens, give a \
      code on paper by --code.

      Examples:
        doorcheck calibrate
        doorcheck calibrate --code P6J21FF2S

      Exit codes: 0 the code was recognised; 1 it was not, or nothing came for a minute; 64 without a \
      terminal; 130 left by Ctrl-C or Esc.
      """)

  @OptionGroup var options: CommonOptions

  @Option(
    help: ArgumentHelp(
      "What is scanned instead of the test code: at least 6 characters.", valueName: "text"))
  var code: String = TestCode.text

  func validate() throws {
    guard code.utf8.count <= ScanDecoder.longestScan, code.unicodeScalars.count >= 6 else {
      throw ValidationError("--code: expected 6 to \(ScanDecoder.longestScan) characters")
    }
  }

  func run() async throws {
    // JSON has standard output for itself.
    let prompts = options.format == .json ? STDERR_FILENO : STDOUT_FILENO
    guard StandardStreams.inputIsTerminal, isatty(prompts) == 1 else {
      StandardStreams.writeError(
        line: "doorcheck: calibrate needs the terminal that the scanner types on")
      throw ExitCode.usage
    }
    let settings = try options.settings(needsCredentials: false)
    let exit: ExitCode
    do throws(TerminalError) {
      exit = try await CalibrateRun(
        settings: settings, code: code, format: options.format, prompts: prompts
      ).run()
    } catch {
      StandardStreams.writeError(line: "doorcheck: this terminal cannot be listened to")
      throw ExitCode.usage
    }
    if exit != .success { throw exit }
  }
}
