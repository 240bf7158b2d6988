/* A stand-in: nothing is needed of it. */
typedef int ll_aton_util_is_empty;
