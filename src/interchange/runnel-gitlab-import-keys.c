/* runnel-gitlab-import-keys.c: keys of a job of GitLab CI that a step has by other names
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "interchange/runnel-gitlab-reader.h"
#include "model/runnel-duration.h"

void
_runnel_gitlab_read_image (RunnelGitlabReader *self)
{
  JsonNode *image = _runnel_gitlab_get (self, "image");
  const char *name = _runnel_gitlab_get_node_text (image);

  if (image == NULL)
    return;
  if (name == NULL && JSON_NODE_HOLDS_OBJECT (image))
    name = _runnel_gitlab_get_text (json_node_get_object (image), "name");

  if (name == NULL || strchr (name, '$') != NULL || _runnel_gitlab_get_node_text (image) == NULL)
    _runnel_gitlab_keep (self, "image", image);
  if (name != NULL && strchr (name, '$') == NULL)
    json_object_set_string_member (self->step, "image", name);
}

static gboolean
is_pattern (JsonNode *path)
{
  const char *text = _runnel_gitlab_get_node_text (path);

  return text != NULL && *text != '/' && strchr (text, '$') == NULL && strstr (text, "..") == NULL;
}

static gboolean
are_patterns (JsonNode *paths)
{
  if (paths == NULL || !JSON_NODE_HOLDS_ARRAY (paths))
    return FALSE;
  for (guint i = 0; i < json_array_get_length (json_node_get_array (paths)); i++)
    if (!is_pattern (json_array_get_element (json_node_get_array (paths), i)))
      return FALSE;

  return json_array_get_length (json_node_get_array (paths)) > 0;
}

static gboolean
is_own_report (JsonNode *reports)
{
  const char *file = JSON_NODE_HOLDS_OBJECT (reports)
                       ? _runnel_gitlab_get_text (json_node_get_object (reports), "dotenv")
                       : NULL;

  return file != NULL && g_str_has_prefix (file, RUNNEL_GITLAB_REPORT);
}

void
_runnel_gitlab_read_artifacts (RunnelGitlabReader *self)
{
  JsonNode *artifacts = _runnel_gitlab_get (self, "artifacts");
  g_autoptr (JsonNode) kept = json_node_new (JSON_NODE_OBJECT);
  JsonObjectIter iter;
  const char *key;
  JsonNode *value;

  if (artifacts == NULL || !JSON_NODE_HOLDS_OBJECT (artifacts))
    return;

  json_node_take_object (kept, json_object_new ());
  json_object_iter_init_ordered (&iter, json_node_get_object (artifacts));
  while (json_object_iter_next_ordered (&iter, &key, &value))
    if (g_str_equal (key, "paths") && are_patterns (value))
      json_object_set_member (self->step, "artifacts", json_node_copy (value));
    else if (!g_str_equal (key, "reports") || !is_own_report (value))
      json_object_set_member (json_node_get_object (kept), key, json_node_copy (value));
  if (json_object_get_size (json_node_get_object (kept)) > 0)
    _runnel_gitlab_keep (self, "artifacts", kept);
}

void
_runnel_gitlab_read_retry (RunnelGitlabReader *self)
{
  JsonNode *retry = _runnel_gitlab_get_or_default (self, "retry");
  JsonObject *object =
    retry != NULL && JSON_NODE_HOLDS_OBJECT (retry) ? json_node_get_object (retry) : NULL;
  JsonNode *max = object != NULL ? json_object_get_member (object, "max") : retry;
  JsonNode *codes = object != NULL ? json_object_get_member (object, "exit_codes") : NULL;

  if (retry == NULL || json_object_has_member (self->step, "retry"))
    return;
  if (object != NULL && json_object_has_member (object, "when"))
    _runnel_gitlab_keep (self, "retry", retry);
  if (max == NULL || !JSON_NODE_HOLDS_VALUE (max) || json_node_get_value_type (max) != G_TYPE_INT64
      || json_node_get_int (max) < 1)
    return;

  if (codes != NULL && JSON_NODE_HOLDS_ARRAY (codes))
    {
      JsonObject *said = _runnel_gitlab_get_own (self->step, "retry");

      json_object_set_int_member (said, "max", json_node_get_int (max));
      json_object_set_member (said, "exit-codes", json_node_copy (codes));
    }
  else
    json_object_set_int_member (self->step, "retry", json_node_get_int (max));
}

/* "3h 30m", "90 minutes", "1 hour" -> microseconds; 0 when it is no such text. */
static gint64
parse_timeout (const char *text)
{
  static const char units[] = "smhdw";
  static const gint64 seconds[] = { 1, 60, 3600, 86400, 604800 };
  gint64 total = 0;

  for (const char *p = text; *p != '\0';)
    {
      char *end;
      gint64 number = g_ascii_strtoll (p, &end, 10);
      const char *unit;

      if (end == p || number < 0 || number > 1000000)
        return 0;
      for (p = end; *p == ' '; p++)
        ;
      unit = *p != '\0' ? strchr (units, g_ascii_tolower (*p)) : units;
      if (unit == NULL || g_str_has_prefix (p, "mo"))
        return 0;
      total += number * seconds[unit - units];
      while (g_ascii_isalpha (*p))
        p++;
      while (*p == ' ' || *p == ',')
        p++;
    }

  return total * G_TIME_SPAN_SECOND;
}

void
_runnel_gitlab_read_timeout (RunnelGitlabReader *self)
{
  JsonNode *timeout = _runnel_gitlab_get_or_default (self, "timeout");
  g_autofree char *scalar = timeout != NULL ? _runnel_gitlab_dup_scalar (timeout) : NULL;
  gint64 duration = scalar != NULL ? parse_timeout (scalar) : 0;
  g_autofree char *text = NULL;

  if (timeout == NULL || json_object_has_member (self->step, "timeout"))
    return;
  if (duration == 0)
    {
      _runnel_gitlab_keep (self, "timeout", timeout);
      return;
    }

  text = runnel_duration_to_string (duration);
  json_object_set_string_member (self->step, "timeout", text);
}

void
_runnel_gitlab_read_allow_failure (RunnelGitlabReader *self)
{
  JsonNode *allow = _runnel_gitlab_get (self, "allow_failure");

  if (allow == NULL)
    return;
  if (!JSON_NODE_HOLDS_VALUE (allow) || json_node_get_value_type (allow) != G_TYPE_BOOLEAN)
    _runnel_gitlab_keep_and_note (self, "allow_failure", allow);
  else if (json_node_get_boolean (allow))
    json_object_set_boolean_member (self->step, "continue-on-error", TRUE);
  else if (g_strcmp0 (json_object_get_string_member (self->step, "kind"), "approval") != 0)
    _runnel_gitlab_keep (self, "allow_failure", allow);
}

void
_runnel_gitlab_read_resource_group (RunnelGitlabReader *self)
{
  const char *group = _runnel_gitlab_get_node_text (_runnel_gitlab_get (self, "resource_group"));

  if (group == NULL || strchr (group, '$') != NULL || *group == '\0')
    {
      if (_runnel_gitlab_get (self, "resource_group") != NULL)
        _runnel_gitlab_keep (self, "resource_group", _runnel_gitlab_get (self, "resource_group"));
      return;
    }
  json_object_set_int_member (_runnel_gitlab_get_own (self->file->root, "pools"), group, 1);
  json_object_set_string_member (self->step, "pool", group);
}

static gboolean
is_kind (RunnelGitlabReader *self,
         const char         *kind)
{
  return g_str_equal (json_object_get_string_member (self->step, "kind"), kind);
}

void
_runnel_gitlab_keep_rest (RunnelGitlabReader *self)
{
  static const char *const read[] = {
    "script", "before_script", "needs", "when",    "rules",         "variables",      "parallel",
    "image",  "artifacts",     "retry", "timeout", "allow_failure", "resource_group", NULL,
  };
  static const char *const quiet[] = {
    "stage",        "tags", "interruptible", "environment", "coverage", "manual_confirmation",
    "dependencies", NULL,
  };
  JsonObjectIter iter;
  const char *key;
  JsonNode *value;

  json_object_iter_init_ordered (&iter, self->job);
  while (json_object_iter_next_ordered (&iter, &key, &value))
    if (g_strv_contains (read, key)
        || (g_str_equal (key, "manual_confirmation") && is_kind (self, "approval")))
      continue;
    else if (g_strv_contains (quiet, key))
      _runnel_gitlab_keep (self, key, value);
    else
      _runnel_gitlab_keep_and_note (self, key, value);
}
