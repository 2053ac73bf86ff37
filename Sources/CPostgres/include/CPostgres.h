// PostgreSQL's libpq, which is loaded when the first of its functions is called: with all that it needs
// in turn it takes more than 5 MB of memory, and a door that is alone needs none of it. A function that
// is to be called has a line in postgres.c; one without it is missing when the program is linked.
#ifndef DOORCHECK_POSTGRES_H
#define DOORCHECK_POSTGRES_H

// Where Debian has it, so that building needs no tool that looks for it.
#if __has_include(<postgresql/libpq-fe.h>)
#include <postgresql/libpq-fe.h>
#else
#include <libpq-fe.h>
#endif

// Loads it, where it is not loaded yet. Returns NULL, or why it cannot be had: then all its functions do
// nothing and return 0.
const char *postgres_missing(void);

#endif
