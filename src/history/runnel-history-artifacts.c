/* runnel-history-artifacts.c: the files that the steps of a run left to it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "history/runnel-history-private.h"

#define DIGEST_SIZE 32

/* @text has been checked to be hexadecimal. */
void
_runnel_history_parse_digest (const char *text,
                              guint8     *ret_bytes)
{
  for (guint i = 0; i < DIGEST_SIZE; i++)
    ret_bytes[i] = g_ascii_xdigit_value (text[2 * i]) << 4 | g_ascii_xdigit_value (text[2 * i + 1]);
}

static char *
format_digest (gconstpointer data,
               gsize         size)
{
  const guint8 *bytes = data;
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < size; i++)
    g_string_append_printf (text, "%02x", bytes[i]);
  return g_string_free (text, FALSE);
}

static gboolean
record_artifact (RunnelHistory        *self,
                 const RunnelEvent    *event,
                 const RunnelArtifact *artifact,
                 GError              **error)
{
  static const char sql[] =
    "INSERT OR REPLACE INTO artifact (run, step, path, size, sha256) VALUES (?, ?, ?, ?, ?)";
  RunnelStatement *statement = runnel_sqlite_get_statement (self->db, sql, error);
  guint8 digest[DIGEST_SIZE];

  if (statement == NULL)
    return FALSE;
  _runnel_history_parse_digest (artifact->sha256, digest);
  runnel_statement_bind_int (statement, 0, event->run);
  runnel_statement_bind_int (statement, 1, event->step_index);
  runnel_statement_bind_text (statement, 2, artifact->path);
  runnel_statement_bind_int (statement, 3, artifact->size);
  runnel_statement_bind_blob (statement, 4, digest, sizeof digest);
  return runnel_statement_run (statement, error);
}

/* What is no list of artifacts is of a later version, perhaps, and told to no one. */
static GPtrArray *
read_details (const char *details)
{
  g_autoptr(JsonObject) object = _runnel_json_object_from_text (details);
  JsonNode *member = object != NULL ? json_object_get_member (object, "artifacts") : NULL;

  if (member == NULL || !JSON_NODE_HOLDS_ARRAY (member))
    return NULL;
  return runnel_artifacts_from_json (json_node_get_array (member), NULL);
}

gboolean
_runnel_history_record_artifacts (RunnelHistory     *self,
                                  const RunnelEvent *event,
                                  const char        *details,
                                  GError           **error)
{
  g_autoptr(GPtrArray) artifacts = details != NULL ? read_details (details) : NULL;

  for (guint i = 0; artifacts != NULL && i < artifacts->len; i++)
    {
      if (!record_artifact (self, event, g_ptr_array_index (artifacts, i), error))
        return FALSE;
    }
  return TRUE;
}

static RunnelArtifactRecord *
read_record (RunnelStatement *row)
{
  RunnelArtifactRecord *record = g_new0 (RunnelArtifactRecord, 1);
  gsize size;
  gconstpointer digest = runnel_statement_get_blob (row, 3, &size);
  g_autofree char *sha256 = format_digest (digest, size);

  record->step = g_strdup (runnel_statement_get_text (row, 0));
  record->file = runnel_artifact_new (runnel_statement_get_text (row, 1),
                                      runnel_statement_get_int (row, 2), sha256, 0);
  return record;
}

/**
 * runnel_history_list_artifacts:
 * @self: a history
 * @run: the run's number
 * @step: (nullable): only those of the step of this id
 * @error: return location; %RUNNEL_HISTORY_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type RunnelArtifactRecord): in the order of the
 *   steps, those of a step by path
 */
GPtrArray *
runnel_history_list_artifacts (RunnelHistory *self,
                               gint64         run,
                               const char    *step,
                               GError       **error)
{
  static const char sql[] =
    "SELECT coalesce (d.id, a.id) AS step_id, f.path, f.size, f.sha256"
    " FROM artifact f JOIN run ON run.id = f.run"
    " LEFT JOIN definition_step d ON d.definition = run.definition AND d.step = f.step"
    " LEFT JOIN added_step a ON a.run = f.run AND a.step = f.step"
    " WHERE f.run = ?1 AND (?2 IS NULL OR step_id = ?2) ORDER BY f.step, f.path";
  RunnelStatement *statement = runnel_sqlite_get_statement (self->db, sql, error);
  g_autoptr(GPtrArray) artifacts = NULL;
  gboolean row;

  if (statement == NULL)
    return NULL;
  artifacts = g_ptr_array_new_with_free_func ((GDestroyNotify) runnel_artifact_record_free);
  runnel_statement_bind_int (statement, 0, run);
  runnel_statement_bind_text (statement, 1, step);
  while (runnel_statement_step (statement, &row, error))
    {
      if (!row)
        return g_steal_pointer (&artifacts);
      g_ptr_array_add (artifacts, read_record (statement));
    }
  return NULL;
}
