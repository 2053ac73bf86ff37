import Admission

struct SpanishReport: ReportTexts {
  let decimalMark = ","
  func percent(_ share: String) -> String { "\(share) %" }
  private func at(_ time: String) -> String { "a \(the(time))" }
  private func of(_ time: String) -> String {
    time.contains(" ") ? "del \(time)" : "de \(the(time))"
  }
  private func the(_ time: String) -> String {
    time.hasPrefix("01:") ? "la \(time)" : "las \(time)"
  }
  let weekdays = ["dom", "lun", "mar", "mié", "jue", "vie", "sáb"]
  func clocksGo(back: Bool, _ amount: String) -> String {
    "el reloj se \(back ? "atrasa" : "adelanta") \(amount)"
  }

  func came(_ people: Int, of expected: Int, share: String?, soFar: Bool) -> String {
    Self.came(people, soFar) + " de \(expected)" + (share.map { ", \($0)" } ?? "")
      + (soFar ? ", hasta ahora" : "")
  }
  func came(_ people: Int, soFar: Bool) -> String {
    Self.came(people, soFar) + (soFar ? " hasta ahora" : "") + ", no se sabe de cuántos"
  }
  private static func came(_ people: Int, _ soFar: Bool) -> String {
    let verb =
      soFar
      ? (people == 1 ? "Ha venido" : "Han venido") : (people == 1 ? "Vino" : "Vinieron")
    return "\(verb) \(people)"
  }
  func busiest(at time: String, aMinute rate: String) -> String {
    "más gente \(at(time)), \(rate) por minuto"
  }
  func offline(minutes: String, isOne: Bool) -> String {
    "sin red \(minutes) \(self.minutes(isOne: isOne))"
  }
  let neverOffline = "siempre con red"

  let nothingRecorded = "No hay nada registrado de este evento."
  func recorded(_ span: String) -> String { "Escaneos: \(span)" }
  func goesOn(asOf time: String) -> String {
    "La noche no ha terminado: son las cifras del \(time)."
  }
  func made(at time: String) -> String { "Cifras del \(time), doorcheck" }
  func expectedByList(of time: String) -> String {
    "Esperados: personas de los pases válidos en la lista de Fourvenues \(of(time))."
  }
  func expectedByLists(of time: String) -> String {
    "Esperados: personas de todos los códigos válidos en las listas de Fourvenues \(of(time))."
  }
  let neverListed =
    "No se sabe a cuántos se esperaba: nunca se descargó entera la lista de pases."
  let forgotten =
    "Ya no se sabe a cuántos se esperaba: los pases se han borrado (store.keep_days)."
  func unexpected(_ people: Int) -> String {
    people == 1
      ? "Entró 1 más que no está en esa lista o que pasa de lo que permite su pase."
      : "Entraron \(people) más que no están en esa lista o que pasan de lo que permite su pase."
  }
  func elsewhere(_ people: Int) -> String {
    people == 1
      ? "1 de los que vinieron no entró por aquí: lo contó Fourvenues."
      : "\(people) de los que vinieron no entraron por aquí: los contó Fourvenues."
  }
  let ofSeveralBoxes =
    "Las personas son las de todas las puertas; los escaneos, los rechazos y las respuestas, "
    + "solo los de este equipo."
  func waiting(_ entries: Int) -> String {
    entries == 1
      ? "Se cuenta 1 entrada que aún no está guardada: la registra doorcheck al arrancar."
      : "Se cuentan \(entries) entradas que aún no están guardadas: las registra doorcheck al "
        + "arrancar."
  }
  func unreadable(_ entries: Int) -> String {
    entries == 1
      ? "1 entrada sin guardar no se puede leer y no se cuenta."
      : "\(entries) entradas sin guardar no se pueden leer y no se cuentan."
  }
  let noCapacity = "No se sabe el aforo: falta door.capacity."
  func places(_ capacity: Int, people: Int, share: String) -> String {
    "\(people) \(people == 1 ? "admitido" : "admitidos"), aforo \(capacity): \(share)."
  }
  func full(_ capacity: Int, since time: String) -> String {
    "El aforo de \(capacity) se llenó \(at(time))."
  }
  func over(_ people: Int) -> String {
    people == 1 ? "Al final se había admitido 1 más." : "Al final se habían admitido \(people) más."
  }
  let leaversNotCounted = "No se descuenta a quien sale."
  func placesInside(_ capacity: Int, most: Int, share: String) -> String {
    "Como mucho \(most) dentro a la vez, aforo \(capacity): \(share)."
  }
  func overInside(_ people: Int) -> String {
    people == 1
      ? "Como mucho hubo 1 persona de más dentro."
      : "Como mucho hubo \(people) personas de más dentro."
  }
  func allSoFar(places: Int?) -> String {
    "todos los llegados hasta entonces" + (places.map { "; a trazos: aforo \($0)" } ?? "")
  }
  func insideByQuarter(places: Int?) -> String {
    "el máximo de gente dentro" + (places.map { "; a trazos: aforo \($0)" } ?? "")
  }
  func andMore(_ rows: Int, _ more: MoreRows) -> String {
    switch more {
    case .json: "y \(rows) más: con --format json"
    case .page: "y \(rows) más: abre esta página en una pantalla"
    }
  }

  func title(_ section: ReportSection) -> String {
    switch section {
    case .attendance: "Esperados y venidos, por tipo de pase"
    case .passTypes: "Por tipo de pase"
    case .attendanceByKind: "Esperados y venidos, por clase y tipo"
    case .kindsAndTypes: "Por clase y tipo"
    case .kinds: "Por clase de código"
    case .night: "La noche"
    case .quarters: "Personas por cuarto de hora"
    case .doorHours: "Personas por puerta y hora"
    case .byHand: "Entradas a mano"
    case .takenBack: "Entradas deshechas"
    case .retried: "Códigos rechazados una y otra vez"
    case .doubleEntries: "Dentro por varias puertas, más de lo que permite el pase"
    case .verdicts: "Escaneos por resultado y motivo"
    case .toCorrect: "Por corregir a mano en Fourvenues"
    case .refused: "Rechazadas por el servicio"
    case .waiting: "Aún por comunicar al servicio"
    }
  }
  func head(_ column: ReportHead) -> String {
    switch column {
    case .passType: "tipo de pase"
    case .kindAndType: "clase y tipo"
    case .kind: "clase"
    case .expected: "esperados"
    case .came: "vinieron"
    case .missing: "ausentes"
    case .notYet: "por venir"
    case .share: "parte"
    case .day: "día"
    case .from: "desde"
    case .people: "personas"
    case .inAll: "en total"
    case .inside: "gente dentro"
    case .ofPlaces: "del aforo"
    case .door: "puerta"
    case .time: "hora"
    case .code: "código"
    case .pass: "pase"
    case .reason: "la pantalla dijo"
    case .lastReason: "último motivo"
    case .backAt: "deshecha"
    case .refusals: "rechazos"
    case .span: "de – a"
    case .doors: "puertas"
    case .peopleIn: "dentro"
    case .allowed: "permitidos"
    case .verdict: "resultado"
    case .scans: "escaneos"
    case .whatHappened: "qué pasó"
    }
  }
  func label(_ figure: ReportLabel) -> String {
    switch figure {
    case .admitted: "Admitidos"
    case .onStoredAnswers: "con datos guardados"
    case .byHand: "a mano"
    case .takenBack: "Deshechas"
    case .unreported: "Sin comunicar"
    case .peak: "Los 5 min de más gente"
    case .offline: "Sin red"
    case .scans: "Escaneos"
    case .repeats: "Leídos otra vez"
    case .looks: "Consultas"
    case .exitScans: "en salidas"
    case .back: "Volvieron a entrar"
    case .left: "Salieron"
    case .leftUnseen: "sin haberlos visto entrar"
    case .countedIn: "sin código, entran"
    case .countedOut: "sin código, salen"
    case .inside: "Dentro al final"
    case .insideNow: "Dentro ahora"
    case .mostInside: "Máximo dentro"
    case .nearlyFull: "Aforo al 95 % o más"
    }
  }

  func people(_ people: Int, inEntries entries: Int) -> String {
    "\(people == 1 ? "persona" : "personas") en \(entries) \(entries == 1 ? "entrada" : "entradas")"
  }
  func peak(from time: String, aMinute rate: String) -> String {
    "personas desde \(the(time)), \(rate) por minuto"
  }
  func minutes(isOne: Bool) -> String { isOne ? "minuto" : "minutos" }
  func sinceWhen(_ time: String) -> String { "personas desde \(the(time))" }
  func nearlyFull(from start: String, until end: String, isOne: Bool) -> String {
    "\(minutes(isOne: isOne)) seguidos, de \(start) a \(end)"
  }
  let countedOnce = "por el lector, contados una vez"
  let withoutAdmitting = "sin dejar pasar"
  let unknownKind = "(clase desconocida)"
  let unknownType = "(tipo desconocido)"
  let total = "total"

  func word(_ kind: PassKind) -> String {
    switch kind {
    case .pass: "Pase"
    case .ticket: "Entrada"
    case .list: "Lista"
    case .booking: "Reserva"
    }
  }
  func word(_ verdict: Verdict) -> String {
    switch verdict {
    case .admit: "verde, admitidos"
    case .refuse: "rojo, rechazados"
    case .unverified: "ámbar, sin verificar"
    case .out: "salida"
    }
  }
  func word(_ reason: Reason) -> String {
    switch reason {
    case .unreadableCode: "escaneo ilegible"
    case .noEvent: "sin evento elegido"
    case .unauthorized: "clave rechazada"
    case .rateLimited: "servicio saturado"
    case .serviceError: "fallo del servicio"
    case .offline: "sin respuesta"
    case .unknownPass: "no existe"
    case .wrongOrganization: "otro local"
    case .archived: "retirado"
    case .notActive: "no activo"
    case .notTonight: "otra noche"
    case .wrongDoor: "puerta equivocada"
    case .tooEarly: "muy pronto"
    case .tooLate: "muy tarde"
    case .alreadyUsed: "ya usado"
    case .venueFull: "aforo lleno"
    case .valid: "válido"
    case .left: "salió"
    case .nobodyInside: "nadie dentro"
    }
  }
  func word(_ trouble: SendingTrouble) -> String {
    switch trouble {
    case .notSentYet: "aún sin enviar"
    case .noAnswerYet: "enviada, aún sin respuesta"
    case .noAnswer: "no llegó respuesta"
    case .noAnswerAndNotAgain: "no llegó respuesta: puede que el servicio la cuente"
    case .keyMayNot: "la clave no puede comunicar entradas"
    case .cannotNow: "el servicio no puede aceptarla ahora"
    case .notReached: "no se llegó al servicio"
    case .passWithoutID: "el pase no tiene identificador"
    }
  }
  func refused(because reason: String) -> String { "rechazada: \(reason)" }
  let undoneAfterReport = "comunicada y luego deshecha: no entró nadie"
  let undonePerhapsReported = "deshecha; puede que el servicio la cuente: compruébalo"
  func changed(reported: Int, people: Int) -> String {
    "\(reported) comunicados, \(people) \(people == 1 ? "entró" : "entraron")"
  }
  func lookUp(_ reason: String) -> String { "\(reason); compruébalo" }
}
