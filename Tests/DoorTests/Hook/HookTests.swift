import Testing

/// One hook runs at a time, as in the program: when it ends, whatever any hook left behind is killed.
@Suite(.serialized) enum HookTests {}
