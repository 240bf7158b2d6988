/* A stand-in. */
#include "ll_aton_runtime.h"
