/* A stand-in. */
#define LL_ATON_VERSION_MAJOR 1
#define LL_ATON_VERSION_MINOR 1
