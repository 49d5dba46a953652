/* runnel-cache-parts.c: what the result of a step depends on
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "engine/files/runnel-cache-parts.h"

/* Change it when the same parts come to mean something else. */
#define VERSION "runnel cache 1\n"
#define LONGEST_TEXT 40 /* characters of a text that a sentence quotes */

/**
 * runnel_cache_parts_add:
 * @parts: what a result depends on
 * @name: a noun as it stands in a sentence, such as "its key"
 * @text: UTF-8; may be shown to people
 */
void
runnel_cache_parts_add (JsonObject *parts, const char *name, const char *text)
{
  json_object_set_string_member (parts, name, text);
}

/**
 * runnel_cache_parts_add_digest:
 * @parts: what a result depends on
 * @name: a noun as it stands in a sentence, such as "its command"
 * @text: of which only the digest is kept
 */
void
runnel_cache_parts_add_digest (JsonObject *parts, const char *name, const char *text)
{
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);

  json_object_set_string_member (parts, name, digest);
}

/**
 * runnel_cache_parts_make_key:
 * @parts: what a result depends on
 *
 * Returns: (transfer full): the name of the result, 64 hexadecimal digits: the same for the same
 *   parts in the same order
 */
char *
runnel_cache_parts_make_key (JsonObject *parts)
{
  g_autoptr(GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autoptr(JsonNode) node = json_node_init_object (json_node_alloc (), parts);
  g_autofree char *text = json_to_string (node, FALSE);

  g_checksum_update (checksum, (const guchar *) VERSION, -1);
  g_checksum_update (checksum, (const guchar *) text, -1);
  return g_strdup (g_checksum_get_string (checksum));
}

static gboolean
is_quotable (const char *text)
{
  if (g_utf8_strlen (text, -1) > LONGEST_TEXT)
    return FALSE;
  for (; *text != '\0'; text = g_utf8_next_char (text))
    {
      if (!g_unichar_isprint (g_utf8_get_char (text)))
        return FALSE;
    }
  return TRUE;
}

static gboolean
is_digest (const char *text)
{
  gsize length = 0;

  while (g_ascii_isxdigit (text[length]))
    length++;
  return length >= 64;
}

static char *
describe_change (const char *name, const char *before, const char *now)
{
  if (is_digest (before) || is_digest (now) || !is_quotable (before) || !is_quotable (now))
    return g_strconcat (name, " changed", NULL);
  return g_strdup_printf ("%s changed from “%s” to “%s”", name, before, now);
}

/**
 * runnel_cache_parts_explain:
 * @parts: what a result depends on
 * @last: what the last one depended on
 *
 * Returns: (transfer full) (nullable): the first thing that differs, "input src/a.c changed";
 *   %NULL if nothing does
 */
char *
runnel_cache_parts_explain (JsonObject *parts, JsonObject *last)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  json_object_iter_init_ordered (&iter, parts);
  while (json_object_iter_next_ordered (&iter, &name, &value))
    {
      const char *before = json_object_get_string_member_with_default (last, name, NULL);
      const char *now = json_node_get_string (value);

      if (before == NULL)
        return g_strconcat (name, " is new", NULL);
      if (!g_str_equal (before, now))
        return describe_change (name, before, now);
    }
  json_object_iter_init_ordered (&iter, last);
  while (json_object_iter_next_ordered (&iter, &name, &value))
    {
      if (!json_object_has_member (parts, name))
        return g_strconcat (name, " is gone", NULL);
    }
  return NULL;
}
