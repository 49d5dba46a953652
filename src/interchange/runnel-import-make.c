/* runnel-import-make.c: the finished document
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "engine/runnel-graph.h"
#include "interchange/runnel-import-private.h"
#include "model/runnel-json-write.h"

static gboolean
check_links (RunnelImportDraft *draft,
             GError           **error)
{
  for (guint i = 0; i < draft->links->len; i++)
    {
      const RunnelImportLink *link = &g_array_index (draft->links, RunnelImportLink, i);

      if (g_hash_table_contains (draft->added, link->need))
        continue;
      g_set_error (error, RUNNEL_IMPORT_ERROR, RUNNEL_IMPORT_ERROR_INVALID,
                   "“%s” needs “%s”, which is not there",
                   (const char *) g_hash_table_lookup (draft->names, link->step),
                   (const char *) g_hash_table_lookup (draft->names, link->need));
      return FALSE;
    }

  return TRUE;
}

static gboolean
check_pipeline (RunnelPipeline    *pipeline,
                RunnelDiagnostics *diagnostics,
                GError           **error)
{
  g_autoptr(GError) local_error = NULL;
  RunnelGraph graph;

  for (guint i = 0; i < runnel_diagnostics_get_size (diagnostics); i++)
    {
      const RunnelDiagnostic *found = runnel_diagnostics_get (diagnostics, i);

      if (found->severity != RUNNEL_SEVERITY_ERROR)
        continue;
      g_set_error (error, RUNNEL_IMPORT_ERROR, RUNNEL_IMPORT_ERROR_INVALID, "%s: %s", found->path,
                   found->message);
      return FALSE;
    }
  if (!runnel_graph_init (&graph, pipeline, &local_error))
    g_set_error_literal (error, RUNNEL_IMPORT_ERROR, RUNNEL_IMPORT_ERROR_INVALID,
                         local_error->message);
  runnel_graph_clear (&graph);

  return local_error == NULL;
}

static RunnelPipeline *
read_pipeline (RunnelImportDraft *draft,
               RunnelDiagnostics *diagnostics,
               GError           **error)
{
  g_autoptr(JsonNode) root = json_node_new (JSON_NODE_OBJECT);
  g_autoptr(GString) text = g_string_new (NULL);
  g_autoptr(GError) local_error = NULL;
  RunnelPipeline *pipeline;

  json_node_set_object (root, draft->root);
  runnel_json_write_compact (text, root);
  pipeline = runnel_pipeline_new_from_text (text->str, text->len, diagnostics, &local_error);
  if (pipeline == NULL)
    g_set_error_literal (error, RUNNEL_IMPORT_ERROR,
                         g_error_matches (local_error, RUNNEL_PIPELINE_ERROR, RUNNEL_PIPELINE_ERROR_TOO_LARGE)
                           ? RUNNEL_IMPORT_ERROR_TOO_LARGE
                           : RUNNEL_IMPORT_ERROR_INVALID,
                         local_error->message);

  return pipeline;
}

/**
 * runnel_import_make_pipeline:
 * @self: an import
 * @index: of a pipeline
 * @error: %RUNNEL_IMPORT_ERROR_INVALID when a link leads to a step that is not there, or links lead in a circle;
 *   %RUNNEL_IMPORT_ERROR_TOO_LARGE
 *
 * Returns: (transfer full) (nullable): the finished document
 */
RunnelPipeline *
runnel_import_make_pipeline (RunnelImport *self,
                             guint         index,
                             GError      **error)
{
  g_autoptr(RunnelDiagnostics) diagnostics = runnel_diagnostics_new ();
  g_autoptr(RunnelPipeline) pipeline = NULL;
  RunnelImportDraft *draft;

  g_return_val_if_fail (self != NULL && index < self->drafts->len, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  draft = g_ptr_array_index (self->drafts, index);
  if (!check_links (draft, error))
    return NULL;
  pipeline = read_pipeline (draft, diagnostics, error);
  if (pipeline == NULL || !check_pipeline (pipeline, diagnostics, error))
    return NULL;

  return g_steal_pointer (&pipeline);
}
