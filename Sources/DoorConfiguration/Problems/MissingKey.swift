import Formatting
import Glibc

/// What a fresh install lacks: where the key goes, so that there is one thing to do.
struct MissingKey: Sendable, Equatable {
  enum Place: Sendable, Equatable {
    /// The box's own secret, as the package installs it.
    case credential(String)
    /// The box's secrets are there, and only root may look at them.
    case closed(folder: String)
    /// A configuration file of the user's own.
    case file(String)
  }

  let place: Place

  /// - Parameters:
  ///   - file: the configuration that was read; nil where there is none.
  ///   - usersFile: where a user's own would be; nil where nobody knows.
  ///   - isHandedSecrets: a service manager hands them over, and need not let the program look itself.
  init(box: SystemFiles, file: String?, usersFile: String?, isHandedSecrets: Bool) {
    // What is not the box's own file has nothing to do with the box's secrets.
    if let file, file != box.configuration {
      place = .file(file)
    } else if access(box.credentials, F_OK) == 0 || usersFile == nil || file != nil {
      let isClosed =
        !isHandedSecrets && access(box.credentials, R_OK | X_OK) != 0 && errno == EACCES
      place =
        isClosed
        ? .closed(folder: box.credentials) : .credential("\(box.credentials)/fourvenues.api_key")
    } else {
      place = .file(usersFile ?? box.configuration)
    }
  }

  init(_ place: Place) { self.place = place }

  var text: String {
    let advice =
      switch place {
      case .credential(let path): "put it into \(shown(path))"
      case .closed(let folder): "only root can read \(shown(folder)), so use sudo"
      case .file(let path): "put it into \(shown(path)) as fourvenues.api_key"
      }
    return "No API key: \(advice). To try it without one: doorcheck demo"
  }

  private func shown(_ path: String) -> String { ShownText.clean(path, limit: 1000) }
}
