/* goals.h: figures that are to be reached, for people and as JSON
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <stdio.h>

#include <glib.h>

typedef enum
{
  GOAL_AT_LEAST,
  GOAL_AT_MOST,
} GoalType;

/* Prints how a figure stands to its goal and appends the same to `json`, as contest.py does. */
static inline void
goals_add (GString    *json,
           const char *what,
           double      value,
           GoalType    type,
           double      limit)
{
  gboolean reached = type == GOAL_AT_LEAST ? value >= limit : value <= limit;

  printf ("  %-36s %9.0f   %s %-9.0f %s\n", what, value,
          type == GOAL_AT_LEAST ? "at least" : "at most ", limit, reached ? "reached" : "MISSED");
  g_string_append_printf (json,
                          "%s{\"what\": \"%s\", \"value\": %.0f, \"limit\": %.0f, "
                          "\"reached\": %s}",
                          json->len > 0 ? ", " : "", what, value, limit,
                          reached ? "true" : "false");
}
