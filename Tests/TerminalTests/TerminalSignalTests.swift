import Formatting
import Glibc
import Terminal
import Testing

/// One object for the process's signals at a time, so one after the other.
@Suite(.serialized) struct TerminalSignalTests {
  @Test(.timeLimit(.minutes(1)), arguments: TerminalSignal.allCases)
  func `A signal is an event`(_ signal: TerminalSignal) async throws {
    let signals = TerminalSignals()
    kill(getpid(), signal.number)
    for await event in signals.events {
      // The drawing tests run beside this one and their terminals change size, but not this
      // process's.
      #expect(event == signal)
      break
    }
    signals.stop()
  }

  @Test(.timeLimit(.minutes(1)))
  func `Stop ends the events`() async {
    let signals = TerminalSignals()
    signals.stop()
    for await _ in signals.events { Issue.record("no signal was sent") }
  }
}
