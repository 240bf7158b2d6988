/* fv_dot.h for Armv7E-M: Cortex-M4, Cortex-M7 and later cores with the DSP extension.
 *
 * A unit is 12 SMLAD and 5 LDRD: 24 products in 17 instructions. Six accumulators, two pointers and six operands fill
 * all fourteen registers; the operands of the next unit are loaded while this one is summed, each at least one SMLAD
 * before its use. Counts and the pointer to the sums lie on the stack.
 */
  .syntax unified
  .thumb

#define WEIGHTS r0
#define PIXELS r1
/* Operands: weights rotate through three registers, pixels through three. */
#define W0 r2
#define W1 r3
#define W2 lr
#define P0 r10
#define P1 r11
#define P2 r12
/* Sums, named by lane and pixel. */
#define S00 r4
#define S01 r5
#define S10 r6
#define S11 r7
#define S20 r8
#define S21 r9

/* Before and after: the unit's first weights in W0 and W1, its first pixels in P0 and P1; W2 and P2 are free. */
  .macro dot_unit
  smlad S00, W0, P0, S00
  smlad S01, W0, P1, S01
  ldrd W2, W0, [WEIGHTS], #8
  smlad S10, W1, P0, S10
  smlad S11, W1, P1, S11
  smlad S20, W2, P0, S20
  ldrd P2, P0, [PIXELS], #8
  smlad S21, W2, P1, S21
  ldrd W1, W2, [WEIGHTS], #8
  smlad S00, W0, P2, S00
  smlad S01, W0, P0, S01
  smlad S10, W1, P2, S10
  smlad S11, W1, P0, S11
  ldrd W0, W1, [WEIGHTS], #8
  smlad S21, W2, P0, S21
  ldrd P0, P1, [PIXELS], #8
  smlad S20, W2, P2, S20
  .endm

#define UNIT_BYTES (17 * 4)
#define BODY_UNITS 16

/* The frame below the saved registers. */
#define SUMS 0
#define END 4
#define ENTRY 8
#define BODIES 12
#define LEFT 16
#define REWIND 20
#define FRAME 28
#define UNITS_ARGUMENT (FRAME + 9 * 4)

/* (weights, pixels, sums, n, units): r0 to r3 and one word on the stack. With `rewind` every pair starts at the same
 * weights, and units may be more than BODY_UNITS: the first pass enters the body where what is left over remains. */
  .macro dot_function name, rewind
  .section .text.\name, "ax", %progbits
  .balign 8
  .global \name
  .type \name, %function
\name:
  push {r4-r11, lr}
  sub sp, sp, #FRAME
  ldr r4, [sp, #UNITS_ARGUMENT]
  add r5, r3, r3, lsl #1
  add r5, r2, r5, lsl #3
  strd r2, r5, [sp, #SUMS]        /* 24 bytes of sums a pair: END */
  .if \rewind
  mov r5, #24
  mul r5, r5, r4
  add r5, r5, #8                  /* and the weights loaded ahead */
  str r5, [sp, #REWIND]
  subs r5, r4, #1
  lsr r5, r5, #4
  str r5, [sp, #BODIES]           /* whole bodies after the first */
  sub r4, r4, r5, lsl #4
  .endif
  mov r5, #UNIT_BYTES
  mul r4, r4, r5
  ldr r5, =9f + 1                 /* Thumb */
  sub r5, r5, r4
  str r5, [sp, #ENTRY]
  ldrd W0, W1, [WEIGHTS], #8
  ldrd P0, P1, [PIXELS], #8
1:
  ldr lr, [sp, #SUMS]
  ldmia lr, {S00, S01, S10, S11, S20, S21}
  .if \rewind
  ldrd lr, r12, [sp, #ENTRY]
  str r12, [sp, #LEFT]
  .else
  ldr lr, [sp, #ENTRY]
  .endif
  bx lr
8:
  .rept BODY_UNITS
  dot_unit
  .endr
9:
  .if \rewind
  ldr lr, [sp, #LEFT]
  subs lr, lr, #1
  str lr, [sp, #LEFT]
  bpl 8b
  .endif
  ldrd lr, r12, [sp, #SUMS]
  stmia lr!, {S00, S01, S10, S11, S20, S21}
  str lr, [sp, #SUMS]
  .if \rewind
  ldr r2, [sp, #REWIND]
  sub WEIGHTS, WEIGHTS, r2
  ldrd W0, W1, [WEIGHTS], #8
  .endif
  cmp lr, r12
  bne 1b
  add sp, sp, #FRAME
  pop {r4-r11, pc}
  .ltorg
  .size \name, . - \name
  .endm

  dot_function fv_dot_pixels, 1
  dot_function fv_dot_tile, 0

  .section .text.fv_expand_weights, "ax", %progbits
  .balign 4
  .global fv_expand_weights
  .type fv_expand_weights, %function
fv_expand_weights:
  push {r4-r10, lr}
1:
  ldmia r0!, {r3, r4, r5}
  sxtb16 r6, r3
  sxtb16 r7, r4
  sxtb16 r8, r5
  sxtb16 r9, r3, ror #8
  sxtb16 r10, r4, ror #8
  sxtb16 r12, r5, ror #8
  subs r2, r2, #1
  stmia r1!, {r6-r10, r12}
  bne 1b
  pop {r4-r10, pc}
  .size fv_expand_weights, . - fv_expand_weights

  .section .text.fv_expand_pixels, "ax", %progbits
  .balign 4
  .global fv_expand_pixels
  .type fv_expand_pixels, %function
fv_expand_pixels:
  push {r4-r9, r10, lr}
1:
  ldr r4, [r0], #4
  ldr r5, [r1], #4
  sxtb16 r6, r4
  sxtb16 r7, r5
  sxtb16 r8, r4, ror #8
  sxtb16 r9, r5, ror #8
  subs r3, r3, #1
  stmia r2!, {r6-r9}
  bne 1b
  pop {r4-r9, r10, pc}
  .size fv_expand_pixels, . - fv_expand_pixels

  .section .text.fv_interleave_rows, "ax", %progbits
  .balign 4
  .global fv_interleave_rows
  .type fv_interleave_rows, %function
fv_interleave_rows:
  push {r4-r11, lr}
  ldmia r0, {r0, r3, r11, r12}    /* upper, lower, and their steps */
1:
  ldr r4, [r0]
  ldr r5, [r3]
  add r0, r0, r11
  add r3, r3, r12
  sxtb16 r6, r4
  sxtb16 r7, r5
  sxtb16 r8, r4, ror #8
  sxtb16 r9, r5, ror #8
  pkhbt r4, r6, r7, lsl #16       /* channel 0 */
  pkhtb r10, r7, r6, asr #16      /* channel 2 */
  pkhbt r5, r8, r9, lsl #16       /* channel 1 */
  pkhtb lr, r9, r8, asr #16       /* channel 3 */
  subs r2, r2, #1
  stmia r1!, {r4, r5, r10, lr}
  bne 1b
  pop {r4-r11, pc}
  .size fv_interleave_rows, . - fv_interleave_rows

/* Nine bytes of each of three rows, one behind the other, and a 0: words whose bytes come from two rows are put
 * together. */
  .section .text.fv_expand_windows_of_3, "ax", %progbits
  .balign 4
  .global fv_expand_windows_of_3
  .type fv_expand_windows_of_3, %function
fv_expand_windows_of_3:
  push {r4-r11, lr}
  ldmia r0, {r4, r5, r6}
  add r9, r4, r1
  add r10, r5, r1
  add r11, r6, r1
  .macro store_unit
  sxtb16 r0, r7
  sxtb16 r3, r8
  sxtb16 r7, r7, ror #8
  sxtb16 r8, r8, ror #8
  stmia r2!, {r0, r3, r7, r8}
  .endm
  ldr r7, [r4]
  ldr r8, [r9]
  store_unit
  ldr r7, [r4, #4]
  ldr r8, [r9, #4]
  store_unit
  ldrb r7, [r4, #8]
  ldr r12, [r5]
  ldrb r8, [r9, #8]
  ldr lr, [r10]
  orr r7, r7, r12, lsl #8
  orr r8, r8, lr, lsl #8
  store_unit
  ldr r7, [r5, #3]
  ldr r8, [r10, #3]
  store_unit
  ldrh r7, [r5, #7]
  ldrh r12, [r6]
  ldrh r8, [r10, #7]
  ldrh lr, [r11]
  orr r7, r7, r12, lsl #16
  orr r8, r8, lr, lsl #16
  store_unit
  ldr r7, [r6, #2]
  ldr r8, [r11, #2]
  store_unit
  ldrh r7, [r6, #6]
  ldrb r12, [r6, #8]
  ldrh r8, [r11, #6]
  ldrb lr, [r11, #8]
  orr r7, r7, r12, lsl #16
  orr r8, r8, lr, lsl #16
  store_unit
  pop {r4-r11, pc}
  .size fv_expand_windows_of_3, . - fv_expand_windows_of_3
