/* fv_copy_bytes.h */
    .syntax unified
    .thumb
    .text

/* r0: to, r1: from, r2: bytes */
    .balign 4
    .global fv_copy_bytes
    .type fv_copy_bytes, %function
fv_copy_bytes:
    push {r7, lr}
    wlstp.8 lr, r2, 1f
0:  vldrb.8 q0, [r1], #16
    vstrb.8 q0, [r0], #16
    letp lr, 0b
1:  pop {r7, pc}
    .size fv_copy_bytes, . - fv_copy_bytes

/* r0: to, r1: value, r2: bytes */
    .balign 4
    .global fv_fill_bytes
    .type fv_fill_bytes, %function
fv_fill_bytes:
    push {r7, lr}
    vdup.8 q0, r1
    wlstp.8 lr, r2, 1f
0:  vstrb.8 q0, [r0], #16
    letp lr, 0b
1:  pop {r7, pc}
    .size fv_fill_bytes, . - fv_fill_bytes

    .balign 4
    .global fv_gather_windows
    .type fv_gather_windows, %function
fv_gather_windows:
    push {r4-r11, lr}
    ldm r0, {r0-r7} /* to, rows, at, step, n, height, row_bytes, window_bytes */
0:  mov r8, r0
    mov r9, r1
    mov r10, r5
1:  ldr r11, [r9], #4
    mov r12, r8
    add r11, r11, r2
    wlstp.8 lr, r6, 3f
2:  vldrb.8 q0, [r11], #16
    vstrb.8 q0, [r12], #16
    letp lr, 2b
3:  add r8, r8, r6
    subs r10, r10, #1
    bne 1b
    add r0, r0, r7
    add r2, r2, r3
    subs r4, r4, #1
    bne 0b
    pop {r4-r11, pc}
    .size fv_gather_windows, . - fv_gather_windows
