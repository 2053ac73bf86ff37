import Formatting

/// A key's value as one source gives it.
package struct GivenValue: Sendable {
  var key: ConfigurationKey
  var value: RawValue
  var place: ConfigurationPlace
  /// Where a list's elements stand, if each has a place of its own.
  var elementPlaces: [ConfigurationPlace] = []

  package init(
    key: ConfigurationKey, value: RawValue, place: ConfigurationPlace,
    elementPlaces: [ConfigurationPlace] = []
  ) {
    self.key = key
    self.value = value
    self.place = place
    self.elementPlaces = elementPlaces
  }

  /// Puts the value in its place.
  /// - Returns: the problem where it is not what it must be; the settings stay as they were.
  package func assign(to settings: inout Settings) -> ConfigurationProblem? {
    do throws(ValueRefusal) {
      try key.assign(value, to: &settings)
      return nil
    } catch {
      return problem(error)
    }
  }

  private func problem(_ refusal: ValueRefusal) -> ConfigurationProblem {
    var text = "\"\(key.name)\" must be \(refusal.expected)"
    if !key.isSecret, !refusal.hidesValue { text += ", not \(shown(refusal.element))" }
    if let reason = refusal.reason { text += "; \(reason)" }
    if let suggestion = refusal.suggestion { text += "; did you mean \"\(suggestion)\"?" }
    let elementPlace = refusal.element.flatMap {
      elementPlaces.indices.contains($0) ? elementPlaces[$0] : nil
    }
    return ConfigurationProblem(place: elementPlace ?? place, text: text)
  }

  private func shown(_ element: Int?) -> String {
    switch value {
    case .text(let text): ShownText.quoted(text)
    case .list(let texts):
      if let element { ShownText.quoted(texts[element]) } else { "an empty list" }
    }
  }
}
