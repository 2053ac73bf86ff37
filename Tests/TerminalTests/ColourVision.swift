import Glibc
import ScreenReader

/// How a colour looks to somebody: the model of Machado, Oliveira and Fernandes (2009) for dichromats,
/// applied to linear light.
enum ColourVision: CaseIterable {
  case trichromacy
  /// Without the cones for long waves, or for middle ones: red and green look alike.
  case protanopia, deuteranopia
  /// Without those for short waves, as one in thousands is: blue and green look alike.
  case tritanopia

  private var matrix: [[Double]] {
    switch self {
    case .trichromacy: [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
    case .protanopia:
      [
        [0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
      ]
    case .deuteranopia:
      [
        [0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
      ]
    case .tritanopia:
      [
        [1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
      ]
    }
  }

  /// The distance of two colours (CIEDE2000) as it is seen: 1 is just noticeable in the best light,
  /// 100 is black and white.
  func distance(_ one: ScreenColour, _ other: ScreenColour) -> Double {
    ColourDistance.between(lab(one), lab(other))
  }

  private func lab(_ colour: ScreenColour) -> ColourDistance.Lab {
    let light = [colour.red, colour.green, colour.blue].map(Self.linear)
    let seen = Self.product(matrix, light).map { min(1, max(0, $0)) }
    // sRGB to XYZ, each part by the white of daylight (D65).
    let xyz = Self.product(
      [
        [0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750],
        [0.0193339, 0.1191920, 0.9503041],
      ], seen)
    let parts = zip(xyz, [0.95047, 1, 1.08883]).map { Self.compressed($0 / $1) }
    return (116 * parts[1] - 16, 500 * (parts[0] - parts[1]), 200 * (parts[1] - parts[2]))
  }

  private static func linear(_ part: UInt8) -> Double {
    let value = Double(part) / 255
    return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
  }

  private static func compressed(_ value: Double) -> Double {
    value > 216.0 / 24389 ? cbrt(value) : (24389.0 / 27 * value + 16) / 116
  }

  private static func product(_ matrix: [[Double]], _ vector: [Double]) -> [Double] {
    matrix.map { row in zip(row, vector).map { $0 * $1 }.reduce(0, +) }
  }
}
