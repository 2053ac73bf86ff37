// What a crash leaves behind: the terminal as it was. In C, because a signal handler may call next to
// nothing, and certainly nothing of a language with a runtime.
#ifndef DOORCHECK_CRASH_GUARD_H
#define DOORCHECK_CRASH_GUARD_H

#include <stddef.h>
#include <stdint.h>
#include <termios.h>

// From now on a crash sends these bytes (at most 512) to `output` and gives `input` these modes, and
// then ends the program as it would have. It takes the place of the runtime's own handler, which would
// draw over the screen and ask a question that nobody at a door can answer. One terminal at a time.
void crash_guard_arm(int input, int output, const struct termios *modes, const uint8_t *farewell,
                     size_t length);

// The terminal is as it was; a crash touches it no more.
void crash_guard_disarm(void);

#endif
