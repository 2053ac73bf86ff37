import Testing

/// The built program in a real terminal, one at a time: typing like a scanner is a matter of
/// milliseconds, which a busy machine does not keep.
@Suite(.serialized, .timeLimit(.minutes(5))) struct EndToEndTests {}
