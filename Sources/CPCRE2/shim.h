#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

// PCRE2's names are macros that paste the width on, which Swift does not import: the functions with
// the width in their names are. Constants with a cast are not imported either.
static const uint32_t doorcheck_pcre2_options =
    PCRE2_UTF | PCRE2_DOLLAR_ENDONLY | PCRE2_NEVER_BACKSLASH_C;
