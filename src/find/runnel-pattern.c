/* runnel-pattern.c: what is looked for
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "find/runnel-pattern.h"

struct _RunnelPattern
{
  gatomicrefcount ref_count;
  GRegex *regex;
  gboolean is_verbatim; /* stands in JSON as it is, where that has no escapes */
};

/* JSON writes the other characters itself, or in more than one way. */
static gboolean
is_verbatim (const char *text)
{
  for (const char *p = text; *p != '\0'; p++)
    if (*p < ' ' || *p > '~' || strchr ("\"\\/", *p) != NULL)
      return FALSE;
  return TRUE;
}

/**
 * runnel_pattern_new:
 * @text: what is looked for; not empty
 * @flags: how it is meant
 * @error: a #GRegexError when @text is no regular expression and was to be one
 *
 * Returns: (transfer full) (nullable): the pattern
 */
RunnelPattern *
runnel_pattern_new (const char          *text,
                    RunnelPatternFlags   flags,
                    GError             **error)
{
  gboolean is_regex = (flags & RUNNEL_PATTERN_REGEX) != 0;
  g_autofree char *escaped = NULL;
  GRegexCompileFlags compile = G_REGEX_OPTIMIZE;
  RunnelPattern *self;
  GRegex *regex;

  g_return_val_if_fail (text && *text, NULL);

  if (!is_regex)
    escaped = g_regex_escape_string (text, -1);
  if (!(flags & RUNNEL_PATTERN_CASE))
    compile |= G_REGEX_CASELESS;
  regex = g_regex_new (is_regex ? text : escaped, compile, 0, error);
  if (!regex)
    return NULL;

  self = g_new0 (RunnelPattern, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->regex = regex;
  self->is_verbatim = !is_regex && is_verbatim (text);
  return self;
}

RunnelPattern *
runnel_pattern_ref (RunnelPattern *self)
{
  g_return_val_if_fail (self, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
runnel_pattern_unref (RunnelPattern *self)
{
  g_return_if_fail (self);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_regex_unref (self->regex);
  g_free (self);
}

/**
 * runnel_pattern_match:
 * @text: valid UTF-8
 * @length: of @text in bytes
 * @ret_start: (out) (optional): where the first place begins, in bytes
 * @ret_end: (out) (optional): where it ends
 *
 * Returns: whether the pattern is found in @text, at least one character long
 */
gboolean
runnel_pattern_match (RunnelPattern *self,
                      const char    *text,
                      gsize          length,
                      guint         *ret_start,
                      guint         *ret_end)
{
  g_autoptr(GMatchInfo) match = NULL;
  int start = 0, end = 0;

  g_return_val_if_fail (self, FALSE);
  g_return_val_if_fail (text, FALSE);

  if (!g_regex_match_full (self->regex, text, (gssize) length, 0, G_REGEX_MATCH_NOTEMPTY, &match,
                           NULL))
    return FALSE;
  g_match_info_fetch_pos (match, 0, &start, &end);
  if (ret_start)
    *ret_start = (guint) start;
  if (ret_end)
    *ret_end = (guint) end;
  return TRUE;
}

/**
 * runnel_pattern_may_match:
 * @json: a JSON text
 * @length: of @json in bytes
 *
 * Returns: %FALSE if certainly no text in @json has the pattern; much faster than reading it
 */
gboolean
runnel_pattern_may_match (RunnelPattern *self,
                          const char    *json,
                          gsize          length)
{
  g_return_val_if_fail (self, FALSE);
  g_return_val_if_fail (json, FALSE);

  return !self->is_verbatim || memchr (json, '\\', length) != NULL
         || runnel_pattern_match (self, json, length, NULL, NULL);
}
