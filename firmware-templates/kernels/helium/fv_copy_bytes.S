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
