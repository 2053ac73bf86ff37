import Admission
import DoorScreen
import Foundation
import Scanner
import Terminal

/// What a venue has decided, checked and complete (contract, "Configuration"). The values that
/// `init` leaves are the defaults; the table of keys takes them from here.
struct Settings: Sendable, Equatable {
  var fourvenues = Fourvenues()
  var event = Event()
  var door: Door
  /// `rules.*` and `door.organization_id`.
  var rules = Rules()
  /// Seconds after its last read in which the newest code read again is a repeat; 0: never.
  var repeatSeconds = 3.0
  /// A stored answer older than this is none.
  var cacheMaxAgeHours = 24
  /// Whether the panel says what to collect.
  var collectAtDoor = false
  var scanner = Scanner()
  var screen = Screen()
  var store = Store()
  /// Whether the service is told who came in.
  var reportsEntries = false
  var kiosk = Kiosk()
  var hooks = Hooks()
  /// False keeps everything in memory, as for a demo.
  var isRecording = true

  /// - Parameter hostName: the box's, which is the door's name until it is given another.
  init(hostName: String) {
    door = Door(name: hostName)
  }

  /// The service: where it is, what opens it, how long and how often it is asked.
  struct Fourvenues: Sendable, Equatable {
    /// Without a slash at its end.
    // A literal that is a URL.
    var baseURL = URL(string: "https://api.fourvenues.com/integrations")!
    var apiKey: Secret?
    var integrationID: Secret?
    var secret: Secret?
    /// For the whole look-up with its retries, from its first request.
    var deadlineMilliseconds = 1500
    var requestsPerSecond = 9
    /// How long a live answer is waited for where a fresh stored one can answer.
    var patienceMilliseconds = 700
  }

  /// What the box remembers.
  struct Store: Sendable, Equatable {
    /// A folder; nil: the service manager's or the user's.
    var path: String?
    /// Days after an event's end when its names go.
    var keepDays = 7
  }

  /// A box that stands alone.
  struct Kiosk: Sendable, Equatable {
    var isEnabled = false
    /// Of the supervisor's PIN; nil: nobody leaves by the keyboard.
    var pinHash: PINHash?
    /// What the PIN stands before; leaving always is among it.
    var pinFor: [GuardedAction] = [.leave]
  }

  /// Tonight's event, as far as the service need not be asked.
  struct Event: Sendable, Equatable {
    var id: String?
    var name: String?
    var startsAt: Date?
    /// After `startsAt`, where both are given.
    var endsAt: Date?
  }

  struct Door: Sendable, Equatable {
    var name: String
    /// An IANA identifier; nil: the box's zone.
    var timeZone: String?
    /// What amber says to do: whom to call.
    var help: String?
    /// People; nil: no limit is shown.
    var capacity: Int?
    var showNames = ShownNames.full
  }

  /// How codes look, and what the scanner puts around them.
  struct Scanner: Sendable, Equatable {
    /// Its expressions compile, and have been probed: they answer quickly.
    var format = CodeFormat()
    /// The longest pause inside a burst.
    var gapMilliseconds = 50
  }

  /// Programs of the venue's.
  struct Hooks: Sendable, Equatable {
    /// An absolute path; it is started for each verdict.
    var verdict: String?
  }

  struct Screen: Sendable, Equatable {
    /// Nil: from the locale.
    var language: Language?
    var theme = Theme.standard
    var panelSeconds = 8
    /// ISO 4217.
    var currency = "EUR"
  }
}
