/* runnel-check-files.c: follows pipelines into the files of those that they run
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "engine/kinds/runnel-kinds.h"
#include "engine/runnel-check-files.h"
#include "model/runnel-hooks.h"

/* A step, hook or undo that runs another pipeline, and says which without an expression. */
typedef struct
{
  char *path; /* JSON path of the name */
  char *step;
  char *file; /* as written */
} Call;

/* A walk through files, depth first; each file is read once. */
typedef struct
{
  GPtrArray *chain; /* canonical paths of the files around the present one, outermost first */
  GHashTable *done; /* canonical paths of files that lead into no circle */
} Walk;

static void
call_free (gpointer data)
{
  Call *self = data;

  g_free (self->path);
  g_free (self->step);
  g_free (self->file);
  g_free (self);
}

static void
add_call (GPtrArray *calls, RunnelStep *step, const char *path)
{
  g_autoptr(JsonObject) with = NULL;
  JsonNode *file;
  const char *text = NULL;
  Call *call;

  if (!g_str_equal (step->kind, "pipeline") || step->enabled != RUNNEL_ENABLED)
    return;
  with = runnel_step_dup_with (step);
  file = with != NULL ? json_object_get_member (with, "file") : NULL;
  if (file != NULL && JSON_NODE_HOLDS_VALUE (file))
    text = json_node_get_string (file);
  if (text == NULL || *text == '\0' || strstr (text, "${{") != NULL)
    return;
  call = g_new0 (Call, 1);
  call->path = g_strconcat (path, ".with.file", NULL);
  call->step = g_strdup (step->id);
  call->file = g_strdup (text);
  g_ptr_array_add (calls, call);
}

static void
add_step_calls (GPtrArray *calls, RunnelStep *step, const char *path)
{
  g_autoptr(RunnelStep) undo = runnel_step_new_undo (step, step->id);
  g_autofree char *undo_path = g_strconcat (path, ".undo", NULL);

  add_call (calls, step, path);
  if (undo != NULL && step->enabled == RUNNEL_ENABLED)
    add_call (calls, undo, undo_path);
}

static GPtrArray *
list_calls (RunnelPipeline *pipeline)
{
  GPtrArray *calls = g_ptr_array_new_with_free_func (call_free);

  for (guint i = 0; i < runnel_pipeline_get_n_steps (pipeline); i++)
    {
      g_autofree char *path = g_strdup_printf ("steps[%u]", i);

      add_step_calls (calls, runnel_pipeline_get_step (pipeline, i), path);
    }
  for (guint point = 0; point < RUNNEL_N_HOOK_POINTS; point++)
    {
      g_autoptr(GPtrArray) hooks = runnel_hooks_get (pipeline, point);

      for (guint i = 0; i < hooks->len; i++)
        {
          g_autofree char *path = runnel_hooks_get_path (point, i);

          add_call (calls, g_ptr_array_index (hooks, i), path);
        }
    }
  return calls;
}

/* Returns: (nullable): the canonical path of the file that is called; free() it */
static char *
resolve (const char *caller, const char *file)
{
  g_autofree char *folder = g_path_get_dirname (caller);
  g_autofree char *path = g_canonicalize_filename (file, folder);

  return realpath (path, NULL);
}

static gboolean
is_in_chain (Walk *self, const char *file)
{
  return g_ptr_array_find_with_equal_func (self->chain, file, g_str_equal, NULL);
}

/* Why the file must not be run here; the chain is what is around it. */
static char *
describe_chain (Walk *self, const char *file)
{
  g_autoptr(GString) text = g_string_new (NULL);

  if (!is_in_chain (self, file))
    return g_strdup_printf ("Pipelines run pipelines more than %d levels deep",
                            RUNNEL_PIPELINE_MAX_DEPTH);
  for (guint i = 0; i < self->chain->len; i++)
    g_string_append_printf (text, "%s → ", (const char *) g_ptr_array_index (self->chain, i));
  return g_strdup_printf ("The pipelines run each other in a circle: %s%s", text->str, file);
}

static RunnelPipeline *
read_pipeline (const char *file)
{
  g_autofree char *text = NULL;
  gsize length;

  if (!g_file_get_contents (file, &text, &length, NULL))
    return NULL;
  return runnel_pipeline_new_from_text (text, length, NULL, NULL);
}

static char *visit (Walk *self, const char *file);

static char *
visit_calls_of (Walk *self, const char *file)
{
  g_autoptr(RunnelPipeline) pipeline = read_pipeline (file);
  g_autoptr(GPtrArray) calls = pipeline != NULL ? list_calls (pipeline) : NULL;
  char *problem = NULL;

  for (guint i = 0; calls != NULL && problem == NULL && i < calls->len; i++)
    {
      const Call *call = g_ptr_array_index (calls, i);
      char *called = resolve (file, call->file);

      if (called != NULL)
        problem = visit (self, called);
      free (called);
    }
  return problem;
}

/* Returns: (transfer full) (nullable): what is wrong with running the file here */
static char *
visit (Walk *self, const char *file)
{
  char *problem;

  if (g_hash_table_contains (self->done, file))
    return NULL;
  if (is_in_chain (self, file) || self->chain->len > RUNNEL_PIPELINE_MAX_DEPTH)
    return describe_chain (self, file);
  g_ptr_array_add (self->chain, g_strdup (file));
  problem = visit_calls_of (self, file);
  g_ptr_array_set_size (self->chain, self->chain->len - 1);
  if (problem == NULL)
    g_hash_table_add (self->done, g_strdup (file));
  return problem;
}

static void
check_call (Walk *self, const char *file, const Call *call, RunnelDiagnostics *diagnostics)
{
  char *called = resolve (file, call->file);
  g_autofree char *problem = called != NULL ? visit (self, called) : NULL;

  if (called == NULL)
    runnel_diagnostics_add (diagnostics, RUNNEL_SEVERITY_WARNING, call->path, call->step, NULL,
                            "there is no pipeline “%s” in the folder of this one", call->file);
  else if (problem != NULL)
    runnel_diagnostics_add (diagnostics, RUNNEL_SEVERITY_ERROR, call->path, call->step,
                            "take out one of these steps", "%s", problem);
  free (called);
}

/**
 * runnel_check_files:
 * @pipeline: a pipeline
 * @file: (type filename): the file that it is in, or will be; absolute
 * @diagnostics: where findings go
 *
 * Looks into the files of pipelines that this one runs, and of those that they run: reports a
 * circle as an error, because no run could ever end, and a file that is not there as a warning,
 * because a step may make it. Names that are expressions are left to the run. Reads files, each
 * once: not for the application's main loop.
 */
void
runnel_check_files (RunnelPipeline *pipeline, const char *file, RunnelDiagnostics *diagnostics)
{
  g_autoptr(GPtrArray) calls = list_calls (pipeline);
  g_autoptr(GPtrArray) chain = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GHashTable) done = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Walk self = { chain, done };
  char *canonical;

  if (calls->len == 0)
    return;
  canonical = realpath (file, NULL);
  g_ptr_array_add (chain, g_strdup (canonical != NULL ? canonical : file));
  free (canonical);
  for (guint i = 0; i < calls->len; i++)
    check_call (&self, file, g_ptr_array_index (calls, i), diagnostics);
}
