// crypt(3) as the system's shadow file uses it: of libxcrypt, package libcrypt-dev.
#include <crypt.h>
#include <stdlib.h>
