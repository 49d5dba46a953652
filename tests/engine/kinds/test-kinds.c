/* test-kinds.c: the registry, and what every declaration has to have
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <json-glib/json-glib.h>

#include "engine/kinds/runnel-kinds.h"

static void
test_registry (void)
{
  static const char *const names[] = { "command", "script", "http", "wait", "approval", "pipeline",
                                        "foreign" };
  const RunnelKind **kinds;
  guint n_kinds;

  runnel_kinds_init ();
  runnel_kinds_init ();
  kinds = runnel_kind_list (&n_kinds);

  g_assert_cmpuint (n_kinds, ==, G_N_ELEMENTS (names));
  for (guint i = 0; i < n_kinds; i++)
    {
      g_assert_cmpstr (kinds[i]->name, ==, names[i]);
      g_assert_true (&runnel_kinds_lookup (names[i])->declaration == kinds[i]);
    }
  g_assert_null (runnel_kinds_lookup ("Command"));
  g_assert_null (runnel_kinds_lookup (""));
}

/* A kind is a process, or works by itself and can be cancelled: one of the two. */
static void
test_carried_out (void)
{
  const RunnelKind **kinds;
  guint n_kinds;

  runnel_kinds_init ();
  kinds = runnel_kind_list (&n_kinds);
  for (guint i = 0; i < n_kinds; i++)
    {
      const RunnelKindClass *klass = runnel_kinds_lookup (kinds[i]->name);

      g_assert_true ((klass->prepare != NULL) != (klass->start != NULL));
      g_assert_true ((klass->start != NULL) == (klass->cancel != NULL));
    }
}

static void
check_field (const RunnelField *field)
{
  g_test_message ("%s", field->name);
  g_assert_nonnull (field->label);
  g_assert_nonnull (field->description);
  g_assert_true (g_str_has_suffix (field->description, "."));
  g_assert_true ((field->type == RUNNEL_FIELD_CHOICE) == (field->choices != NULL));
  if (field->default_value)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(JsonNode) value = json_from_string (field->default_value, &error);

      g_assert_no_error (error);
      if (field->choices)
        g_assert_true (g_strv_contains (field->choices, json_node_get_string (value)));
    }
}

static void
test_declarations (void)
{
  const RunnelKind **kinds;
  guint n_kinds;

  runnel_kinds_init ();
  kinds = runnel_kind_list (&n_kinds);
  for (guint i = 0; i < n_kinds; i++)
    {
      g_autoptr(JsonNode) example = json_from_string (kinds[i]->example, NULL);

      g_test_message ("%s", kinds[i]->name);
      g_assert_nonnull (example);
      g_assert_cmpstr (json_object_get_string_member (json_node_get_object (example), "kind"), ==,
                       kinds[i]->name);
      g_assert_nonnull (kinds[i]->title);
      g_assert_nonnull (kinds[i]->icon_name);
      g_assert_true (g_str_has_suffix (kinds[i]->description, "."));
      if (kinds[i]->summary_field)
        g_assert_nonnull (runnel_kind_find_field (kinds[i], kinds[i]->summary_field));
      for (const RunnelField *field = kinds[i]->fields; field->name; field++)
        check_field (field);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/kinds/registry", test_registry);
  g_test_add_func ("/engine/kinds/carried-out", test_carried_out);
  g_test_add_func ("/engine/kinds/declarations", test_declarations);

  return g_test_run ();
}
