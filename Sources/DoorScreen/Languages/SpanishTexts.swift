import Admission
import Formatting

struct SpanishTexts: Texts {
  let admitWord = ["PASA"]
  let refuseWord = ["ALTO"]
  let unverifiedWord = ["DUDA"]
  let scanAgainWord = ["REPITE"]
  let waitWord = ["ESPERA"]
  let sameWord = ["YA LEÍDO"]
  let readyWord = ["LISTO"]
  let noEventWord = ["SIN EVENTO", "EVENTO?"]
  let whichEventWord = ["¿EVENTO?", "EVENTO?"]
  func reasonWord(_ refusal: Refusal) -> String {
    switch refusal {
    case .unknownPass: "NO EXISTE"
    case .unknownCode: "NO EXISTE"
    case .wrongOrganization: "NO ES NUESTRO"
    case .archived: "RETIRADO"
    case .notActive: "NO ACTIVO"
    case .cancelled: "CANCELADO"
    case .pending: "PENDIENTE"
    case .refunded: "REEMBOLSADO"
    case .rejected: "RECHAZADO"
    case .released: "LIBERADO"
    case .removed: "NO EN LISTA"
    case .otherNight: "OTRA NOCHE"
    case .otherEvent: "OTRO EVENTO"
    case .notTonight: "HOY NO"
    case .wrongDoor: "OTRA PUERTA"
    case .tooEarly: "AÚN NO VALE"
    case .tooLate: "YA NO VALE"
    case .alreadyUsed: "YA USADO"
    case .venueFull: "COMPLETO"
    }
  }

  let noEvent = "SIN EVENTO"
  func event(id: String) -> String { "evento \(id)" }
  let connecting = "conectando"
  let live = "OK"
  let slow = "LENTO"
  func answers(milliseconds: Int) -> String { "responde en \(milliseconds) ms" }
  func failing(since time: String) -> String { "FALLA desde \(the(time))" }
  func offline(since time: String) -> String { "SIN RED desde \(the(time))" }
  let keyRefused = "CLAVE RECHAZADA"
  func failingBriefly(since time: String) -> String { "FALLA \(time)" }
  func offlineBriefly(since time: String) -> String { "SIN RED \(time)" }
  func stored(_ passes: Int) -> String {
    passes == 1 ? "1 pase guardado" : "\(passes) pases guardados"
  }
  func stored(_ passes: Int, age: String) -> String { "\(stored(passes)) hace \(age)" }
  func storeAge(_ age: String) -> String { "lista \(age)" }
  func admitted(_ people: Int, of capacity: Int?, atThisDoor: Bool) -> [String] {
    let share = capacity.map { "\(people) de \($0)" } ?? "\(people)"
    let brief = capacity.map { "\(people)/\($0)" } ?? "\(people)"
    let word = people == 1 ? "admitido" : "admitidos"
    return atThisDoor
      ? ["\(share) \(word) en esta puerta", "\(share) en esta puerta", "\(brief) aquí"]
      : ["\(share) \(word)", capacity == nil ? "\(people) adm." : brief]
  }

  func arrivals(_ people: Int) -> String { "\(people) en 15 min" }

  let orType = "o teclea su código y pulsa Intro"
  let storedPassesDecide = "Deciden los pases guardados; el resto, en ámbar"
  let tryThese = "Prueba estos códigos:"
  let lookingUp = "Comprobando"
  func scan(_ number: Int, code: String) -> String { "#\(number)  \(code)" }
  func moreWaiting(_ scans: Int) -> String { "\(scans) más en espera" }
  func waiting(_ scans: Int) -> String { "\(scans) en espera" }
  let samePass = "MISMO PASE"
  let samePassCountedOnce = "MISMO PASE, CONTADO UNA VEZ"
  func firstVerdict(_ verdict: String, at time: String) -> String {
    "Leído \(at(time)): \(verdict)"
  }
  func firstVerdict(_ verdict: String, because reason: String, at time: String) -> String {
    "Leído \(at(time)): \(verdict), \(reason)"
  }

  func letIn(_ people: Int) -> String { "Deja pasar a \(people)" }
  func cameBefore(_ people: Int) -> String {
    people == 1 ? "1 entró antes" : "\(people) entraron antes"
  }
  func friendsLeft(_ people: Int) -> String { "\(people) por entrar: uno por escaneo" }
  func tonight(_ admitted: Int, of allowed: Int, remaining: Int) -> String {
    let usage = "Esta noche \(admitted) de \(allowed)"
    return switch remaining {
    case 0: usage
    case 1: "\(usage), queda 1"
    default: "\(usage), quedan \(remaining)"
    }
  }
  func nights(used: Int, of nights: Int) -> String {
    nights == 1 ? "\(used) de 1 noche" : "\(used) de \(nights) noches"
  }
  func group(_ verdict: String, people: Int) -> String { "\(verdict) \(people)" }

  let valid = "válido"
  let findByName = "Buscar por nombre (F4)"
  let unreadable = "ESCANEA OTRA VEZ"
  func unreadable(_ cause: UnreadableCause) -> String {
    switch cause {
    case .notACode: "no se pudo leer el código"
    case .patternTooCostly, .extractTooCostly: "comprobarlo tarda: revisa los ajustes"
    case .tooLong: "demasiado largo para un código"
    case .document: "es un documento, no un pase"
    case .partMissing: "puede faltar una parte"
    case .capsLock: "¿está activado Bloq Mayús?"
    case .cutShort: "¿código cortado?"
    case .numLockOff: "flechas y no cifras: pulsa Bloq Num"
    case .altCodes: "códigos Alt: ejecuta calibrate"
    case .staffCard: "tarjeta de personal no válida aquí"
    }
  }
  let eventNotChosen = "aún no hay evento elegido"
  let eventNotChosenStep = "Espera unos segundos y escanea"
  let noneTonight = "esta noche no hay evento"
  let noneTonightStep = "F5 vuelve a preguntar al servicio"
  let severalEvents = "varios eventos esta noche"
  let severalEventsStep = "Elige uno con ↑ ↓ e Intro"
  let whichEvent = "¿Cuál es el evento de esta noche?"
  let pickKeys = "↑ ↓ mueven, Intro elige"
  let pickCards = "Tarjetas: uno más / uno menos y luego elegir"
  let eventUnknown = "el servicio no conoce este evento"
  let eventUnknownStep = "¿Es el evento correcto? Pregunta al responsable"
  let eventUnreachable = "no se pudo obtener el evento"
  let keyRefusedStep = "La red funciona. Hay que renovar la clave"
  let eventUnreachableStep = "F5 vuelve a preguntar"
  let eventEnded = "el evento ha terminado"
  func ended(_ event: String, at time: String) -> String { "\(event) terminó \(at(time))" }
  let eventEndedStep = "F5 vuelve a preguntar al servicio"
  let unauthorized = "el servicio rechaza nuestra clave"
  let rateLimited = "el servicio está saturado"
  let rateLimitedStep = "Escanea otra vez en unos segundos"
  let serviceError = "respuesta del servicio no válida"
  let claimedElsewhere = "se está usando en otro lugar"
  let offline = "el servicio no responde"
  func notAmong(_ passes: Int, storedAt time: String) -> String {
    "no está entre los \(passes) pases guardados \(at(time))"
  }
  let notVerifiedStep = "Pregunta al responsable"
  func call(_ help: String) -> String { "Llama: \(help)" }
  let unknownPass = "este pase no existe"
  let wrongOrganization = "pase de otro organizador"
  let wrongOrganizationStep = "Aquí no vale"
  let archived = "pase retirado"
  let archivedStep = "Ya no vale: que hable con el organizador"
  let notActiveStep = "Este pase no da acceso"
  let notTonight = "no es para esta noche"
  let notTonightStep = "Es para otras noches: pregunta cuáles"
  func night(_ name: String?, on day: String?) -> String {
    "para " + [name, day].compactMap(\.self).joined(separator: ", ")
  }
  func anotherTonight(_ name: String?) -> String {
    "otro evento esta noche" + (name.map { "\(colon)\($0)" } ?? "")
  }
  let forNoNight = "para ninguna noche"
  let wrongDoor = "puerta equivocada"
  let wrongDoorStep = "Este tipo entra por otra puerta"
  let tooEarly = "demasiado pronto"
  let comeBackThen = "que vuelva a esa hora"
  let tooEarlyStep = "Aún no vale: que vuelva más tarde"
  func from(_ time: String) -> String { "desde \(the(time))" }
  let tooLate = "demasiado tarde"
  let tooLateStep: String? = "Ya no vale a esta hora"
  func until(_ time: String) -> String { "hasta \(the(time))" }
  let alreadyUsed = "ya usado"
  func ago(_ age: String) -> String { "hace \(age)" }
  func entry(at time: String) -> String { "\(at(time))" }
  func tries(_ count: Int) -> String { "intento \(count) esta noche" }
  let wristband = "pide la pulsera"
  let alreadyUsedStep = "Ya está dentro: pide la pulsera"
  let venueFull = "el aforo está completo"
  let venueFullStep = "Nadie más: pregunta al responsable"
  func freePlaces(_ places: Int) -> String {
    "\(places == 1 ? "solo queda 1 plaza" : "solo quedan \(places) plazas")"
  }
  let groupDoesNotFit = "F6 deja entrar a los que caben"

  func stored(_ age: String, because failure: String) -> String {
    "dato guardado hace \(age) (\(failure))"
  }
  func storedBriefly(_ age: String) -> String { "guardado hace \(age)" }
  func storedMayNotAdmit(_ age: String) -> String { "dato guardado hace \(age): no da acceso" }
  func age(seconds: Int) -> String { "\(seconds) s" }
  func age(minutes: Int) -> String { "\(minutes) min" }
  func age(hours: Int) -> String { "\(hours) h" }
  let failureUnauthorized = "clave rechazada"
  let failureRateLimited = "servicio saturado"
  let failureServiceError = "fallo del servicio"
  let failureOffline = "sin red"
  let failureSlow = "servicio lento"
  func beforeHours(from time: String?) -> String {
    time.map { "Ojo: el evento empieza \(at($0))" } ?? "Ojo: antes del horario de hoy"
  }
  func afterHours(until time: String?) -> String {
    time.map { "Ojo: el evento acabó \(at($0))" } ?? "Ojo: después del horario de hoy"
  }

  func rate(_ text: String, asOf time: String?) -> String {
    "\(time.map { "Tarifa \(of($0))" } ?? "Tarifa"): \(text)"
  }
  func rateEnded(_ time: String) -> String { "terminó \(at(time))" }
  let noValidPrice = "sin precio válido"
  let ratesUnknown = "tarifas desconocidas"
  func collect(_ amount: String, unlessPaid: Bool) -> String {
    unlessPaid ? "COBRAR \(amount) si no pagó" : "COBRAR \(amount)"
  }
  let nothingToCollect = "nada que cobrar"
  let collectUnknown = "COBRAR: importe desconocido, pregunta"
  let or = "o"
  let always = "siempre"
  func fromTo(_ from: String, _ until: String) -> String { "de \(from) a \(until)" }
  let faulty = "errónea"
  let neverValid = "errónea, nunca vale"
  let ratesTitle = ["TARIFAS DE ESTA NOCHE", "TARIFAS"]
  func ratesAsOf(_ time: String) -> String { of(time) }
  func ratesNotRenewed(for age: String) -> String { "SIN ACTUALIZAR en \(age)" }
  func nextRateChange(at time: String, in span: String) -> String {
    "cambian \(at(time)), en \(span)"
  }
  let noRates = "No hay tarifas para esta noche"
  let ratesNotAsked = "Tarifas aún no consultadas"
  func people(_ people: Int) -> String { people == 1 ? "1 persona" : "\(people) personas" }
  let rateColumns = RateColumns(
    rate: "Tarifa", people: "Pers.", option: "Opción", price: "Precio", window: "Cuándo",
    information: "Información")
  let months = [
    "ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic",
  ]

  let lookWord = ["CONSULTA"]
  let byHandWord = ["MANUAL"]
  let undoneWord = ["ANULADO"]
  let nextScanLooks = "Próximo escaneo: no entra nadie"
  func lookEnds(in seconds: Int) -> String { "Escanea para consultar: \(seconds) s, F3 termina" }
  func lookBar(seconds: Int) -> String { "CONSULTA: el próximo no entra (\(seconds) s)" }
  func wouldBeAdmitted(_ people: Int) -> String {
    people > 1 ? "ENTRARÍAN \(people) personas" : "ENTRARÍA"
  }
  let wouldBeRefused = "NO ENTRARÍA"
  let couldNotBeVerified = "NO SE PUDO COMPROBAR"
  let howManyKeys = "↑ ↓ corrigen cuántos han entrado"
  let saving = "guardando"
  let recordedLate = "tarda en guardarse"
  let letInByHand = "ACCESO MANUAL"
  func cameInByHand(_ people: Int) -> String {
    people == 1 ? "1 persona, contada" : "\(people) personas, contadas"
  }
  func takenBack(_ people: Int) -> String {
    people == 1 ? "1 persona descontada" : "\(people) personas descontadas"
  }
  func cameIn(at time: String) -> String { "acceso \(of(time)), ya no cuenta" }
  let nothingWord = ["NADA"]
  let nothingToUndo = "NADA QUE ANULAR"
  let tooOldToUndo = "Hace más de 10 min: no se anula"
  let undoQuestionWord = ["ANULAR?"]
  let undoQuestion = "¿Anular uno más?"
  let undoKeys = "F8 antes de 10 s anula, Esc no"
  func admitted(_ people: String, at time: String) -> String { "\(people), acceso \(of(time))" }
  func afterAll(_ verdict: String) -> String { "CORRECCIÓN: \(verdict)" }

  let cardWithoutEffect = "TARJETA: NADA QUE CAMBIAR"
  let cardAgain = "MISMA TARJETA, CONTADA UNA VEZ"
  let cardsTitle = "Tarjetas del personal"
  let cardsNote = "Solo para el personal: quien tenga una puede usarla."
  func card(_ command: StaffCommand) -> String {
    switch command {
    case .fewer: "Una persona menos"
    case .more: "Una persona más"
    case .undo: "Anular"
    case .look: "Consultar, no entra nadie"
    case .byHand: "Acceso manual"
    case .choose: "Elegir"
    case .countIn: "Uno entra, a mano"
    case .countOut: "Uno sale, a mano"
    case .turn: "Cambiar la puerta: entrada o salida"
    }
  }

  let cards = "Tarjetas"
  func cardHint(_ command: StaffCommand) -> String {
    switch command {
    case .fewer: "uno menos"
    case .more: "uno más"
    case .undo: "anular"
    case .look: "consultar"
    case .byHand: "manual"
    case .choose: "elegir"
    case .countIn: "entra uno"
    case .countOut: "sale uno"
    case .turn: "cambiar"
    }
  }

  let find = "BUSCAR"
  let typeToFind = "Teclea parte del nombre o del código"
  let searching = "Buscando"
  let nobodyFound = "Sin resultados"
  let findKeys = "↑ ↓, Intro escanea, Esc cierra"
  let findLeave = "Esc cierra"
  func isItThis(_ offer: String) -> String { "¿\(offer)?" }

  let pinWord = ["PIN"]
  func pin(for action: GuardedAction) -> String {
    switch action {
    case .leave: "PIN para salir"
    case .byHand: "PIN para el acceso manual"
    case .undo: "PIN para anular"
    case .look: "PIN para consultar"
    case .turn: "PIN para cambiar la puerta"
    }
  }
  let pinChecking = "Comprobando"
  let pinWrong = "PIN INCORRECTO"
  func pinWait(_ span: String) -> String { "Espera \(span)" }
  let pinMalformed = "Un PIN tiene de 4 a 12 cifras"
  let pinKeys = "Intro comprueba, Esc cierra"
  let noPIN = "No hay PIN: no se sale por el teclado"
  let mayBePIN = "¿Un PIN? Pulsa antes su tecla F"

  let notReadyWord = ["NO FUNCIONA", "AVERÍA"]
  func fault(_ kind: SetupFault.Kind) -> String {
    switch kind {
    case .configuration: "La configuración tiene errores"
    case .credentials: "Falta la clave del servicio"
    case .store: "No se puede abrir el registro"
    }
  }
  let callWhoSetUp = "Avisa a quien instaló el equipo"
  let faultRetry = "Aquí no se comprueban pases. Reintentando."

  let askingAgain = "Preguntando al servicio"
  let enterAndEscape = "Intro comprueba, Esc borra"
  func dropped(_ code: String) -> String { "\(code) descartado: llegó un escaneo" }
  func droppedWithoutEnter(_ code: String) -> String { "\(code) descartado: llegó sin Intro" }
  let help = "AYUDA"

  /// A time of day with its article: "las 23:41", "la 01:30"; a date: "el 7 mar 23:00"; an offset
  /// from the event's start stands alone.
  private func the(_ time: String) -> String {
    if time.hasPrefix("+") || time.hasPrefix("-") { return time }
    if time.contains(" ") { return "el \(time)" }
    return time.hasPrefix("01:") ? "la \(time)" : "las \(time)"
  }

  /// "a las 23:41", "el 7 mar 23:00".
  func at(_ time: String) -> String {
    time.contains(" ") ? the(time) : "a \(the(time))"
  }

  /// "de las 23:41", "del 7 mar 23:00".
  func of(_ time: String) -> String {
    time.contains(" ") ? "del \(time)" : "de \(the(time))"
  }
}
