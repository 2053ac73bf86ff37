import Admission

struct PortugueseReport: ReportTexts {
  let decimalMark = ","
  func percent(_ share: String) -> String { "\(share)%" }
  private func at(_ time: String) -> String { time.hasPrefix("01:") ? "à \(time)" : "às \(time)" }
  private func the(_ time: String) -> String {
    time.hasPrefix("01:") ? "a \(time)" : "as \(time)"
  }
  private func of(_ time: String) -> String {
    time.contains(" ") ? "de \(time)" : time.hasPrefix("01:") ? "da \(time)" : "das \(time)"
  }
  let weekdays = ["dom", "seg", "ter", "qua", "qui", "sex", "sáb"]
  func clocksGo(back: Bool, _ amount: String) -> String {
    "o relógio \(back ? "atrasa" : "adianta") \(amount)"
  }

  func came(_ people: Int, of expected: Int, share: String?, soFar: Bool) -> String {
    Self.came(people, soFar) + " de \(expected)" + (share.map { ", \($0)" } ?? "")
  }
  func came(_ people: Int, soFar: Bool) -> String {
    Self.came(people, soFar) + ", não se sabe de quantos"
  }
  private static func came(_ people: Int, _ soFar: Bool) -> String {
    let verb =
      soFar
      ? (people == 1 ? "Até agora veio" : "Até agora vieram") : (people == 1 ? "Veio" : "Vieram")
    return "\(verb) \(people)"
  }
  func busiest(at time: String, aMinute rate: String) -> String {
    "mais gente \(at(time)), \(rate) por minuto"
  }
  func offline(minutes: String, isOne: Bool) -> String {
    "sem rede \(minutes) \(self.minutes(isOne: isOne))"
  }
  let neverOffline = "sempre com rede"

  let nothingRecorded = "Nada está registado para este evento."
  func recorded(_ span: String) -> String { "Leituras: \(span)" }
  func goesOn(asOf time: String) -> String {
    "A noite não acabou: são os números de \(time)."
  }
  func made(at time: String) -> String { "Números de \(time), doorcheck" }
  func expectedByList(of time: String) -> String {
    "Esperados: as pessoas dos passes válidos na lista da Fourvenues \(of(time))."
  }
  func expectedByLists(of time: String) -> String {
    "Esperados: as pessoas de todos os códigos válidos nas listas da Fourvenues \(of(time))."
  }
  let neverListed =
    "Não se sabe quantos eram esperados: a lista de passes nunca chegou completa."
  let forgotten =
    "Já não se sabe quantos eram esperados: os passes foram apagados (store.keep_days)."
  func unexpected(_ people: Int) -> String {
    people == 1
      ? "Entrou mais 1 que não está nessa lista ou que excede o que o passe permite."
      : "Entraram mais \(people) que não estão nessa lista ou que excedem o que o passe permite."
  }
  func elsewhere(_ people: Int) -> String {
    people == 1
      ? "1 dos que vieram não entrou por aqui: foi contado pela Fourvenues."
      : "\(people) dos que vieram não entraram por aqui: foram contados pela Fourvenues."
  }
  let ofSeveralBoxes =
    "As pessoas são as de todas as portas; leituras, recusas e respostas são só as "
    + "deste posto."
  func waiting(_ entries: Int) -> String {
    entries == 1
      ? "Está contada 1 entrada ainda não guardada: o próximo arranque do doorcheck regista-a."
      : "Estão contadas \(entries) entradas ainda não guardadas: o próximo arranque do doorcheck "
        + "regista-as."
  }
  func unreadable(_ entries: Int) -> String {
    entries == 1
      ? "1 entrada por guardar não se consegue ler e não está contada."
      : "\(entries) entradas por guardar não se conseguem ler e não estão contadas."
  }
  let noCapacity = "Não se sabe a lotação: falta door.capacity."
  func places(_ capacity: Int, people: Int, share: String) -> String {
    "\(people) \(people == 1 ? "admitido" : "admitidos"), lotação \(capacity): \(share)."
  }
  func full(_ capacity: Int, since time: String) -> String {
    "A lotação de \(capacity) ficou cheia \(at(time))."
  }
  func over(_ people: Int) -> String {
    people == 1 ? "No fim tinha entrado mais 1." : "No fim tinham entrado mais \(people)."
  }
  let leaversNotCounted = "Quem sai não é descontado."
  func placesInside(_ capacity: Int, most: Int, share: String) -> String {
    "No máximo \(most) lá dentro ao mesmo tempo, lotação \(capacity): \(share)."
  }
  func overInside(_ people: Int) -> String {
    people == 1
      ? "No máximo esteve lá dentro 1 a mais."
      : "No máximo estiveram lá dentro \(people) a mais."
  }
  func allSoFar(places: Int?) -> String {
    "todos os chegados até então" + (places.map { "; a tracejado: lotação \($0)" } ?? "")
  }
  func insideByQuarter(places: Int?) -> String {
    "o máximo de pessoas lá dentro" + (places.map { "; a tracejado: lotação \($0)" } ?? "")
  }
  func andMore(_ rows: Int, _ more: MoreRows) -> String {
    switch more {
    case .json: "e mais \(rows): com --format json"
    case .page: "e mais \(rows): abra esta página num ecrã"
    }
  }

  func title(_ section: ReportSection) -> String {
    switch section {
    case .attendance: "Esperados e vindos, por tipo de passe"
    case .passTypes: "Por tipo de passe"
    case .attendanceByKind: "Esperados e vindos, por categoria e tipo"
    case .kindsAndTypes: "Por categoria e tipo"
    case .kinds: "Por categoria"
    case .night: "A noite"
    case .quarters: "Pessoas por quarto de hora"
    case .doorHours: "Pessoas por porta e hora"
    case .byHand: "Entradas à mão"
    case .takenBack: "Entradas anuladas"
    case .retried: "Códigos recusados várias vezes"
    case .doubleEntries: "Entraram por várias portas, mais do que o passe permite"
    case .verdicts: "Leituras por resultado e motivo"
    case .toCorrect: "A corrigir à mão na Fourvenues"
    case .refused: "Recusadas pelo serviço"
    case .waiting: "Ainda por comunicar ao serviço"
    }
  }
  func head(_ column: ReportHead) -> String {
    switch column {
    case .passType: "tipo de passe"
    case .kindAndType: "categoria e tipo"
    case .kind: "categoria"
    case .expected: "esperados"
    case .came: "vieram"
    case .missing: "ausentes"
    case .notYet: "por vir"
    case .share: "parte"
    case .day: "dia"
    case .from: "desde"
    case .people: "pessoas"
    case .inAll: "no total"
    case .inside: "lá dentro"
    case .ofPlaces: "da lotação"
    case .door: "porta"
    case .time: "hora"
    case .code: "código"
    case .pass: "passe"
    case .reason: "o ecrã dizia"
    case .lastReason: "último motivo"
    case .backAt: "anulada"
    case .refusals: "recusas"
    case .span: "de – a"
    case .doors: "portas"
    case .peopleIn: "dentro"
    case .allowed: "permitidos"
    case .verdict: "resultado"
    case .scans: "leituras"
    case .whatHappened: "o que aconteceu"
    }
  }
  func label(_ figure: ReportLabel) -> String {
    switch figure {
    case .admitted: "Admitidos"
    case .onStoredAnswers: "com dados guardados"
    case .byHand: "à mão"
    case .takenBack: "Anuladas"
    case .unreported: "Por comunicar"
    case .peak: "5 minutos de mais gente"
    case .offline: "Sem rede"
    case .scans: "Leituras"
    case .repeats: "Lidos outra vez"
    case .looks: "Consultas"
    case .exitScans: "nas saídas"
    case .back: "Voltaram"
    case .left: "Saíram"
    case .leftUnseen: "sem se ver entrar"
    case .countedIn: "sem código, entram"
    case .countedOut: "sem código, saem"
    case .inside: "Lá dentro no fim"
    case .insideNow: "Lá dentro agora"
    case .mostInside: "Máximo lá dentro"
    case .nearlyFull: "A 95 % ou mais"
    }
  }

  func people(_ people: Int, inEntries entries: Int) -> String {
    "\(people == 1 ? "pessoa" : "pessoas") em \(entries) \(entries == 1 ? "entrada" : "entradas")"
  }
  func peak(from time: String, aMinute rate: String) -> String {
    "pessoas desde \(the(time)), \(rate) por minuto"
  }
  func minutes(isOne: Bool) -> String { isOne ? "minuto" : "minutos" }
  func sinceWhen(_ time: String) -> String { "pessoas desde \(the(time))" }
  func nearlyFull(from start: String, until end: String, isOne: Bool) -> String {
    "\(minutes(isOne: isOne)) seguidos, de \(start) a \(end)"
  }
  let countedOnce = "pelo leitor, contados uma vez"
  let withoutAdmitting = "sem deixar entrar"
  let unknownKind = "(categoria desconhecida)"
  let unknownType = "(tipo desconhecido)"
  let total = "total"

  func word(_ kind: PassKind) -> String {
    switch kind {
    case .pass: "Passe"
    case .ticket: "Bilhete"
    case .list: "Lista"
    case .booking: "Reserva"
    }
  }
  func word(_ verdict: Verdict) -> String {
    switch verdict {
    case .admit: "verde, admitidos"
    case .refuse: "vermelho, recusados"
    case .unverified: "âmbar, não verificados"
    case .out: "saída"
    }
  }
  func word(_ reason: Reason) -> String {
    switch reason {
    case .unreadableCode: "leitura ilegível"
    case .noEvent: "sem evento escolhido"
    case .unauthorized: "chave recusada"
    case .rateLimited: "serviço sobrecarregado"
    case .serviceError: "falha do serviço"
    case .offline: "sem resposta"
    case .unknownPass: "não existe"
    case .wrongOrganization: "outro local"
    case .archived: "arquivado"
    case .notActive: "não ativo"
    case .notTonight: "outra noite"
    case .wrongDoor: "porta errada"
    case .tooEarly: "demasiado cedo"
    case .tooLate: "demasiado tarde"
    case .alreadyUsed: "já usado"
    case .venueFull: "lotação cheia"
    case .valid: "válido"
    case .left: "saiu"
    case .nobodyInside: "ninguém lá dentro"
    }
  }
  func word(_ trouble: SendingTrouble) -> String {
    switch trouble {
    case .notSentYet: "ainda não enviada"
    case .noAnswerYet: "enviada, ainda sem resposta"
    case .noAnswer: "não chegou resposta"
    case .noAnswerAndNotAgain: "não chegou resposta: o serviço talvez a conte"
    case .keyMayNot: "a chave não pode comunicar entradas"
    case .cannotNow: "o serviço não a pode aceitar agora"
    case .notReached: "não se chegou ao serviço"
    case .passWithoutID: "o passe não tem identificador"
    }
  }
  func refused(because reason: String) -> String { "recusada: \(reason)" }
  let undoneAfterReport = "comunicada e depois anulada: não entrou ninguém"
  let undonePerhapsReported = "anulada; o serviço talvez a tenha contado: verifique"
  func changed(reported: Int, people: Int) -> String {
    "\(reported) comunicados, \(people) \(people == 1 ? "entrou" : "entraram")"
  }
  func lookUp(_ reason: String) -> String { "\(reason); verifique" }
}
