import Formatting

/// What a banner says, the longest form first.
extension SpanishTexts {
  func unknownEvent(_ id: String) -> [String] {
    [
      "EL SERVICIO NO CONOCE EL EVENTO \(id): ¿es el correcto?", "EVENTO DESCONOCIDO \(id)",
      "EVENTO DESCONOCIDO",
    ]
  }
  func otherEvent(_ name: String) -> [String] {
    [
      "3 PASES SEGUIDOS SON PARA \(name): ¿es el evento correcto?",
      "3 PASES SEGUIDOS SON PARA \(name)",
      "PASES PARA OTRO EVENTO",
    ]
  }
  func overSince(_ time: String) -> [String] {
    ["EL EVENTO TERMINÓ \(at(time))", "TERMINÓ \(at(time))"]
  }
  func full(_ people: Int, of capacity: Int) -> [String] {
    ["AFORO COMPLETO: \(people) de \(capacity) admitidos", "COMPLETO: \(people)/\(capacity)"]
  }
  func nearlyFull(_ people: Int, of capacity: Int) -> [String] {
    [
      "AFORO CASI COMPLETO: \(people) de \(capacity) admitidos",
      "CASI LLENO: \(people)/\(capacity)",
    ]
  }
  var clockWrong: [String] { ["EL RELOJ ESTÁ MAL: pon fecha y hora", "EL RELOJ ESTÁ MAL"] }
  func clockOff(by span: String, isAhead: Bool) -> [String] {
    let verb = isAhead ? "ADELANTA" : "ATRASA"
    return [
      "EL RELOJ \(verb) \(span) frente al servicio: afecta a horarios y tarifas",
      "EL RELOJ \(verb) \(span)",
    ]
  }
  var certificateRefused: [String] {
    [
      "SE RECHAZA EL CERTIFICADO DEL SERVICIO: ¿reloj? ¿página de acceso del wifi? ¿dirección?",
      "CERTIFICADO RECHAZADO: ¿reloj? ¿wifi?",
      "CERTIFICADO RECHAZADO",
    ]
  }
  var slowService: [String] {
    ["EL SERVICIO VA LENTO: tarda más de 0,7 s", "EL SERVICIO VA LENTO"]
  }
  var notRecording: [String] {
    [
      "NO SE REGISTRA: si este equipo se para, se pierden los accesos", "NO SE REGISTRA",
    ]
  }
  func storeSetAside(_ name: String) -> [String] {
    [
      "LA BASE DE DATOS ESTABA DAÑADA: hay una nueva, la anterior es \(name)",
      "LA BASE DE DATOS ESTABA DAÑADA: hay una nueva", "BASE DAÑADA: hay una nueva",
    ]
  }
  func scannerWithoutEnd(lost: Int) -> [String] {
    let scanner = "EL LECTOR NO ENVÍA INTRO"
    return [
      "\(scanner): \(lost == 1 ? "1 lectura perdida" : "\(lost) lecturas perdidas"). Usa doorcheck calibrate",
      "\(scanner): calibrate", "SIN INTRO: usa calibrate",
    ]
  }
  var serviceDenies: [String] {
    [
      "EL SERVICIO NO CONOCE PASES QUE ÉL MISMO LISTÓ: deciden los guardados",
      "FALLA EL SERVICIO: deciden los guardados", "FALLA EL SERVICIO",
    ]
  }
  func mostNotTonight(rule: String) -> [String] {
    [
      "SE RECHAZARÍA MÁS DE LA MITAD DE LOS PASES: ver \(rule)",
      "SE RECHAZARÍA LA MAYORÍA: ver \(rule)", "SE RECHAZARÍA LA MAYORÍA",
    ]
  }
  func hookFailed(_ failure: HookFailure) -> [String] {
    let forms: [String] =
      switch failure {
      case .notStarted(let reason): ["NO ARRANCA: \(DisplayText.cleaned(reason))", "NO ARRANCA"]
      case .exited(let status): ["HA FALLADO: código de salida \(status)", "FALLA: \(status)"]
      case .killed(let signal): ["TERMINADO: señal \(signal)", "TERMINADO: \(signal)"]
      case .overdue: ["TARDÓ MÁS DE 5 s Y SE PARÓ", "DEMASIADO LENTO"]
      case .behind: ["VA CON RETRASO: se omiten los resultados más antiguos", "CON RETRASO"]
      }
    return forms.map { "hooks.verdict \($0)" }
  }
  func more(_ banners: Int) -> String { "+\(banners) más" }
}
