/* A stand-in. */
#ifndef LL_ATON_CONFIG_H
#define LL_ATON_CONFIG_H

#define LL_ATON_PLAT_STM32N6 12
#define LL_ATON_OSAL_USER_IMPL 255
#define LL_ATON_RT_ASYNC 2

#endif
