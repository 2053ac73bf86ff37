/// What a panel says, before it is known how much room there is.
struct PanelContent: Equatable {
  /// Where the word stands: each verdict has a place of its own, so that it works without colour.
  enum Place: Equatable { case left, centre, right }

  /// A line of text below the word.
  struct Line: Equatable {
    /// What a line is about, the last to go first: the order decides when room is scarce.
    enum Topic: Int, Equatable, Comparable {
      case reason, age, collect, people, name, nextStep, usage, remark, place, extras, type, stored
      case hours, late, rate, nights, hint

      static func < (one: Topic, other: Topic) -> Bool { one.rawValue < other.rawValue }
    }

    var topic: Topic
    var text: String
    var isBold = false
    /// The same in fewer words, for a row that it shares with another line.
    var brief: String?
    /// Stands in a bar of its own with that look, which cannot be overlooked.
    var bar: Style.Role?
    /// The text as it was before the nights joined it.
    var withoutNights: String?
    /// That the answer is a stored one, where that joined it.
    var stored: [Line] = []
  }

  /// In block letters of half the word's height, below it.
  struct Subtitle: Equatable {
    /// The preferred first.
    var words: [BlockWord]
    /// Gives way to any line of text.
    var isOptional = false
  }

  var role: Style.Role
  var place: Place
  /// Symbol, word and number in block letters, the fullest first. Empty: text only.
  var words: [BlockWord]
  /// In their place where none of them fits at all.
  var lastResort: [BlockWord] = []
  var subtitles: [Subtitle] = []
  /// The word in plain characters, for where block letters do not fit.
  var headline: String
  var lines: [Line]
  /// At the right end of the first line: running number and marks, as they tell verdicts apart.
  var mark = ""
}
