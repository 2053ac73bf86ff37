/// A part of a report as rows, for a terminal and for a page alike.
struct ReportTable {
  struct Column {
    enum Kind {
      /// Of any length.
      case words
      /// A time or a masked code.
      case brief
      case number
    }

    var head: String
    var kind: Kind
  }

  struct Row {
    var cells: [String]
    /// What happened, in a sentence: a line of its own on a terminal, a last column on a page.
    var remark: String?

    init(_ cells: [String], remark: String? = nil) {
      self.cells = cells
      self.remark = remark
    }
  }

  var columns: [Column]
  var rows: [Row]
  /// A last row that adds the others up.
  var total: Row?
  /// What stands above the remarks on a page.
  var remarkHead: String?

  init(
    _ columns: [Column], _ rows: [Row], total: Row? = nil, remarkHead: String? = nil
  ) {
    self.columns = columns
    self.rows = rows
    self.total = total
    self.remarkHead = remarkHead
  }
}
