/* fv_dot.h for Armv7E-M: Cortex-M4, Cortex-M7 and later cores with the DSP extension.
 *
 * A unit is 16 SMLAD and 12 LDR: 32 products in 28 instructions, and in 16 cycles where an LDR goes beside a SMLAD.
 * LDRD and loads that move their pointer might not, so offsets are constants. A body of units is entered where as many
 * are left as there are. Eight sums, two pointers and four operands fill all fourteen registers; an operand is loaded
 * two SMLAD before its use. Counts and the pointer to the sums lie on the stack.
 */
  .syntax unified
  .thumb

#define WEIGHTS r0
#define PIXELS r1
/* The sums r2 to r9, named by lane and pixel. */
#define S00 r2
#define S01 r3
#define S10 r4
#define S11 r5
#define S20 r6
#define S21 r7
#define S30 r8
#define S31 r9
/* Operands. Between units W1 is free, the others hold what the next unit begins with. */
#define W0 r10
#define W1 r11
#define P0 r12
#define P1 lr

/* The first half of a unit at bytes w_at and p_at; `advance` is what may go beside its last SMLAD but three. */
  .macro first_half advance:vararg
  smlad S00, W0, P0, S00
  ldr.w W1, [WEIGHTS, #w_at + 4]
  smlad S01, W0, P1, S01
  ldr.w W0, [WEIGHTS, #w_at + 8]
  smlad S10, W1, P0, S10
  \advance
  smlad S11, W1, P1, S11
  ldr.w W1, [WEIGHTS, #w_at + 12]
  smlad S20, W0, P0, S20
  smlad S21, W0, P1, S21
  ldr.w W0, [WEIGHTS, #w_at + 16]
  smlad S30, W1, P0, S30
  ldr.w P0, [PIXELS, #p_at + 8]
  smlad S31, W1, P1, S31
  ldr.w P1, [PIXELS, #p_at + 12]
  .endm

/* The second half; the next unit's weights begin at next_w, after `advance`, and its pixels at next_p. */
  .macro second_half next_w, next_p, advance:vararg
  smlad S00, W0, P0, S00
  ldr.w W1, [WEIGHTS, #w_at + 20]
  smlad S01, W0, P1, S01
  ldr.w W0, [WEIGHTS, #w_at + 24]
  smlad S10, W1, P0, S10
  smlad S11, W1, P1, S11
  ldr.w W1, [WEIGHTS, #w_at + 28]
  smlad S20, W0, P0, S20
  \advance
  smlad S21, W0, P1, S21
  ldr.w W0, [WEIGHTS, #\next_w]
  smlad S30, W1, P0, S30
  ldr.w P0, [PIXELS, #\next_p]
  smlad S31, W1, P1, S31
  ldr.w P1, [PIXELS, #\next_p + 4]
  .endm

/* The frame below the saved registers. */
#define SUMS 0
#define END 4
#define STEP 8                    /* bytes to the next weights after the last body, twice those to the pixels */
#define ENTRY 12
#define WEIGHTS_END 16
#define REWOUND 20                /* the weights' pointer for a pair's first body, then their address */
#define FRAME 28
#define UNITS_ARGUMENT (FRAME + 9 * 4)
#define INITIAL_ARGUMENT (FRAME + 10 * 4) /* and its step */

/* (weights, pixels, sums, n, units): r0 to r3 and the stack's first word. The first body's units in r4, its step in r6,
 * a unit's instructions in \bytes; the pointer to the sums to W1. */
  .macro dot_begin body_end, bytes
  add r5, r2, r3, lsl #5
  mov r7, #\bytes
  mul r7, r4, r7
  ldr r8, =\body_end + 1          /* Thumb */
  sub r7, r8, r7
  strd r2, r5, [sp, #SUMS]
  strd r6, r7, [sp, #STEP]
  mov W1, r2
  .endm

/* Units lie 36 positions apart. The pixels' pointer is a unit behind. */
#define UNIT_OF_WEIGHTS (36 * 32)
#define UNIT_OF_PIXELS (36 * 16)
  .set w_at, 0
  .set p_at, 0
  .section .text.fv_dot_tile, "ax", %progbits
  .balign 8
  .global fv_dot_tile
  .type fv_dot_tile, %function
fv_dot_tile:
  push {r4-r11, lr}
  sub sp, sp, #FRAME
  ldr r4, [sp, #UNITS_ARGUMENT]
  mov r6, #UNIT_OF_WEIGHTS
  mul r6, r6, r4
  rsb r6, r6, #32
  dot_begin .Ltile_end, 30 * 4
  sub PIXELS, PIXELS, #UNIT_OF_PIXELS
1:
  ldr W0, [WEIGHTS]
  ldr P0, [PIXELS, #UNIT_OF_PIXELS]
  ldr P1, [PIXELS, #UNIT_OF_PIXELS + 4]
  ldmia W1, {r2-r9}
  ldr pc, [sp, #ENTRY]
  .rept 8
  first_half add.w PIXELS, PIXELS, #UNIT_OF_PIXELS
  second_half 0, UNIT_OF_PIXELS, add.w WEIGHTS, WEIGHTS, #UNIT_OF_WEIGHTS
  .endr
.Ltile_end:
  ldr W1, [sp, #SUMS]
  stmia W1!, {r2-r9}
  ldrd r2, r3, [sp, #END]         /* and STEP */
  str W1, [sp, #SUMS]
  cmp W1, r2
  add WEIGHTS, WEIGHTS, r3
  add PIXELS, PIXELS, r3, asr #1
  bne 1b
  add sp, sp, #FRAME
  pop {r4-r11, pc}
  .ltorg
  .size fv_dot_tile, . - fv_dot_tile

/* Every pair starts at the same weights, and units may be more than a body's. */
#define BODY_UNITS 16
#define BODY_OF_WEIGHTS (BODY_UNITS * 32)
#define BODY_OF_PIXELS (BODY_UNITS * 16)
  .section .text.fv_dot_pixels, "ax", %progbits
  .balign 8
  .global fv_dot_pixels
  .type fv_dot_pixels, %function
fv_dot_pixels:
  push {r4-r11, lr}
  sub sp, sp, #FRAME
  ldr r4, [sp, #UNITS_ARGUMENT]
  add r5, WEIGHTS, r4, lsl #5
  str r5, [sp, #WEIGHTS_END]
  subs r5, r4, #1
  lsr r5, r5, #4
  sub r4, r4, r5, lsl #4          /* units of the first body */
  lsl r6, r4, #5
  sub r6, r6, #BODY_OF_WEIGHTS
  dot_begin .Lpixels_end, 28 * 4
  ldr W0, [WEIGHTS]
  ldrd P0, P1, [PIXELS]
  add PIXELS, PIXELS, r6, asr #1
  add r7, WEIGHTS, r6
  strd r7, WEIGHTS, [sp, #REWOUND]
  mov WEIGHTS, r7
1:
  ldr W1, [sp, #INITIAL_ARGUMENT]
  ldmia W1, {r2-r9}
  ldr pc, [sp, #ENTRY]
8:
  .rept BODY_UNITS
  first_half
  second_half w_at + 32, p_at + 16
  .set w_at, w_at + 32
  .set p_at, p_at + 16
  .endr
.Lpixels_end:
  ldr W1, [sp, #WEIGHTS_END]
  add WEIGHTS, WEIGHTS, #BODY_OF_WEIGHTS
  add PIXELS, PIXELS, #BODY_OF_PIXELS
  cmp WEIGHTS, W1
  bne 8b
  ldr W1, [sp, #SUMS]
  ldrd WEIGHTS, W0, [sp, #REWOUND]
  stmia W1!, {r2-r9}
  ldrd r2, r3, [sp, #END]         /* and STEP */
  ldrd r5, r6, [sp, #INITIAL_ARGUMENT]
  str W1, [sp, #SUMS]
  add r5, r5, r6
  ldr W0, [W0]
  str r5, [sp, #INITIAL_ARGUMENT]
  cmp W1, r2
  add PIXELS, PIXELS, r3, asr #1
  bne 1b
  add sp, sp, #FRAME
  pop {r4-r11, pc}
  .ltorg
  .size fv_dot_pixels, . - fv_dot_pixels

  .section .text.fv_expand_weights, "ax", %progbits
  .balign 4
  .global fv_expand_weights
  .type fv_expand_weights, %function
fv_expand_weights:
  push {r4-r11, lr}
1:
  ldmia r0!, {r3, r5, r7, r9}
  subs r2, r2, #1
  sxtb16 r4, r3
  sxtb16 r8, r3, ror #8
  sxtb16 r10, r5, ror #8
  sxtb16 r11, r7, ror #8
  sxtb16 r5, r5
  sxtb16 r6, r7
  sxtb16 r12, r9, ror #8
  sxtb16 r7, r9
  stmia r1!, {r4-r8, r10-r12}
  bne 1b
  pop {r4-r11, pc}
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
