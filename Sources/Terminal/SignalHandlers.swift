import Glibc

/// The handlers of the signals that curses would take for itself.
struct SignalHandlers {
  private static let signals = [SIGINT, SIGTERM, SIGTSTP, SIGWINCH]
  private var actions: [(signal: Int32, action: sigaction)] = []

  static func current() -> SignalHandlers {
    var handlers = SignalHandlers()
    for signal in signals {
      var action = sigaction()
      if sigaction(signal, nil, &action) == 0 { handlers.actions.append((signal, action)) }
    }
    return handlers
  }

  func putBack() {
    for (signal, action) in actions {
      var action = action
      sigaction(signal, &action, nil)
    }
  }

  /// A door has no shell to be stopped into, and setting a tty's modes from the background must not
  /// stop the program either.
  static func ignoreJobControl() {
    for signal in [SIGTSTP, SIGTTOU, SIGTTIN] { Glibc.signal(signal, SIG_IGN) }
  }
}
