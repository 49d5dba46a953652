/* test-secrets-row.c: names of secrets, and their values in the keyring
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <adwaita.h>
#include <glib/gstdio.h>

#include "designer/inspector/runnel-field-value.h"
#include "designer/inspector/runnel-secrets-row.h"

typedef struct
{
  GtkWidget *window;
  RunnelFieldRow *row;
  char *last; /* JSON of the value that was committed last */
} Fixture;

static void
commit_cb (RunnelFieldRow *row,
           JsonNode       *value,
           Fixture        *fixture)
{
  g_free (fixture->last);
  fixture->last = value ? runnel_field_value_to_json (value) : g_strdup ("none");
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr(JsonNode) value = json_from_string ("[\"token\", \"key\"]", NULL);

  fixture->window = gtk_window_new ();
  fixture->row = runnel_secrets_row_new ();
  g_signal_connect (fixture->row, "commit", G_CALLBACK (commit_cb), fixture);
  gtk_window_set_child (GTK_WINDOW (fixture->window), GTK_WIDGET (fixture->row));
  runnel_field_row_set_value (fixture->row, value);
  gtk_window_present (GTK_WINDOW (fixture->window));
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_free (fixture->last);
}

/* The first visible widget below, of a type, with a text if one is given. */
static GtkWidget *
find (GtkWidget  *widget,
      GType       type,
      const char *text)
{
  const char *own = GTK_IS_LABEL (widget)    ? gtk_label_get_text (GTK_LABEL (widget))
                    : GTK_IS_BUTTON (widget) ? gtk_button_get_label (GTK_BUTTON (widget))
                                             : NULL;

  if (!gtk_widget_get_visible (widget))
    return NULL;
  if (g_type_is_a (G_OBJECT_TYPE (widget), type) && (!text || g_strcmp0 (own, text) == 0))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, type, text);

      if (found)
        return found;
    }
  return NULL;
}

static GtkWidget *
wait_for (Fixture    *fixture,
          GType       type,
          const char *text)
{
  GtkWidget *found;

  while (!(found = find (GTK_WIDGET (fixture->row), type, text)))
    g_main_context_iteration (NULL, TRUE);
  return found;
}

static AdwMessageDialog *
find_dialog (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr(GtkWidget) window = g_list_model_get_item (windows, i);

      if (ADW_IS_MESSAGE_DIALOG (window))
        return ADW_MESSAGE_DIALOG (window);
    }
  return NULL;
}

/* As its buttons do it. */
static void
answer (const char *value,
        const char *response)
{
  AdwMessageDialog *dialog = find_dialog ();

  g_assert_nonnull (dialog);
  if (value)
    gtk_editable_set_text (GTK_EDITABLE (find (GTK_WIDGET (dialog), GTK_TYPE_PASSWORD_ENTRY, NULL)),
                           value);
  adw_message_dialog_response (dialog, response);
  gtk_window_destroy (GTK_WINDOW (dialog));
}

static void
click (GtkWidget *button)
{
  g_signal_emit_by_name (button, "clicked");
}

static void
test_keyring (Fixture       *fixture,
              gconstpointer  data)
{
  wait_for (fixture, GTK_TYPE_LABEL, "Not in the keyring");
  g_assert_null (find (GTK_WIDGET (fixture->row), GTK_TYPE_BUTTON, "Replace…"));

  click (wait_for (fixture, GTK_TYPE_BUTTON, "Set…"));
  answer ("tigers and lions", "cancel");
  g_assert_null (find (GTK_WIDGET (fixture->row), GTK_TYPE_BUTTON, "Replace…"));

  click (wait_for (fixture, GTK_TYPE_BUTTON, "Set…"));
  answer ("tigers and lions", "set");
  wait_for (fixture, GTK_TYPE_LABEL, "In the keyring");
  wait_for (fixture, GTK_TYPE_BUTTON, "Replace…");

  click (wait_for (fixture, GTK_TYPE_BUTTON, "Remove"));
  while (find (GTK_WIDGET (fixture->row), GTK_TYPE_BUTTON, "Replace…"))
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (fixture->last); /* all that is nothing to the document */
}

static void
test_too_short (Fixture       *fixture,
                gconstpointer  data)
{
  click (wait_for (fixture, GTK_TYPE_BUTTON, "Set…"));
  answer ("abc", "set");
  while (!find_dialog ())
    g_main_context_iteration (NULL, TRUE);
  g_assert_nonnull (find (GTK_WIDGET (find_dialog ()), GTK_TYPE_LABEL,
                          "The Keyring Was Not Changed"));
  answer (NULL, "close");
  wait_for (fixture, GTK_TYPE_LABEL, "Not in the keyring");
}

static void
test_names (Fixture       *fixture,
            gconstpointer  data)
{
  GtkWidget *entry = wait_for (fixture, GTK_TYPE_ENTRY, NULL);

  gtk_editable_set_text (GTK_EDITABLE (entry), "other");
  runnel_field_row_flush (fixture->row);
  g_assert_cmpstr (fixture->last, ==, "[\"other\", \"key\"]");
  gtk_editable_set_text (GTK_EDITABLE (entry), "key");
  runnel_field_row_flush (fixture->row);
  g_assert_cmpstr (runnel_field_row_get_message (fixture->row), ==, "“key” is there twice.");
  gtk_editable_set_text (GTK_EDITABLE (entry), "not a name");
  g_assert_null (find (gtk_widget_get_ancestor (entry, GTK_TYPE_BOX), GTK_TYPE_BUTTON, "Set…"));
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *dir = NULL;
  g_autofree char *path = NULL;
  g_autofree char *backup = NULL;
  int code;

  dir = g_dir_make_tmp ("runnel-secrets-row-XXXXXX", NULL);
  path = g_build_filename (dir, "keyring", NULL);
  backup = g_strconcat (path, "~", NULL);
  g_setenv ("SECRET_BACKEND", "file", TRUE);
  g_setenv ("SECRET_FILE_TEST_PATH", path, TRUE);
  g_setenv ("SECRET_FILE_TEST_PASSWORD", "password of the keyring", TRUE);
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

#define ADD(path, function) \
  g_test_add ("/designer/secrets-row/" path, Fixture, NULL, set_up, function, tear_down)

  ADD ("keyring", test_keyring);
  ADD ("too-short", test_too_short);
  ADD ("names", test_names);
  code = g_test_run ();
  g_unlink (path);
  g_unlink (backup);
  g_rmdir (dir);
  return code;
}
