#ifndef BOX_FAULTS_H
#define BOX_FAULTS_H

#include <stdint.h>

/// What a running program's clock and disk are to do. It lies at the beginning of the file that
/// BOX_FAULTS names, which the program and the test both map.
struct box_faults {
  /// Added to the real-time clock, in nanoseconds.
  int64_t clock_offset;
  /// How long fsync and fdatasync take at least, in milliseconds.
  int64_t sync_delay;
  /// How many syncs have begun so far.
  int64_t syncs;
};

#endif
