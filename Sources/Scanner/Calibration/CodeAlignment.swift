/// How an expected code lies in what arrived, with as few faults as can be.
struct CodeAlignment: Equatable {
  enum Step: Equatable {
    case same
    case changed
    /// Expected, and not there.
    case lost(Unicode.Scalar)
    /// There, and not expected.
    case extra(Unicode.Scalar)
  }

  private(set) var steps: [Step] = []
  /// Where in what arrived the code lies.
  private(set) var range = 0..<0

  var faults: Int { steps.count { $0 != .same } }

  /// - Parameter isWhole: false where anything may stand before and after the code.
  init(_ expected: [Unicode.Scalar], in arrived: [Unicode.Scalar], isWhole: Bool) {
    let costs = Self.costs(expected, arrived, isWhole: isWhole)
    var column = arrived.count
    if !isWhole {
      let last = costs[expected.count]
      column = last.indices.min { (last[$0], $0) < (last[$1], $1) } ?? arrived.count
    }
    let end = column
    var row = expected.count
    while row > 0 || (isWhole && column > 0) {
      let cost = costs[row][column]
      if row > 0, column > 0 {
        let isSame = expected[row - 1] == arrived[column - 1]
        if costs[row - 1][column - 1] + (isSame ? 0 : 1) == cost {
          steps.append(isSame ? .same : .changed)
          (row, column) = (row - 1, column - 1)
          continue
        }
      }
      if column > 0, costs[row][column - 1] + 1 == cost {
        steps.append(.extra(arrived[column - 1]))
        column -= 1
      } else {
        steps.append(.lost(expected[row - 1]))
        row -= 1
      }
    }
    steps.reverse()
    range = column..<end
  }

  /// The fewest faults of each beginning of the one against each beginning of the other.
  private static func costs(
    _ expected: [Unicode.Scalar], _ arrived: [Unicode.Scalar], isWhole: Bool
  ) -> [[Int]] {
    var costs = [(0...arrived.count).map { isWhole ? $0 : 0 }]
    for (row, scalar) in expected.enumerated() {
      var line = [row + 1]
      for column in arrived.indices {
        let kept = costs[row][column] + (scalar == arrived[column] ? 0 : 1)
        line.append(min(kept, costs[row][column + 1] + 1, line[column] + 1))
      }
      costs.append(line)
    }
    return costs
  }
}
