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
          No API key. Save it as \(BoxFiles(directory: "/etc").credentials)/fourvenues.api_key; \
          without the package, as "fourvenues.api_key" in the configuration file or as \
          \(ConfigurationKey.variable(for: "fourvenues.api_key")). Or give both \
          "fourvenues.integration_id" and "fourvenues.secret".
          """)
    ]
    throw ConfigurationError(problems: problems, lacksCredentials: true)
  }
}
