/* script-run.h: exports a pipeline, runs it, and reads what it has told
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <string.h>
#include <sys/wait.h>

#include "interchange/runnel-target.h"

static const RunnelExportOptions options = { "debian:12", NULL, NULL, "runnel" };

static inline RunnelFlow *
read_flow (const char *text)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(RunnelPipeline) pipeline = runnel_pipeline_new_from_text (text, -1, NULL, &error);
  RunnelFlow *flow;

  g_assert_no_error (error);
  flow = runnel_flow_new (pipeline, "p.runnel.json", &error);
  g_assert_no_error (error);

  return flow;
}

static inline void
write_file (const char *folder, const char *name, const char *text, guint mode)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr(GError) error = NULL;

  g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, mode, &error);
  g_assert_no_error (error);
}

/* Writes the pipeline as p.runnel.json, and what the target makes of it, into `folder`. */
static inline void
write_export (const char *folder, const RunnelTarget *target, const char *text)
{
  g_autoptr(RunnelFlow) flow = read_flow (text);
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) files = runnel_target_export (target, flow, &options, TRUE, &error);

  g_assert_no_error (error);
  write_file (folder, "p.runnel.json", text, 0644);
  for (guint i = 0; i < files->len; i++)
    {
      RunnelExportFile *file = g_ptr_array_index (files, i);

      write_file (folder, file->path, g_bytes_get_data (file->content, NULL), file->mode);
    }
}

/* Runs a command in `folder`, which is the home, too; returns its exit code. */
static inline int
run (const char *folder, const char *command, char **ret_output)
{
  const char *argv[] = { "sh", "-c", command, NULL };
  g_auto(GStrv) environment = g_get_environ ();
  g_autoptr(GError) error = NULL;
  int status;

  environment = g_environ_setenv (environment, "HOME", folder, TRUE);
  environment = g_environ_setenv (environment, "XDG_STATE_HOME", folder, TRUE);
  environment = g_environ_unsetenv (environment, "XDG_RUNTIME_DIR");
  environment = g_environ_unsetenv (environment, "MAKEFLAGS");
  g_spawn_sync (folder, (char **) argv, environment, G_SPAWN_SEARCH_PATH, NULL, NULL, ret_output,
                NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_true (WIFEXITED (status));

  return WEXITSTATUS (status);
}

/* Runs p.runnel.json by Runnel, one step at once. */
static inline int
run_by_runnel (const char *folder, char **ret_events)
{
  g_autofree char *command = g_strdup_printf (
    "%s/src/cli/runnel run p.runnel.json -j 1 --json 2>/dev/null", g_getenv ("RUNNEL_BUILD_DIR"));

  return run (folder, command, ret_events);
}

static inline char *
take_trace (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "trace", NULL);
  char *trace = NULL;

  if (!g_file_get_contents (path, &trace, NULL, NULL))
    return g_strdup ("");
  g_unlink (path);

  return trace;
}

static inline int
compare_lines (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static inline char *
sort_lines (GPtrArray *lines)
{
  g_ptr_array_sort (lines, compare_lines);
  g_ptr_array_add (lines, NULL);

  return g_strjoinv ("\n", (char **) lines->pdata);
}

/* Lines "STEP STATE", sorted; without undos that were not needed, which exports do not know. */
static inline char *
list_states_of_run (const char *events)
{
  g_auto(GStrv) lines = g_strsplit (events, "\n", -1);
  g_autoptr(GPtrArray) states = g_ptr_array_new_with_free_func (g_free);

  for (char **line = lines; *line != NULL && **line != '\0'; line++)
    {
      g_autoptr(JsonNode) node = json_from_string (*line, NULL);
      JsonObject *event = json_node_get_object (node);
      const char *step, *state;

      if (!g_str_equal (json_object_get_string_member (event, "event"), "step-finished"))
        continue;
      step = json_object_get_string_member (event, "step");
      state = json_object_get_string_member (event, "state");
      if (!g_str_has_suffix (step, ".undo") || !g_str_equal (state, "skipped"))
        g_ptr_array_add (states, g_strdup_printf ("%s %s", step, state));
    }

  return sort_lines (states);
}

/* The same of the summary that a script prints at its end. */
static inline char *
list_states_of_script (const char *output)
{
  g_auto(GStrv) lines = g_strsplit (output, "\n", -1);
  g_autoptr(GPtrArray) states = g_ptr_array_new_with_free_func (g_free);

  for (char **line = lines; *line != NULL; line++)
    if (g_str_has_prefix (*line, "   "))
      g_ptr_array_add (states, g_strdelimit (g_strdup (*line + 3), "\t", ' '));

  return sort_lines (states);
}
