/// A key or a sign, and what it means: a line of the help page (F1). What is said of keys, there and at
/// the foot of the screen, stands here in all languages, one below the other.
struct HelpLine: Sendable, Equatable {
  var sign: String
  var meaning: String
}

extension EnglishTexts {
  func key(_ hint: KeyHint) -> String {
    switch hint {
    case .howMany: "↑ ↓ how many came in"
    case .howManyLeft: howManyLeftHint
    case .byHand: "F6 let in by hand"
    case .help: "F1 help"
    case .rates: "F2 rates"
    case .doors: "F7 doors"
    case .look: "F3 look"
    case .find: "F4 find"
    case .refresh: "F5 ask again"
    case .undo: "F8 undo"
    case .leave: "F10 leave"
    case .makeEntrance: "F9 entrance"
    case .makeExit: "F9 exit"
    case .changeDemo: "F9 network: gone, slow, back"
    }
  }

  var helpLines: [HelpLine] {
    [
      HelpLine(sign: "✓ ADMIT", meaning: "green: let them in"),
      HelpLine(sign: "✗ STOP", meaning: "red: nobody comes in"),
      HelpLine(sign: "? ASK", meaning: "amber: not known, ask"),
      HelpLine(sign: "SAME", meaning: "read twice, counted once"),
      HelpLine(sign: "F6", meaning: "lets in by hand, counted"),
      HelpLine(sign: "F8", meaning: "takes the last entry back"),
      HelpLine(sign: "F8 F8", meaning: "one more: F8 confirms"),
      HelpLine(sign: "↑ ↓", meaning: "how many came in"),
      HelpLine(sign: "F3", meaning: "look: one scan, no entry"),
      HelpLine(sign: "F4", meaning: "finds by name or code"),
      HelpLine(sign: "F2", meaning: "tonight's rates"),
      HelpLine(sign: "F5", meaning: "asks the service again"),
      HelpLine(sign: "Enter", meaning: "looks up the code you typed"),
      HelpLine(sign: "Esc", meaning: "clears it, closes this page"),
      HelpLine(sign: "F10", meaning: "leaves doorcheck"),
      HelpLine(sign: "F1", meaning: "this page; ↑ ↓ move it"),
      HelpLine(sign: "Backspace", meaning: "takes back what you typed"),
      HelpLine(sign: "AB…123", meaning: "a code, its middle hidden"),
    ]
  }
}

extension SpanishTexts {
  func key(_ hint: KeyHint) -> String {
    switch hint {
    case .howMany: "↑ ↓ cuántos han entrado"
    case .howManyLeft: howManyLeftHint
    case .byHand: "F6 acceso manual"
    case .help: "F1 ayuda"
    case .rates: "F2 tarifas"
    case .doors: "F7 puertas"
    case .look: "F3 consultar"
    case .find: "F4 buscar"
    case .refresh: "F5 actualizar"
    case .undo: "F8 anular"
    case .leave: "F10 salir"
    case .makeEntrance: "F9 entrada"
    case .makeExit: "F9 salida"
    case .changeDemo: "F9 red: cortada, lenta, normal"
    }
  }

  var helpLines: [HelpLine] {
    [
      HelpLine(sign: "✓ PASA", meaning: "verde: déjalos entrar"),
      HelpLine(sign: "✗ ALTO", meaning: "rojo: no entra nadie"),
      HelpLine(sign: "? DUDA", meaning: "ámbar: no se sabe, pregunta"),
      HelpLine(sign: "YA LEÍDO", meaning: "leído dos veces, cuenta una"),
      HelpLine(sign: "F6", meaning: "acceso manual, se cuenta"),
      HelpLine(sign: "F8", meaning: "anula el último acceso"),
      HelpLine(sign: "F8 F8", meaning: "el anterior, si se confirma"),
      HelpLine(sign: "↑ ↓", meaning: "cuántos han entrado"),
      HelpLine(sign: "F3", meaning: "consultar sin dar acceso"),
      HelpLine(sign: "F4", meaning: "busca por nombre o código"),
      HelpLine(sign: "F2", meaning: "tarifas de esta noche"),
      HelpLine(sign: "F5", meaning: "pregunta al servicio"),
      HelpLine(sign: "Intro", meaning: "comprueba lo tecleado"),
      HelpLine(sign: "Esc", meaning: "lo borra, cierra la página"),
      HelpLine(sign: "F10", meaning: "sale de doorcheck"),
      HelpLine(sign: "F1", meaning: "esta página; ↑ ↓ la mueven"),
      HelpLine(sign: "Borrar", meaning: "borra lo último tecleado"),
      HelpLine(sign: "AB…123", meaning: "un código, el medio oculto"),
    ]
  }
}

extension FrenchTexts {
  func key(_ hint: KeyHint) -> String {
    switch hint {
    case .howMany: "↑ ↓ combien d'entrées"
    case .howManyLeft: howManyLeftHint
    case .byHand: "F6 entrée manuelle"
    case .help: "F1 aide"
    case .rates: "F2 tarifs"
    case .doors: "F7 portes"
    case .look: "F3 vérifier"
    case .find: "F4 chercher"
    case .refresh: "F5 actualiser"
    case .undo: "F8 annuler"
    case .leave: "F10 quitter"
    case .makeEntrance: "F9 entrée"
    case .makeExit: "F9 sortie"
    case .changeDemo: "F9 réseau : coupé, lent, normal"
    }
  }

  var helpLines: [HelpLine] {
    [
      HelpLine(sign: "✓ ENTREZ", meaning: "vert : laissez entrer"),
      HelpLine(sign: "✗ STOP", meaning: "rouge : personne n'entre"),
      HelpLine(sign: "? DOUTE", meaning: "orange : inconnu, demandez"),
      HelpLine(sign: "DÉJÀ LU", meaning: "lu deux fois, compté une"),
      HelpLine(sign: "F6", meaning: "entrée manuelle, comptée"),
      HelpLine(sign: "F8", meaning: "annule la dernière entrée"),
      HelpLine(sign: "F8 F8", meaning: "la précédente, à confirmer"),
      HelpLine(sign: "↑ ↓", meaning: "combien d'entrées"),
      HelpLine(sign: "F3", meaning: "vérifier, sans entrée"),
      HelpLine(sign: "F4", meaning: "cherche par nom ou code"),
      HelpLine(sign: "F2", meaning: "tarifs de ce soir"),
      HelpLine(sign: "F5", meaning: "interroge le service"),
      HelpLine(sign: "Entrée", meaning: "cherche le code tapé"),
      HelpLine(sign: "Échap", meaning: "l'efface, ferme la page"),
      HelpLine(sign: "F10", meaning: "quitte doorcheck"),
      HelpLine(sign: "F1", meaning: "cette page ; ↑ ↓ défilent"),
      HelpLine(sign: "Ret. arr.", meaning: "efface le dernier caractère"),
      HelpLine(sign: "AB…123", meaning: "un code, milieu caché"),
    ]
  }
}

extension ItalianTexts {
  func key(_ hint: KeyHint) -> String {
    switch hint {
    case .howMany: "↑ ↓ quanti sono entrati"
    case .howManyLeft: howManyLeftHint
    case .byHand: "F6 ingresso manuale"
    case .help: "F1 aiuto"
    case .rates: "F2 tariffe"
    case .doors: "F7 porte"
    case .look: "F3 vedi"
    case .find: "F4 cerca"
    case .refresh: "F5 aggiorna"
    case .undo: "F8 annulla"
    case .leave: "F10 esci"
    case .makeEntrance: "F9 ingresso"
    case .makeExit: "F9 uscita"
    case .changeDemo: "F9 rete: assente, lenta, normale"
    }
  }

  var helpLines: [HelpLine] {
    [
      HelpLine(sign: "✓ ENTRA", meaning: "verde: falli entrare"),
      HelpLine(sign: "✗ STOP", meaning: "rosso: non entra nessuno"),
      HelpLine(sign: "? DUBBIO", meaning: "giallo: non si sa, chiedi"),
      HelpLine(sign: "GIÀ LETTO", meaning: "letto due volte, conta una"),
      HelpLine(sign: "F6", meaning: "ingresso manuale, contato"),
      HelpLine(sign: "F8", meaning: "annulla l'ultimo ingresso"),
      HelpLine(sign: "F8 F8", meaning: "quello prima, con conferma"),
      HelpLine(sign: "↑ ↓", meaning: "quanti sono entrati"),
      HelpLine(sign: "F3", meaning: "vedi, senza far entrare"),
      HelpLine(sign: "F4", meaning: "cerca per nome o codice"),
      HelpLine(sign: "F2", meaning: "tariffe di stasera"),
      HelpLine(sign: "F5", meaning: "interroga il servizio"),
      HelpLine(sign: "Invio", meaning: "controlla il codice"),
      HelpLine(sign: "Esc", meaning: "cancella, chiude la pagina"),
      HelpLine(sign: "F10", meaning: "esce da doorcheck"),
      HelpLine(sign: "F1", meaning: "questa pagina; ↑ ↓ scorrono"),
      HelpLine(sign: "Backspace", meaning: "cancella l'ultimo segno"),
      HelpLine(sign: "AB…123", meaning: "codice, in parte nascosto"),
    ]
  }
}

extension PortugueseTexts {
  func key(_ hint: KeyHint) -> String {
    switch hint {
    case .howMany: "↑ ↓ quantos entraram"
    case .howManyLeft: howManyLeftHint
    case .byHand: "F6 entrada manual"
    case .help: "F1 ajuda"
    case .rates: "F2 tarifas"
    case .doors: "F7 portas"
    case .look: "F3 consultar"
    case .find: "F4 procurar"
    case .refresh: "F5 atualizar"
    case .undo: "F8 anular"
    case .leave: "F10 sair"
    case .makeEntrance: "F9 entrada"
    case .makeExit: "F9 saída"
    case .changeDemo: "F9 rede: cortada, lenta, normal"
    }
  }

  var helpLines: [HelpLine] {
    [
      HelpLine(sign: "✓ ENTRA", meaning: "verde: deixe entrar"),
      HelpLine(sign: "✗ PARE", meaning: "vermelho: ninguém entra"),
      HelpLine(sign: "? DÚVIDA", meaning: "âmbar: incerto, pergunte"),
      HelpLine(sign: "JÁ LIDO", meaning: "lido duas vezes, conta uma"),
      HelpLine(sign: "F6", meaning: "entrada manual, contada"),
      HelpLine(sign: "F8", meaning: "anula a última entrada"),
      HelpLine(sign: "F8 F8", meaning: "a anterior, se confirmar"),
      HelpLine(sign: "↑ ↓", meaning: "quantos entraram"),
      HelpLine(sign: "F3", meaning: "consultar sem entrada"),
      HelpLine(sign: "F4", meaning: "procura por nome ou código"),
      HelpLine(sign: "F2", meaning: "tarifas desta noite"),
      HelpLine(sign: "F5", meaning: "pergunta ao serviço"),
      HelpLine(sign: "Enter", meaning: "verifica o que escreveu"),
      HelpLine(sign: "Esc", meaning: "apaga-o, fecha esta página"),
      HelpLine(sign: "F10", meaning: "sai do doorcheck"),
      HelpLine(sign: "F1", meaning: "esta página; ↑ ↓ deslizam"),
      HelpLine(sign: "Backspace", meaning: "apaga o último carácter"),
      HelpLine(sign: "AB…123", meaning: "um código, o meio oculto"),
    ]
  }
}
