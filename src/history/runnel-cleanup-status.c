/* runnel-cleanup-status.c: when the history was cleaned last, and what went
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <sys/stat.h>

#include "engine/limits/runnel-state-dir.h"
#include "history/runnel-cleanup-status.h"
#include "model/runnel-json-read.h"

/* How often runs that end clean up. */
#define INTERVAL (60 * 60 * G_TIME_SPAN_SECOND)

static char *
get_path (void)
{
  g_autofree char *folder = runnel_cleanup_status_get_folder ();

  return g_build_filename (folder, "status.json", NULL);
}

/**
 * runnel_cleanup_status_get_folder:
 *
 * Returns: (transfer full) (type filename): where the status is, and the lock of who cleans
 */
char *
runnel_cleanup_status_get_folder (void)
{
  return runnel_state_dir_get ("gc");
}

static JsonObject *
read_object (const char *path)
{
  g_autofree char *text = NULL;
  g_autoptr(JsonNode) root = NULL;
  gsize length;

  if (g_file_get_contents (path, &text, &length, NULL))
    root = runnel_json_read (text, length, RUNNEL_JSON_MAX_DEPTH, NULL, NULL);
  return root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_dup_object (root) : NULL;
}

static gint64
get_int (JsonObject *object,
         const char *name)
{
  return json_object_get_int_member_with_default (object, name, 0);
}

/**
 * runnel_cleanup_status_load:
 * @self: (out caller-allocates): the status; `time` is 0 when there was no cleaning yet
 *
 * Reads a file.
 */
void
runnel_cleanup_status_load (RunnelCleanupStatus *self)
{
  g_autofree char *path = get_path ();
  g_autoptr(JsonObject) object = read_object (path);

  *self = (RunnelCleanupStatus) { 0, };
  if (object == NULL)
    return;
  self->time = get_int (object, "time");
  self->duration = get_int (object, "duration");
  self->automatic = json_object_get_boolean_member_with_default (object, "automatic", FALSE);
  self->n_runs = get_int (object, "runs");
  self->freed = get_int (object, "freed");
  self->n_packed = get_int (object, "logs-compressed");
  self->packed = get_int (object, "compressed");
  self->problem = g_strdup (json_object_get_string_member_with_default (object, "problem", NULL));
}

/**
 * runnel_cleanup_status_save:
 * @self: a status
 * @error: return location for a #GFileError
 *
 * Writes a file in one step.
 *
 * Returns: whether it is written
 */
gboolean
runnel_cleanup_status_save (const RunnelCleanupStatus  *self,
                            GError                    **error)
{
  g_autofree char *path = get_path ();
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr(JsonObject) object = json_object_new ();
  g_autoptr(JsonNode) root = json_node_init_object (json_node_alloc (), object);
  g_autofree char *text = NULL;

  json_object_set_int_member (object, "time", self->time);
  json_object_set_int_member (object, "duration", self->duration);
  json_object_set_boolean_member (object, "automatic", self->automatic);
  json_object_set_int_member (object, "runs", self->n_runs);
  json_object_set_int_member (object, "freed", self->freed);
  json_object_set_int_member (object, "logs-compressed", self->n_packed);
  json_object_set_int_member (object, "compressed", self->packed);
  if (self->problem != NULL)
    json_object_set_string_member (object, "problem", self->problem);
  text = json_to_string (root, /* pretty= */ FALSE);
  g_mkdir_with_parents (folder, 0700);
  return g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, error);
}

void
runnel_cleanup_status_clear (RunnelCleanupStatus *self)
{
  g_clear_pointer (&self->problem, g_free);
}

/**
 * runnel_cleanup_is_due:
 * @now: microseconds since 1970
 *
 * Says whether it is time to clean up, once an hour. Where nobody ever did, the hour begins now:
 * there is nothing yet that could be too much.
 *
 * Returns: whether the last time is an hour ago
 */
gboolean
runnel_cleanup_is_due (gint64 now)
{
  g_auto(RunnelCleanupStatus) status = { 0, };
  g_autofree char *path = get_path ();
  struct stat file;

  if (stat (path, &file) != 0)
    {
      runnel_cleanup_status_save (&status, NULL);
      return FALSE;
    }
  /* A clock that was set back must not keep us from it for ever. */
  return ABS (now / G_USEC_PER_SEC - (gint64) file.st_mtime) >= INTERVAL / G_USEC_PER_SEC;
}
