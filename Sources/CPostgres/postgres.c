// Functions of libpq's names that call libpq's own.
#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

// Hidden, so that libpq itself does not find them.
#pragma GCC visibility push(hidden)
#include "CPostgres.h"

// Its name says which of its interfaces it has.
static const char library_name[] = "libpq.so.5";

// Each function's return type, name, parameters, and its arguments as they are handed on.
#define FUNCTIONS(F)                                                                              \
  F(char *, PQcmdTuples, (PGresult * result), (result))                                           \
  F(PQconninfoOption *, PQconndefaults, (void), ())                                               \
  F(PostgresPollingStatusType, PQconnectPoll, (PGconn * connection), (connection))                \
  F(PGconn *, PQconnectStartParams,                                                               \
    (const char *const *keywords, const char *const *values, int expands_name),                   \
    (keywords, values, expands_name))                                                             \
  F(int, PQconnectionNeedsPassword, (const PGconn *connection), (connection))                     \
  F(PQconninfoOption *, PQconninfoParse, (const char *text, char **message), (text, message))     \
  F(int, PQconsumeInput, (PGconn * connection), (connection))                                     \
  F(int, PQenterPipelineMode, (PGconn * connection), (connection))                                \
  F(char *, PQerrorMessage, (const PGconn *connection), (connection))                             \
  F(int, PQflush, (PGconn * connection), (connection))                                            \
  F(PGresult *, PQgetResult, (PGconn * connection), (connection))                                 \
  F(int, PQgetisnull, (const PGresult *result, int row, int column), (result, row, column))       \
  F(char *, PQgetvalue, (const PGresult *result, int row, int column), (result, row, column))     \
  F(int, PQisBusy, (PGconn * connection), (connection))                                           \
  F(int, PQnfields, (const PGresult *result), (result))                                           \
  F(int, PQntuples, (const PGresult *result), (result))                                           \
  F(char *, PQpass, (const PGconn *connection), (connection))                                     \
  F(int, PQpipelineSync, (PGconn * connection), (connection))                                     \
  F(char *, PQresultErrorField, (const PGresult *result, int field), (result, field))             \
  F(ExecStatusType, PQresultStatus, (const PGresult *result), (result))                           \
  F(int, PQsendFlushRequest, (PGconn * connection), (connection))                                 \
  F(int, PQsendPrepare,                                                                           \
    (PGconn * connection, const char *name, const char *sql, int count, const Oid *types),        \
    (connection, name, sql, count, types))                                                        \
  F(int, PQsendQueryParams,                                                                       \
    (PGconn * connection, const char *sql, int count, const Oid *types,                           \
     const char *const *values, const int *lengths, const int *formats, int format),                                         \
    (connection, sql, count, types, values, lengths, formats, format))                            \
  F(int, PQsendQueryPrepared,                                                                     \
    (PGconn * connection, const char *name, int count, const char *const *values,                 \
     const int *lengths, const int *formats, int format),                                         \
    (connection, name, count, values, lengths, formats, format))                                  \
  F(int, PQserverVersion, (const PGconn *connection), (connection))                               \
  F(PQnoticeProcessor, PQsetNoticeProcessor,                                                      \
    (PGconn * connection, PQnoticeProcessor processor, void *context),                            \
    (connection, processor, context))                                                             \
  F(int, PQsetnonblocking, (PGconn * connection, int mode), (connection, mode))                   \
  F(int, PQsocket, (const PGconn *connection), (connection))                                      \
  F(int, PQsslInUse, (PGconn * connection), (connection))                                         \
  F(ConnStatusType, PQstatus, (const PGconn *connection), (connection))                           \
  F(PGTransactionStatusType, PQtransactionStatus, (const PGconn *connection), (connection))

// The same for those that return nothing.
#define PROCEDURES(P)                                    \
  P(PQclear, (PGresult * result), (result))              \
  P(PQconninfoFree, (PQconninfoOption * options), (options)) \
  P(PQfinish, (PGconn * connection), (connection))

static pthread_once_t once = PTHREAD_ONCE_INIT;
static char missing[512];

// libpq's own, by their names.
static struct {
#define MEMBER(type, name, parameters, arguments) type(*name) parameters;
#define PROCEDURE_MEMBER(name, parameters, arguments) void(*name) parameters;
  FUNCTIONS(MEMBER)
  PROCEDURES(PROCEDURE_MEMBER)
} libpq;

static int find(void *library, const char *name, void *place) {
  void *function = dlsym(library, name);
  if (function == NULL) {
    snprintf(missing, sizeof missing, "%s is too old: it has no %s", library_name, name);
    return 0;
  }
  *(void **)place = function;
  return 1;
}

static void load(void) {
  void *library = dlopen(library_name, RTLD_NOW | RTLD_LOCAL);
  if (library == NULL) {
    const char *reason = dlerror();
    snprintf(missing, sizeof missing, "%s", reason != NULL ? reason : library_name);
    return;
  }
#define FIND(type, name, parameters, arguments) && find(library, #name, &libpq.name)
#define FIND_PROCEDURE(name, parameters, arguments) && find(library, #name, &libpq.name)
  if (!(1 FUNCTIONS(FIND) PROCEDURES(FIND_PROCEDURE))) {
    // All of them or none.
    memset(&libpq, 0, sizeof libpq);
  }
}

const char *postgres_missing(void) {
  pthread_once(&once, load);
  return missing[0] != 0 ? missing : NULL;
}

#define FORWARD(type, name, parameters, arguments) \
  type name parameters {                           \
    pthread_once(&once, load);                     \
    return libpq.name == NULL ? (type)0 : libpq.name arguments; \
  }
#define FORWARD_PROCEDURE(name, parameters, arguments) \
  void name parameters {                               \
    pthread_once(&once, load);                         \
    if (libpq.name != NULL) libpq.name arguments;      \
  }
FUNCTIONS(FORWARD)
PROCEDURES(FORWARD_PROCEDURE)
