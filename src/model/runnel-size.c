/* runnel-size.c: amounts of data as people write them, "5 GB"
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>
#include <string.h>

#include "model/runnel-pipeline.h"
#include "model/runnel-size.h"

/* From the largest to the smallest of each family; g_format_size() counts in the first, too. */
static const struct
{
  const char *name;
  guint64 bytes;
} units[] = {
  { "TB", G_GUINT64_CONSTANT (1000000000000) },
  { "GB", 1000000000 },
  { "MB", 1000000 },
  { "kB", 1000 },
  { "TiB", G_GUINT64_CONSTANT (1) << 40 },
  { "GiB", 1 << 30 },
  { "MiB", 1 << 20 },
  { "KiB", 1 << 10 },
  { "B", 1 },
};

static gboolean
fail (GError    **error,
      const char *text,
      const char *why)
{
  g_set_error (error, RUNNEL_PIPELINE_ERROR, RUNNEL_PIPELINE_ERROR_INVALID,
               "“%s” is not a size: %s", text, why);
  return FALSE;
}

/* "GB" and "gb" are told from "GiB", but not from each other. */
static guint64
find_unit (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    if (g_ascii_strcasecmp (units[i].name, name) == 0)
      return units[i].bytes;

  return 0;
}

/**
 * runnel_size_parse:
 * @text: a number, a space or none, and a unit
 * @ret_size: (out) (optional): the size in bytes; left alone on failure
 * @error: %RUNNEL_PIPELINE_ERROR_INVALID
 *
 * Reads a size such as "5 GB", "500MB" or "1.5 GiB". The units are B, kB, MB, GB and TB, each a
 * thousand times the one before, and KiB, MiB, GiB and TiB, each 1024 times the one before.
 *
 * Returns: whether @text is a size
 */
gboolean
runnel_size_parse (const char *text,
                   guint64    *ret_size,
                   GError    **error)
{
  gsize n_digits = strspn (text, "0123456789.");
  const char *name = text + n_digits + strspn (text + n_digits, " ");
  double size, number;
  guint64 unit;
  char *end;

  number = g_ascii_strtod (text, &end);
  if (n_digits == 0 || end != text + n_digits)
    return fail (error, text, "a number is missing; write “5 GB”");
  if (*name == '\0')
    return fail (error, text, "its unit is missing; write “5 GB”");
  unit = find_unit (name);
  if (unit == 0)
    return fail (error, text, "the units are B, kB, MB, GB, TB, KiB, MiB, GiB and TiB");

  size = round (number * unit);
  if (size >= (double) G_MAXINT64)
    return fail (error, text, "it is too large");
  if (ret_size != NULL)
    *ret_size = (guint64) size;

  return TRUE;
}

/**
 * runnel_size_to_string:
 * @size: bytes
 *
 * Writes a size so that runnel_size_parse() reads exactly the same again.
 *
 * Returns: (transfer full): the text, in the largest unit of which there is a whole number
 */
char *
runnel_size_to_string (guint64 size)
{
  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    if (size > 0 && size % units[i].bytes == 0)
      return g_strdup_printf ("%" G_GUINT64_FORMAT " %s", size / units[i].bytes, units[i].name);

  return g_strdup ("0 B");
}
