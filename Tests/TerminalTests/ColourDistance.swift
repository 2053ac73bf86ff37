import Glibc

/// How far apart two colours are to an eye, by the formula CIEDE2000 (CIE 142-2001).
enum ColourDistance {
  typealias Lab = (l: Double, a: Double, b: Double)

  static func between(_ one: Lab, _ other: Lab) -> Double {
    let meanChroma = (hypot(one.a, one.b) + hypot(other.a, other.b)) / 2
    // Greys are pulled apart along red and green.
    let stretch = 1 + 0.5 * (1 - saturation(meanChroma))
    let (first, second) = (polar(one, stretch), polar(other, stretch))

    let lightness = other.l - one.l
    let chroma = second.chroma - first.chroma
    let hue = 2 * (first.chroma * second.chroma).squareRoot() * sine(turn(first, second) / 2)

    let meanLightness = (one.l + other.l) / 2
    let mean = (first.chroma + second.chroma) / 2
    let angle = meanHue(first, second)
    let weight =
      1 - 0.17 * cosine(angle - 30) + 0.24 * cosine(2 * angle) + 0.32 * cosine(3 * angle + 6)
      - 0.2 * cosine(4 * angle - 63)
    let middle = pow(meanLightness - 50, 2)
    let ofLightness = lightness / (1 + 0.015 * middle / (20 + middle).squareRoot())
    let ofChroma = chroma / (1 + 0.045 * mean)
    let ofHue = hue / (1 + 0.015 * mean * weight)
    // Blues turn with their chroma.
    let rotation = -2 * saturation(mean) * sine(60 * exp(-pow((angle - 275) / 25, 2)))
    return
      (ofLightness * ofLightness + ofChroma * ofChroma + ofHue * ofHue + rotation * ofChroma * ofHue)
      .squareRoot()
  }

  private typealias Polar = (chroma: Double, hue: Double)

  private static func polar(_ colour: Lab, _ stretch: Double) -> Polar {
    let a = colour.a * stretch
    let degrees = atan2(colour.b, a) * 180 / .pi
    return (hypot(a, colour.b), degrees < 0 ? degrees + 360 : degrees)
  }

  /// The shorter way round, in degrees.
  private static func turn(_ one: Polar, _ other: Polar) -> Double {
    guard one.chroma * other.chroma > 0 else { return 0 }
    let turn = other.hue - one.hue
    return turn > 180 ? turn - 360 : turn < -180 ? turn + 360 : turn
  }

  private static func meanHue(_ one: Polar, _ other: Polar) -> Double {
    let sum = one.hue + other.hue
    guard one.chroma * other.chroma > 0 else { return sum }
    guard abs(one.hue - other.hue) > 180 else { return sum / 2 }
    return sum < 360 ? (sum + 360) / 2 : (sum - 360) / 2
  }

  private static func saturation(_ chroma: Double) -> Double {
    let power = pow(chroma, 7)
    return (power / (power + pow(25, 7))).squareRoot()
  }

  private static func sine(_ degrees: Double) -> Double { sin(degrees * .pi / 180) }
  private static func cosine(_ degrees: Double) -> Double { cos(degrees * .pi / 180) }
}
