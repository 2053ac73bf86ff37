import Admission
import Door
import Foundation
import Scanner
import Terminal

/// A terminal on which a command listens to a scanner, without the door screen: a scan shows itself
/// nowhere, and no barcode ends the command.
final class ScannerLine: Sendable {
  enum Event: Sendable {
    case input(InputChunk)
    /// A tenth of a second went by.
    case tick
    /// The terminal is gone, or a signal asks to end; what to end with.
    case ended(ProgramExit)
  }

  let events: AsyncStream<Event>
  let terminal: LineTerminal
  private let queue = EventQueue<Event>()
  private let input: TerminalInput
  private let signals: TerminalSignals
  private let pumps: [Task<Void, Never>]

  /// - Throws: `TerminalError`, before anything has been set.
  /// - Parameter output: where it is written to.
  init(output: Int32 = STDOUT_FILENO) throws(TerminalError) {
    signals = TerminalSignals()
    let terminal = try LineTerminal(output: output)
    self.terminal = terminal
    events = queue.events
    let (queue, signals) = (queue, signals)
    input = TerminalInput { chunk in
      queue.post(
        chunk.map(Event.input) ?? .ended(.signal(TerminalSignal.hangUp.number)))
    }
    pumps = [
      Task {
        for await signal in signals.events {
          switch signal {
          case .resized: break
          case .resumed: terminal.resume()
          case .terminate, .hangUp, .interrupt: queue.post(.ended(.signal(signal.number)))
          }
        }
      },
      Task {
        while !Task.isCancelled {
          try? await Task.sleep(for: .milliseconds(100))
          queue.post(.tick)
        }
      },
    ]
  }

  /// Gives the terminal back.
  func end() {
    input.stop()
    for pump in pumps { pump.cancel() }
    terminal.restore()
  }

  /// Keys while a scanner is listened to; Ctrl-C is a byte like any other, so alone it is a key.
  static let keys = KeySequences([
    (bytes: [0x03], key: DoorKey.function(10)), (bytes: [0x04], key: .function(10)),
  ])
}

extension ProgramExit {
  /// What a shell shows of a program that a signal ended.
  static func signal(_ number: Int32) -> ProgramExit { ProgramExit(128 + number) }

  /// Ctrl-C.
  static let interrupted = signal(SIGINT)
}
