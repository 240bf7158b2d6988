/* CRC-32 of IEEE 802.3 (zlib): polynomial 0xEDB88320 reflected, initial value and final xor 0xFFFFFFFF. */
#ifndef FV_CRC32_H
#define FV_CRC32_H

#include <stddef.h>
#include <stdint.h>

/* Continues a CRC over more bytes; start with 0. fv_crc32(fv_crc32(0, a), b) is the CRC of a then b. */
uint32_t fv_crc32(uint32_t crc, const void *bytes, size_t length);

#endif
