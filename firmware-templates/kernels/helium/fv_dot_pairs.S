/* fv_dot_pairs.h. gcc 12 keeps neither six sums in even registers nor loops by LE, so this is written by hand. */
    .syntax unified
    .thumb
    .text

/* Sums lie in r0, r2 (channel 0, first and second pixel), r4, r6 (channel 1), r8, r10 (channel 2), since VMLADAVA adds
 * to even registers. A multiplication takes the pipe for two cycles, so each load hides behind one, and none is used
 * by the instruction that follows it. The last vector of a run stands behind the loop, so that nothing is read ahead. */
#define WEIGHTS r1
#define FIRST r3
#define SECOND r5
#define PAIRS r7
#define VECTORS r9
#define RUN r11
#define SKIP r12

    .balign 4
    .global fv_dot_pairs
    .type fv_dot_pairs, %function
fv_dot_pairs:
    push {r4-r11, lr}
    vpush {d8-d9}
    sub sp, sp, #28
    ldm r0, {r1-r6, r8, SKIP} /* weights, bias, sums, pairs, n_pairs, runs, vectors, skip */
    strd r1, r2, [sp]         /* 0: weights, bias */
    strd r3, r5, [sp, #8]     /* 8: sums, pairs to do */
    str r6, [sp, #16]         /* 16: runs */
    mov PAIRS, r4
    sub VECTORS, r8, #1
0:  ldrd WEIGHTS, FIRST, [sp]
    ldr RUN, [sp, #16]
    ldm FIRST, {r0, r4, r8}
    mov r2, r0
    mov r6, r4
    mov r10, r8
1:  ldrd FIRST, SECOND, [PAIRS], #8
    vldrb.8 q0, [WEIGHTS], #16
    vldrb.8 q3, [FIRST], #16
    vldrb.8 q4, [SECOND], #16
    wls lr, VECTORS, 3f
2:  vmladava.s8 r0, q0, q3
    vldrb.8 q1, [WEIGHTS], #16
    vmladava.s8 r2, q0, q4
    vldrb.8 q2, [WEIGHTS], #16
    vmladava.s8 r4, q1, q3
    vldrb.8 q0, [WEIGHTS], #16
    vmladava.s8 r8, q2, q3
    vldrb.8 q3, [FIRST], #16
    vmladava.s8 r6, q1, q4
    vmladava.s8 r10, q2, q4
    vldrb.8 q4, [SECOND], #16
    le lr, 2b
3:  vmladava.s8 r0, q0, q3
    vldrb.8 q1, [WEIGHTS], #16
    vmladava.s8 r2, q0, q4
    vldrb.8 q2, [WEIGHTS], #16
    vmladava.s8 r4, q1, q3
    vmladava.s8 r6, q1, q4
    vmladava.s8 r8, q2, q3
    vmladava.s8 r10, q2, q4
    add WEIGHTS, WEIGHTS, SKIP
    subs RUN, RUN, #1
    bne 1b
    ldrd FIRST, SECOND, [PAIRS], #8
    ldrd r1, r11, [sp, #8]
    add FIRST, FIRST, r1
    add SECOND, SECOND, r1
    stm FIRST, {r0, r4, r8}
    stm SECOND, {r2, r6, r10}
    subs r11, r11, #1
    str r11, [sp, #12]
    bne 0b
    add sp, sp, #28
    vpop {d8-d9}
    pop {r4-r11, pc}
    .size fv_dot_pairs, . - fv_dot_pairs

/* The weights of three channels stay in q0 to q2, and q3 to q5 where a window has two vectors. */
    .balign 4
    .global fv_dot_short
    .type fv_dot_short, %function
fv_dot_short:
    push {r4-r11, lr}
    vpush {d8-d13}
    ldm r0, {r1-r7} /* weights, bias, sums, windows, n_pixels, vectors, pixel_bytes */
    vldrb.8 q0, [r1], #16
    vldrb.8 q1, [r1], #16
    vldrb.8 q2, [r1], #16
    ldr r9, [r2]
    ldrd r11, r12, [r2, #4]
    cmp r6, #1
    bne 1f
    dls lr, r5
0:  mov r0, r9
    vldrb.8 q6, [r4], #16
    mov r2, r11
    vmladava.s8 r0, q0, q6
    mov r8, r12
    vmladava.s8 r2, q1, q6
    vmladava.s8 r8, q2, q6
    stm r3, {r0, r2, r8}
    add r3, r3, r7
    le lr, 0b
    b 3f
1:  vldrb.8 q3, [r1], #16
    vldrb.8 q4, [r1], #16
    vldrb.8 q5, [r1], #16
    dls lr, r5
2:  vldrb.8 q6, [r4], #16
    mov r0, r9
    mov r2, r11
    vmladava.s8 r0, q0, q6
    mov r8, r12
    vmladava.s8 r2, q1, q6
    vmladava.s8 r8, q2, q6
    vldrb.8 q6, [r4], #16
    vmladava.s8 r0, q3, q6
    vmladava.s8 r2, q4, q6
    vmladava.s8 r8, q5, q6
    stm r3, {r0, r2, r8}
    add r3, r3, r7
    le lr, 2b
3:  vpop {d8-d13}
    pop {r4-r11, pc}
    .size fv_dot_short, . - fv_dot_short
