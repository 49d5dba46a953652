/* runnel-history-facets.c: what there is to choose from when runs are looked for
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "history/runnel-history-private.h"

/**
 * runnel_pipeline_record_free:
 * @self: (transfer full) (nullable): a record
 */
void
runnel_pipeline_record_free (RunnelPipelineRecord *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self->file);
  g_free (self);
}

static char **
list_words (RunnelHistory *self,
            const char    *sql,
            GError       **error)
{
  RunnelStatement *statement = runnel_sqlite_get_statement (self->db, sql, error);
  g_autoptr(GStrvBuilder) words = g_strv_builder_new ();
  gboolean row;

  while (statement != NULL && runnel_statement_step (statement, &row, error))
    {
      if (!row)
        return g_strv_builder_end (words);
      g_strv_builder_add (words, runnel_statement_get_text (statement, 0));
    }
  return NULL;
}

/**
 * runnel_history_list_labels:
 * @self: a history
 * @error: return location; %RUNNEL_HISTORY_ERROR
 *
 * Returns: (transfer full) (nullable): the labels that runs have, in alphabetical order
 */
char **
runnel_history_list_labels (RunnelHistory *self,
                            GError       **error)
{
  /* From one label to the next by the key: a label may be on many runs. */
  static const char sql[] =
    "WITH RECURSIVE word (text) AS (SELECT min (label) FROM run_label UNION ALL"
    " SELECT (SELECT min (label) FROM run_label WHERE label > text) FROM word"
    "  WHERE text IS NOT NULL)"
    " SELECT text FROM word WHERE text IS NOT NULL";

  g_return_val_if_fail (self != NULL, NULL);

  return list_words (self, sql, error);
}

/**
 * runnel_history_list_triggers:
 * @self: a history
 * @error: return location; %RUNNEL_HISTORY_ERROR
 *
 * Returns: (transfer full) (nullable): the kinds of triggers that started runs, also those that are
 *   gone by now, in alphabetical order
 */
char **
runnel_history_list_triggers (RunnelHistory *self,
                              GError       **error)
{
  static const char sql[] = "SELECT name FROM trigger_kind ORDER BY name";

  g_return_val_if_fail (self != NULL, NULL);

  return list_words (self, sql, error);
}

/**
 * runnel_history_list_pipelines:
 * @self: a history
 * @error: return location; %RUNNEL_HISTORY_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type RunnelPipelineRecord): the pipelines that ran,
 *   by name and file
 */
GPtrArray *
runnel_history_list_pipelines (RunnelHistory *self,
                               GError       **error)
{
  static const char sql[] = "SELECT name, file FROM pipeline ORDER BY name, file";
  RunnelStatement *statement = runnel_sqlite_get_statement (self->db, sql, error);
  g_autoptr(GPtrArray) pipelines =
    g_ptr_array_new_with_free_func ((GDestroyNotify) runnel_pipeline_record_free);
  gboolean row;

  while (statement != NULL && runnel_statement_step (statement, &row, error))
    {
      RunnelPipelineRecord *record;

      if (!row)
        return g_steal_pointer (&pipelines);
      record = g_new0 (RunnelPipelineRecord, 1);
      record->name = g_strdup (runnel_statement_get_text (statement, 0));
      record->file = g_strdup (runnel_statement_get_text (statement, 1));
      g_ptr_array_add (pipelines, record);
    }
  return NULL;
}
