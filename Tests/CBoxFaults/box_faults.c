// Preloaded into the program under test: moves its real-time clock and slows its disk down, as a file
// says that the test can change meanwhile. The monotonic clock is never touched.
#define _GNU_SOURCE
#include "box_faults.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static const int64_t billion = 1000000000;
static struct box_faults *faults;

__attribute__((constructor)) static void map_faults(void) {
  const char *path = getenv("BOX_FAULTS");
  if (path == NULL) return;
  int file = open(path, O_RDWR | O_CLOEXEC);
  if (file < 0) return;
  void *memory = mmap(NULL, sizeof *faults, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  close(file);
  if (memory != MAP_FAILED) faults = memory;
}

static int64_t clock_offset(void) {
  return faults ? __atomic_load_n(&faults->clock_offset, __ATOMIC_RELAXED) : 0;
}

static void add(struct timespec *time, int64_t nanoseconds) {
  int64_t sum = time->tv_sec * billion + time->tv_nsec + nanoseconds;
  time->tv_sec = sum / billion;
  time->tv_nsec = sum % billion;
}

// MARK: Reading the clock

int clock_gettime(clockid_t clock, struct timespec *time) {
  int result = (int)syscall(SYS_clock_gettime, clock, time);
  if (result == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE))
    add(time, clock_offset());
  return result;
}

int gettimeofday(struct timeval *restrict time, void *restrict zone) {
  (void)zone;
  struct timespec now;
  int result = clock_gettime(CLOCK_REALTIME, &now);
  if (result == 0) *time = (struct timeval){now.tv_sec, now.tv_nsec / 1000};
  return result;
}

time_t time(time_t *place) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  if (place) *place = now.tv_sec;
  return now.tv_sec;
}

int timespec_get(struct timespec *time, int base) {
  return base == TIME_UTC && clock_gettime(CLOCK_REALTIME, time) == 0 ? base : 0;
}

// MARK: Waiting until a time

// The kernel waits by its own clock. A time by the monotonic clock, which some callers wait for,
// counts from the start of the machine and so is far smaller.
static struct timespec kernel_time(const struct timespec *time) {
  struct timespec moved = *time;
  if (moved.tv_sec > billion) add(&moved, -clock_offset());
  return moved;
}

// The newest version: the oldest one, which dlsym may find, has another layout.
static void *next(const char *name) {
  void *found = dlvsym(RTLD_NEXT, name, "GLIBC_2.3.2");
  return found ? found : dlsym(RTLD_NEXT, name);
}

int pthread_cond_timedwait(
    pthread_cond_t *restrict condition, pthread_mutex_t *restrict mutex,
    const struct timespec *restrict time) {
  static int (*real)(pthread_cond_t *, pthread_mutex_t *, const struct timespec *);
  if (!real) real = next("pthread_cond_timedwait");
  struct timespec moved = kernel_time(time);
  return real(condition, mutex, &moved);
}

int sem_timedwait(sem_t *restrict semaphore, const struct timespec *restrict time) {
  static int (*real)(sem_t *, const struct timespec *);
  if (!real) real = next("sem_timedwait");
  struct timespec moved = kernel_time(time);
  return real(semaphore, &moved);
}

// MARK: The disk

// Looks anew every few milliseconds, so that a disk that stood still can be let go.
static void stand_still(void) {
  if (!faults) return;
  __atomic_add_fetch(&faults->syncs, 1, __ATOMIC_RELAXED);
  struct timespec begun, now;
  syscall(SYS_clock_gettime, CLOCK_MONOTONIC, &begun);
  for (;;) {
    syscall(SYS_clock_gettime, CLOCK_MONOTONIC, &now);
    int64_t passed = (now.tv_sec - begun.tv_sec) * billion + now.tv_nsec - begun.tv_nsec;
    int64_t left = __atomic_load_n(&faults->sync_delay, __ATOMIC_RELAXED) * 1000000 - passed;
    if (left <= 0) return;
    struct timespec pause = {0, left < 5000000 ? left : 5000000};
    syscall(SYS_nanosleep, &pause, NULL);
  }
}

int fsync(int file) {
  stand_still();
  return (int)syscall(SYS_fsync, file);
}

int fdatasync(int file) {
  stand_still();
  return (int)syscall(SYS_fdatasync, file);
}
