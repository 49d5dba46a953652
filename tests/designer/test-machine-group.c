/* test-machine-group.c: the preferences that hold for every run on this machine
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include <adwaita.h>
#include <glib/gstdio.h>

#include "preferences-fixture.h"
#include "designer/runnel-machine-group.h"
#include "engine/limits/runnel-settings.h"

static guint
get_size (const char *pool)
{
  g_autoptr(RunnelSettings) settings = runnel_settings_load ();

  return runnel_settings_get_pool_size (settings, pool);
}

static void
test_pools (void)
{
  GtkWidget *group = g_object_ref_sink (runnel_machine_group_new ());
  GtkWidget *row;

  apply (wait_for_row (group, "Add a pool of this name"), "gpu");
  row = wait_for_row (group, "gpu");
  g_assert_cmpuint (get_size ("gpu"), ==, 1);

  gtk_spin_button_set_value (GTK_SPIN_BUTTON (find (row, GTK_TYPE_SPIN_BUTTON, NULL)), 3);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (find (row, GTK_TYPE_SPIN_BUTTON, NULL)), 4);
  while (get_size ("gpu") != 4)
    g_main_context_iteration (NULL, TRUE);
  /* The row is still the same: somebody may be in it. */
  g_assert_true (find (group, ADW_TYPE_PREFERENCES_ROW, "gpu") == row);

  for (GtkWidget *button = find (row, GTK_TYPE_SPIN_BUTTON, NULL); button;
       button = gtk_widget_get_next_sibling (button))
    if (GTK_IS_BUTTON (button))
      g_signal_emit_by_name (button, "clicked");
  while (find (group, ADW_TYPE_PREFERENCES_ROW, "gpu"))
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (get_size ("gpu"), ==, 0);
  g_object_unref (group);
}

static void
test_cache (void)
{
  GtkWidget *group = g_object_ref_sink (runnel_machine_group_new ());
  GtkWidget *row = wait_for_row (group, "Cached results take at most");
  g_autoptr(RunnelSettings) settings = NULL;

  while (!g_str_equal (gtk_editable_get_text (GTK_EDITABLE (row)), "5 GB"))
    g_main_context_iteration (NULL, TRUE);
  apply (row, "20 gb");
  while (!g_str_equal (gtk_editable_get_text (GTK_EDITABLE (row)), "20 gb"))
    g_main_context_iteration (NULL, TRUE);
  do
    {
      g_main_context_iteration (NULL, TRUE);
      g_clear_pointer (&settings, runnel_settings_free);
      settings = runnel_settings_load ();
    }
  while (runnel_settings_get_max_cache_size (settings) != G_GUINT64_CONSTANT (20000000000));
  g_object_unref (group);
}

static void
test_nonsense (void)
{
  GtkWidget *group = g_object_ref_sink (runnel_machine_group_new ());

  apply (wait_for_row (group, "Cached results take at most"), "much");
  while (!strstr (adw_preferences_group_get_description (ADW_PREFERENCES_GROUP (group)),
                  "“much” is not a size"))
    g_main_context_iteration (NULL, TRUE);
  apply (wait_for_row (group, "Add a pool of this name"), "two words");
  while (!strstr (adw_preferences_group_get_description (ADW_PREFERENCES_GROUP (group)),
                  "there is no setting “pools.two words”"))
    g_main_context_iteration (NULL, TRUE);
  g_object_unref (group);
}

static void
test_goes_away_at_once (void)
{
  GtkWidget *group = g_object_ref_sink (runnel_machine_group_new ());

  /* The task that reads the settings has it until it is done. */
  g_object_add_weak_pointer (G_OBJECT (group), (gpointer *) &group);
  g_object_unref (group);
  while (group)
    g_main_context_iteration (NULL, TRUE);
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *config = g_dir_make_tmp ("runnel-config-XXXXXX", NULL);

  g_setenv ("XDG_CONFIG_HOME", config, TRUE);
  g_setenv ("XDG_CONFIG_DIRS", config, TRUE);
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/designer/machine-group/pools", test_pools);
  g_test_add_func ("/designer/machine-group/cache", test_cache);
  g_test_add_func ("/designer/machine-group/nonsense", test_nonsense);
  g_test_add_func ("/designer/machine-group/goes-away-at-once", test_goes_away_at_once);
  return g_test_run ();
}
