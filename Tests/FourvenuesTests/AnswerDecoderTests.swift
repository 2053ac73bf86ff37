import Admission
import FaultServer
import FoundationEssentials
import Fourvenues
import SeededRandom
import Testing

/// What the bodies mean (FourvenuesAPI: Pass) (FourvenuesAPI: When it does not say yes).
@Suite struct AnswerDecoderTests {
  private func answer(_ body: String, status: Int = 200, code: String = "ABC1") -> Finding {
    AnswerDecoder.answer(status: status, body: Data(body.utf8), askedCode: code)
  }

  /// A pass with some fields replaced or, by an empty text, left out.
  private func pass(_ changes: [String: String] = [:], usage: [String: String]? = nil) -> String {
    func object(_ fields: [String: String]) -> String {
      "{"
        + fields.filter { $0.value != "" }.map { "\"\($0.key)\":\($0.value)" }
        .joined(separator: ",") + "}"
    }
    var usageFields = [
      "event_id": "\"E\"", "beneficiaries": "2", "usage_beneficiaries": "1", "checked_in": "true",
    ]
    usageFields.merge(usage ?? [:]) { $1 }
    var fields = [
      "_id": "\"P\"", "code": "\"ABC1\"", "state": "\"activated\"", "archived": "false",
      "organization_id": "\"O\"", "customer_fullname": "\"Ana\"", "type_id": "\"T\"",
      "type_name": "\"VIP\"", "passes_usages": "[\(object(usageFields))]",
    ]
    fields.merge(changes) { $1 }
    return "{\"success\":true,\"data\":\(object(fields))}"
  }

  private let expected = Pass(
    id: "P", organizationID: "O", code: "ABC1", customerName: "Ana", typeID: "T", typeName: "VIP",
    state: "activated",
    usages: [Usage(eventID: "E", beneficiaries: 2, peopleCountedIn: 1, isCheckedIn: true)])

  @Test func `The vendor's sample is read`() {
    let body = Data(PackageResources.pass_by_code_json)
    let sample = Pass(
      id: "Pl4gr84v20xqu01js0ybj42s6vYtIz1T", organizationID: "or4gr63f00xkq01i1d8jh5ohuzaZhvoE",
      code: "P6J21FF2S", customerName: "Miguel Perez", typeID: "ty4gr63f00xkq01i1d8jh5ohuzaZhvoE",
      typeName: "Premium 7 dias", state: "activated",
      usages: [
        Usage(
          eventID: "el4gr63f00xkq01i1d8jh5ohuzaZhvoE", beneficiaries: 1, peopleCountedIn: 1,
          isCheckedIn: true, time: Date(timeIntervalSince1970: 1_712_861_139))
      ])
    #expect(
      AnswerDecoder.answer(status: 200, body: body, askedCode: "P6J21FF2S") == .found(sample, .live)
    )
    #expect(
      AnswerDecoder.answer(status: 200, body: body, askedCode: "p6j21ff2s") == .found(sample, .live)
    )
    #expect(
      AnswerDecoder.answer(status: 200, body: body, askedCode: "P6J21FF2") == .failed(.serviceError)
    )
  }

  @Test func `Every cut of the vendor sample is unusable`() {
    let body = Data(PackageResources.pass_by_code_json)
    for length in 0..<body.count {
      #expect(
        AnswerDecoder.answer(status: 200, body: body.prefix(length), askedCode: "P6J21FF2S")
          == .failed(.serviceError), "cut at \(length)")
    }
  }

  @Test(arguments: [
    (404, "", Finding.unknown(.live)), (404, "<html>", .failed(.serviceError)),
    (200, #"{"success":false}"#, .unknown(.live)),
    (201, #"{"success":false,"data":null}"#, .unknown(.live)),
    (200, #"{"success":true}"#, .unknown(.live)),
    (200, #"{"success":true,"data":null}"#, .unknown(.live)),
    (401, "", .failed(.unauthorized)), (403, "{}", .failed(.unauthorized)),
    (429, #"{"success":false}"#, .failed(.rateLimited)),
    (500, "", .failed(.serviceError)), (503, "", .failed(.serviceError)),
    (599, #"{"success":false}"#, .failed(.serviceError)),
    (400, #"{"success":false}"#, .failed(.serviceError)), (410, "", .failed(.serviceError)),
    (301, "", .failed(.serviceError)), (304, "", .failed(.serviceError)),
    (200, "", .failed(.serviceError)), (204, "", .failed(.serviceError)),
    (200, "<html></html>", .failed(.serviceError)), (200, "null", .failed(.serviceError)),
    (200, "[]", .failed(.serviceError)), (200, "{}", .failed(.serviceError)),
    (200, "7", .failed(.serviceError)), (200, #""success""#, .failed(.serviceError)),
    (200, #"{"data":null}"#, .failed(.serviceError)),
    (200, #"{"success":"false"}"#, .failed(.serviceError)),
    (200, #"{"success":true,"data":{}}"#, .failed(.serviceError)),
    (200, #"{"success":true,"data":[]}"#, .failed(.serviceError)),
    (200, #"{"success":true,"data":"ABC1"}"#, .failed(.serviceError)),
    (200, #"{"success":true,"data":{"code":"ABC1""#, .failed(.serviceError)),
  ])
  func `What does not say yes is no pass`(status: Int, body: String, expected: Finding) {
    #expect(answer(body, status: status) == expected)
  }

  @Test(arguments: [401, 404, 429, 500, 302])
  func `A pass under an error is no pass`(status: Int) {
    if case .found = answer(pass(), status: status) { Issue.record("found under \(status)") }
  }

  @Test func `Only a denied success is no pass`() {
    #expect(answer(pass()) == .found(expected, .live))
    let body = pass()
    #expect(answer(body.replacing("\"success\":true,", with: "")) == .found(expected, .live))
    #expect(
      answer(body.replacing("\"success\":true", with: "\"success\":null"))
        == .found(expected, .live))
    #expect(
      answer(body.replacing("\"success\":true", with: "\"success\":false")) == .unknown(.live))
    #expect(answer(body + "\n") == .found(expected, .live))
    #expect(answer(body, status: 299) == .found(expected, .live))
  }

  @Test(arguments: ["code", "state"], ["", "null", "5", "true", "[]", "{}"])
  func `What the verdict needs`(field: String, value: String) {
    #expect(answer(pass([field: value])) == .failed(.serviceError))
  }

  @Test(arguments: [
    ("archived", "1"), ("archived", "\"false\""), ("passes_usages", "{}"), ("passes_usages", ""),
    ("passes_usages", "null"),
    ("passes_usages", "\"\""), ("passes_usages", "[null]"), ("passes_usages", "[5]"),
    ("passes_usages", "[[]]"), ("passes_usages", "[{}]"), ("code", "\"\""), ("code", "\"ABC2\""),
    ("code", "\"ABC1 \""), ("code", "\"\u{FF21}BC1\""),
  ])
  func `What the verdict needs has its type or is unusable`(field: String, value: String) {
    #expect(answer(pass([field: value])) == .failed(.serviceError))
  }

  @Test(arguments: [
    ("event_id", ""), ("event_id", "null"), ("event_id", "7"), ("beneficiaries", "\"2\""),
    ("beneficiaries", "1.5"), ("beneficiaries", "true"), ("beneficiaries", "1e400"),
    ("beneficiaries", "99999999999999999999"),
    ("beneficiaries", "9223372036854775807"), ("beneficiaries", "-1"),
    ("usage_beneficiaries", "100001"), ("usage_beneficiaries", "\"1\""),
    ("usage_beneficiaries", "[]"), ("checked_in", "1"), ("checked_in", "\"true\""),
  ])
  func `What a usage needs has its type or is unusable`(field: String, value: String) {
    #expect(answer(pass(usage: [field: value])) == .failed(.serviceError))
  }

  @Test(
    arguments: [
      "_id", "organization_id", "customer_fullname", "type_id", "type_name", "archived",
      "purchase_date", "customer_email",
    ], ["", "null"])
  func `What no verdict needs may be missing or of any type`(field: String, value: String) {
    var pass = expected
    switch field {
    case "_id": pass.id = ""
    case "organization_id": pass.organizationID = nil
    case "customer_fullname": pass.customerName = nil
    case "type_id": pass.typeID = nil
    case "type_name": pass.typeName = nil
    default: break
    }
    #expect(answer(self.pass([field: value])) == .found(pass, .live))
  }

  @Test(arguments: [
    ("customer_fullname", "[1]"), ("customer_fullname", "true"), ("customer_fullname", "{}"),
  ])
  func `A name of any other type is no name`(field: String, value: String) {
    var pass = expected
    pass.customerName = nil
    #expect(answer(self.pass([field: value])) == .found(pass, .live))
  }

  @Test func `What no verdict needs is read leniently`() {
    var pass = expected
    pass.organizationID = "12"
    pass.customerName = "5"
    pass.usages[0].time = nil
    #expect(
      answer(
        self.pass(
          ["organization_id": "12", "customer_fullname": "5", "later": "[[{}]]"],
          usage: ["usage_time": "\"yesterday\"", "usage_price": "{}"])) == .found(pass, .live))
  }

  @Test(arguments: [
    ("1712861139", 1_712_861_139 as TimeInterval?), ("1712861139.0", 1_712_861_139), ("-1", nil),
    ("1e300", nil), ("1e400", nil), ("null", nil), ("\"x\"", nil),
  ])
  func `The time of a usage is read where it is one`(value: String, seconds: TimeInterval?) {
    var pass = expected
    pass.usages[0].time = seconds.map { Date(timeIntervalSince1970: $0) }
    #expect(answer(self.pass(usage: ["usage_time": value])) == .found(pass, .live))
  }

  @Test func `Whole numbers and nulls are read in every spelling`() {
    var pass = expected
    #expect(
      answer(self.pass(usage: ["beneficiaries": "2.0", "usage_beneficiaries": "1.0"]))
        == .found(pass, .live))
    pass.usages[0] = Usage(eventID: "E")
    #expect(
      answer(
        self.pass(usage: ["beneficiaries": "null", "usage_beneficiaries": "", "checked_in": "null"])
      ) == .found(pass, .live))
  }

  @Test func `Codes are compared by bytes`() {
    var pass = expected
    pass.code = "K1é"
    #expect(answer(self.pass(["code": "\"K1é\""]), code: "k1é") == .found(pass, .live))
    #expect(answer(self.pass(["code": "\"K1é\""]), code: "K1É") == .failed(.serviceError))
    #expect(answer(self.pass(["code": "\"K1é\""]), code: "K1e\u{301}") == .failed(.serviceError))
    #expect(answer(self.pass(["code": "\"\u{212A}1é\""]), code: "K1é") == .failed(.serviceError))
  }

  @Test(arguments: ["[", "{\"a\":", "{\"success\":true,\"data\":[", "\"\\"])
  func `Deep nesting does not crash`(opening: String) {
    #expect(answer(String(repeating: opening, count: 200_000)) == .failed(.serviceError))
    let nested = String(repeating: opening, count: 200_000)
    let body = self.pass(["later": nested])
    #expect(answer(body) == .failed(.serviceError))
  }

  @Test func `No byte crashes it`() {
    let seed: UInt64 = 20_260_101
    var generator = SplitMix64(seed: seed)
    let sample = Array(PackageResources.pass_by_code_json)
    for round in 0..<2000 {
      var body = sample
      for _ in 0..<Int.random(in: 1...6, using: &generator) {
        let index = Int.random(in: 0..<body.count, using: &generator)
        body[index] = UInt8.random(in: .min ... .max, using: &generator)
      }
      let answer = AnswerDecoder.answer(status: 200, body: Data(body), askedCode: "P6J21FF2S")
      if case .found(let pass, _) = answer {
        #expect(
          pass.code.lowercased() == "p6j21ff2s", "seed \(seed), round \(round)")
      }
    }
  }
}
