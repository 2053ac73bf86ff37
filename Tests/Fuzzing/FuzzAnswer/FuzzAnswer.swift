import Admission
import FoundationEssentials
import Fourvenues

/// Answers to a look-up, as libFuzzer makes them up: the first byte chooses the status and the kind, the
/// rest is the body.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzAnswer(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let input = UnsafeBufferPointer(start: start, count: count)
  guard let first = input.first else { return 0 }
  let statuses = [200, 201, 204, 301, 400, 401, 403, 404, 429, 500, 502, 503]
  // Most bytes mean 200, where the body counts.
  let status = first < 24 ? statuses[Int(first) % statuses.count] : 200
  // 255 means a pass.
  let kind = PassKind.allCases[Int(UInt8.max - first) % PassKind.allCases.count]
  let body = Data(input.dropFirst())
  let answer = AnswerDecoder.answer(status: status, body: body, askedCode: "P6J21FF2S", as: kind)
  switch answer {
  case .failed: break
  case .unknown: precondition(status == 404 || (200..<300).contains(status))
  case .found(let pass, let source):
    precondition(source == .live)
    precondition(pass.kind == kind, "of another kind than asked")
    precondition((200..<300).contains(status))
    precondition(pass.code.uppercased() == "P6J21FF2S", "another code's pass")
    judge(pass)
  case .unreadable: preconditionFailure("an answer is no scan")
  }
  return 0
}

/// Whatever a pass says of itself, people are counted right.
private func judge(_ pass: Pass) {
  let event = Event(id: "el4gr63f00xkq01i1d8jh5ohuzaZhvoE")
  let evidence = Evidence(
    finding: .found(pass, .live), tonight: .chosen(event),
    now: Date(timeIntervalSince1970: 1_800_000_000))
  let decision = decide(evidence, rules: Rules())
  guard let count = decision.count else { preconditionFailure("a pass without a count") }
  precondition(count.used >= 0 && count.admitted >= 0 && count.remaining >= 0)
  precondition(count.used + count.admitted + count.remaining == count.allowed)
  precondition((decision.verdict == .admit) == (count.admitted > 0))
}
