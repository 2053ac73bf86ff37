import Testing

@testable import Fourvenues

@Suite struct ListSplitterTests {
  private func split(
    _ text: String, chunk: Int = .max
  ) throws -> (elements: [String], envelope: String) {
    var splitter = ListSplitter()
    var elements: [String] = []
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      try splitter.consume(bytes.prefix(chunk)) {
        elements.append(String(decoding: $0, as: UTF8.self))
      }
      bytes = bytes.dropFirst(chunk)
    }
    return (elements, String(decoding: splitter.envelope, as: UTF8.self))
  }

  @Test(arguments: [
    (
      #"{"success":true,"data":[{"a":[1,2]},{"b":"],{\"}"}]}"#,
      [#"{"a":[1,2]}"#, #"{"b":"],{\"}"}"#],
      #"{"success":true,"data":[]}"#
    ),
    (#"[1, null ,"x"]"#, ["1", "null", "\"x\""], "[]"), ("[]", [], "[]"), (" [ ] ", [], " [] "),
    (#"{"errors":["x"],"data":[]}"#, [], #"{"errors":["x"],"data":[]}"#),
    (
      #"{"meta":{"data":[1]},"data" : [ 2 ],"n":1}"#, ["2"],
      #"{"meta":{"data":[1]},"data" : [],"n":1}"#
    ),
    (#"{"data":{"data":[1]}}"#, [], #"{"data":{"data":[1]}}"#),
    (#"{"data":[1,{"a":"#, ["1"], #"{"data":["#), ("<html>", [], "<html>"),
    (#"{"a\"data":[1]}"#, [], #"{"a\"data":[1]}"#),
  ])
  func `A list is cut into its elements`(text: String, elements: [String], envelope: String) throws
  {
    for chunk in [1, 3, Int.max] {
      let (gotElements, gotEnvelope) = try split(text, chunk: chunk)
      #expect(gotElements == elements)
      #expect(gotEnvelope == envelope)
    }
  }

  @Test func `Deep nesting stays cheap`() throws {
    #expect(try split("[" + String(repeating: "[", count: 200_000)).elements.isEmpty)
    #expect(try split(String(repeating: "}", count: 200_000)).elements.isEmpty)
  }

  @Test func `An element has a cap`() {
    #expect(throws: Problem.self) {
      try split("[\"" + String(repeating: "x", count: 2 << 20))
    }
  }
}
