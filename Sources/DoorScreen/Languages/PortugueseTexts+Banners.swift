import Formatting

/// What a banner says, the longest form first.
extension PortugueseTexts {
  func unknownEvent(_ id: String) -> [String] {
    [
      "O SERVIÇO NÃO CONHECE O EVENTO \(id): é o certo?", "EVENTO DESCONHECIDO \(id)",
      "EVENTO DESCONHECIDO",
    ]
  }
  func otherEvent(_ name: String) -> [String] {
    [
      "3 PASSES SEGUIDOS SÃO PARA \(name): é este o evento certo?",
      "3 PASSES SEGUIDOS SÃO PARA \(name)", "PASSES PARA OUTRO EVENTO",
    ]
  }
  func overSince(_ time: String) -> [String] {
    ["O EVENTO TERMINOU \(at(time))", "TERMINOU \(at(time))"]
  }
  func full(_ people: Int, of capacity: Int) -> [String] {
    ["LOTAÇÃO ESGOTADA: \(people) de \(capacity) admitidos", "LOTADO: \(people)/\(capacity)"]
  }
  func nearlyFull(_ people: Int, of capacity: Int) -> [String] {
    ["QUASE LOTADO: \(people) de \(capacity) admitidos", "QUASE LOTADO: \(people)/\(capacity)"]
  }
  var clockWrong: [String] { ["O RELÓGIO ESTÁ ERRADO: acerte-o", "O RELÓGIO ESTÁ ERRADO"] }
  func clockOff(by span: String, isAhead: Bool) -> [String] {
    let verb = isAhead ? "ADIANTADO" : "ATRASADO"
    return [
      "O RELÓGIO ESTÁ \(verb) \(span) face ao serviço: horários e tarifas dependem dele",
      "RELÓGIO \(verb) \(span)",
    ]
  }
  var certificateRefused: [String] {
    [
      "O CERTIFICADO DO SERVIÇO FOI RECUSADO: relógio? página de entrada do Wi-Fi? endereço?",
      "CERTIFICADO RECUSADO: relógio? Wi-Fi?",
      "CERTIFICADO RECUSADO",
    ]
  }
  var slowService: [String] {
    ["O SERVIÇO ESTÁ LENTO: demora mais de 0,7 s", "O SERVIÇO ESTÁ LENTO"]
  }
  var notRecording: [String] {
    [
      "NADA FICA REGISTADO: se esta máquina parar, perdem-se as entradas",
      "NADA FICA REGISTADO",
    ]
  }
  func storeSetAside(_ name: String) -> [String] {
    [
      "A BASE DE DADOS ESTAVA DANIFICADA: há uma nova, a anterior é \(name)",
      "A BASE DE DADOS ESTAVA DANIFICADA: há uma nova", "BASE DANIFICADA: há uma nova",
    ]
  }
  func scannerWithoutEnd(lost: Int) -> [String] {
    let scanner = "O LEITOR NÃO ENVIA ENTER"
    return [
      "\(scanner): \(lost == 1 ? "1 leitura perdida" : "\(lost) leituras perdidas"). Use doorcheck calibrate",
      "\(scanner): calibrate", "SEM ENTER: use calibrate",
    ]
  }
  var serviceDenies: [String] {
    [
      "O SERVIÇO NÃO CONHECE PASSES QUE LISTOU: decidem os guardados",
      "O SERVIÇO FALHA: decidem os guardados", "O SERVIÇO FALHA",
    ]
  }
  func mostNotTonight(rule: String) -> [String] {
    [
      "MAIS DE METADE DOS PASSES SERIA RECUSADA: ver \(rule)",
      "A MAIORIA SERIA RECUSADA: ver \(rule)", "A MAIORIA SERIA RECUSADA",
    ]
  }
  func hookFailed(_ failure: HookFailure) -> [String] {
    let forms: [String] =
      switch failure {
      case .notStarted(let reason): ["NÃO ARRANCA: \(DisplayText.cleaned(reason))", "NÃO ARRANCA"]
      case .exited(let status): ["FALHOU: código de saída \(status)", "FALHOU: \(status)"]
      case .killed(let signal): ["FOI TERMINADO: sinal \(signal)", "TERMINADO: \(signal)"]
      case .overdue: ["PASSOU DE 5 s E FOI INTERROMPIDO", "DEMASIADO LENTO"]
      case .behind: ["ESTÁ ATRASADO: os resultados mais antigos foram omitidos", "ATRASADO"]
      }
    return forms.map { "hooks.verdict \($0)" }
  }
  func more(_ banners: Int) -> String { "+\(banners)" }
}
