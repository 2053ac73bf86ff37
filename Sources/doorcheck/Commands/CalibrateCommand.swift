import ArgumentParser
import Door
import DoorConfiguration
import DoorScreen
import Foundation
import Readiness
import Scanner
import Terminal

struct CalibrateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "calibrate",
    abstract: "Tests the scanner and proposes its settings.",
    discussion: """
      Shows a test code and asks for three scans of it. It detects how a scan ends, the AIM \
      identifier, prefix and suffix, the keyboard layout, Caps Lock, the delay between characters, \
      and lost or doubled characters. Then hold the same code before the scanner: it measures how soon \
      the scanner reads it again. At the end it prints the section "scanner:" for the configuration. \
      Where something else arrived, it shows every byte, to send to whoever helps you; what may be a \
      guest's code is cut.

      Run it on the terminal that the scanner types on. If the scanner cannot read screens, use \
      --code with a code on paper.

      Examples:
        doorcheck calibrate
        doorcheck calibrate --code P6J21FF2S

      Exit codes: 0 the code reads as printed, now or with the proposed settings; 1 the scanner or \
      the keyboard must be changed (no Enter, Caps Lock, its own layout, lost characters, another \
      code), or nothing came for a minute; 64 no terminal; 130 Ctrl-C or Esc.
      """)

  @OptionGroup var options: CommonOptions

  @Option(
    help: ArgumentHelp(
      "Scan this code instead of the test code: at least 6 characters.", valueName: "text"))
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
      throw ProgramExit.usage
    }
    let settings = try options.settings(needsCredentials: false)
    let exit: ProgramExit
    do throws(TerminalError) {
      exit = try await CalibrateRun(
        settings: settings, code: code, format: options.format, prompts: prompts
      ).run()
    } catch {
      StandardStreams.writeError(line: "doorcheck: this terminal cannot be listened to")
      throw ProgramExit.usage
    }
    if exit != .success { throw exit }
  }
}
