/* A stand-in: nothing is needed of it. */
typedef int ll_sw_float_is_empty;
