/* A stand-in: nothing is needed of it. */
typedef int ll_aton_is_empty;
