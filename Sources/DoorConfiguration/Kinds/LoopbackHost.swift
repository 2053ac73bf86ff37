extension String {
  /// Whether a host of this name or address, without brackets, is this machine.
  var isLoopbackHost: Bool {
    if lowercased() == "localhost" || self == "::1" { return true }
    let parts = split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts[0] == "127"
      && parts.allSatisfy { $0.utf8.allSatisfy { (0x30...0x39).contains($0) } && UInt8($0) != nil }
  }
}
