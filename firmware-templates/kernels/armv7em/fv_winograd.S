/* fv_winograd.h for Armv7E-M. Words hold two channels in int16, sums are int32 modulo 2^32. Transforms take
 * columns first, then rows. */
  .syntax unified
  .thumb

  .macro begin name
  .section .text.\name, "ax", %progbits
  .balign 4
  .global \name
  .type \name, %function
\name:
  .endm

/* The transforms are linear, so that pairs of channels need no instruction of their own: as the number a + 2^16 b, ADD
 * and SUB with shifted operands do both, until SADD16 or SSUB16 makes two int16 of it. For that the numbers are
 * K = 2^15 greater (or less), so that the lower half borrows nothing from the upper one; it comes back 2^15 off, and of
 * two such halves the sum or the difference is right. The long runs of instructions are in an order that keeps both
 * pipelines of a Cortex-M7 busy, products and lane operations beside loads, stores and sums: benchmarks/cycles/order.py
 * has them as formulas, and printed them. */

/* void fv_winograd_columns(const struct fv_winograd_row rows[6], uint32_t offset, uint32_t *columns, int32_t n,
 *                          uint32_t step)
 * B' d of n columns. A column is [2 halves][6] words; its pixels are taken 128 greater, as unsigned bytes: that cancels
 * in all rows of B but the second, where fv_winograd_rows takes it back. */
  begin fv_winograd_columns
  push {r4-r11, lr}
  ldr r12, [sp, #36]
  sub sp, sp, #28
1:
  ldr r4, [r0, #4]
  ldr r5, [r0, #0]
  ldr r6, [r0, #12]
  ldr r7, [r0, #16]
  ldr r8, [r0, #20]
  and r4, r4, r1
  ldr r9, [r0, #8]
  and r10, r6, r1
  ldr r11, [r5, r4]
  and r8, r8, r1
  ldr lr, [r9, r10]
  ldr r7, [r7, r8]
  eor r6, r11, #0x80808080
  ldr r5, [r0, #24]
  str r6, [sp, #0]
  eor r4, lr, #0x80808080
  str r4, [sp, #4]
  eor r9, r7, #0x80808080
  ldr r10, [r0, #28]
  and r6, r6, #0xff00ff
  ldr r8, [r0, #36]
  ldr r11, [r0, #32]
  and lr, r10, r1
  str r9, [sp, #8]
  ldr r7, [r5, lr]
  and r4, r4, #0xff00ff
  ldr r10, [r0, #40]
  ldr r5, [r0, #44]
  and lr, r8, r1
  eor r8, r7, #0x80808080
  ldr r11, [r11, lr]
  and r9, r9, #0xff00ff
  and r5, r5, r1
  str r8, [sp, #12]
  ldr r10, [r10, r5]
  eor r7, r11, #0x80808080
  str r7, [sp, #16]
  and lr, r8, #0xff00ff
  eor r5, r10, #0x80808080
  and r7, r7, #0xff00ff
  str r5, [sp, #20]
  and r11, r5, #0xff00ff
  sub r6, r6, r9
  sub r8, r7, r9
  sub r10, r7, r9, lsl #2
  ldr r5, [sp, #0]
  add r7, r8, r6, lsl #2
  sub r9, r11, lr
  str r7, [r2, #0]                  /* t0 */
  sub r6, lr, r4, lsl #2
  sub lr, lr, r4
  ldr r11, [sp, #4]
  uxtb16 r7, r5, ror #8
  add r4, r10, r6
  str r4, [r2, #4]                  /* t1 */
  sub r5, r10, r6
  ldr r4, [sp, #8]
  sub r10, r9, lr, lsl #2
  str r10, [r2, #20]                /* t5 */
  sub r6, r8, lr, lsl #1
  ldr r9, [sp, #12]
  add r10, r8, lr, lsl #1
  str r5, [r2, #8]                  /* t2 */
  ldr r8, [sp, #20]
  ldr lr, [sp, #16]
  uxtb16 r5, r9, ror #8
  str r10, [r2, #12]                /* t3 */
  uxtb16 r9, r11, ror #8
  str r6, [r2, #16]                 /* t4 */
  uxtb16 r10, r4, ror #8
  uxtb16 lr, lr, ror #8
  sub r11, r5, r9
  uxtb16 r6, r8, ror #8
  sub r4, r7, r10
  sub r8, r5, r9, lsl #2
  sub r7, lr, r10
  sub r9, r6, r5
  sub lr, lr, r10, lsl #2
  add r6, r7, r4, lsl #2
  sub r5, lr, r8
  add r10, lr, r8
  sub r4, r7, r11, lsl #1
  str r6, [r2, #24]                 /* t0 */
  add lr, r7, r11, lsl #1
  str r10, [r2, #28]                /* t1 */
  sub r9, r9, r11, lsl #2
  str r9, [r2, #44]                 /* t5 */
  add r1, r1, r12
  str lr, [r2, #36]                 /* t3 */
  subs r3, r3, #1
  str r5, [r2, #32]                 /* t2 */
  str r4, [r2, #40]                 /* t4 */
  add r2, r2, #48
  bne 1b
  add sp, sp, #28
  pop {r4-r11, pc}
  .size fv_winograd_columns, . - fv_winograd_columns

/* void fv_winograd_rows(const uint32_t *columns, uint32_t *v, int32_t tiles, uint32_t step, uint32_t other_step)
 * For each tile six columns to its 36 positions, 16 bytes apart; the second half lies 8 bytes behind the first. Tiles
 * are `step` and `other_step` bytes apart, by turns. */
  begin fv_winograd_rows
  push {r4-r11, lr}
  ldr r4, [sp, #36]
  sub sp, sp, #20
  strd r3, r4, [sp, #8]
  str r2, [sp, #16]
  mov r2, #0x8000                 /* K */
1:
  strd r0, r1, [sp]
  mov r12, #2
2:
  ldr r3, [r0, #0]
  ldr r4, [r0, #96]
  ldr r5, [r0, #144]
  ldr r6, [r0, #48]
  ldr r7, [r0, #240]
  ldr r8, [r0, #192]
  sub r9, r3, r4
  add r10, r5, r2
  add r11, r8, r2
  sub lr, r7, r10
  sub r3, r11, r4
  add r8, r2, r9, lsl #2
  sub r7, r11, r4, lsl #2
  sub r9, r5, r6
  sadd16 r8, r8, r3
  sub r11, r10, r6, lsl #2
  add r4, r2, r9, lsl #1
  ldr r5, [r0, #196]
  str r8, [r1, #0]                  /* V[0][0] */
  rsb r10, r2, r9, lsl #2
  ssub16 r6, r7, r11
  ldr r8, [r0, #52]
  sadd16 r9, r7, r11
  ldr r7, [r0, #148]
  str r6, [r1, #32]                 /* V[0][2] */
  add r11, r5, r2
  str r9, [r1, #16]                 /* V[0][1] */
  sub r6, r7, r8
  sadd16 r5, r3, r4
  ldr r9, [r0, #100]
  ssub16 r3, r3, r4
  ldr r4, [r0, #4]
  str r5, [r1, #48]                 /* V[0][3] */
  add r5, r7, r2
  str r3, [r1, #64]                 /* V[0][4] */
  sub r4, r4, r9
  ssub16 lr, lr, r10
  sub r7, r11, r9
  sub r3, r11, r9, lsl #2
  ldr r10, [r0, #244]
  str lr, [r1, #80]                 /* V[0][5] */
  add r11, r2, r4, lsl #2
  sadd16 r9, r11, r7
  sub r10, r10, r5
  sub lr, r5, r8, lsl #2
  mov r4, #0x12001200
  sadd16 r11, r3, lr
  str r9, [r1, #96]                 /* V[1][0] */
  add r5, r2, r6, lsl #1
  ldr r8, [r0, #56]
  ssub16 r9, r11, r4
  ldr r11, [r0, #8]
  ssub16 r4, r3, lr
  ldr r3, [r0, #104]
  str r9, [r1, #112]                /* V[1][1] */
  rsb r6, r2, r6, lsl #2
  str r4, [r1, #128]                /* V[1][2] */
  sub lr, r11, r3
  sadd16 r9, r7, r5
  ldr r4, [r0, #152]
  ssub16 r11, r10, r6
  ldr r10, [r0, #200]
  ssub16 r6, r7, r5
  str r9, [r1, #144]                /* V[1][3] */
  ldr r7, [r0, #248]
  add r5, r10, r2
  str r11, [r1, #176]               /* V[1][5] */
  sub r9, r5, r3
  str r6, [r1, #160]                /* V[1][4] */
  add r10, r4, r2
  sub r4, r4, r8
  sub r5, r5, r3, lsl #2
  add r11, r2, lr, lsl #2
  sub r6, r7, r10
  sadd16 r11, r11, r9
  sub r10, r10, r8, lsl #2
  add r3, r2, r4, lsl #1
  ldr lr, [r0, #60]
  str r11, [r1, #192]               /* V[2][0] */
  rsb r7, r2, r4, lsl #2
  sadd16 r8, r5, r10
  ldr r11, [r0, #108]
  ssub16 r4, r5, r10
  ldr r5, [r0, #12]
  str r8, [r1, #208]                /* V[2][1] */
  ssub16 r10, r6, r7
  str r4, [r1, #224]                /* V[2][2] */
  ssub16 r8, r9, r3
  ldr r6, [r0, #252]
  sadd16 r7, r9, r3
  ldr r4, [r0, #204]
  str r8, [r1, #256]                /* V[2][4] */
  sub r9, r5, r11
  str r10, [r1, #272]               /* V[2][5] */
  add r3, r4, r2
  str r7, [r1, #240]                /* V[2][3] */
  sub r8, r3, r11
  ldr r5, [r0, #156]
  add r10, r2, r9, lsl #2
  sadd16 r4, r10, r8
  sub r7, r3, r11, lsl #2
  add r9, r5, r2
  sub r10, r5, lr
  str r4, [r1, #288]                /* V[3][0] */
  sub r6, r6, r9
  sub r3, r9, lr, lsl #2
  ldr r11, [r0, #64]
  sadd16 r5, r7, r3
  add r4, r2, r10, lsl #1
  ssub16 r7, r7, r3
  ldr r9, [r0, #16]
  str r5, [r1, #304]                /* V[3][1] */
  rsb lr, r2, r10, lsl #2
  str r7, [r1, #320]                /* V[3][2] */
  ssub16 r3, r8, r4
  ldr r5, [r0, #256]
  sadd16 r8, r8, r4
  ldr r10, [r0, #208]
  str r3, [r1, #352]                /* V[3][4] */
  str r8, [r1, #336]                /* V[3][3] */
  add r10, r10, r2
  ssub16 r7, r6, lr
  ldr r4, [r0, #112]
  ldr r3, [r0, #160]
  str r7, [r1, #368]                /* V[3][5] */
  sub r8, r9, r4
  sub r6, r10, r4, lsl #2
  sub lr, r10, r4
  add r8, r2, r8, lsl #2
  sub r7, r3, r11
  sadd16 r9, r8, lr
  add r10, r3, r2
  rsb r4, r2, r7, lsl #2
  sub r5, r5, r10
  str r9, [r1, #384]                /* V[4][0] */
  sub r8, r10, r11, lsl #2
  sadd16 r3, r6, r8
  ldr r9, [r0, #20]
  ssub16 r10, r6, r8
  add r7, r2, r7, lsl #1
  sadd16 r11, lr, r7
  str r3, [r1, #400]                /* V[4][1] */
  str r10, [r1, #416]               /* V[4][2] */
  ssub16 r6, r5, r4
  ldr r8, [r0, #116]
  ldr r3, [r0, #68]
  ldr r10, [r0, #164]
  ssub16 r5, lr, r7
  str r11, [r1, #432]               /* V[4][3] */
  ldr r4, [r0, #212]
  ldr lr, [r0, #260]
  str r5, [r1, #448]                /* V[4][4] */
  sub r7, r9, r8
  str r6, [r1, #464]                /* V[4][5] */
  add r11, r4, r2
  add r5, r10, r2
  sub r9, r11, r8
  sub r6, r11, r8, lsl #2
  sub r10, r10, r3
  add r4, r2, r7, lsl #2
  sub lr, lr, r5
  sadd16 r11, r4, r9
  sub r8, r5, r3, lsl #2
  ssub16 r7, r6, r8
  add r4, r2, r10, lsl #1
  str r11, [r1, #480]               /* V[5][0] */
  rsb r5, r2, r10, lsl #2
  sadd16 r6, r6, r8
  str r7, [r1, #512]                /* V[5][2] */
  ssub16 lr, lr, r5
  str r6, [r1, #496]                /* V[5][1] */
  sadd16 r3, r9, r4
  str lr, [r1, #560]                /* V[5][5] */
  ssub16 r11, r9, r4
  str r3, [r1, #528]                /* V[5][3] */
  str r11, [r1, #544]               /* V[5][4] */
  add r0, r0, #24
  add r1, r1, #8
  subs r12, r12, #1
  bne 2b
  ldrd r0, r1, [sp]
  ldrd r3, r4, [sp, #8]
  ldr r5, [sp, #16]
  add r0, r0, #4 * 48
  add r1, r1, r3
  strd r4, r3, [sp, #8]
  subs r5, r5, #1
  str r5, [sp, #16]
  bne 1b
  add sp, sp, #20
  pop {r4-r11, pc}
  .size fv_winograd_rows, . - fv_winograd_rows

/* void fv_winograd_weights(const int8_t *packed, int16_t *weights, int32_t units)
 * For each filter of each unit nine words of four channels, tap by tap, to its 36 positions, 32 bytes apart; the second
 * half lies 16 bytes behind the first. 4 g is without the two highest bits of each half, shifted. */
  .macro filter_half rotation:vararg
  ldr r2, [r0, #32]
  ldr r3, [r0, #28]
  ldr r4, [r0, #24]
  ldr r5, [r0, #8]
  ldr r6, [r0, #0]
  ldr r7, [r0, #4]
  sxtb16 r2, r2 \rotation
  sxtb16 r3, r3 \rotation
  sxtb16 r4, r4 \rotation
  bic r8, r2, #0xc000c000
  sxtb16 r9, r5 \rotation
  str r2, [r1, #1120]               /* U[5][5] */
  sadd16 r10, r3, r3
  str r4, [r1, #960]                /* U[5][0] */
  sadd16 r11, r4, r2
  lsl r8, r8, #2
  sxtb16 r12, r7 \rotation
  sadd16 r8, r4, r8
  sadd16 lr, r11, r3
  bic r5, r9, #0xc000c000
  sxtb16 r7, r6 \rotation
  str lr, [r1, #992]                /* U[5][1] */
  lsl r6, r5, #2
  ssub16 lr, r11, r3
  str r7, [r1, #0]                  /* U[0][0] */
  ssub16 r5, r8, r10
  sadd16 r11, r8, r10
  str lr, [r1, #1024]               /* U[5][2] */
  sadd16 r8, r7, r9
  str r5, [r1, #1088]               /* U[5][4] */
  sadd16 r10, r7, r4
  str r11, [r1, #1056]              /* U[5][3] */
  sadd16 lr, r12, r12
  bic r5, r4, #0xc000c000
  ssub16 r11, r8, r12
  bic r4, r2, #0xc000c000
  lsl r5, r5, #2
  str r9, [r1, #160]                /* U[0][5] */
  sadd16 r8, r8, r12
  str r11, [r1, #64]                /* U[0][2] */
  sadd16 r11, r7, r6
  ldr r6, [r0, #12]
  sadd16 r7, r7, r5
  str r8, [r1, #32]                 /* U[0][1] */
  sadd16 r5, r9, r2
  ldr r8, [r0, #20]
  ldr r2, [r0, #16]
  bic r0, r3, #0xc000c000
  sadd16 r3, r12, r3
  lsl r4, r4, #2
  lsl r0, r0, #2
  sadd16 r12, r12, r0
  sadd16 r0, r9, r4
  ssub16 r9, r11, lr
  sadd16 r11, r11, lr
  str r9, [r1, #128]                /* U[0][4] */
  sxtb16 r4, r8 \rotation
  str r11, [r1, #96]                /* U[0][3] */
  sxtb16 lr, r2 \rotation
  sxtb16 r9, r6 \rotation
  sadd16 r8, r5, r4
  sadd16 r11, r10, r9
  sadd16 r2, r3, lr
  bic r6, r8, #0xc000c000
  sadd16 r5, r11, r8
  str r11, [r1, #192]               /* U[1][0] */
  sadd16 r10, r9, r9
  lsl r3, r6, #2
  sadd16 r9, r11, r3
  str r8, [r1, #352]                /* U[1][5] */
  sadd16 r6, r5, r2
  sadd16 r3, r2, r2
  sadd16 lr, lr, lr
  str r6, [r1, #224]                /* U[1][1] */
  sadd16 r6, r4, r4
  ssub16 r4, r11, r10
  ssub16 r11, r8, r6
  ssub16 r5, r5, r2
  str r4, [r1, #384]                /* U[2][0] */
  sadd16 r8, r9, r3
  str r5, [r1, #256]                /* U[1][2] */
  bic r5, r11, #0xc000c000
  ssub16 r9, r9, r3
  str r8, [r1, #288]                /* U[1][3] */
  ssub16 r3, r2, lr
  lsl r8, r5, #2
  str r9, [r1, #320]                /* U[1][4] */
  sadd16 r2, r4, r8
  str r11, [r1, #544]               /* U[2][5] */
  sadd16 r5, r4, r11
  sadd16 r9, r7, r10
  sadd16 r8, r5, r3
  sadd16 r4, r3, r3
  str r9, [r1, #576]                /* U[3][0] */
  ssub16 r5, r5, r3
  str r8, [r1, #416]                /* U[2][1] */
  sadd16 r11, r2, r4
  ssub16 r3, r2, r4
  str r5, [r1, #448]                /* U[2][2] */
  sadd16 r8, r12, lr
  str r11, [r1, #480]               /* U[2][3] */
  sadd16 r2, r0, r6
  str r3, [r1, #512]                /* U[2][4] */
  sadd16 r4, r8, r8
  ssub16 r5, r0, r6
  bic r11, r2, #0xc000c000
  sadd16 r3, r9, r2
  str r2, [r1, #736]                /* U[3][5] */
  ssub16 r0, r7, r10
  lsl r11, r11, #2
  sadd16 r6, r3, r8
  bic r2, r5, #0xc000c000
  ssub16 r7, r3, r8
  str r0, [r1, #768]                /* U[4][0] */
  str r6, [r1, #608]                /* U[3][1] */
  lsl r10, r2, #2
  str r7, [r1, #640]                /* U[3][2] */
  ssub16 r3, r12, lr
  str r5, [r1, #928]                /* U[4][5] */
  sadd16 r8, r9, r11
  sadd16 r6, r3, r3
  sadd16 r2, r8, r4
  sadd16 r7, r0, r5
  ssub16 r12, r8, r4
  str r2, [r1, #672]                /* U[3][3] */
  sadd16 lr, r0, r10
  sadd16 r9, r7, r3
  str r12, [r1, #704]               /* U[3][4] */
  ssub16 r11, lr, r6
  str r9, [r1, #800]                /* U[4][1] */
  sadd16 r5, lr, r6
  str r11, [r1, #896]               /* U[4][4] */
  ssub16 r8, r7, r3
  str r5, [r1, #864]                /* U[4][3] */
  str r8, [r1, #832]                /* U[4][2] */
  .endm
  begin fv_winograd_weights
  push {r4-r11, lr}
  sub sp, sp, #12
  lsl r2, r2, #2
  str r2, [sp, #8]                /* filters left */
1:
  strd r0, r1, [sp]
  filter_half
  ldr r0, [sp]
  add r1, r1, #16
  filter_half , ror #8
  ldrd r0, r1, [sp]
  ldr r2, [sp, #8]
  add r0, r0, #36
  add r1, r1, #4
  subs r2, r2, #1
  str r2, [sp, #8]
  beq 2f
  tst r2, #3
  bne 1b
  add r1, r1, #36 * 32 - 16       /* the next unit */
  b 1b
2:
  add sp, sp, #12
  pop {r4-r11, pc}
  .size fv_winograd_weights, . - fv_winograd_weights

/* void fv_winograd_sums(const int32_t *products, int32_t *sums, int32_t row_pairs): four lanes of one tile. Columns of
 * A' m go over the stack; powers of two that A' has in whole rows are shifted out in the end, after the division by 9,
 * which is a product with 1 / 9 modulo 2^32. */
#define LANES_LEFT 96
#define FRAME 100
  begin fv_winograd_sums
  push {r4-r11, lr}
  sub sp, sp, #FRAME
  lsl r2, r2, #5                  /* bytes of a row of sums */
  ldr r3, =0x38E38E39             /* 1 / 9 */
  mov r4, #4
  str r4, [sp, #LANES_LEFT]
1:
  ldr r4, [r0, #0]
  ldr r5, [r0, #192]
  ldr r6, [r0, #384]
  ldr r7, [r0, #576]
  ldr r8, [r0, #768]
  ldr r9, [r0, #960]
  add r10, r5, r6
  sub r11, r5, r6
  add r12, r7, r8
  sub r7, r7, r8
  add lr, r4, r4, lsl #1
  sub r5, r12, r10
  sub r6, r7, r11, lsl #1
  str r5, [sp, #8]
  add r12, r12, lr, lsl #1
  ldr r8, [r0, #32]
  add r4, r9, r9, lsl #1
  str r6, [sp, #4]
  sub r5, r12, r10, lsl #2
  ldr lr, [r0, #224]
  rsb r9, r11, r4, lsl #1
  str r5, [sp, #0]
  ldr r6, [r0, #416]
  ldr r12, [r0, #608]
  add r9, r9, r7, lsl #1
  ldr r10, [r0, #800]
  str r9, [sp, #12]
  add r11, lr, r6
  ldr r4, [r0, #992]
  sub r5, lr, r6
  add r7, r12, r10
  sub r9, r12, r10
  add lr, r8, r8, lsl #1
  sub r6, r7, r11
  sub r12, r9, r5, lsl #1
  str r6, [sp, #24]
  add r10, r7, lr, lsl #1
  ldr r8, [r0, #64]
  add r4, r4, r4, lsl #1
  str r12, [sp, #20]
  sub r10, r10, r11, lsl #2
  ldr r6, [r0, #256]
  rsb r5, r5, r4, lsl #1
  str r10, [sp, #16]
  ldr r7, [r0, #448]
  ldr lr, [r0, #640]
  add r5, r5, r9, lsl #1
  ldr r12, [r0, #832]
  str r5, [sp, #28]
  add r11, r6, r7
  ldr r4, [r0, #1024]
  sub r10, r6, r7
  add r9, lr, r12
  sub lr, lr, r12
  add r5, r8, r8, lsl #1
  sub r6, r9, r11
  sub r7, lr, r10, lsl #1
  str r6, [sp, #40]
  add r12, r9, r5, lsl #1
  ldr r8, [r0, #96]
  add r6, r4, r4, lsl #1
  str r7, [sp, #36]
  sub r9, r12, r11, lsl #2
  ldr r5, [r0, #288]
  rsb r10, r10, r6, lsl #1
  str r9, [sp, #32]
  ldr r4, [r0, #480]
  ldr r7, [r0, #672]
  add r12, r10, lr, lsl #1
  ldr r11, [r0, #864]
  str r12, [sp, #44]
  add r6, r5, r4
  ldr r9, [r0, #1056]
  sub r5, r5, r4
  add r10, r7, r11
  sub lr, r7, r11
  add r12, r8, r8, lsl #1
  sub r4, r10, r6
  sub r7, lr, r5, lsl #1
  str r4, [sp, #56]
  add r11, r10, r12, lsl #1
  ldr r8, [r0, #128]
  add r4, r9, r9, lsl #1
  str r7, [sp, #52]
  sub r10, r11, r6, lsl #2
  ldr r12, [r0, #320]
  rsb r9, r5, r4, lsl #1
  str r10, [sp, #48]
  ldr r7, [r0, #512]
  ldr r11, [r0, #704]
  add r6, r9, lr, lsl #1
  ldr r5, [r0, #896]
  str r6, [sp, #60]
  add r4, r12, r7
  ldr r10, [r0, #1088]
  sub r9, r12, r7
  add lr, r11, r5
  sub r6, r11, r5
  add r12, r8, r8, lsl #1
  sub r7, lr, r4
  sub r11, r6, r9, lsl #1
  str r7, [sp, #72]
  add r5, lr, r12, lsl #1
  ldr r8, [r0, #160]
  add r7, r10, r10, lsl #1
  str r11, [sp, #68]
  sub lr, r5, r4, lsl #2
  ldr r12, [r0, #352]
  rsb r10, r9, r7, lsl #1
  str lr, [sp, #64]
  ldr r11, [r0, #544]
  ldr r5, [r0, #736]
  add r4, r10, r6, lsl #1
  ldr r9, [r0, #928]
  str r4, [sp, #76]
  add r7, r12, r11
  ldr lr, [r0, #1120]
  sub r10, r12, r11
  add r6, r5, r9
  sub r4, r5, r9
  add r12, r8, r8, lsl #1
  sub r11, r6, r7
  sub r5, r4, r10, lsl #1
  str r11, [sp, #88]
  add r9, r6, r12, lsl #1
  str r5, [sp, #84]
  add r8, lr, lr, lsl #1
  ldr r11, [sp, #0]
  sub r6, r9, r7, lsl #2
  ldr r12, [sp, #16]
  rsb r5, r10, r8, lsl #1
  str r6, [sp, #80]
  ldr lr, [sp, #32]
  ldr r9, [sp, #48]
  add r7, r5, r4, lsl #1
  ldr r10, [sp, #64]
  str r7, [sp, #92]
  add r8, r12, lr
  ldr r6, [sp, #80]
  sub r5, r12, lr
  add r4, r9, r10
  sub r9, r9, r10
  add r7, r11, r11, lsl #1
  sub r12, r4, r8
  sub lr, r9, r5, lsl #1
  ldr r10, [r1, #0]
  add r4, r4, r7, lsl #1
  ldr r11, [r1, #4]
  add r7, r6, r6, lsl #1
  sub r4, r4, r8, lsl #2
  ldr r6, [r1, #32]
  rsb r8, r5, r7, lsl #1
  mul r5, r4, r3
  add r8, r8, r9, lsl #1
  ldr r7, [r1, #36]
  mul r4, lr, r3
  add r9, r10, r5, asr #6
  str r9, [r1, #0]
  add lr, r1, r2
  add r11, r11, r4, asr #5
  ldr r10, [sp, #4]
  mul r5, r12, r3
  str r11, [r1, #4]
  mul r9, r8, r3
  ldr r4, [sp, #20]
  ldr r12, [sp, #36]
  ldr r11, [sp, #52]
  add r8, r6, r5, asr #4
  ldr r6, [sp, #68]
  str r8, [r1, #32]
  add r7, r7, r9, asr #4
  ldr r5, [sp, #84]
  add r8, r4, r12
  str r7, [r1, #36]
  sub r4, r4, r12
  add r9, r11, r6
  sub r7, r11, r6
  add r12, r10, r10, lsl #1
  sub r11, r9, r8
  add r6, r5, r5, lsl #1
  ldr r10, [lr, #0]
  add r5, r9, r12, lsl #1
  ldr r9, [lr, #4]
  rsb r12, r4, r6, lsl #1
  sub r6, r5, r8, lsl #2
  sub r5, r7, r4, lsl #1
  ldr r8, [lr, #32]
  add r12, r12, r7, lsl #1
  mul r4, r6, r3
  ldr r7, [lr, #36]
  mul r6, r5, r3
  mul r5, r11, r3
  add r11, r10, r4, asr #5
  str r11, [lr, #0]
  add r10, r9, r6, asr #4
  str r10, [lr, #4]
  add r4, r8, r5, asr #3
  ldr r11, [sp, #8]
  ldr r9, [sp, #24]
  mul r6, r12, r3
  str r4, [lr, #32]
  add r10, lr, r2
  ldr r8, [sp, #40]
  ldr r5, [sp, #56]
  ldr r12, [sp, #72]
  add r4, r7, r6, asr #3
  ldr r7, [sp, #88]
  str r4, [lr, #36]
  add r6, r9, r8
  sub r4, r9, r8
  add lr, r5, r12
  sub r5, r5, r12
  add r9, r11, r11, lsl #1
  add r8, r7, r7, lsl #1
  sub r12, lr, r6
  add lr, lr, r9, lsl #1
  ldr r11, [r10, #0]
  rsb r7, r4, r8, lsl #1
  ldr r9, [r10, #4]
  sub r8, lr, r6, lsl #2
  sub r4, r5, r4, lsl #1
  ldr lr, [r10, #32]
  add r6, r7, r5, lsl #1
  mul r8, r8, r3
  ldr r7, [r10, #36]
  mul r4, r4, r3
  mul r5, r12, r3
  add r12, r11, r8, asr #4
  str r12, [r10, #0]
  add r11, r9, r4, asr #3
  str r11, [r10, #4]
  add r8, lr, r5, asr #2
  ldr r12, [sp, #12]
  ldr r9, [sp, #28]
  mul r4, r6, r3
  str r8, [r10, #32]
  ldr r11, [sp, #44]
  add lr, r10, r2
  ldr r5, [sp, #60]
  ldr r6, [sp, #76]
  add r8, r7, r4, asr #2
  ldr r7, [sp, #92]
  str r8, [r10, #36]
  add r4, r9, r11
  sub r8, r9, r11
  add r10, r5, r6
  sub r9, r5, r6
  add r11, r12, r12, lsl #1
  add r5, r7, r7, lsl #1
  sub r6, r10, r4
  add r12, r10, r11, lsl #1
  ldr r7, [lr, #0]
  rsb r5, r8, r5, lsl #1
  ldr r10, [lr, #4]
  sub r11, r12, r4, lsl #2
  sub r12, r9, r8, lsl #1
  ldr r4, [lr, #32]
  add r5, r5, r9, lsl #1
  mul r8, r11, r3
  ldr r9, [lr, #36]
  mul r11, r12, r3
  mul r6, r6, r3
  add r7, r7, r8, asr #4
  str r7, [lr, #0]
  add r10, r10, r11, asr #3
  str r10, [lr, #4]
  add r4, r4, r6, asr #2
  mul r12, r5, r3
  str r4, [lr, #32]
  add r9, r9, r12, asr #2
  str r9, [lr, #36]
  ldr r4, [sp, #LANES_LEFT]
  add r0, r0, #8
  add r1, r1, #8
  subs r4, r4, #1
  str r4, [sp, #LANES_LEFT]
  bne 1b
  add sp, sp, #FRAME
  pop {r4-r11, pc}
  .ltorg
  .size fv_winograd_sums, . - fv_winograd_sums
