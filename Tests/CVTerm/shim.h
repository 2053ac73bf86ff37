// What Swift cannot see of libvterm by itself: bit fields and tagged unions.
#ifndef DOORCHECK_CVTERM_SHIM_H
#define DOORCHECK_CVTERM_SHIM_H

#include <vterm.h>

struct vterm_cell_colour {
  uint8_t red, green, blue;
  // Number in the palette, or -1 for a colour given as red, green and blue.
  int index;
  bool is_default;
};

static inline struct vterm_cell_colour vterm_cell_colour_of(VTermScreen *screen, VTermColor colour) {
  struct vterm_cell_colour result;
  result.is_default =
      VTERM_COLOR_IS_DEFAULT_FG(&colour) || VTERM_COLOR_IS_DEFAULT_BG(&colour);
  result.index = VTERM_COLOR_IS_INDEXED(&colour) ? colour.indexed.idx : -1;
  vterm_screen_convert_color_to_rgb(screen, &colour);
  result.red = colour.rgb.red;
  result.green = colour.rgb.green;
  result.blue = colour.rgb.blue;
  return result;
}

struct vterm_cell_attributes {
  bool bold, underline, blink, reverse;
};

static inline struct vterm_cell_attributes vterm_cell_attributes_of(const VTermScreenCell *cell) {
  struct vterm_cell_attributes result = {cell->attrs.bold, cell->attrs.underline != 0,
                                         cell->attrs.blink, cell->attrs.reverse};
  return result;
}

// Scalar `index` of the cell; 0 after the last one, UINT32_MAX for the right half of a wide one.
static inline uint32_t vterm_cell_scalar(const VTermScreenCell *cell, int index) {
  return index < VTERM_MAX_CHARS_PER_CELL ? cell->chars[index] : 0;
}

static inline bool vterm_value_is_true(const VTermValue *value) { return value->boolean != 0; }
static inline const char *vterm_value_text(const VTermValue *value) { return value->string; }

static inline void vterm_set_palette(VTerm *terminal, int index, uint8_t red, uint8_t green,
                                     uint8_t blue) {
  VTermColor colour;
  vterm_color_rgb(&colour, red, green, blue);
  vterm_state_set_palette_color(vterm_obtain_state(terminal), index, &colour);
}

#endif
