/// Where the box keeps its own configuration and its own secrets.
package struct BoxFiles: Sendable {
  let configuration: String
  /// For root alone: the unit of the door screen passes them on (systemd.exec(5), "Credentials"), and
  /// a command that root runs reads them itself.
  package let credentials: String

  /// - Parameter directory: `/etc`, but in tests.
  package init(directory: String) {
    configuration = "\(directory)/doorcheck/doorcheck.yaml"
    credentials = "\(directory)/doorcheck/credentials"
  }
}
