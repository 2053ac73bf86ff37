import Testing

/// The long proofs: minutes of killing, filling and breaking. `Config/endure` alone runs them.
@Suite(.serialized, .enabled(if: EndurancePlan.isAsked), .timeLimit(.minutes(240)))
struct EnduranceTests {}
