/// How many rows of each list stand on paper, so that a report is two pages whatever the night was.
enum PrintPlan {
  /// Rows of the second page, with heads and what is between the tables.
  static let rowsOfLists = 75
  /// A list's title, its head and the row that says how many more there are, in rows.
  static let rowsAroundList = 5
  static let mostPassTypes = 16
  static let mostDoors = 7

  /// Deals rows out evenly; what one list does not need the others get.
  static func shares(of counts: [Int], rows: Int) -> [Int] {
    var shares = counts.map { _ in 0 }
    var left = max(0, rows)
    while left > 0 {
      let wanting = counts.indices.filter { shares[$0] < counts[$0] }
      if wanting.isEmpty { break }
      for list in wanting where left > 0 {
        shares[list] += 1
        left -= 1
      }
    }
    return shares
  }
}
