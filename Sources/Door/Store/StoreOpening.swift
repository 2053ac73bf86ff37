import DoorConfiguration
import Foundation
import LinuxBox
package import NightStore

/// The night's store as it was opened, or why nothing is recorded.
package struct StoreOpening: Sendable {
  /// Open for reading alone where it cannot be written; nil where it cannot even be read.
  package var store: NightStore?
  /// What the processes on the store tell each other, as it was before this one tried to open it; nil
  /// where nothing is kept.
  var claims: PassClaimFile?
  /// The name of a damaged store that was set aside.
  var setAsideName: String?
  /// How many admissions were taken over from it.
  var admissionsTakenOver = 0
  /// The file was deleted or replaced while it was open.
  var isLost = false
  /// Why nothing is recorded.
  var failure: StoreError?

  /// One line for standard error and the log; nil where it is the store that it always was.
  var setAsideText: String? {
    if isLost {
      return "the store's file was deleted or replaced while it was open; "
        + "\(admissionsTakenOver) admissions were written down anew"
    }
    return setAsideName.map {
      "the store was damaged; it is set aside as \($0); "
        + "\(admissionsTakenOver) admissions were taken over"
    }
  }

  /// Others may be opening it at the same time, and nobody is scanning yet.
  private static let mostTries = 5

  /// - Parameter file: of the store, in the folder of `store.path`.
  /// - Throws: `ProgramExit.configuration`, once the reason is on standard error, where the file is not
  ///   for this program: to go on from memory would let everybody in again.
  package static func open(file: String) throws -> StoreOpening {
    do throws(StoreError) {
      return try openUnlessForeign(file: file)
    } catch {
      StandardStreams.writeError(line: "doorcheck: \(error)")
      throw ProgramExit.configuration
    }
  }

  /// - Throws: `StoreError` where the file is not for this program.
  static func openUnlessForeign(file: String) throws(StoreError) -> StoreOpening {
    let claims = PassClaimFile(store: file)
    do throws(StoreError) {
      var opening = try openForWriting(file: file)
      opening.claims = claims
      return opening
    } catch {
      switch error {
      case .isFolder, .notAFile, .newer, .foreign, .older: throw error
      case .folderUnusable, .readOnly, .full, .busy, .gone, .damaged, .failed:
        return StoreOpening(
          store: try? NightStore.openForReading(path: file), claims: claims, failure: error)
      }
    }
  }

  static func openForWriting(file: String) throws(StoreError) -> StoreOpening {
    try StoreOwner(ofStore: file)?.takePlace()
    var tries = 0
    while true {
      do {
        let opened = try NightStore.open(path: file, now: Date())
        return StoreOpening(
          store: opened.store,
          setAsideName: opened.setAside.map { URL(fileURLWithPath: $0.path).lastPathComponent },
          admissionsTakenOver: opened.setAside?.admissions ?? 0)
      } catch {
        tries += 1
        guard error.isBusy, tries < mostTries else { throw error }
      }
    }
  }
}

extension Settings {
  /// The file of the night's store.
  package var storeFile: String {
    storeFolder(environment: ProgramEnvironment.variables) + "/doorcheck.sqlite"
  }

  /// Where wrong PINs are counted, beside the store.
  var pinTriesFile: String { storeFolder(environment: ProgramEnvironment.variables) + "/pin-tries" }

  /// Which of several events somebody has picked.
  var pickedEventFile: PickedEventFile {
    PickedEventFile(path: storeFolder(environment: ProgramEnvironment.variables) + "/picked-event")
  }

  /// Which way staff have turned the door.
  var turnedDoorFile: TurnedDoorFile {
    TurnedDoorFile(path: storeFolder(environment: ProgramEnvironment.variables) + "/turned-door")
  }

  /// What stands on the box's staff cards; nil where nothing is kept.
  package var staffCardFile: StaffCardFile? {
    isRecording
      ? StaffCardFile(folder: storeFolder(environment: ProgramEnvironment.variables)) : nil
  }

  /// `store.path`, else the service manager's folder, else the user's.
  package func storeFolder(environment: [String: String]) -> String {
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
