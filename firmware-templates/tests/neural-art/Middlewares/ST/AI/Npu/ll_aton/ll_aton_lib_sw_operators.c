/* A stand-in: nothing is needed of it. */
typedef int ll_aton_lib_sw_operators_is_empty;
