package import Admission
package import DoorScreen
package import Formatting
package import Foundation
package import Scanner

/// What a venue has decided, checked and complete (Contract: Configuration). The values that
/// `init` leaves are the defaults; the table of keys takes them from here.
package struct Settings: Sendable, Equatable {
  package var fourvenues = Fourvenues()
  package var event = Event()
  package var door: Door
  /// `rules.*` and `door.organization_id`.
  package var rules = Rules()
  /// Seconds after its last read in which the newest code read again is a repeat; 0: never.
  package var repeatSeconds = 3.0
  /// A stored answer older than this is none.
  package var cacheMaxAgeHours = 24
  /// The kinds of which the panel says what to collect.
  package var collectAtDoor: [PassKind] = []
  package var scanner = Scanner()
  package var screen = Screen()
  package var store = Store()
  package var ledger = Ledger()
  /// Whether the service is told who came in.
  package var reportsEntries = false
  package var kiosk = Kiosk()
  package var hooks = Hooks()
  /// False keeps everything in memory, as for a demo.
  package var isRecording = true

  /// - Parameter hostName: the box's, which is the door's name until it is given another.
  package init(hostName: String) {
    door = Door(name: hostName)
  }

  /// The service: where it is, what opens it, how long and how often it is asked.
  package struct Fourvenues: Sendable, Equatable {
    /// Without a slash at its end.
    // A literal that is a URL.
    package var baseURL = URL(string: "https://api.fourvenues.com/integrations")!
    /// What leads to it from this box; nil: it is reached directly.
    package var proxy: Proxy?
    package var apiKey: Secret?
    package var integrationID: Secret?
    package var secret: Secret?
    /// For the whole look-up with its retries, from its first request.
    package var deadlineMilliseconds = 1500
    package var requestsPerSecond = 9
    /// How long a live answer is waited for where a fresh stored one can answer.
    package var patienceMilliseconds = 700
  }

  /// A proxy that opens a tunnel to the service.
  package struct Proxy: Sendable, Equatable {
    /// A name or an address, without brackets.
    package var host: String
    package var port: Int
    package var user: Secret?
    package var password: Secret?
  }

  /// What the box remembers.
  package struct Store: Sendable, Equatable {
    /// A folder; nil: the service manager's or the user's.
    package var path: String?
    /// Days after an event's end when its names go.
    package var keepDays = 7
  }

  /// The ledger that several doors share.
  package struct Ledger: Sendable, Equatable {
    /// Nil: this box is a door by itself.
    package var url: LedgerURL?
    /// Of the role that `url` names.
    package var password: Secret?
    /// How long it is waited for before the door goes on from its own store.
    package var patienceMilliseconds = 300
  }

  /// A box that stands alone.
  package struct Kiosk: Sendable, Equatable {
    package var isEnabled = false
    /// Of the supervisor's PIN; nil: nobody leaves by the keyboard.
    package var pinHash: PINHash?
    /// What the PIN stands before; leaving always is among it.
    package var pinFor: [GuardedAction] = [.leave]
  }

  /// Tonight's event, as far as the service need not be asked.
  package struct Event: Sendable, Equatable {
    package var id: String?
    package var name: String?
    package var startsAt: Date?
    /// After `startsAt`, where both are given.
    package var endsAt: Date?
    /// Named by `--event`.
    package var isOption = false

    package init(
      id: String? = nil, name: String? = nil, startsAt: Date? = nil, endsAt: Date? = nil
    ) {
      self.id = id
      self.name = name
      self.startsAt = startsAt
      self.endsAt = endsAt
    }
  }

  package struct Door: Sendable, Equatable {
    package var name: String
    /// An IANA identifier; nil: the box's zone.
    package var timeZone: String?
    /// What amber says to do: whom to call.
    package var help: String?
    /// People; nil: no limit is shown.
    package var capacity: Int?
    package var showNames = ShownNames.full
    /// The kinds of code that it takes, in the order in which they are asked for; at least one, each
    /// once.
    package var accepts: [PassKind] = [.pass]
    /// Which way people go through it.
    package var direction = DoorDirection.in
  }

  /// How codes look, and what the scanner puts around them.
  package struct Scanner: Sendable, Equatable {
    /// Its expressions compile, and have been probed: they answer quickly.
    package var format = CodeFormat()
    /// The longest pause inside a burst.
    package var gapMilliseconds = 50
    /// After how long it reads a code again that stays before it; nil where nobody measured it.
    package var rereadMilliseconds: Int?

    package init() {}
  }

  /// Programs of the venue's.
  package struct Hooks: Sendable, Equatable {
    /// An absolute path; it is started for each verdict.
    package var verdict: String?
  }

  package struct Screen: Sendable, Equatable {
    /// Nil: from the locale.
    package var language: Language?
    package var theme = Theme.standard
    package var panelSeconds = 8
    package var keys = KeyHints.auto
    /// ISO 4217.
    package var currency = "EUR"
  }
}

extension Settings {
  /// Whether the service can be asked: the API key is there, or the pair of integration id and secret.
  package var hasCredentials: Bool {
    fourvenues.apiKey != nil || (fourvenues.integrationID != nil && fourvenues.secret != nil)
  }
}
