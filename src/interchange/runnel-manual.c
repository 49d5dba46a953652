/* runnel-manual.c: the target “markdown”, a page that tells of a pipeline
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "expr/runnel-expr.h"
#include "interchange/runnel-drawing.h"
#include "interchange/runnel-targets.h"
#include "model/runnel-duration.h"

/* Text in a cell of a table, on one line. */
static void
append_cell (GString    *page,
             const char *text)
{
  for (; *text != '\0'; text++)
    {
      if (*text == '\n' || *text == '\r')
        g_string_append_c (page, ' ');
      else
        {
          if (strchr ("|\\`*_<[", *text) != NULL)
            g_string_append_c (page, '\\');
          g_string_append_c (page, *text);
        }
    }
}

/* Code in a cell: the first line of it. */
static void
append_code (GString    *page,
             const char *text)
{
  gsize length = strcspn (text, "\n");
  g_autofree char *line = g_strndup (text, length);
  gboolean goes_on = text[length] != '\0' && text[length + 1] != '\0';
  g_auto(GStrv) parts = g_strsplit (g_strdelimit (line, "`", '\''), "|", -1);
  g_autofree char *escaped = g_strjoinv ("\\|", parts);

  g_string_append_printf (page, "`%s`%s", escaped, goes_on ? " …" : "");
}

static void
append_parameters (GString          *page,
                   const RunnelFlow *flow)
{
  if (flow->n_parameters == 0)
    return;

  g_string_append (
    page, "## Parameters\n\n| Name | Value | Default | Description |\n|---|---|---|---|\n");
  for (guint i = 0; i < flow->n_parameters; i++)
    {
      static const char *const types[] = { "text", "number", "true or false", "one of" };
      const RunnelParameter *parameter = &flow->parameters[i];
      g_autofree char *choices =
        parameter->choices != NULL ? g_strjoinv (", ", (char **) parameter->choices) : NULL;
      g_autofree char *value = runnel_value_to_text (parameter->default_value);

      g_string_append_printf (page, "| `%s` | %s%s", parameter->name, types[parameter->type],
                              choices != NULL ? " " : "");
      append_cell (page, choices != NULL ? choices : "");
      g_string_append (page, " | ");
      append_cell (page, parameter->required ? "required" : value);
      g_string_append (page, " | ");
      append_cell (page, parameter->description != NULL ? parameter->description : "");
      g_string_append (page, " |\n");
    }
  g_string_append_c (page, '\n');
}

static void
append_what (GString              *page,
             const RunnelFlowStep *step)
{
  const char *prompt = json_object_get_string_member_with_default (step->with, "prompt", NULL);
  const char *file = json_object_get_string_member_with_default (step->with, "file", NULL);
  const char *url = json_object_get_string_member_with_default (step->with, "url", NULL);

  if (url != NULL)
    append_code (page, url);
  else if (step->body == RUNNEL_FLOW_SHELL)
    append_code (page, step->text);
  else if (step->body == RUNNEL_FLOW_APPROVAL && prompt != NULL)
    append_cell (page, prompt);
  else if (step->body == RUNNEL_FLOW_PIPELINE && file != NULL)
    append_code (page, file);
}

static void
append_needs (GString              *page,
              const RunnelFlow     *flow,
              const RunnelFlowStep *step)
{
  for (guint i = 0; i < step->needs->len; i++)
    {
      const RunnelFlowNeed *need = &g_array_index (step->needs, RunnelFlowNeed, i);

      g_string_append (page, i > 0 ? ", " : "");
      append_cell (page, runnel_flow_get_step (flow, need->step)->id);
      if (need->on != RUNNEL_ON_SUCCESS)
        g_string_append_printf (page, " (%s)", runnel_on_to_string (need->on));
    }
  if (step->needs->len > 1 && step->join != RUNNEL_JOIN_ALL)
    g_string_append_printf (page, "; %s", runnel_join_to_string (step->join));
}

static void
append_notes (GString              *page,
              const RunnelFlowStep *step)
{
  g_autoptr(GPtrArray) notes = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *timeout = step->timeout > 0 ? runnel_duration_to_string (step->timeout) : NULL;
  g_autofree char *text = NULL;

  if (step->condition != NULL)
    g_ptr_array_add (notes, g_strdup_printf ("if %s", step->condition));
  if (step->enabled != RUNNEL_ENABLED)
    g_ptr_array_add (notes, g_strdup (step->enabled == RUNNEL_DISABLED ? "disabled" : "bypassed"));
  if (step->legs != NULL)
    g_ptr_array_add (notes, g_strdup_printf ("%u combinations", step->legs->combinations->len));
  else if (step->matrix != NULL)
    g_ptr_array_add (notes, g_strdup ("a matrix"));
  if (timeout != NULL)
    g_ptr_array_add (notes, g_strdup_printf ("at most %s", timeout));
  if (step->retry != NULL && step->retry->max > 0)
    g_ptr_array_add (notes, g_strdup_printf ("up to %u retries", step->retry->max));
  if (step->continues || step->continues_if != NULL)
    g_ptr_array_add (notes, g_strdup ("may fail"));
  if (step->undo != NULL)
    g_ptr_array_add (notes, g_strdup ("can be undone"));
  for (guint i = 0; i < step->outputs->len; i++)
    g_ptr_array_add (notes, g_strdup_printf ("gives %s",
                                             (const char *) g_ptr_array_index (step->outputs, i)));
  g_ptr_array_add (notes, NULL);
  text = g_strjoinv ("; ", (char **) notes->pdata);
  append_cell (page, text);
}

static void
append_step (GString              *page,
             const RunnelFlow     *flow,
             const RunnelFlowStep *step)
{
  g_string_append_printf (page, "| `%s`", step->id);
  if (!g_str_equal (step->title, step->id))
    {
      g_string_append (page, " ");
      append_cell (page, step->title);
    }
  g_string_append_printf (page, " | %s | ", step->kind);
  append_what (page, step);
  g_string_append (page, " | ");
  append_needs (page, flow, step);
  g_string_append (page, " | ");
  append_notes (page, step);
  g_string_append (page, " |\n");
}

static void
append_hooks (GString          *page,
              const RunnelFlow *flow)
{
  const struct
  {
    const char *title;
    GPtrArray *hooks;
  } points[] = {
    { "Before the first step", flow->on_start },
    { "After a success", flow->on_success },
    { "After a failure", flow->on_failure },
    { "At the end of every run", flow->on_finish },
  };

  for (guint i = 0; i < G_N_ELEMENTS (points); i++)
    {
      if (points[i].hooks->len == 0)
        continue;
      g_string_append_printf (page, "\n## %s\n\n| Step | Kind | What it does | After | Notes |\n"
                                    "|---|---|---|---|---|\n",
                              points[i].title);
      for (guint j = 0; j < points[i].hooks->len; j++)
        append_step (page, flow, g_ptr_array_index (points[i].hooks, j));
    }
}

static char *
write_page (const RunnelFlow *flow)
{
  GString *page = g_string_new ("# ");
  g_autofree char *stem = runnel_target_get_stem (flow);
  g_autofree char *drawing = runnel_drawing_to_mermaid (flow);

  append_cell (page, flow->name != NULL ? flow->name : stem);
  g_string_append (page, "\n\n");
  if (flow->description != NULL)
    g_string_append_printf (page, "%s\n\n", flow->description);
  append_parameters (page, flow);
  g_string_append_printf (page, "## Order\n\n```mermaid\n%s```\n\n", drawing);
  g_string_append (
    page, "## Steps\n\n| Step | Kind | What it does | After | Notes |\n|---|---|---|---|---|\n");
  for (guint i = 0; i < flow->order->len; i++)
    append_step (page, flow,
                 runnel_flow_get_step (flow, g_array_index (flow->order, guint, i)));
  append_hooks (page, flow);
  for (guint i = 0; i < flow->secrets->len; i++)
    g_string_append_printf (page, "%s- `%s`\n", i == 0 ? "\n## Secrets\n\n" : "",
                            (const char *) g_ptr_array_index (flow->secrets, i));

  return g_string_free (page, FALSE);
}

static gboolean
export_markdown (const RunnelFlow          *flow,
                 const RunnelExportOptions *options,
                 GPtrArray                 *files,
                 GError                   **error)
{
  g_autofree char *path = runnel_target_get_path (&runnel_target_markdown, flow);

  runnel_export_add_file (files, path, write_page (flow), 0644);
  return TRUE;
}

const RunnelTarget runnel_target_markdown = {
  .name = "markdown",
  .title = "Markdown",
  .language = "markdown",
  .default_path = "%s.md",
  .capabilities = runnel_drawing_capabilities,
  .export = export_markdown,
};
