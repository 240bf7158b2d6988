/* fv_depthwise_3x3.h. gcc 12 spills addresses and vectors of this loop, so it is written by hand. */
    .syntax unified
    .thumb
    .text

#define ROW0 r0
#define ROW1 r1
#define ROW2 r2
#define WEIGHTS r3
#define OUT r4
#define NEXT r5
#define LAST r6
#define CHANNELS r7
#define TABLE r8
#define SCALE r9
#define STEP r10
#define OFFSET r11

/* q2 = the products of one tap */
    .macro first_tap row, tap
    vldrb.s16 q2, [\row]
    vldrb.s16 q3, [WEIGHTS, #8 * \tap]
    vmul.i16 q2, q2, q3
    .endm

/* q2 += the products of another; the two fit in int16 */
    .macro second_tap row, tap
    vldrb.s16 q4, [\row]
    vldrb.s16 q5, [WEIGHTS, #8 * \tap]
    vmul.i16 q4, q4, q5
    vadd.i16 q2, q2, q4
    .endm

/* q0, q1 += even and odd channels of q2 */
    .macro widen
    vmovlb.s16 q3, q2
    vadd.i32 q0, q0, q3
    vmovlt.s16 q2, q2
    vadd.i32 q1, q1, q2
    .endm

/* TFLite's requantisation (fv_vector_scale.h) */
    .macro requantise sums, multiplier, shift
    vldrw.32 q2, [SCALE, #\multiplier]
    vqrdmulh.s32 \sums, \sums, q2
    vldrw.32 q3, [SCALE, #\shift]
    vshr.s32 q2, \sums, #31
    vadd.i32 \sums, \sums, q2
    vrshl.s32 \sums, \sums, q3
    .endm

/* q2 = eight int16 of one pixel; q6, q7 hold low and high */
    .macro pixel
    vldrw.32 q0, [SCALE]
    add NEXT, ROW0, CHANNELS
    vldrw.32 q1, [SCALE, #16]
    add LAST, NEXT, CHANNELS
    first_tap ROW0, 0
    second_tap NEXT, 1
    add NEXT, ROW1, CHANNELS
    widen
    first_tap LAST, 2
    second_tap ROW1, 3
    add LAST, NEXT, CHANNELS
    widen
    first_tap NEXT, 4
    second_tap LAST, 5
    add NEXT, ROW2, CHANNELS
    widen
    add LAST, NEXT, CHANNELS
    first_tap ROW2, 6
    second_tap NEXT, 7
    add ROW0, ROW0, STEP
    widen
    first_tap LAST, 8
    add ROW1, ROW1, STEP
    widen
    add ROW2, ROW2, STEP
    requantise q0, 32, 64
    requantise q1, 48, 80
    vqmovnb.s32 q2, q0
    vqmovnt.s32 q2, q1
    vqadd.s16 q2, q2, OFFSET
    vmax.s16 q2, q2, q6
    vmin.s16 q2, q2, q7
    .endm

    .balign 4
    .global fv_depthwise_3x3
    .type fv_depthwise_3x3, %function
fv_depthwise_3x3:
    push {r4-r11, lr}
    vpush {d8-d15}
    mov r12, r0
    ldrd r5, r6, [r12, #36] /* low, high */
    vdup.16 q6, r5
    vdup.16 q7, r6
    ldrd TABLE, SCALE, [r12, #44]
    ldrd STEP, OFFSET, [r12, #28]
    ldr lr, [r12, #20]
    ldr CHANNELS, [r12, #24]
    ldm r12, {r0-r4} /* rows, weights, out */
    cmp TABLE, #0
    bne 1f
    dls lr, lr
0:  pixel
    vstrb.16 q2, [OUT]
    add OUT, OUT, CHANNELS
    le lr, 0b
    b 3f
1:  dls lr, lr
2:  pixel
    vldrb.s16 q3, [TABLE, q2]
    vstrb.16 q3, [OUT]
    add OUT, OUT, CHANNELS
    le lr, 2b
3:  vpop {d8-d15}
    pop {r4-r11, pc}
    .size fv_depthwise_3x3, . - fv_depthwise_3x3
