/// What is asked of the server, with its values.
struct Statement: Sendable {
  /// A statement that each connection of its kind prepares.
  struct Prepared: Sendable {
    let name: String
    let sql: String
  }

  enum Form: Sendable {
    case run(name: String)
    case once(sql: String)
    case prepare(Prepared)
  }

  let form: Form
  /// As text; nil is NULL.
  var values: [String?] = []
  /// The server is to send the answer at once, without those that follow.
  var isAnsweredAtOnce = false

  static func run(
    _ prepared: Prepared, _ values: [String?] = [], isAnsweredAtOnce: Bool = false
  ) -> Statement {
    Statement(
      form: .run(name: prepared.name), values: values, isAnsweredAtOnce: isAnsweredAtOnce)
  }

  static func once(_ sql: String, _ values: [String?] = []) -> Statement {
    Statement(form: .once(sql: sql), values: values)
  }

  static func prepare(_ prepared: Prepared) -> Statement { Statement(form: .prepare(prepared)) }
}

/// What the server answered to one statement: rows of columns, as text.
struct Answer: Sendable {
  var rows: [[String?]] = []
  /// Of how many rows it says that it changed them.
  var changed = 0
}
