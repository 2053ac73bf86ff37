import Admission
import Formatting

struct PortugueseTexts: Texts {
  let admitWord = ["ENTRA", "SIM"]
  let refuseWord = ["PARE"]
  let unverifiedWord = ["DÚVIDA"]
  let scanAgainWord = ["REPITA"]
  let waitWord = ["ESPERE"]
  let sameWord = ["JÁ LIDO"]
  let readyWord = ["PRONTO"]
  let noEventWord = ["SEM EVENTO", "EVENTO?"]
  let whichEventWord = ["EVENTO?"]
  func reasonWord(_ refusal: Refusal) -> String {
    switch refusal {
    case .unknownPass: "NÃO EXISTE"
    case .unknownCode: "NÃO EXISTE"
    case .wrongOrganization: "NÃO É NOSSO"
    case .archived: "RETIRADO"
    case .notActive: "INATIVO"
    case .cancelled: "CANCELADO"
    case .pending: "PENDENTE"
    case .refunded: "REEMBOLSADO"
    case .rejected: "REJEITADO"
    case .released: "LIBERTADO"
    case .removed: "FORA DA LISTA"
    case .otherNight: "OUTRA NOITE"
    case .otherEvent: "OUTRO EVENTO"
    case .notTonight: "HOJE NÃO"
    case .wrongDoor: "OUTRA PORTA"
    case .tooEarly: "MUITO CEDO"
    case .tooLate: "MUITO TARDE"
    case .alreadyUsed: "JÁ USADO"
    case .venueFull: "LOTADO"
    }
  }

  let noEvent = "SEM EVENTO"
  func event(id: String) -> String { "evento \(id)" }
  let connecting = "a ligar"
  let live = "OK"
  let slow = "LENTO"
  func answers(milliseconds: Int) -> String { "responde em \(milliseconds) ms" }
  func failing(since time: String) -> String { "FALHA desde \(the(time))" }
  func offline(since time: String) -> String { "SEM REDE desde \(the(time))" }
  let keyRefused = "CHAVE RECUSADA"
  func failingBriefly(since time: String) -> String { "FALHA \(time)" }
  func offlineBriefly(since time: String) -> String { "SEM REDE \(time)" }
  func stored(_ passes: Int) -> String {
    passes == 1 ? "1 passe guardado" : "\(passes) passes guardados"
  }
  func stored(_ passes: Int, age: String) -> String { "\(stored(passes)) há \(age)" }
  func storeAge(_ age: String) -> String { "lista \(age)" }
  func admitted(_ people: Int, of capacity: Int?, atThisDoor: Bool) -> [String] {
    let share = capacity.map { "\(people) de \($0)" } ?? "\(people)"
    let brief = capacity.map { "\(people)/\($0)" } ?? "\(people)"
    let word = people == 1 ? "admitido" : "admitidos"
    return atThisDoor
      ? ["\(share) \(word) nesta porta", "\(share) nesta porta", "\(brief) aqui"]
      : ["\(share) \(word)", capacity == nil ? "\(people) adm." : brief]
  }

  func arrivals(_ people: Int) -> String { "\(people) em 15 min" }

  let orType = "ou escreva o código e prima Enter"
  let storedPassesDecide = "Decidem os passes guardados, o resto em âmbar"
  let tryThese = "Experimente estes códigos:"
  let lookingUp = "A verificar"
  func scan(_ number: Int, code: String) -> String { "#\(number)  \(code)" }
  func moreWaiting(_ scans: Int) -> String { "mais \(scans) à espera" }
  func waiting(_ scans: Int) -> String { "\(scans) à espera" }
  let samePass = "MESMO PASSE"
  let samePassCountedOnce = "MESMO PASSE, CONTADO UMA VEZ"
  func firstVerdict(_ verdict: String, at time: String) -> String {
    "Lido \(at(time)): \(verdict)"
  }
  func firstVerdict(_ verdict: String, because reason: String, at time: String) -> String {
    "Lido \(at(time)): \(verdict), \(reason)"
  }

  func letIn(_ people: Int) -> String { "Deixe entrar \(people)" }
  func cameBefore(_ people: Int) -> String {
    people == 1 ? "1 entrou antes" : "\(people) entraram antes"
  }
  func friendsLeft(_ people: Int) -> String { "Faltam \(people): um por leitura" }
  func tonight(_ admitted: Int, of allowed: Int, remaining: Int) -> String {
    let usage = "Esta noite \(admitted) de \(allowed)"
    return switch remaining {
    case 0: usage
    case 1: "\(usage), falta 1"
    default: "\(usage), faltam \(remaining)"
    }
  }
  func nights(used: Int, of nights: Int) -> String {
    nights == 1 ? "\(used) de 1 noite" : "\(used) de \(nights) noites"
  }
  func group(_ verdict: String, people: Int) -> String { "\(verdict) \(people)" }

  let valid = "válido"
  let findByName = "Procurar pelo nome (F4)"
  let unreadable = "LEIA OUTRA VEZ"
  func unreadable(_ cause: UnreadableCause) -> String {
    switch cause {
    case .notACode: "não foi possível ler o código"
    case .patternTooCostly, .extractTooCostly: "verificação lenta: reveja as definições"
    case .tooLong: "demasiado longo para um código"
    case .document: "é um documento, não um passe"
    case .partMissing: "pode faltar uma parte"
    case .capsLock: "Caps Lock ligado?"
    case .cutShort: "código cortado?"
    case .numLockOff: "setas e não números: prima Num Lock"
    case .altCodes: "códigos Alt: execute calibrate"
    case .staffCard: "cartão da equipa não é válido aqui"
    }
  }
  let eventNotChosen = "evento ainda não escolhido"
  let eventNotChosenStep = "Espere uns segundos e leia de novo"
  let noneTonight = "esta noite não há evento"
  let noneTonightStep = "F5 pergunta de novo ao serviço"
  let severalEvents = "vários eventos esta noite"
  let severalEventsStep = "Escolha um com ↑ ↓ e Enter"
  let whichEvent = "Qual é o evento desta noite?"
  let pickKeys = "↑ ↓ movem, Enter escolhe"
  let pickCards = "Cartões: mais um / menos um, depois escolher"
  let eventUnknown = "o serviço não conhece este evento"
  let eventUnknownStep = "É o evento certo? Pergunte ao responsável"
  let eventUnreachable = "não foi possível obter o evento"
  let keyRefusedStep = "A rede funciona. É preciso renovar a chave"
  let eventUnreachableStep = "F5 pergunta de novo"
  let eventEnded = "o evento terminou"
  func ended(_ event: String, at time: String) -> String { "\(event) terminou \(at(time))" }
  let eventEndedStep = "F5 pergunta de novo ao serviço"
  let unauthorized = "o serviço recusa a nossa chave"
  let rateLimited = "o serviço está sobrecarregado"
  let rateLimitedStep = "Leia de novo daqui a uns segundos"
  let serviceError = "o serviço não deu resposta válida"
  let claimedElsewhere = "está a entrar noutro lugar"
  let offline = "o serviço não responde"
  func notAmong(_ passes: Int, storedAt time: String) -> String {
    "não está entre os \(passes) passes guardados \(at(time))"
  }
  let notVerifiedStep = "Fale com o responsável"
  func call(_ help: String) -> String { "Contacte \(help)" }
  let unknownPass = "este passe não existe"
  let wrongOrganization = "passe de outro organizador"
  let wrongOrganizationStep = "Não vale aqui"
  let archived = "passe retirado"
  let archivedStep = "Já não vale: fale com o organizador"
  let notActiveStep = "Este passe não dá acesso"
  let notTonight = "não é para esta noite"
  let notTonightStep = "É para outras noites: pergunte quais"
  func night(_ name: String?, on day: String?) -> String {
    "para " + [name, day].compactMap(\.self).joined(separator: ", ")
  }
  func anotherTonight(_ name: String?) -> String {
    "outro evento esta noite" + (name.map { "\(colon)\($0)" } ?? "")
  }
  let forNoNight = "para nenhuma noite"
  let wrongDoor = "porta errada"
  let wrongDoorStep = "Este tipo entra por outra porta"
  let tooEarly = "demasiado cedo"
  let comeBackThen = "volte a essa hora"
  let tooEarlyStep = "Ainda não vale: volte mais tarde"
  func from(_ time: String) -> String { "a partir \(of(time))" }
  let tooLate = "demasiado tarde"
  let tooLateStep: String? = nil
  func until(_ time: String) -> String {
    isTimeOfDay(time) ? "até \(at(time))" : "até \(time)"
  }
  let alreadyUsed = "já usado"
  func ago(_ age: String) -> String { "há \(age)" }
  func entry(at time: String) -> String { "\(at(time))" }
  func tries(_ count: Int) -> String { "\(count).ª tentativa esta noite" }
  let wristband = "peça a pulseira"
  let alreadyUsedStep = "Já está dentro: peça a pulseira"
  let venueFull = "a casa está cheia"
  let venueFullStep = "Mais ninguém: fale com o responsável"
  func freePlaces(_ places: Int) -> String {
    "\(places == 1 ? "só resta 1 lugar" : "só restam \(places) lugares")"
  }
  let groupDoesNotFit = "F6 deixa entrar quem couber"

  func stored(_ age: String, because failure: String) -> String {
    "dado guardado há \(age) (\(failure))"
  }
  func storedBriefly(_ age: String) -> String { "guardado há \(age)" }
  func storedMayNotAdmit(_ age: String) -> String { "dado guardado há \(age): não dá acesso" }
  func age(seconds: Int) -> String { "\(seconds) s" }
  func age(minutes: Int) -> String { "\(minutes) min" }
  func age(hours: Int) -> String { "\(hours) h" }
  let failureUnauthorized = "chave recusada"
  let failureRateLimited = "serviço saturado"
  let failureServiceError = "falha do serviço"
  let failureOffline = "sem rede"
  let failureSlow = "serviço lento"
  func beforeHours(from time: String?) -> String {
    time.map { "Atenção: o evento começa \(at($0))" } ?? "Atenção: antes do horário"
  }
  func afterHours(until time: String?) -> String {
    time.map { "Atenção: o evento acabou \(at($0))" } ?? "Atenção: depois do horário"
  }

  func rate(_ text: String, asOf time: String?) -> String {
    "\(time.map { "Tarifa \(of($0))" } ?? "Tarifa"): \(text)"
  }
  func rateEnded(_ time: String) -> String { "terminou \(at(time))" }
  let noValidPrice = "nenhum preço válido"
  let ratesUnknown = "tarifas desconhecidas"
  func collect(_ amount: String, unlessPaid: Bool) -> String {
    unlessPaid ? "COBRAR \(amount) se não pagou" : "COBRAR \(amount)"
  }
  let nothingToCollect = "nada a cobrar"
  let collectUnknown = "COBRAR: valor desconhecido, pergunte"
  let or = "ou"
  let always = "sempre"
  func fromTo(_ from: String, _ until: String) -> String { "de \(from) a \(until)" }
  let faulty = "errada"
  let neverValid = "errada, nunca vale"
  let ratesTitle = ["TARIFAS DESTA NOITE", "TARIFAS"]
  func ratesAsOf(_ time: String) -> String { of(time) }
  func ratesNotRenewed(for age: String) -> String { "DESATUALIZADAS há \(age)" }
  func nextRateChange(at time: String, in span: String) -> String {
    "mudam \(at(time)), daqui a \(span)"
  }
  let noRates = "Não há tarifas para esta noite"
  let ratesNotAsked = "Tarifas ainda não pedidas"
  func people(_ people: Int) -> String { people == 1 ? "1 pessoa" : "\(people) pessoas" }
  let rateColumns = RateColumns(
    rate: "Tarifa", people: "Pess.", option: "Opção", price: "Preço", window: "Quando",
    information: "Informação")
  let months = [
    "jan", "fev", "mar", "abr", "mai", "jun", "jul", "ago", "set", "out", "nov", "dez",
  ]

  let lookWord = ["CONSULTA"]
  let byHandWord = ["MANUAL"]
  let undoneWord = ["ANULADO"]
  let nextScanLooks = "Próxima leitura: ninguém entra"
  func lookEnds(in seconds: Int) -> String { "Leia para consultar: \(seconds) s, F3 termina" }
  func lookBar(seconds: Int) -> String { "CONSULTA: o próximo não entra (\(seconds) s)" }
  func wouldBeAdmitted(_ people: Int) -> String {
    people > 1 ? "ENTRARIAM \(people) pessoas" : "ENTRARIA"
  }
  let wouldBeRefused = "NÃO ENTRARIA"
  let couldNotBeVerified = "NÃO FOI POSSÍVEL VERIFICAR"
  let howManyKeys = "↑ ↓ corrigem quantos entraram"
  let saving = "a gravar"
  let recordedLate = "registo em atraso"
  let letInByHand = "ENTRADA MANUAL"
  func cameInByHand(_ people: Int) -> String {
    people == 1 ? "1 pessoa, contada" : "\(people) pessoas, contadas"
  }
  func takenBack(_ people: Int) -> String {
    people == 1 ? "1 pessoa descontada" : "\(people) pessoas descontadas"
  }
  func cameIn(at time: String) -> String { "entrada \(of(time)), já não conta" }
  let nothingWord = ["NADA"]
  let nothingToUndo = "NADA A ANULAR"
  let tooOldToUndo = "Há mais de 10 min: não se anula"
  let undoQuestionWord = ["ANULAR?"]
  let undoQuestion = "Anular mais uma entrada?"
  let undoKeys = "F8 antes de 10 s anula, Esc não"
  func admitted(_ people: String, at time: String) -> String { "\(people), entrada \(of(time))" }
  func afterAll(_ verdict: String) -> String { "CORREÇÃO: \(verdict)" }

  let cardWithoutEffect = "CARTÃO: NADA A MUDAR"
  let cardAgain = "MESMO CARTÃO, CONTADO UMA VEZ"
  let cardsTitle = "Cartões da equipa"
  let cardsNote = "Só para a equipa: quem tiver um pode usá-lo."
  func card(_ command: StaffCommand) -> String {
    switch command {
    case .fewer: "Menos uma pessoa"
    case .more: "Mais uma pessoa"
    case .undo: "Anular"
    case .look: "Consultar, ninguém entra"
    case .byHand: "Entrada manual"
    case .choose: "Escolher"
    case .countIn: "Um entra, à mão"
    case .countOut: "Um sai, à mão"
    case .turn: "Mudar a porta: entrada ou saída"
    }
  }

  let cards = "Cartões"
  func cardHint(_ command: StaffCommand) -> String {
    switch command {
    case .fewer: "menos um"
    case .more: "mais um"
    case .undo: "anular"
    case .look: "consultar"
    case .byHand: "manual"
    case .choose: "escolher"
    case .countIn: "entra um"
    case .countOut: "sai um"
    case .turn: "mudar"
    }
  }

  let find = "PROCURAR"
  let typeToFind = "Escreva parte do nome ou do código"
  let searching = "A procurar"
  let nobodyFound = "Sem resultados"
  let findKeys = "↑ ↓, Enter lê, Esc fecha"
  let findLeave = "Esc fecha"
  func isItThis(_ offer: String) -> String { "\(offer)?" }

  let pinWord = ["PIN"]
  func pin(for action: GuardedAction) -> String {
    switch action {
    case .leave: "PIN para sair"
    case .byHand: "PIN para a entrada manual"
    case .undo: "PIN para anular"
    case .look: "PIN para consultar"
    case .turn: "PIN para mudar a porta"
    }
  }
  let pinChecking = "A verificar"
  let pinWrong = "PIN ERRADO"
  func pinWait(_ span: String) -> String { "Espere \(span)" }
  let pinMalformed = "Um PIN tem de 4 a 12 dígitos"
  let pinKeys = "Enter verifica, Esc fecha"
  let noPIN = "Não há PIN: não se sai pelo teclado"
  let mayBePIN = "Um PIN? Prima antes a tecla F dele"

  let notReadyWord = ["AVARIA"]
  func fault(_ kind: SetupFault.Kind) -> String {
    switch kind {
    case .configuration: "A configuração está errada"
    case .credentials: "Falta a chave do serviço"
    case .store: "O registo não abre"
    }
  }
  let callWhoSetUp = "Chame quem instalou o equipamento"
  let faultRetry = "Aqui não se verificam passes. Volta a tentar sozinho."

  let askingAgain = "A perguntar ao serviço"
  let enterAndEscape = "Enter verifica, Esc apaga"
  func dropped(_ code: String) -> String { "\(code) descartado: houve uma leitura" }
  func droppedWithoutEnter(_ code: String) -> String { "\(code) descartado: veio sem Enter" }
  let help = "AJUDA"

  /// Neither a date ("7 mar 23:00") nor an offset from the event's start.
  private func isTimeOfDay(_ time: String) -> Bool {
    !time.contains(" ") && !time.hasPrefix("+") && !time.hasPrefix("-")
  }

  private func isOne(_ time: String) -> Bool { time.hasPrefix("01:") }

  /// A time of day with its article: "as 23:41", "a 01:30".
  func the(_ time: String) -> String { isOne(time) ? "a \(time)" : "as \(time)" }

  /// "às 23:41", "a 7 mar 23:00".
  func at(_ time: String) -> String {
    guard isTimeOfDay(time) else { return "a \(time)" }
    return isOne(time) ? "à \(time)" : "às \(time)"
  }

  /// "das 23:41", "de 7 mar 23:00".
  func of(_ time: String) -> String {
    guard isTimeOfDay(time) else { return "de \(time)" }
    return isOne(time) ? "da \(time)" : "das \(time)"
  }
}
