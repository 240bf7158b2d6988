/* fv_winograd.h for Armv7E-M. Words hold two channels in int16, sums are int32 modulo 2^32. Each transform is one
 * macro on six (or three) registers; the functions feed it columns first, then rows. */
  .syntax unified
  .thumb

  .macro begin name
  .section .text.\name, "ax", %progbits
  .balign 4
  .global \name
  .type \name, %function
\name:
  .endm

/* t = B' d in place, but t1 in \a; d1 and \b are spent. */
  .macro pixels_transform d0, d1, d2, d3, d4, d5, a, b
  ssub16 \a, \d4, \d2
  ssub16 \b, \d3, \d1
  ssub16 \d0, \d0, \d2
  sadd16 \d0, \d0, \d0
  sadd16 \d0, \d0, \d0
  sadd16 \d0, \d0, \a
  sadd16 \b, \b, \b
  ssub16 \d5, \d5, \d3
  ssub16 \d5, \d5, \b
  ssub16 \d5, \d5, \b
  sadd16 \d2, \d2, \d2
  sadd16 \d2, \d2, \d2
  ssub16 \d2, \d4, \d2
  sadd16 \d1, \d1, \d1
  sadd16 \d1, \d1, \d1
  ssub16 \d1, \d3, \d1
  sadd16 \d3, \a, \b
  ssub16 \d4, \a, \b
  sadd16 \a, \d2, \d1
  ssub16 \d2, \d2, \d1
  .endm

/* void fv_winograd_columns(const struct fv_winograd_row rows[6], uint32_t offset, uint32_t *columns, int32_t n,
 *                          uint32_t step)
 * A column is [2 halves][6], its rows in the order 0 2 3 4 5 1 (that of the registers). */
  begin fv_winograd_columns
  push {r4-r11, lr}
  ldr r12, [sp, #36]
  sub sp, sp, #28
1:
  .macro load_row k, to
  ldrd r10, r11, [r0, #8 * \k]
  and r11, r11, r1
  ldr \to, [r10, r11]
  .endm
  load_row 0, r4
  load_row 1, r5
  load_row 2, r6
  load_row 3, r7
  load_row 4, r8
  load_row 5, r9
  stmia sp, {r4-r9}
  sxtb16 r4, r4
  sxtb16 r5, r5
  sxtb16 r6, r6
  sxtb16 r7, r7
  sxtb16 r8, r8
  sxtb16 r9, r9
  pixels_transform r4, r5, r6, r7, r8, r9, r10, r11
  stmia r2!, {r4, r6, r7, r8, r9, r10}
  ldmia sp, {r4-r9}
  sxtb16 r4, r4, ror #8
  sxtb16 r5, r5, ror #8
  sxtb16 r6, r6, ror #8
  sxtb16 r7, r7, ror #8
  sxtb16 r8, r8, ror #8
  sxtb16 r9, r9, ror #8
  pixels_transform r4, r5, r6, r7, r8, r9, r10, r11
  add r1, r1, r12
  subs r3, r3, #1
  stmia r2!, {r4, r6, r7, r8, r9, r10}
  bne 1b
  add sp, sp, #28
  pop {r4-r11, pc}
  .size fv_winograd_columns, . - fv_winograd_columns

/* void fv_winograd_rows(const uint32_t *columns, uint32_t *v, uint32_t stride)
 * Six columns to the 36 positions of one tile, `stride` bytes apart; the second half lies 8 bytes behind the first. */
  begin fv_winograd_rows
  push {r4-r11, lr}
  mov r12, #2
1:
  .macro transform_row slot
  ldr r4, [r0, #4 * \slot]
  ldr r5, [r0, #4 * \slot + 48]
  ldr r6, [r0, #4 * \slot + 96]
  ldr r7, [r0, #4 * \slot + 144]
  ldr r8, [r0, #4 * \slot + 192]
  ldr r9, [r0, #4 * \slot + 240]
  pixels_transform r4, r5, r6, r7, r8, r9, r10, r11
  str r4, [r3]
  str r10, [r3, r2]
  str r6, [r3, r2, lsl #1]
  str r8, [r3, r2, lsl #2]
  add r3, r3, r2
  str r7, [r3, r2, lsl #1]
  str r9, [r3, r2, lsl #2]
  add r3, r3, r2
  add r3, r3, r2, lsl #2
  .endm
  mov r3, r1
  transform_row 0
  transform_row 5
  transform_row 1
  transform_row 2
  transform_row 3
  transform_row 4
  add r0, r0, #24
  add r1, r1, #8
  subs r12, r12, #1
  bne 1b
  pop {r4-r11, pc}
  .size fv_winograd_rows, . - fv_winograd_rows

/* One row of U from three words, to \p, which moves on to the next row; r2 is the distance of positions. */
  .macro filter_row g0, g1, g2, p
  str \g0, [\p]
  sadd16 r3, \g0, \g2
  sadd16 lr, r3, \g1
  ssub16 r3, r3, \g1
  str lr, [\p, r2]
  str r3, [\p, r2, lsl #1]
  sadd16 r3, \g2, \g2
  sadd16 lr, \g1, \g1
  sadd16 r3, r3, r3
  sadd16 r3, \g0, r3
  ssub16 r0, r3, lr
  sadd16 r3, r3, lr
  str r0, [\p, r2, lsl #2]
  add \p, \p, r2
  str r3, [\p, r2, lsl #1]
  str \g2, [\p, r2, lsl #2]
  add \p, \p, r2
  add \p, \p, r2, lsl #2
  .endm

/* Ends to \c: a + c; weighted to \a: a + 4 c. */
  .macro ends_and_weighted a, c
  sadd16 r3, \c, \c
  sadd16 \c, \a, \c
  sadd16 r3, r3, r3
  sadd16 \a, \a, r3
  .endm

/* void fv_winograd_filter(const int8_t *packed, uint32_t *u, uint32_t stride)
 * Nine words of four channels, tap by tap, to the 36 positions of one filter, `stride` bytes apart; the second half
 * lies 16 bytes behind the first. */
  begin fv_winograd_filter
  push {r4-r11, lr}
  sub sp, sp, #12
  strd r0, r1, [sp]
  .macro filter_half rotation:vararg
  ldmia r0, {r4-r6}
  ldr r7, [r0, #24]
  ldr r8, [r0, #28]
  ldr r9, [r0, #32]
  sxtb16 r4, r4 \rotation
  sxtb16 r5, r5 \rotation
  sxtb16 r6, r6 \rotation
  sxtb16 r7, r7 \rotation
  sxtb16 r8, r8 \rotation
  sxtb16 r9, r9 \rotation
  add r10, r2, r2, lsl #2
  add r10, r10, r10, lsl #1
  add r10, r1, r10, lsl #1        /* position 30 */
  filter_row r7, r8, r9, r10
  mov r12, r1
  filter_row r4, r5, r6, r12
  ends_and_weighted r4, r7
  ends_and_weighted r5, r8
  ends_and_weighted r6, r9
  ldr r0, [sp]
  ldr r1, [r0, #12]
  ldr r10, [r0, #16]
  ldr r11, [r0, #20]
  sxtb16 r1, r1 \rotation
  sxtb16 r10, r10 \rotation
  sxtb16 r11, r11 \rotation
  sadd16 r7, r7, r1
  sadd16 r8, r8, r10
  sadd16 r9, r9, r11
  filter_row r7, r8, r9, r12
  sadd16 r1, r1, r1
  sadd16 r10, r10, r10
  sadd16 r11, r11, r11
  ssub16 r7, r7, r1
  ssub16 r8, r8, r10
  ssub16 r9, r9, r11
  filter_row r7, r8, r9, r12
  sadd16 r4, r4, r1
  sadd16 r5, r5, r10
  sadd16 r6, r6, r11
  filter_row r4, r5, r6, r12
  sadd16 r1, r1, r1
  sadd16 r10, r10, r10
  sadd16 r11, r11, r11
  ssub16 r4, r4, r1
  ssub16 r5, r5, r10
  ssub16 r6, r6, r11
  filter_row r4, r5, r6, r12
  .endm
  filter_half
  ldrd r0, r1, [sp]
  add r1, r1, #16
  filter_half , ror #8
  add sp, sp, #12
  pop {r4-r11, pc}
  .size fv_winograd_filter, . - fv_winograd_filter

/* y = A' m for six sums m0 .. m5 in r3 .. r8, less its powers of two: y0 in r3, y1 (times 2) in r7, y2 (times 4) in r5,
 * y3 (times 4) in r4. r9 is spent. */
  .macro sums_transform
  add r9, r4, r5
  sub r4, r4, r5
  add r5, r6, r7
  sub r6, r6, r7
  add r3, r3, r3, lsl #1
  sub r7, r6, r4, lsl #1
  add r3, r5, r3, lsl #1
  add r8, r8, r8, lsl #1
  sub r3, r3, r9, lsl #2
  rsb r4, r4, r8, lsl #1
  sub r5, r5, r9
  add r4, r4, r6, lsl #1
  .endm

/* void fv_winograd_sums(const int32_t *products, int32_t *sums, int32_t row_pairs): four lanes of one tile. */
#define LANES_LEFT 96
#define FRAME 100
  begin fv_winograd_sums
  push {r4-r11, lr}
  sub sp, sp, #FRAME
  lsl r2, r2, #5                  /* bytes of a row of sums */
  ldr r11, =0x38E38E39            /* 1 / 9 modulo 2^32 */
  mov r12, #4
  str r12, [sp, #LANES_LEFT]
1:
  mov r12, sp
  .macro sum_column j
  ldr r3, [r0, #32 * \j]
  ldr r4, [r0, #32 * \j + 192]
  ldr r5, [r0, #32 * \j + 384]
  ldr r6, [r0, #32 * \j + 576]
  ldr r7, [r0, #32 * \j + 768]
  ldr r8, [r0, #32 * \j + 960]
  sums_transform
  stmia r12!, {r3, r4, r5, r7}    /* rows 0 3 2 1 */
  .endm
  sum_column 0
  sum_column 1
  sum_column 2
  sum_column 3
  sum_column 4
  sum_column 5
  mov r10, r1
  .macro sum_row slot, shift0, shift1, shift2
  ldr r3, [sp, #4 * \slot]
  ldr r4, [sp, #4 * \slot + 16]
  ldr r5, [sp, #4 * \slot + 32]
  ldr r6, [sp, #4 * \slot + 48]
  ldr r7, [sp, #4 * \slot + 64]
  ldr r8, [sp, #4 * \slot + 80]
  sums_transform
  mul r3, r3, r11
  mul r7, r7, r11
  mul r5, r5, r11
  mul r4, r4, r11
  ldrd r6, r8, [r10]
  ldrd r9, r12, [r10, #32]
  add r6, r6, r3, asr #\shift0
  add r8, r8, r7, asr #\shift1
  add r9, r9, r5, asr #\shift2
  add r12, r12, r4, asr #\shift2
  strd r6, r8, [r10]
  strd r9, r12, [r10, #32]
  add r10, r10, r2
  .endm
  sum_row 0, 6, 5, 4
  sum_row 3, 5, 4, 3
  sum_row 2, 4, 3, 2
  sum_row 1, 4, 3, 2
  ldr r12, [sp, #LANES_LEFT]
  add r0, r0, #8
  add r1, r1, #8
  subs r12, r12, #1
  str r12, [sp, #LANES_LEFT]
  bne 1b
  add sp, sp, #FRAME
  pop {r4-r11, pc}
  .ltorg
  .size fv_winograd_sums, . - fv_winograd_sums
