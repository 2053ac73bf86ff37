// Starting a program that shares nothing with this one. In C, because what it takes of glibc
// (closefrom, a new session, a file in memory) Swift does not see.
#ifndef DOORCHECK_PROGRAM_START_H
#define DOORCHECK_PROGRAM_START_H

#include <sys/types.h>

// Starts the program at `path`, without arguments, in `/` and in a session and process group of its
// own: no signal blocked or ignored, `input` as its standard input, nothing to write to, no other
// descriptor. Returns 0, or an error number.
int program_start(pid_t *identifier, const char *path, char *const environment[], int input);

// An empty file in memory, for reading and writing, that no program inherits by accident; or -1.
int program_start_memory_file(void);

#endif
