/* A stand-in: nothing is needed of it. */
typedef int ll_sw_integer_is_empty;
