import Foundation
import NightStore

/// The night's store as it was opened, or why it was not.
struct StoreOpening: Sendable {
  /// Nil where the program goes on from memory.
  var store: NightStore?
  /// The name of a damaged store that was set aside.
  var setAsideName: String?
  /// Why there is none.
  var failure: StoreError?

  /// - Parameter file: of the store, in the folder of `store.path`.
  static func open(file: String) -> StoreOpening {
    do throws(StoreError) {
      let opened = try NightStore.open(path: file, now: Date())
      return StoreOpening(
        store: opened.store,
        setAsideName: opened.setAside.map { URL(fileURLWithPath: $0.path).lastPathComponent })
    } catch {
      return StoreOpening(failure: error)
    }
  }

}

extension Settings {
  /// The file of the night's store.
  var storeFile: String { storeFolder(environment: Box.environment) + "/doorcheck.sqlite" }

  /// `store.path`, else the service manager's folder, else the user's.
  func storeFolder(environment: [String: String]) -> String {
    if let path = store.path { return path }
    func given(_ name: String) -> String? {
      environment[name].flatMap { $0.isEmpty ? nil : $0 }
    }
    // The service manager parts several by colons; the first is ours.
    if let folder = given("STATE_DIRECTORY")?.split(separator: ":").first { return String(folder) }
    if let state = given("XDG_STATE_HOME") { return state + "/doorcheck" }
    return given("HOME").map { $0 + "/.local/state/doorcheck" } ?? "/var/lib/doorcheck"
  }
}
