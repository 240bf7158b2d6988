/* A stand-in: micro instructions of the epoch controller. */
static const unsigned long long _ec_blob_1[] = {0};
