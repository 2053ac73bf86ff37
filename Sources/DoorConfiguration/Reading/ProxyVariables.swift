import Foundation
import Glibc

/// The variables by which a box tells all its programs which proxy leads out: `HTTPS_PROXY`, and
/// `NO_PROXY` for what is reached without it, each also in small letters.
struct ProxyVariables {
  private(set) var proxy: Settings.Proxy?
  private(set) var problems: [ConfigurationProblem] = []
  private(set) var warnings: [ConfigurationWarning] = []

  /// - Parameter url: of the service. Only an https one to another machine goes through a proxy; for
  ///   any other nothing is read.
  init(_ environment: [String: String], for url: URL) {
    guard url.scheme?.lowercased() == "https", let host = url.host()?.lowercased(),
      !Self.isThisMachine(host)
    else { return }
    guard let (name, text) = Self.variable("HTTPS_PROXY", environment) else { return }
    if let (noProxy, list) = Self.variable("NO_PROXY", environment) {
      let exceptions = ProxyExceptions(list)
      // The variable is the whole box's: what other programs make of an entry must not stop the door.
      for (number, fault) in exceptions.faults {
        warnings.append(
          ConfigurationWarning(text: "\(noProxy): entry \(number) \(fault), and is left out"))
      }
      if exceptions.contain(host: host, port: url.port ?? 443) { return }
    }
    do throws(ProxyFault) {
      proxy = try Self.proxy(text)
    } catch {
      problems.append(ConfigurationProblem(place: .variable(name), text: error.text))
    }
  }

  /// The name in capitals goes first; an empty variable is not given.
  private static func variable(
    _ name: String, _ environment: [String: String]
  ) -> (name: String, value: String)? {
    for name in [name, name.lowercased()] {
      let value = environment[name]?.trimmingCharacters(in: .whitespaces) ?? ""
      if !value.isEmpty { return (name, value) }
    }
    return nil
  }

  /// No fault quotes the text, which may hold a password.
  private static func proxy(_ text: String) throws(ProxyFault) -> Settings.Proxy {
    let expected =
      "must be the address of an http proxy, such as http://proxy.example:3128 or "
      + "http://user:password@proxy.example:3128"
    let given = text.contains("://") ? text : "http://" + text
    guard let parts = URLComponents(string: given), let scheme = parts.scheme?.lowercased() else {
      throw ProxyFault(
        expected + "; write what is no letter or digit in a password as % and two digits")
    }
    guard scheme == "http" else {
      throw ProxyFault(expected + "; doorcheck knows no other kind of proxy")
    }
    guard let host = parts.host, isPlain(host), (1...65_535).contains(parts.port ?? 80),
      ["", "/"].contains(parts.percentEncodedPath), parts.query == nil, parts.fragment == nil
    else { throw ProxyFault(expected) }
    return Settings.Proxy(
      host: host.trimmingCharacters(in: ["[", "]"]), port: parts.port ?? 80,
      user: parts.user.map(Secret.init), password: parts.password.map(Secret.init))
  }

  private static func isPlain(_ host: String) -> Bool {
    !host.isEmpty
      && host.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
          UInt8(ascii: "_"), UInt8(ascii: ":"), UInt8(ascii: "["), UInt8(ascii: "]"):
          true
        default: false
        }
      }
  }

  private static func isThisMachine(_ host: String) -> Bool {
    if host == "localhost" || host.hasSuffix(".localhost") { return true }
    guard let address = IPAddress(host) else { return false }
    return address.isLoopback
  }
}

/// What stands in `NO_PROXY`: names, with all that end with them, addresses, ranges of addresses, each
/// with a port or without, or `*`. Of an entry that is written as a URL, what stands around the host is
/// taken away.
struct ProxyExceptions {
  private enum Target {
    case everything
    case name(String)
    case address(IPAddress)
    case range(IPAddress, bits: Int)
  }

  private var entries: [(target: Target, port: Int?)] = []
  /// What is wrong with entries that nobody can read, by their numbers from 1; in words that hold
  /// nothing of them.
  private(set) var faults: [(number: Int, fault: String)] = []

  init(_ list: String) {
    let words = list.lowercased().split(whereSeparator: { $0 == "," || $0.isWhitespace })
    for (index, word) in words.enumerated() {
      do throws(ProxyFault) {
        try add(String(word))
      } catch {
        faults.append((index + 1, error.text))
      }
    }
  }

  func contain(host: String, port: Int) -> Bool {
    let name = host.hasSuffix(".") ? String(host.dropLast()) : host
    let address = IPAddress(name)
    return entries.contains { entry in
      guard entry.port == nil || entry.port == port else { return false }
      switch entry.target {
      case .everything: return true
      case .name(let suffix):
        return address == nil && (name == suffix || name.hasSuffix("." + suffix))
      case .address(let excepted): return address == excepted
      case .range(let first, let bits): return address?.isIn(first, bits: bits) ?? false
      }
    }
  }

  private mutating func add(_ entry: String) throws(ProxyFault) {
    let word = Self.withoutScheme(entry)
    let parts = word.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    if parts.count > 1, !parts[1].isEmpty, let first = IPAddress(String(parts[0])) {
      guard let bits = Int(parts[1]), (0...first.bytes.count * 8).contains(bits) else {
        throw ProxyFault("is a range of addresses that is none")
      }
      return entries.append((.range(first, bits: bits), nil))
    }
    try addHost(String(word.prefix { !"/?#".contains($0) }))
  }

  private static func withoutScheme(_ entry: String) -> Substring {
    let word = entry.range(of: "://").map { entry[$0.upperBound...] } ?? entry[...]
    return word.lastIndex(of: "@").map { word[word.index(after: $0)...] } ?? word
  }

  private mutating func addHost(_ word: String) throws(ProxyFault) {
    if let address = IPAddress(word) { return entries.append((.address(address), nil)) }
    var name = word[...]
    var port: Int?
    if let colon = word.lastIndex(of: ":") {
      let digits = word[word.index(after: colon)...]
      guard let number = Int(digits), (1...65_535).contains(number) else {
        throw ProxyFault("has a port that is none")
      }
      (name, port) = (word[..<colon], number)
    }
    if name == "*" { return entries.append((.everything, port)) }
    if let address = IPAddress(String(name)) { return entries.append((.address(address), port)) }
    if name.hasPrefix("*.") { name = name.dropFirst() }
    if name.hasPrefix(".") { name = name.dropFirst() }
    if name.hasSuffix(".") { name = name.dropLast() }
    guard !name.isEmpty else { throw ProxyFault("has no name") }
    entries.append((.name(String(name)), port))
  }
}

/// What is wrong with a variable, in words that hold nothing of it.
struct ProxyFault: Error {
  let text: String

  init(_ text: String) { self.text = text }
}

/// An address as numbers, with brackets around it or without.
private struct IPAddress: Equatable {
  /// 4 or 16.
  let bytes: [UInt8]

  init?(_ text: String) {
    let inside =
      text.hasPrefix("[") && text.hasSuffix("]") ? String(text.dropFirst().dropLast()) : text
    var (old, new) = (in_addr(), in6_addr())
    if inet_pton(AF_INET, inside, &old) == 1 {
      bytes = withUnsafeBytes(of: &old, Array.init)
    } else if inet_pton(AF_INET6, inside, &new) == 1 {
      bytes = withUnsafeBytes(of: &new, Array.init)
    } else {
      return nil
    }
  }

  var isLoopback: Bool {
    bytes.count == 4 ? bytes[0] == 127 : bytes.dropLast().allSatisfy { $0 == 0 } && bytes.last == 1
  }

  func isIn(_ first: IPAddress, bits: Int) -> Bool {
    guard bytes.count == first.bytes.count else { return false }
    return (0..<bits).allSatisfy { bit in
      let mask: UInt8 = 0x80 >> UInt8(bit % 8)
      return bytes[bit / 8] & mask == first.bytes[bit / 8] & mask
    }
  }
}
