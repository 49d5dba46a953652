/* clock-set-back.c: preloaded, sets the wall clock back by an hour for one process
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * It is set back from the moment on when the file named by $CLOCK_SET_BACK is there.
 */
#include <stdlib.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#define HOUR 3600

static int
is_set_back (void)
{
  const char *path = getenv ("CLOCK_SET_BACK");

  return path && access (path, F_OK) == 0;
}

int
clock_gettime (clockid_t        clock,
               struct timespec *ret_time)
{
  long result = syscall (SYS_clock_gettime, clock, ret_time);

  if (result == 0 && clock == CLOCK_REALTIME && is_set_back ())
    ret_time->tv_sec -= HOUR;
  return (int) result;
}
