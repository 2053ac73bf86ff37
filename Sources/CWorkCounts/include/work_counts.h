#ifndef WORK_COUNTS_H
#define WORK_COUNTS_H

#include <stdint.h>

/// What a program has done since it began. It lies at the beginning of the file that WORK_COUNTS
/// names, which the program and the benchmark both map.
struct work_counts {
  /// Swift tasks that were begun.
  int64_t tasks;
  /// Jobs of tasks and actors that were handed to a thread of Swift's, blocks that were handed to one
  /// of Dispatch, and times that a thread which waits for connections or timers was woken.
  int64_t executor, dispatch, wakes;
  /// Allocations, and their bytes.
  int64_t allocations, allocated;
  /// The sum of the hand-overs when it last wrote as much as a panel takes. What reads the terminal comes
  /// too late to tell: by then the program has gone on.
  int64_t at_panel;
};

#endif
