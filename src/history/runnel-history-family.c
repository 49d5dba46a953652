/* runnel-history-family.c: the runs inside of a run
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "history/runnel-history-family.h"
#include "history/runnel-history-private.h"

/**
 * runnel_inner_run_free:
 * @self: (transfer full) (nullable): an inner run
 */
void
runnel_inner_run_free (RunnelInnerRun *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->run, runnel_run_record_free);
  g_clear_pointer (&self->steps, g_ptr_array_unref);
  g_clear_object (&self->pipeline);
  g_free (self);
}

static gboolean
read_definition (RunnelHistory *self,
                 gint64         run,
                 gint64        *ret_definition,
                 GError       **error)
{
  static const char sql[] = "SELECT definition FROM run WHERE id = ?";
  RunnelStatement *statement = runnel_sqlite_get_statement (self->db, sql, error);
  gboolean row;

  if (statement == NULL)
    return FALSE;
  runnel_statement_bind_int (statement, 0, run);
  if (!runnel_statement_step (statement, &row, error))
    return FALSE;
  *ret_definition = row ? runnel_statement_get_int (statement, 0) : 0;
  runnel_statement_reset (statement);
  return TRUE;
}

/* The runs of a family are of few definitions, and who follows one that goes on asks many times. */
static gboolean
add_pipeline (RunnelHistory  *self,
              GHashTable     *pipelines,
              RunnelInnerRun *inner,
              GError        **error)
{
  RunnelPipeline *pipeline;
  gint64 definition;

  if (!read_definition (self, inner->run->id, &definition, error))
    return FALSE;
  pipeline = g_hash_table_lookup (pipelines, &definition);
  if (pipeline == NULL && self->family != NULL)
    pipeline = g_hash_table_lookup (self->family, &definition);
  if (pipeline != NULL)
    inner->pipeline = g_object_ref (pipeline);
  else
    {
      g_autofree char *text = runnel_history_get_text (self, inner->run->id, NULL);

      inner->pipeline =
        text != NULL ? runnel_pipeline_new_from_text (text, -1, NULL, NULL) : NULL;
    }
  if (inner->pipeline != NULL)
    g_hash_table_insert (pipelines, g_memdup2 (&definition, sizeof definition),
                         g_object_ref (inner->pipeline));
  return TRUE;
}

static gboolean
add_children (RunnelHistory *self,
              gint64         run,
              GHashTable    *pipelines,
              GPtrArray     *family,
              GError       **error)
{
  g_autoptr(GPtrArray) children = runnel_history_list_children (self, run, error);

  if (children == NULL)
    return FALSE;
  g_ptr_array_set_free_func (children, NULL);
  for (guint i = 0; i < children->len; i++)
    {
      RunnelInnerRun *inner = g_new0 (RunnelInnerRun, 1);

      inner->run = g_ptr_array_index (children, i);
      g_ptr_array_add (family, inner);
    }
  for (guint i = family->len - children->len, end = family->len; i < end; i++)
    {
      RunnelInnerRun *inner = g_ptr_array_index (family, i);

      inner->steps = runnel_history_get_steps (self, inner->run->id, error);
      if (inner->steps == NULL || !add_pipeline (self, pipelines, inner, error) ||
          !add_children (self, inner->run->id, pipelines, family, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * runnel_history_list_family:
 * @self: a history
 * @run: the number of a run
 * @error: return location; %RUNNEL_HISTORY_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type RunnelInnerRun): all runs of subpipelines inside
 *   of @run, at any depth, those of one run in the order in which they began
 */
GPtrArray *
runnel_history_list_family (RunnelHistory *self,
                            gint64         run,
                            GError       **error)
{
  g_autoptr(GPtrArray) family =
    g_ptr_array_new_with_free_func ((GDestroyNotify) runnel_inner_run_free);
  g_autoptr(GHashTable) pipelines =
    g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_object_unref);

  g_return_val_if_fail (self != NULL, NULL);

  if (!add_children (self, run, pipelines, family, error))
    return NULL;
  g_clear_pointer (&self->family, g_hash_table_unref);
  self->family = g_steal_pointer (&pipelines);
  return g_steal_pointer (&family);
}
