// Starting a program that shares nothing with this one, and this one itself. In C, because what it
// takes of glibc (closefrom, a new session, a file in memory, heaps) Swift does not see.
#ifndef DOORCHECK_PROGRAM_START_H
#define DOORCHECK_PROGRAM_START_H

#include <sys/types.h>

// Starts the program at `path`, without arguments, in `/` and in a session and process group of its
// own: no signal blocked or ignored, `input` as its standard input, nothing to write to, no other
// descriptor. Returns 0, or an error number. From the first one on, whatever a started program leaves
// behind when it ends becomes a child of this process, whatever session it moved to.
int program_start(pid_t *identifier, const char *path, char *const environment[], int input);

// Kills what programs that were started have left behind, with all that it started in turn, and takes
// it out of the list of processes. Spared are the `count` programs in `running` with what they started,
// and children in this process's own session. It tries for 2 seconds.
void program_end_leftovers(const pid_t running[], int count);

// An empty file in memory, for reading and writing, that no program inherits by accident; or -1.
int program_start_memory_file(void);

// Each thread would get a heap of its own, which keeps what it once needed: a burst is done by twenty
// threads for a moment. To be called before there is a second thread.
void program_use_one_heap(void);

#endif
