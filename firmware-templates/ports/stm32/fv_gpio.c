/* The same design in every family: RM0433 chapter 11 and its siblings. */
#include "fv_chip.h"
#include "fv_stm32.h"

/* Port 'A' first. */
#define PORT(port, offset) FV_REG(FV_GPIO_BASE + 0x400u * (uint32_t)((port) - 'A') + (offset))
#define MODER(port) PORT(port, 0x00u)
#define OSPEEDR(port) PORT(port, 0x08u)
#define PUPDR(port) PORT(port, 0x0cu)
#define AFR(port, pin) PORT(port, 0x20u + 4u * ((pin) / 8u))

void fv_gpio_alternate(struct fv_pin pin, uint32_t speed, uint32_t pull) {
  const uint32_t two = 2u * pin.number, four = 4u * (pin.number % 8u);
  FV_RCC_GPIOENR |= 1u << (pin.port - 'A');
  (void)FV_RCC_GPIOENR; /* two cycles of the peripheral's clock: RM0433, 8.5.11 */
  AFR(pin.port, pin.number) = (AFR(pin.port, pin.number) & ~(15u << four)) | (uint32_t)pin.function << four;
  OSPEEDR(pin.port) = (OSPEEDR(pin.port) & ~(3u << two)) | speed << two;
  PUPDR(pin.port) = (PUPDR(pin.port) & ~(3u << two)) | pull << two;
  MODER(pin.port) = (MODER(pin.port) & ~(3u << two)) | 2u << two;
}
