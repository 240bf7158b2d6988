/* A stand-in: nothing is needed of it. */
typedef int ll_aton_lib_is_empty;
