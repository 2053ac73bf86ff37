#define _GNU_SOURCE
#include "program_start.h"

#include <fcntl.h>
#include <malloc.h>
#include <signal.h>
#include <spawn.h>
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

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
  prctl(PR_SET_CHILD_SUBREAPER, 1);
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

struct process {
  pid_t id, parent, session;
  int is_left;
};

// Reads parent and session from /proc/ID/stat. The name in brackets may hold anything.
static int read_process(const char *name, struct process *process) {
  char path[300], line[1024];
  snprintf(path, sizeof path, "/proc/%s/stat", name);
  int file = open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return 0;
  ssize_t count = read(file, line, sizeof line - 1);
  close(file);
  if (count <= 0) return 0;
  line[count] = 0;
  char *end = strrchr(line, ')');
  int group;
  process->id = atoi(name);
  process->is_left = 0;
  return end && sscanf(end + 1, " %*c %d %d %d", &process->parent, &group, &process->session) == 3;
}

// All processes of the machine, or NULL. Linux gives each a new number, so the list is short-lived.
static struct process *list_processes(int *count) {
  DIR *folder = opendir("/proc");
  if (!folder) return 0;
  struct process *list = 0;
  int room = 0;
  *count = 0;
  for (struct dirent *entry; (entry = readdir(folder));) {
    if (entry->d_name[0] < '1' || entry->d_name[0] > '9') continue;
    if (*count == room) {
      room = room ? 2 * room : 256;
      struct process *larger = realloc(list, room * sizeof *list);
      if (!larger) break;
      list = larger;
    }
    if (read_process(entry->d_name, &list[*count])) ++*count;
  }
  closedir(folder);
  return list;
}

static int is_among(pid_t id, const pid_t ids[], int count) {
  for (int index = 0; index < count; index++) {
    if (ids[index] == id) return 1;
  }
  return 0;
}

// Marks children of ours that were left behind, and then what descends from them.
static int mark_leftovers(struct process *list, int count, const pid_t running[], int spared) {
  pid_t own = getpid(), session = getsid(0);
  int marked = 0;
  for (int index = 0; index < count; index++) {
    struct process *process = &list[index];
    process->is_left = process->parent == own && process->session != session
        && !is_among(process->id, running, spared);
    marked += process->is_left;
  }
  for (int found = marked; found;) {
    found = 0;
    for (int index = 0; index < count; index++) {
      if (list[index].is_left) continue;
      for (int other = 0; other < count; other++) {
        if (list[other].is_left && list[other].id == list[index].parent) {
          list[index].is_left = found = 1;
          break;
        }
      }
    }
  }
  return marked;
}

void program_end_leftovers(const pid_t running[], int count) {
  for (int round = 0; round < 1000; round++) {
    // Mostly there is nobody, which one call tells.
    siginfo_t information;
    if (waitid(P_ALL, 0, &information, WEXITED | WNOHANG | WNOWAIT) != 0 && errno == ECHILD) return;
    int all = 0;
    struct process *list = list_processes(&all);
    if (!list) return;
    int marked = mark_leftovers(list, all, running, count);
    for (int index = 0; index < all; index++) {
      if (list[index].is_left) kill(list[index].id, SIGKILL);
    }
    for (int index = 0; index < all; index++) {
      if (list[index].is_left && list[index].parent == getpid()) {
        waitpid(list[index].id, 0, WNOHANG);
      }
    }
    free(list);
    if (!marked) return;
    usleep(2000);
  }
}

void program_use_one_heap(void) { mallopt(M_ARENA_MAX, 1); }
