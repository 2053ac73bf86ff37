// Preloaded into the program that is measured: counts tasks, hand-overs between threads and
// allocations. It needs a program that is linked dynamically against the runtime of Swift and against
// glibc, which has the functions under their second names.
#define _GNU_SOURCE
#include "work_counts.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <unistd.h>

#define SWIFT __attribute__((swiftcall))

static struct work_counts nowhere;
static struct work_counts *counts = &nowhere;

static void count(int64_t *counter, int64_t amount) {
  __atomic_fetch_add(counter, amount, __ATOMIC_RELAXED);
}

// MARK: Tasks, and what is handed to Swift's threads

typedef SWIFT void (*enqueue)(void *job);

/// Swift hands its jobs to Dispatch in turn, which is no second time.
static _Thread_local int is_handing_over;

static SWIFT void enqueue_counted(void *job, enqueue original) {
  count(&counts->executor, 1);
  is_handing_over += 1;
  original(job);
  is_handing_over -= 1;
}

__attribute__((constructor)) static void begin(void) {
  const char *path = getenv("WORK_COUNTS");
  if (path == NULL) return;
  int file = open(path, O_RDWR | O_CLOEXEC);
  if (file < 0) return;
  void *memory = mmap(NULL, sizeof *counts, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  close(file);
  if (memory == MAP_FAILED) return;
  counts = memory;
  void **hook = dlsym(RTLD_DEFAULT, "swift_task_enqueueGlobal_hook");
  if (hook != NULL) *hook = (void *)enqueue_counted;
}

struct task_and_context {
  void *task, *context;
};

typedef SWIFT struct task_and_context (*create)(
    size_t flags, void *options, const void *type, void *entry, void *context);

SWIFT struct task_and_context swift_task_create(
    size_t flags, void *options, const void *type, void *entry, void *context) {
  static create original;
  if (original == NULL) original = (create)dlsym(RTLD_NEXT, "swift_task_create");
  count(&counts->tasks, 1);
  return original(flags, options, type, entry, context);
}

// MARK: What is handed to the threads of Dispatch

#define DISPATCH(name, parameters, arguments)                                   \
  void name parameters {                                                        \
    static void(*original) parameters;                                          \
    if (original == NULL) original = (void(*) parameters)dlsym(RTLD_NEXT, #name); \
    if (!is_handing_over) count(&counts->dispatch, 1);                          \
    original arguments;                                                         \
  }

DISPATCH(dispatch_async, (void *queue, void *block), (queue, block))
DISPATCH(dispatch_async_f, (void *queue, void *context, void *work), (queue, context, work))
DISPATCH(dispatch_group_async, (void *group, void *queue, void *block), (group, queue, block))

// MARK: Waking a thread that waits for connections or timers

int eventfd_write(int file, eventfd_t value) {
  count(&counts->wakes, 1);
  return write(file, &value, sizeof value) == sizeof value ? 0 : -1;
}

// MARK: Writing a panel

// In bytes. The count of people and the like take less than 100; a green after a green, less than 512.
enum { PANEL = 160 };

ssize_t write(int file, const void *bytes, size_t size) {
  static ssize_t (*original)(int, const void *, size_t);
  if (original == NULL)
    original = (ssize_t(*)(int, const void *, size_t))dlsym(RTLD_NEXT, "write");
  if (size >= PANEL && isatty(file))
    __atomic_store_n(
        &counts->at_panel, counts->executor + counts->dispatch + counts->wakes, __ATOMIC_RELAXED);
  return original(file, bytes, size);
}

// MARK: Memory

extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);
extern void *__libc_memalign(size_t, size_t);

static void allocates(size_t size) {
  count(&counts->allocations, 1);
  count(&counts->allocated, (int64_t)size);
}

void *malloc(size_t size) {
  allocates(size);
  return __libc_malloc(size);
}

void *calloc(size_t number, size_t size) {
  allocates(number * size);
  return __libc_calloc(number, size);
}

void *realloc(void *memory, size_t size) {
  allocates(size);
  return __libc_realloc(memory, size);
}

int posix_memalign(void **memory, size_t alignment, size_t size) {
  allocates(size);
  *memory = __libc_memalign(alignment, size);
  return *memory == NULL ? 12 : 0;
}

void *aligned_alloc(size_t alignment, size_t size) {
  allocates(size);
  return __libc_memalign(alignment, size);
}
