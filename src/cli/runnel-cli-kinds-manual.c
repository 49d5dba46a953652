/* runnel-cli-kinds-manual.c: the page about the kinds of steps, docs/kinds.md
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <stdio.h>

#include "cli/runnel-cli-kinds.h"
#include "model/runnel-json-write.h"
#include "model/runnel-shape.h"

static const char intro[] =
  "# Kinds of steps\n"
  "\n"
  "The `kind` of a step says what it does, and its `with` holds the fields of that kind. All other keys, such as `needs`,\n"
  "`retry`, `timeout` and `env`, are the same for every kind; [the format](format.md) describes them.\n"
  "\n"
  "`${{ }}` may be used in every field unless its description says otherwise; see [expressions](expressions.md). Durations\n"
  "are texts such as `90s`, `5m` and `1h30m`. Paths are relative to the folder of the pipeline.\n"
  "\n"
  "This page is printed by `runnel kinds --markdown`, from the declarations by which pipelines are checked and the forms of\n"
  "the designer are made.\n";

/* A bar would end the cell. */
static void
append_cell (GString    *text,
             const char *content)
{
  for (; *content; content++)
    {
      if (*content == '|')
        g_string_append_c (text, '\\');
      g_string_append_c (text, *content);
    }
}

static void
append_code (GString    *text,
             const char *content)
{
  g_string_append_c (text, '`');
  append_cell (text, content);
  g_string_append_c (text, '`');
}

static void
append_type (GString           *text,
             const RunnelField *field)
{
  if (!field->choices)
    {
      append_cell (text, runnel_cli_field_get_type_name (field));
      return;
    }

  for (gsize i = 0; field->choices[i]; i++)
    {
      g_string_append (text, i == 0 ? "" : field->choices[i + 1] ? ", " : " or ");
      append_code (text, field->choices[i]);
    }
}

static void
append_field (GString           *text,
              const RunnelField *field)
{
  g_string_append (text, "| ");
  append_code (text, field->name);
  g_string_append (text, " | ");
  append_type (text, field);
  g_string_append (text, field->flags & RUNNEL_FIELD_REQUIRED ? " | yes | " : " | no | ");
  if (field->default_value)
    append_code (text, field->default_value);
  g_string_append (text, field->default_value ? " | " : "| ");
  append_cell (text, field->description);
  if (field->flags & RUNNEL_FIELD_NO_EXPRESSIONS)
    g_string_append (text, " No `${{ }}` here: give values by `env`.");
  if (field->flags & RUNNEL_FIELD_SECRETS)
    g_string_append (text, " May hold secrets.");
  g_string_append (text, " |\n");
}

static void
append_example (GString          *text,
                const RunnelKind *kind)
{
  g_autoptr(JsonNode) example = json_from_string (kind->example, NULL);

  g_string_append (text, "\n```json\n");
  runnel_json_write_block (text, json_node_get_object (example), &runnel_step_shape, 0);
  g_string_append (text, "\n```\n");
}

static void
append_kind (GString          *text,
             const RunnelKind *kind)
{
  g_string_append_printf (text, "\n## %s\n\n%s\n", kind->name, kind->description);
  g_string_append (text, "\n| Field | Type | Required | Default | Description |\n"
                         "|---|---|---|---|---|\n");
  for (const RunnelField *field = kind->fields; field->name; field++)
    append_field (text, field);
  append_example (text, kind);
}

/**
 * runnel_cli_kinds_print_manual:
 *
 * Prints the page about all kinds as Markdown.
 */
void
runnel_cli_kinds_print_manual (void)
{
  g_autoptr(GString) text = g_string_new (intro);
  guint n_kinds;
  const RunnelKind **kinds = runnel_kind_list (&n_kinds);

  for (guint i = 0; i < n_kinds; i++)
    append_kind (text, kinds[i]);
  fputs (text->str, stdout);
}
