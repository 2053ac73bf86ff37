import DoorConfiguration
import DoorScreen
import NightStore
import Scanner

/// Everything that must be right before the door screen can begin.
struct DoorStart {
  let settings: Settings
  let warnings: [ConfigurationWarning]
  let opening: StoreOpening

  /// Why it cannot begin, and what could be read of the configuration all the same.
  struct Failure: Error, Equatable {
    var fault: SetupFault
    var readable: Settings
    /// Something that opens the service is missing or wrong.
    var isOfCredentials = false
  }

  /// - Parameter read: reads the configuration, anew each time.
  init(reading read: () throws(ConfigurationError) -> LoadedConfiguration) throws(Failure) {
    do throws(ConfigurationError) {
      let loaded = try read()
      (settings, warnings) = (loaded.settings, loaded.warnings)
    } catch {
      throw Failure(
        fault: SetupFault(
          error.lacksCredentials ? .credentials : .configuration, details: error.lines),
        readable: error.readable ?? Settings(hostName: ConfigurationLoader.hostName),
        isOfCredentials: error.lacksCredentials || error.problems.contains(where: \.isOfCredential))
    }
    do {
      _ = try settings.clientConfiguration()
      _ = try CodeCleaner(format: settings.scanner.format)
    } catch {
      throw Failure(
        fault: SetupFault(.configuration, details: ["\(error)"]), readable: settings)
    }
    do throws(StoreError) {
      opening =
        settings.isRecording
        ? try StoreOpening.openUnlessForeign(file: settings.storeFile) : StoreOpening()
    } catch {
      throw Failure(fault: SetupFault(.store, details: ["\(error)"]), readable: settings)
    }
  }
}

extension ConfigurationProblem {
  fileprivate var isOfCredential: Bool {
    if case .credential = place { true } else { false }
  }
}
