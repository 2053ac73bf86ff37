/// The characters of the Linux console's font Uni2-Terminus16 (Debian's console-setup-linux 1.221), by
/// `psfgettable Uni2-Terminus16.psf.gz`. The larger ones and the bold ones of that name have the same.
enum ConsoleFont {
  static let scalars: Set<Unicode.Scalar> = {
    var scalars: Set<Unicode.Scalar> = []
    for range in ranges.split(whereSeparator: \.isWhitespace) {
      let bounds = range.split(separator: "-").compactMap { UInt32($0, radix: 16) }
      for value in bounds[0]...bounds[bounds.count - 1] {
        if let scalar = Unicode.Scalar(value) { scalars.insert(scalar) }
      }
    }
    return scalars
  }()

  private static let ranges = """
    20-7E A0-113 116-127 12A-12B 12E-131 134-137 139-13E 141-148 14C-14D 150-165 16A-17E 192
    218-21B 2C6-2C7 2C9 2D8-2D9 2DB-2DD 384-386 388-38A 38C 38E-3A1 3A3-3CE 3F3-3F4 400-45F
    490-491 4AE 4D0-4D1 1E40-1E41 2000-200A 2010-201A 201C-201E 2020-2022 2026 202F-2030
    2032-2033 2039-203A 203C 207F 20A7 20AC 20AE 2116 2122 2126 212A-212B 2190-2195 21A8 21B5
    21D0-21D5 2205-2206 2208 2212 2219-221A 221E-221F 2227-222A 2248 2260-2261 2264-2265
    226A-226B 2295-2296 2298-2299 229B-229C 2302 2310 2320-2321 2460-2468 24B6-24EA 2500-257F
    2588 2591-2592 25A0 25AE 25B2 25B4 25B6 25B8 25BC 25BE 25C0 25C2 25C8 25CF 2610-2612
    263A-263C 2666 2717-2718 2BBD
    """
}
