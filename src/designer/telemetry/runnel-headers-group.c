/* runnel-headers-group.c: headers of requests, each with the secret that is its value
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/compat/runnel-tip.h"
#include "designer/telemetry/runnel-headers-group.h"
#include "model/runnel-json-path.h"

#define HEADER "runnel-header" /* a button's header */

struct _RunnelHeadersGroup
{
  AdwPreferencesGroup parent_instance;

  RunnelMachineSettings *settings;
  char *key;            /* of the object with all headers */
  GPtrArray *rows;      /* of AdwActionRow, borrowed */
  AdwEntryRow *name_row;
  AdwEntryRow *secret_row;
};

G_DEFINE_FINAL_TYPE (RunnelHeadersGroup, runnel_headers_group, ADW_TYPE_PREFERENCES_GROUP)

/* Takes `value`; without one there is no such header any more. */
static void
set_header (RunnelHeadersGroup *self,
            const char         *header,
            JsonNode           *value)
{
  g_autoptr(GString) key = g_string_new (self->key);

  runnel_json_path_append_key (key, header);
  runnel_machine_settings_set (self->settings, key->str, value);
}

static void
remove_cb (GtkButton          *button,
           RunnelHeadersGroup *self)
{
  set_header (self, g_object_get_data (G_OBJECT (button), HEADER), NULL);
}

static void
add_row (RunnelHeadersGroup *self,
         const char         *header,
         const char         *secret)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");
  /* translators: %s is the name of a secret */
  g_autofree char *subtitle = g_strdup_printf (_("The value of the secret “%s”"), secret);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), header);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  runnel_tip_set (button, _("Remove the header"));
  g_object_set_data_full (G_OBJECT (button), HEADER, g_strdup (header), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (remove_cb), self, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  g_ptr_array_add (self->rows, row);
}

/* The rows to type into stay the last ones. */
static void
move_to_end (RunnelHeadersGroup *self,
             AdwEntryRow        *row)
{
  g_object_ref (row);
  adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), GTK_WIDGET (row));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), GTK_WIDGET (row));
  g_object_unref (row);
}

static void
show_headers (RunnelHeadersGroup *self,
              JsonObject         *headers)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);
  if (!headers)
    return;
  json_object_iter_init_ordered (&iter, headers);
  while (json_object_iter_next_ordered (&iter, &name, &value))
    add_row (self, name, json_node_get_string (value));
}

static void
loaded_cb (RunnelHeadersGroup *self,
           RunnelSettings     *settings)
{
  JsonNode *node = runnel_settings_lookup (settings, self->key, NULL);
  guint before = self->rows->len;

  show_headers (self, node ? json_node_get_object (node) : NULL);
  if (self->rows->len > before)
    {
      move_to_end (self, self->name_row);
      move_to_end (self, self->secret_row);
    }
}

/* A header needs both; what is typed stays until it is kept. */
static void
apply_cb (RunnelHeadersGroup *self)
{
  const char *name = gtk_editable_get_text (GTK_EDITABLE (self->name_row));
  const char *secret = gtk_editable_get_text (GTK_EDITABLE (self->secret_row));

  if (!*name)
    gtk_widget_grab_focus (GTK_WIDGET (self->name_row));
  else if (!*secret)
    gtk_widget_grab_focus (GTK_WIDGET (self->secret_row));
  else
    {
      set_header (self, name, json_node_init_string (json_node_alloc (), secret));
      gtk_editable_set_text (GTK_EDITABLE (self->name_row), "");
      gtk_editable_set_text (GTK_EDITABLE (self->secret_row), "");
    }
}

static AdwEntryRow *
add_entry (RunnelHeadersGroup *self,
           const char         *title)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (row), TRUE);
  g_signal_connect_object (row, "apply", G_CALLBACK (apply_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  return ADW_ENTRY_ROW (row);
}

static void
runnel_headers_group_finalize (GObject *object)
{
  RunnelHeadersGroup *self = RUNNEL_HEADERS_GROUP (object);

  g_clear_object (&self->settings);
  g_ptr_array_unref (self->rows);
  g_free (self->key);
  G_OBJECT_CLASS (runnel_headers_group_parent_class)->finalize (object);
}

static void
runnel_headers_group_class_init (RunnelHeadersGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = runnel_headers_group_finalize;
}

static void
runnel_headers_group_init (RunnelHeadersGroup *self)
{
  self->rows = g_ptr_array_new ();
  self->name_row = add_entry (self, _("Add a header of this name"));
  self->secret_row = add_entry (self, _("Its value is this secret"));
}

/**
 * runnel_headers_group_bind:
 * @settings: are shown when they are loaded
 * @key: that of the object with the headers, "telemetry.otlp.headers"
 *
 * Says which headers it shows and changes; to be called once.
 */
void
runnel_headers_group_bind (RunnelHeadersGroup    *self,
                           RunnelMachineSettings *settings,
                           const char            *key)
{
  g_return_if_fail (RUNNEL_IS_HEADERS_GROUP (self) && self->settings == NULL);

  self->settings = g_object_ref (settings);
  self->key = g_strdup (key);
  g_signal_connect_object (settings, "loaded", G_CALLBACK (loaded_cb), self, G_CONNECT_SWAPPED);
}
