// Everything about ncurses that Swift cannot see by itself: macros, variadic functions, and globals
// that Swift 6 rejects as shared mutable state. Only the Terminal target uses it.
#ifndef DOORCHECK_CNCURSES_SHIM_H
#define DOORCHECK_CNCURSES_SHIM_H

// Without it the wide functions do not exist, and WINDOW has another layout.
#define NCURSES_WIDECHAR 1
#include <ncurses.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <wchar.h>

// wchar.h shows these to _XOPEN_SOURCE and _GNU_SOURCE only.
extern int wcwidth(wchar_t scalar);
extern int memfd_create(const char *name, unsigned int flags);

// term.h defines hundreds of short words as macros.
struct term;
extern int setupterm(const char *name, int descriptor, int *status);
extern struct term *set_curterm(struct term *terminal);
extern int del_curterm(struct term *terminal);

// How one cell looks. The A_* constants are macros that Swift does not import.
struct curses_look {
  short pair;
  bool bold;
  bool reverse;
  bool underline;
  bool dim;
};

static inline attr_t curses_attributes(struct curses_look look) {
  return (look.bold ? A_BOLD : A_NORMAL) | (look.reverse ? A_REVERSE : A_NORMAL) |
         (look.underline ? A_UNDERLINE : A_NORMAL) | (look.dim ? A_DIM : A_NORMAL);
}

// An unlinked file in memory, closed in programs started from here.
static inline int curses_memory_file(void) {
  return memfd_create("curses", 1 /* MFD_CLOEXEC */);
}

static inline int curses_rows(void) { return getmaxy(stdscr); }
static inline int curses_columns(void) { return getmaxx(stdscr); }

static inline void curses_use_keypad(void) { keypad(stdscr, TRUE); }

// What a cell is that nobody has put anything in.
static inline void curses_set_background(struct curses_look look) {
  cchar_t blank;
  if (setcchar(&blank, L" ", curses_attributes(look), look.pair, NULL) != ERR) {
    wbkgrndset(stdscr, &blank);
  }
}

static inline void curses_clear_row(int row) {
  if (wmove(stdscr, row, 0) != ERR) wclrtoeol(stdscr);
}

static inline void curses_erase(void) { werase(stdscr); }

// Puts one character with its combining marks. In the last cell of the last row curses answers ERR
// although the cell is put, since its cursor has nowhere to go: hence no result.
static inline void curses_put(int row, int column, const uint32_t *scalars, int count,
                              struct curses_look look) {
  wchar_t text[CCHARW_MAX + 1] = {0};
  for (int i = 0; i < count && i < CCHARW_MAX; i++) text[i] = (wchar_t)scalars[i];
  cchar_t cell;
  if (setcchar(&cell, text, curses_attributes(look), look.pair, NULL) != ERR) {
    mvwadd_wch(stdscr, row, column, &cell);
  }
}

// Puts characters that take a cell each, side by side in the same look.
static inline void curses_put_run(int row, int column, const uint32_t *scalars, int count,
                                  struct curses_look look) {
  cchar_t cells[count > 0 ? count : 1];
  if (setcchar(&cells[0], L" ", curses_attributes(look), look.pair, NULL) == ERR) return;
  for (int i = count - 1; i >= 0; i--) {
    cells[i] = cells[0];
    cells[i].chars[0] = (wchar_t)scalars[i];
  }
  mvwadd_wchnstr(stdscr, row, column, cells, count);
}

// Cells that the locale says the character takes; -1 where it cannot be shown at all.
static inline int curses_width(uint32_t scalar) { return wcwidth((wchar_t)scalar); }

static inline void curses_move(int row, int column) { wmove(stdscr, row, column); }
static inline void curses_refresh(void) { wrefresh(stdscr); }

// The next refresh clears the terminal and paints every cell.
static inline void curses_repaint_all(void) { clearok(curscr, TRUE); }

// NULL where the terminal has no such string.
static inline const char *curses_string(const char *capability) {
  const char *value = tigetstr(capability);
  return value == (const char *)-1 ? NULL : value;
}

// 0 where the terminal says nothing.
static inline int curses_number(const char *capability) {
  int value = tigetnum(capability);
  return value < 0 ? 0 : value;
}

// Colours of a terminal that no screen is opened on; -1 where it is not known, or cannot place its
// cursor.
static inline int curses_colours_of(const char *name, int descriptor) {
  int status = 0;
  if (setupterm(name, descriptor, &status) != OK) return -1;
  int colours = curses_string("cup") == NULL ? -1 : curses_number("colors");
  del_curterm(set_curterm(NULL));
  return colours;
}

// What lets all rows scroll; NULL where the terminal cannot be told.
static inline const char *curses_scroll_region(int rows) {
  const char *region = curses_string("csr");
  return region == NULL ? NULL : tparm(region, 0, rows - 1, 0, 0, 0, 0, 0, 0, 0);
}

#endif
