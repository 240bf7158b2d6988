#ifndef TEST_ELEMENTWISE_H
#define TEST_ELEMENTWISE_H

void test_elementwise(void);

#endif
