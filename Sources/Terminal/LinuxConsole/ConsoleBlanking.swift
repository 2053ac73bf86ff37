import Glibc

/// After how long the Linux console goes dark when nobody types.
enum ConsoleBlanking {
  /// As it is now, rounded up, 0 for never; nil where the kernel does not say.
  static func minutes() -> Int? {
    guard let file = fopen("/sys/module/kernel/parameters/consoleblank", "re") else { return nil }
    defer { fclose(file) }
    var buffer = [CChar](repeating: 0, count: 32)
    guard fgets(&buffer, Int32(buffer.count), file) != nil else { return nil }
    return minutes(seconds: strtol(buffer, nil, 10))
  }

  /// The console takes 60 minutes at most.
  static func minutes(seconds: Int) -> Int { min(max(0, (seconds + 59) / 60), 60) }
}
