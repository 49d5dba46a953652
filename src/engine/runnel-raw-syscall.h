/* runnel-raw-syscall.h: system calls that leave errno alone
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <errno.h>
#include <sys/syscall.h>
#include <unistd.h>

/* A child that shares our memory also shares our thread's errno, so that libc's wrappers would
 * scribble into it while we run. These return a negative error number instead.
 * Calling conventions: syscall(2), "Architecture calling conventions". */

#if defined(__x86_64__)

#define RUNNEL_HAS_RAW_SYSCALL 1

static inline long
runnel_raw_syscall (long number,
                    long a,
                    long b,
                    long c,
                    long d)
{
  register long r10 __asm__ ("r10") = d;
  long result;

  __asm__ volatile ("syscall"
                    : "=a"(result)
                    : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10)
                    : "rcx", "r11", "memory");
  return result;
}

#elif defined(__aarch64__)

#define RUNNEL_HAS_RAW_SYSCALL 1

static inline long
runnel_raw_syscall (long number,
                    long a,
                    long b,
                    long c,
                    long d)
{
  register long x8 __asm__ ("x8") = number;
  register long x0 __asm__ ("x0") = a;
  register long x1 __asm__ ("x1") = b;
  register long x2 __asm__ ("x2") = c;
  register long x3 __asm__ ("x3") = d;

  __asm__ volatile ("svc #0"
                    : "+r"(x0)
                    : "r"(x8), "r"(x1), "r"(x2), "r"(x3)
                    : "memory", "cc");
  return x0;
}

#else

#define RUNNEL_HAS_RAW_SYSCALL 0

static inline long
runnel_raw_syscall (long number,
                    long a,
                    long b,
                    long c,
                    long d)
{
  long result = syscall (number, a, b, c, d);

  return result < 0 ? -errno : result;
}

#endif
