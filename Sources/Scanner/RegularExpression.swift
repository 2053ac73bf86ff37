import CPCRE2
import Synchronization

/// A compiled expression of PCRE2 (`scanner.pattern`, `scanner.extract`). A match is bounded, so no
/// expression can hold up the door (Contract: Configuration).
package final class RegularExpression: Sendable {
  /// What a match came to.
  package enum Match: Sendable, Equatable {
    /// With what the first group took; nil where it took nothing, or there is none.
    case found(group: String?)
    case none
    /// Given up: it took more steps than a scan may cost.
    case tooCostly
  }

  /// What does not compile, and where.
  package struct Fault: Error, Equatable, CustomStringConvertible {
    package var complaint: String
    /// Counted in characters, from 1.
    package var position: Int

    package var description: String { "\(complaint) (at character \(position))" }
  }

  /// Steps of the matcher. An honest expression needs a few thousand for the longest scan; these
  /// many take about 10 ms.
  private static let mostSteps: UInt32 = 200_000
  /// Nested calls of the matcher, each with a frame on the heap.
  private static let deepest: UInt32 = 10_000
  /// In KiB.
  private static let mostMemory: UInt32 = 4_096

  private struct Compiled {
    let code: OpaquePointer
    let limits: OpaquePointer?
  }

  /// One match at a time: only the loop asks, so nobody waits.
  private let compiled: Mutex<Compiled>

  /// How many groups it has.
  package let groupCount: Int

  package init(_ expression: String) throws(Fault) {
    var error: Int32 = 0
    var offset = 0
    let bytes = Array(expression.utf8)
    guard
      let code = pcre2_compile_8(
        bytes, bytes.count, doorcheck_pcre2_options, &error, &offset, nil)
    else {
      let before = String(decoding: bytes.prefix(offset), as: UTF8.self)
      throw Fault(
        complaint: Self.message(error), position: before.unicodeScalars.count + 1)
    }
    var groups: UInt32 = 0
    pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_CAPTURECOUNT), &groups)
    groupCount = Int(groups)
    let limits = pcre2_match_context_create_8(nil)
    pcre2_set_match_limit_8(limits, Self.mostSteps)
    pcre2_set_depth_limit_8(limits, Self.deepest)
    pcre2_set_heap_limit_8(limits, Self.mostMemory)
    compiled = Mutex(Compiled(code: code, limits: limits))
  }

  deinit {
    compiled.withLock {
      pcre2_match_context_free_8($0.limits)
      pcre2_code_free_8($0.code)
    }
  }

  /// Searches a text for the expression.
  package func firstMatch(in text: String) -> Match {
    let bytes = Array(text.utf8)
    return compiled.withLock { compiled in
      let found = pcre2_match_data_create_from_pattern_8(compiled.code, nil)
      defer { pcre2_match_data_free_8(found) }
      let result = pcre2_match_8(
        compiled.code, bytes, bytes.count, 0, 0, found, compiled.limits)
      return switch result {
      case PCRE2_ERROR_NOMATCH: .none
      case ..<0: .tooCostly
      default: .found(group: group(1, of: found, in: bytes))
      }
    }
  }

  private func group(_ number: Int, of found: OpaquePointer?, in bytes: [UInt8]) -> String? {
    guard number <= groupCount, let offsets = pcre2_get_ovector_pointer_8(found) else { return nil }
    let (start, end) = (offsets[2 * number], offsets[2 * number + 1])
    // An unset group is PCRE2_UNSET, which arrives as -1.
    guard 0...bytes.count ~= start, start...bytes.count ~= end else { return nil }
    return String(decoding: bytes[start..<end], as: UTF8.self)
  }

  private static func message(_ error: Int32) -> String {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 256) { buffer in
      let length = pcre2_get_error_message_8(error, buffer.baseAddress, buffer.count)
      return length < 0
        ? "error \(error)" : String(decoding: buffer.prefix(Int(length)), as: UTF8.self)
    }
  }
}
