enum TerminfoString {
  /// terminfo writes delays for slow terminals into its strings, as `$<5/>`; ours need none.
  static func withoutPadding(_ text: UnsafePointer<CChar>) -> [UInt8] {
    var result: [UInt8] = []
    var rest = Array(String(cString: text).utf8)[...]
    while let byte = rest.first {
      if byte == UInt8(ascii: "$"), rest.dropFirst().first == UInt8(ascii: "<"),
        let end = rest.firstIndex(of: UInt8(ascii: ">"))
      {
        rest = rest[(end + 1)...]
      } else {
        result.append(byte)
        rest = rest.dropFirst()
      }
    }
    return result
  }
}
