import Glibc

/// The signals that a keyboard can send while its terminal is not raw: before the door screen has
/// taken it over, and after it has gone.
enum KeyboardSignals {
  /// For good; what systemd and administrators send is not among them.
  static func ignore() {
    for number in [SIGINT, SIGQUIT, SIGTSTP] { signal(number, SIG_IGN) }
  }
}
