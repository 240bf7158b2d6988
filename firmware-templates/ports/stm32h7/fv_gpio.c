#include "fv_stm32h7.h"

void fv_gpio_alternate(struct fv_pin pin, uint32_t speed, uint32_t pull) {
  const uint32_t two = 2u * pin.number, four = 4u * (pin.number % 8u);
  FV_RCC_AHB4ENR |= 1u << (pin.port - 'A');
  (void)FV_RCC_AHB4ENR; /* two cycles of the peripheral's clock: RM0433, 8.5.11 */
  FV_GPIO_AFR(pin.port, pin.number) = (FV_GPIO_AFR(pin.port, pin.number) & ~(15u << four)) | (uint32_t)pin.function << four;
  FV_GPIO_OSPEEDR(pin.port) = (FV_GPIO_OSPEEDR(pin.port) & ~(3u << two)) | speed << two;
  FV_GPIO_PUPDR(pin.port) = (FV_GPIO_PUPDR(pin.port) & ~(3u << two)) | pull << two;
  FV_GPIO_MODER(pin.port) = (FV_GPIO_MODER(pin.port) & ~(3u << two)) | 2u << two;
}
