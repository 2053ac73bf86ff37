#include "crash_guard.h"

#include <signal.h>
#include <string.h>
#include <unistd.h>

// All of it is laid ready beforehand.
static volatile sig_atomic_t is_armed;
static int input_descriptor;
static int output_descriptor;
static struct termios saved_modes;
static uint8_t saved_farewell[512];
static size_t farewell_length;

static void restore(int signal_number) {
  if (is_armed) {
    is_armed = 0;
    // Nobody is left to be told of a failure.
    ssize_t written = write(output_descriptor, saved_farewell, farewell_length);
    (void)written;
    tcsetattr(input_descriptor, TCSANOW, &saved_modes);
  }
  // The handler is reset on entry: the signal now does what it would have done.
  raise(signal_number);
}

void crash_guard_arm(int input, int output, const struct termios *modes, const uint8_t *farewell,
                     size_t length) {
  input_descriptor = input;
  output_descriptor = output;
  saved_modes = *modes;
  farewell_length = length <= sizeof saved_farewell ? length : 0;
  memcpy(saved_farewell, farewell, farewell_length);
  is_armed = 1;
  const int signals[] = {SIGQUIT, SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV,
                         SIGSYS};
  for (size_t i = 0; i < sizeof signals / sizeof signals[0]; i++) {
    struct sigaction action = {0};
    action.sa_handler = restore;
    action.sa_flags = SA_RESETHAND | SA_NODEFER | SA_ONSTACK;
    sigaction(signals[i], &action, NULL);
  }
}

void crash_guard_disarm(void) { is_armed = 0; }
