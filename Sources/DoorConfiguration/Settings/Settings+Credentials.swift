extension Settings {
  /// Refuses settings that cannot ask the service: neither the API key nor the pair of
  /// integration id and secret is there. For the commands that ask it.
  /// - Throws: `ConfigurationError`, which says where a key can be given.
  package func requireCredentials() throws(ConfigurationError) {
    let service = fourvenues
    if service.apiKey != nil || (service.integrationID != nil && service.secret != nil) { return }
    let problems = [
      ConfigurationProblem(
        place: nil,
        text: """
          no credentials: give "fourvenues.api_key", or "fourvenues.integration_id" together with \
          "fourvenues.secret", in the configuration file, as \
          \(ConfigurationKey.variable(for: "fourvenues.api_key")), or as a file \
          fourvenues.api_key in $CREDENTIALS_DIRECTORY, on an installed box in \
          \(BoxFiles(directory: "/etc").credentials)
          """)
    ]
    throw ConfigurationError(problems: problems, lacksCredentials: true)
  }
}
