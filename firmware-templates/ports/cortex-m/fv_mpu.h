/* Memory protection: what is not listed faults. The generator computes fv_mpu_regions from the board's regions, so
 * that one byte beyond any of them faults. */
#ifndef FV_MPU_H
#define FV_MPU_H

#include <stdint.h>

/* Armv7-M: RBAR without region number, RASR. Armv8-M: RBAR, RLAR. Ready to be written. */
struct fv_mpu_region {
  uint32_t rbar, attributes;
};

extern const struct fv_mpu_region fv_mpu_regions[];
extern const uint32_t fv_mpu_region_count;

void fv_mpu_init(void);

#endif
