/* preferences-fixture.h: what the tests of preferences share
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "engine/limits/runnel-settings.h"

/* The first widget of the type, in the order in which they are seen. Of rows, with a title, or any
 * when that is NULL. */
static inline GtkWidget *
find (GtkWidget  *widget,
      GType       type,
      const char *title)
{
  if (g_type_is_a (G_OBJECT_TYPE (widget), type) &&
      (!title || (ADW_IS_PREFERENCES_ROW (widget) &&
                  g_str_equal (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)),
                               title))))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, type, title);

      if (found)
        return found;
    }
  return NULL;
}

/* Rows come when the settings are read, in a thread. */
static inline GtkWidget *
wait_for_row (GtkWidget  *widget,
              const char *title)
{
  GtkWidget *row;

  while (!(row = find (widget, ADW_TYPE_PREFERENCES_ROW, title)))
    g_main_context_iteration (NULL, TRUE);
  return row;
}

/* Types into a row and applies it. */
static inline void
apply (GtkWidget  *row,
       const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (row), text);
  g_signal_emit_by_name (row, "apply");
}

/* What the settings have, as text; NULL when they have nothing. */
static inline char *
get_setting (const char *key)
{
  g_autoptr(RunnelSettings) settings = runnel_settings_load ();
  JsonNode *node = runnel_settings_lookup (settings, key, NULL);

  return node ? json_to_string (node, FALSE) : NULL;
}

/* Who has written them wakes the main context behind that. */
static inline void
wait_for_setting (const char *key,
                  const char *wanted)
{
  for (;;)
    {
      g_autofree char *found = get_setting (key);

      if (g_strcmp0 (found, wanted) == 0)
        return;
      g_main_context_iteration (NULL, TRUE);
    }
}
