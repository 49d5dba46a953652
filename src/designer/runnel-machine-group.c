/* runnel-machine-group.c: the preferences that hold for every run on this machine
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/compat/runnel-tip.h"
#include "designer/runnel-machine-group.h"
#include "designer/runnel-machine-settings.h"

#define MOST_SLOTS 1000000

/* A row's pool, and the spin button in it. */
#define POOL "runnel-pool"
#define SPIN "runnel-spin"

struct _RunnelMachineGroup
{
  AdwPreferencesGroup parent_instance;

  GPtrArray *pool_rows; /* of AdwActionRow, borrowed */
  AdwEntryRow *add_row;
  AdwEntryRow *cache_row;
  RunnelMachineSettings *settings;
  gboolean is_showing;  /* values are put into the rows, nobody has changed them */
};

G_DEFINE_FINAL_TYPE (RunnelMachineGroup, runnel_machine_group, ADW_TYPE_PREFERENCES_GROUP)

/* What went wrong stands where the values do. */
static void
show_problem (RunnelMachineGroup *self,
              const char         *problem)
{
  g_autofree char *markup = problem ? g_markup_escape_text (problem, -1) : NULL;

  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self),
                                         markup ? markup
                                                : _("For all runs, also of other pipelines"));
}

/* --- Pools --- */

/* Takes `value`; without one there is no such pool any more. */
static void
set_slots (RunnelMachineGroup *self,
           const char         *pool,
           JsonNode           *value)
{
  g_autofree char *key = g_strconcat ("pools.", pool, NULL);

  runnel_machine_settings_set (self->settings, key, value);
}

static void
slots_changed_cb (GtkSpinButton      *spin,
                  RunnelMachineGroup *self)
{
  const char *pool = g_object_get_data (G_OBJECT (spin), POOL);
  int slots = gtk_spin_button_get_value_as_int (spin);

  if (!self->is_showing)
    set_slots (self, pool, json_node_init_int (json_node_alloc (), slots));
}

static void
remove_cb (GtkButton          *button,
           RunnelMachineGroup *self)
{
  set_slots (self, g_object_get_data (G_OBJECT (button), POOL), NULL);
}

static GtkWidget *
create_remove_button (RunnelMachineGroup *self,
                      const char         *pool)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  runnel_tip_set (button, _("Remove the pool"));
  g_object_set_data_full (G_OBJECT (button), POOL, g_strdup (pool), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (remove_cb), self, 0);
  return button;
}

static void
add_pool_row (RunnelMachineGroup *self,
              const char         *pool,
              guint               slots)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *spin = gtk_spin_button_new_with_range (1, MOST_SLOTS, 1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), pool);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _("Slots of this pool"));
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (spin), slots);
  gtk_widget_set_valign (spin, GTK_ALIGN_CENTER);
  g_object_set_data_full (G_OBJECT (spin), POOL, g_strdup (pool), g_free);
  g_object_set_data (G_OBJECT (row), SPIN, spin);
  g_signal_connect_object (spin, "value-changed", G_CALLBACK (slots_changed_cb), self, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), spin);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), create_remove_button (self, pool));
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), spin);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  g_ptr_array_add (self->pool_rows, row);
}

static gboolean
shows_pools (RunnelMachineGroup *self,
             char              **pools)
{
  if (g_strv_length (pools) != self->pool_rows->len)
    return FALSE;
  for (guint i = 0; pools[i]; i++)
    if (!g_str_equal (pools[i],
                      adw_preferences_row_get_title (g_ptr_array_index (self->pool_rows, i))))
      return FALSE;
  return TRUE;
}

/* Rows are only made again when there are other pools: somebody may be in the middle of one. */
static void
show_pools (RunnelMachineGroup *self,
            RunnelSettings     *settings)
{
  g_auto(GStrv) pools = runnel_settings_list_pools (settings);
  gboolean is_same = shows_pools (self, pools);

  for (guint i = 0; !is_same && i < self->pool_rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self),
                                  g_ptr_array_index (self->pool_rows, i));
  if (!is_same)
    g_ptr_array_set_size (self->pool_rows, 0);
  for (guint i = 0; pools[i]; i++)
    {
      guint slots = runnel_settings_get_pool_size (settings, pools[i]);

      if (is_same)
        gtk_spin_button_set_value (g_object_get_data (g_ptr_array_index (self->pool_rows, i), SPIN),
                                   slots);
      else
        add_pool_row (self, pools[i], slots);
    }
}

static void
add_pool_cb (RunnelMachineGroup *self)
{
  const char *pool = gtk_editable_get_text (GTK_EDITABLE (self->add_row));

  set_slots (self, pool, json_node_init_int (json_node_alloc (), 1));
  gtk_editable_set_text (GTK_EDITABLE (self->add_row), "");
}

/* --- The cache --- */

static void
show_cache (RunnelMachineGroup *self,
            RunnelSettings     *settings)
{
  JsonNode *size = runnel_settings_lookup (settings, "cache.max-size", NULL);

  gtk_editable_set_text (GTK_EDITABLE (self->cache_row), json_node_get_string (size));
}

static void
cache_applied_cb (RunnelMachineGroup *self)
{
  const char *size = gtk_editable_get_text (GTK_EDITABLE (self->cache_row));

  runnel_machine_settings_set (self->settings, "cache.max-size",
                               *size ? json_node_init_string (json_node_alloc (), size) : NULL);
}

/* --- The settings --- */

static void
loaded_cb (RunnelMachineGroup *self,
           RunnelSettings     *settings)
{
  g_autofree char *problems = runnel_settings_describe_problems (settings, RUNNEL_SEVERITY_ERROR);

  show_problem (self, problems);
  self->is_showing = TRUE;
  show_pools (self, settings);
  show_cache (self, settings);
  self->is_showing = FALSE;
}

/* --- The group --- */

static void
runnel_machine_group_dispose (GObject *object)
{
  RunnelMachineGroup *self = RUNNEL_MACHINE_GROUP (object);

  if (self->settings)
    runnel_machine_settings_stop (self->settings);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (runnel_machine_group_parent_class)->dispose (object);
}

static void
runnel_machine_group_finalize (GObject *object)
{
  g_clear_pointer (&RUNNEL_MACHINE_GROUP (object)->pool_rows, g_ptr_array_unref);
  G_OBJECT_CLASS (runnel_machine_group_parent_class)->finalize (object);
}

static void
runnel_machine_group_class_init (RunnelMachineGroupClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = runnel_machine_group_dispose;
  object_class->finalize = runnel_machine_group_finalize;
}

static AdwEntryRow *
add_entry_row (RunnelMachineGroup *self,
               const char         *title,
               GCallback           applied)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (row), TRUE);
  g_signal_connect_object (row, "apply", applied, self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  return ADW_ENTRY_ROW (row);
}

static void
runnel_machine_group_init (RunnelMachineGroup *self)
{
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _("This Machine"));
  show_problem (self, NULL);
  self->pool_rows = g_ptr_array_new ();
  self->settings = runnel_machine_settings_new ();
  g_signal_connect_object (self->settings, "loaded", G_CALLBACK (loaded_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->settings, "failed", G_CALLBACK (show_problem), self,
                           G_CONNECT_SWAPPED);
  self->cache_row = add_entry_row (self, _("Cached results take at most"),
                                   G_CALLBACK (cache_applied_cb));
  self->add_row = add_entry_row (self, _("Add a pool of this name"), G_CALLBACK (add_pool_cb));
  runnel_machine_settings_load (self->settings);
}

/**
 * runnel_machine_group_new:
 *
 * Returns: (transfer floating): a group that shows and changes the settings of this machine
 */
GtkWidget *
runnel_machine_group_new (void)
{
  return g_object_new (RUNNEL_TYPE_MACHINE_GROUP, NULL);
}
