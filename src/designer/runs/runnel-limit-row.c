/* runnel-limit-row.c: a row for one limit of what is kept
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/runs/runnel-limit-row.h"
#include "model/runnel-json-path.h"

#define KEY "runnel-key"

/* A number of runs is a number; ages, sizes and "none" are texts. */
static JsonNode *
make_value (const char *text)
{
  gint64 number;

  if (*text == '\0')
    return NULL;
  if (g_ascii_string_to_signed (text, 10, 0, G_MAXINT64, &number, NULL))
    return json_node_init_int (json_node_alloc (), number);
  return json_node_init_string (json_node_alloc (), text);
}

static void
applied_cb (AdwEntryRow           *row,
            RunnelMachineSettings *settings)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (row))));

  runnel_machine_settings_set (settings, g_object_get_data (G_OBJECT (row), KEY),
                               make_value (text));
}

/**
 * runnel_limit_row_new:
 * @settings: where it is written to
 * @key: of the setting
 * @title: what it is
 *
 * Returns: (transfer floating): a row to type it into; an empty one takes the limit away
 */
GtkWidget *
runnel_limit_row_new (RunnelMachineSettings *settings,
                      const char            *key,
                      const char            *title)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), KEY, g_strdup (key), g_free);
  g_signal_connect_object (row, "apply", G_CALLBACK (applied_cb), settings, 0);
  return row;
}

/**
 * runnel_limit_row_show:
 * @row: a row of runnel_limit_row_new()
 * @settings: what holds
 *
 * Shows the limit, unless somebody is typing one.
 */
void
runnel_limit_row_show (GtkWidget      *row,
                       RunnelSettings *settings)
{
  JsonNode *value = runnel_settings_lookup (settings, g_object_get_data (G_OBJECT (row), KEY), NULL);
  g_autofree char *number = NULL;
  const char *text = "";

  if (value && json_node_get_value_type (value) == G_TYPE_STRING)
    text = json_node_get_string (value);
  else if (value)
    text = number = g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (value));
  if (!g_str_equal (gtk_editable_get_text (GTK_EDITABLE (row)), text))
    gtk_editable_set_text (GTK_EDITABLE (row), text);
}

/**
 * runnel_limit_make_key:
 * @pipeline: (nullable): name or file of a pipeline, or "*"; %NULL for all together
 * @name: (nullable): "max-age"; %NULL for all limits of the pipeline
 *
 * Returns: (transfer full): the key of the setting
 */
char *
runnel_limit_make_key (const char *pipeline,
                       const char *name)
{
  GString *key = g_string_new ("history");

  if (pipeline)
    {
      runnel_json_path_append_key (key, "pipelines");
      runnel_json_path_append_key (key, pipeline);
    }
  if (name)
    runnel_json_path_append_key (key, name);
  return g_string_free (key, FALSE);
}
