#include "fv_mpu.h"
#include "fv_cortex_m.h"

/* Without the background region even privileged code reaches listed memory only. */
enum { ENABLE = 1 };

void fv_mpu_init(void) {
  FV_MPU_CTRL = 0;
  FV_MPU_MAIR0 = 0x000444ffu; /* Armv8-M: 0 normal write-back, 1 not cached, 2 device; ignored on Armv7-M */
  for (uint32_t i = 0; i < fv_mpu_region_count; i++) {
    FV_MPU_RNR = i;
    FV_MPU_RBAR = fv_mpu_regions[i].rbar;
    FV_MPU_RASR = fv_mpu_regions[i].attributes;
  }
  for (uint32_t i = fv_mpu_region_count; i < (FV_MPU_TYPE >> 8 & 0xffu); i++) {
    FV_MPU_RNR = i; /* a boot loader's */
    FV_MPU_RBAR = 0;
    FV_MPU_RASR = 0;
  }
  FV_MPU_CTRL = ENABLE;
  fv_barrier();
}
