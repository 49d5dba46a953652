/* runnel-field-path.c: the value of a field somewhere below a member of an object
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "designer/inspector/runnel-field-path.h"
#include "designer/inspector/runnel-field-value.h"

/* Members that may be written short, and the member the short form stands for. */
static const struct
{
  const char *member;
  const char *main_key;
} shorthands[] = {
  { "retry", "max" },
  { "pool", "name" },
};

static const char *
get_main_key (const char *member)
{
  for (guint i = 0; i < G_N_ELEMENTS (shorthands); i++)
    if (g_str_equal (member, shorthands[i].member))
      return shorthands[i].main_key;
  return NULL;
}

/* The first name of @path, and what is behind it, or NULL. */
static char *
split (const char  *path,
       const char **ret_rest)
{
  const char *point = strchr (path, '.');

  *ret_rest = point ? point + 1 : NULL;
  return point ? g_strndup (path, point - path) : g_strdup (path);
}

/**
 * runnel_field_path_get_root:
 * @path: a path
 *
 * Returns: (transfer full): the member it begins with
 */
char *
runnel_field_path_get_root (const char *path)
{
  const char *rest;

  g_return_val_if_fail (path, NULL);

  return split (path, &rest);
}

/**
 * runnel_field_path_get:
 * @path: a path
 * @root: (nullable): the value of the member it begins with
 *
 * Returns: (transfer none) (nullable): the value at the path
 */
JsonNode *
runnel_field_path_get (const char *path,
                       JsonNode   *root)
{
  g_autofree char *name = NULL;
  g_autofree char *next = NULL;
  const char *rest;

  g_return_val_if_fail (path, NULL);

  name = split (path, &rest);
  if (!rest || !root)
    return root;
  next = runnel_field_path_get_root (rest);
  return runnel_field_path_get (rest,
                                runnel_field_value_get_member (root, get_main_key (name), next));
}

/**
 * runnel_field_path_change:
 * @path: a path
 * @root: (nullable): the value of the member it begins with
 * @value: (nullable): what shall be at the path, %NULL = nothing
 *
 * Objects on the way are made when they are missing, and left out when nothing is left in them.
 *
 * Returns: (transfer full) (nullable): the new value of the member that @path begins with
 */
JsonNode *
runnel_field_path_change (const char *path,
                          JsonNode   *root,
                          JsonNode   *value)
{
  g_autofree char *name = NULL;
  g_autofree char *next = NULL;
  g_autoptr(JsonNode) member = NULL;
  const char *main_key;
  const char *rest;

  g_return_val_if_fail (path, NULL);

  name = split (path, &rest);
  if (!rest)
    return value ? json_node_copy (value) : NULL;
  main_key = get_main_key (name);
  next = runnel_field_path_get_root (rest);
  member = runnel_field_path_change (rest, runnel_field_value_get_member (root, main_key, next),
                                     value);
  return runnel_field_value_with_member (root, main_key, next, member);
}
