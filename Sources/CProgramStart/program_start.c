#define _GNU_SOURCE
#include "program_start.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>

static int describe(posix_spawn_file_actions_t *actions, posix_spawnattr_t *attributes, int input) {
  sigset_t none, all;
  sigemptyset(&none);
  sigfillset(&all);
  int error = posix_spawn_file_actions_adddup2(actions, input, 0);
  if (!error) error = posix_spawn_file_actions_addopen(actions, 1, "/dev/null", O_WRONLY, 0);
  if (!error) error = posix_spawn_file_actions_adddup2(actions, 1, 2);
  if (!error) error = posix_spawn_file_actions_addclosefrom_np(actions, 3);
  if (!error) error = posix_spawn_file_actions_addchdir_np(actions, "/");
  if (!error) error = posix_spawnattr_setsigmask(attributes, &none);
  if (!error) error = posix_spawnattr_setsigdefault(attributes, &all);
  if (!error) {
    error = posix_spawnattr_setflags(
        attributes, POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  }
  return error;
}

int program_start(pid_t *identifier, const char *path, char *const environment[], int input) {
  posix_spawn_file_actions_t actions;
  int error = posix_spawn_file_actions_init(&actions);
  if (error) return error;
  posix_spawnattr_t attributes;
  error = posix_spawnattr_init(&attributes);
  if (!error) {
    error = describe(&actions, &attributes, input);
    char *const arguments[] = {(char *)path, 0};
    // Not posix_spawnp: that hands a file without "#!" to a shell.
    if (!error) error = posix_spawn(identifier, path, &actions, &attributes, arguments, environment);
    posix_spawnattr_destroy(&attributes);
  }
  posix_spawn_file_actions_destroy(&actions);
  return error;
}

int program_start_memory_file(void) { return memfd_create("doorcheck-verdict", MFD_CLOEXEC); }
