/* runnel-json-path.c: where in a document a value is, "steps.build.with[\"a key\"]"
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "model/runnel-json-path.h"

static gboolean
is_plain_key (const char *key)
{
  if (!g_ascii_isalpha (*key) && *key != '_' && *key != '$')
    return FALSE;

  for (const char *p = key; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p) && *p != '_' && *p != '-' && *p != '$')
      return FALSE;

  return TRUE;
}

/**
 * runnel_json_path_append_key:
 * @path: a JSON path
 * @key: a key of the object at @path
 *
 * Makes @path the path of the member: ".key", or "[\"a key\"]" where the key
 * is not a plain word.
 */
void
runnel_json_path_append_key (GString    *path,
                             const char *key)
{
  if (!is_plain_key (key))
    {
      g_string_append (path, "[\"");
      for (const char *p = key; *p != '\0'; p++)
        {
          if (*p == '"' || *p == '\\')
            g_string_append_c (path, '\\');
          g_string_append_c (path, *p);
        }
      g_string_append (path, "\"]");
      return;
    }

  if (path->len > 0)
    g_string_append_c (path, '.');
  g_string_append (path, key);
}

/* Reads a name up to the quote that ends it. Returns: (nullable): what follows `"]` */
static const char *
read_quoted (const char *text,
             GString    *name)
{
  for (; *text != '\0' && *text != '"'; text++)
    {
      if (*text == '\\' && text[1] != '\0')
        text++;
      g_string_append_c (name, *text);
    }
  return g_str_has_prefix (text, "\"]") ? text + 2 : NULL;
}

/* Reads the next name with the dot before it, which the first one has not.
 * Returns: (nullable): what follows */
static const char *
read_name (const char *text,
           gboolean    is_first,
           GString    *name)
{
  gsize length;

  if (g_str_has_prefix (text, "[\""))
    return read_quoted (text + 2, name);
  if (!is_first && *text++ != '.')
    return NULL;
  length = strcspn (text, ".[");
  g_string_append_len (name, text, length);
  return length > 0 ? text + length : NULL;
}

/**
 * runnel_json_path_split:
 * @path: a path of keys alone, as runnel_json_path_append_key() makes it; a
 *   key that has neither a dot nor a bracket needs no quotes
 *
 * Returns: (transfer full) (nullable): the keys, or %NULL when @path is no such path
 */
char **
runnel_json_path_split (const char *path)
{
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *rest = path;

  g_return_val_if_fail (path != NULL, NULL);

  do
    {
      GString *name = g_string_new (NULL);

      rest = read_name (rest, names->len == 0, name);
      g_ptr_array_add (names, g_string_free (name, FALSE));
    }
  while (rest != NULL && *rest != '\0');
  if (rest == NULL)
    return NULL;
  g_ptr_array_add (names, NULL);
  return (char **) g_ptr_array_steal (names, NULL);
}
