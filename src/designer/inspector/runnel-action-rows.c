/* runnel-action-rows.c: the rows that a step, its undo and a hook have in common
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/inspector/runnel-action-rows.h"
#include "designer/inspector/runnel-choice-row.h"
#include "designer/inspector/runnel-field-value.h"
#include "designer/inspector/runnel-kind-fields.h"
#include "designer/inspector/runnel-list-row.h"
#include "designer/inspector/runnel-text-row.h"

static void
add_row (RunnelForm     *form,
         const char     *prefix,
         const char     *name,
         const char     *title,
         const char     *description,
         RunnelFieldRow *row)
{
  g_autofree char *key = g_strconcat (prefix, name, NULL);

  runnel_form_add_row (form, key, title, description, row);
}

/**
 * runnel_action_rows_add_kind:
 * @is_optional: whether there may be none
 */
void
runnel_action_rows_add_kind (RunnelForm *form,
                             const char *prefix,
                             gboolean    is_optional)
{
  guint n_kinds;
  const RunnelKind **kinds = runnel_kind_list (&n_kinds);
  g_autoptr(GArray) choices = g_array_new (FALSE, FALSE, sizeof (RunnelChoice));
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const RunnelChoice none = { NULL, _("Nothing") };

  if (is_optional)
    g_array_append_val (choices, none);
  for (guint i = 0; i < n_kinds; i++)
    {
      char *name = g_strdup_printf ("\"%s\"", kinds[i]->name);
      const RunnelChoice choice = { name, _(kinds[i]->title) };

      g_ptr_array_add (names, name);
      g_array_append_val (choices, choice);
    }
  add_row (form, prefix, "kind", _("Kind"), _("What it does"),
           runnel_choice_row_new ((RunnelChoice *) choices->data, choices->len, FALSE));
}

static GtkWidget *
description_new (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (label, "caption");
  return label;
}

/**
 * runnel_action_rows_add_fields:
 * @kind: (nullable): the name of a kind
 * @base: (nullable): the folder that paths are relative to
 *
 * Adds what the kind says of itself, and its own fields; nothing for a kind that is not known.
 */
void
runnel_action_rows_add_fields (RunnelForm *form,
                               const char *prefix,
                               const char *kind,
                               GFile      *base)
{
  const RunnelKind *known = kind ? runnel_kind_lookup (kind) : NULL;

  if (!known)
    return;
  runnel_form_add_widget (form, description_new (_(known->description)));
  runnel_kind_fields_add (form, prefix, known, base);
}

void
runnel_action_rows_add_environment (RunnelForm *form,
                                    const char *prefix)
{
  add_row (form, prefix, "env", _("Variables"),
           _("Given to its processes; the place for expressions"),
           runnel_list_row_new_map (_("Name"), _("Value")));
  add_row (form, prefix, "working-directory", _("Working folder"),
           _("Relative to the folder of the pipeline"),
           runnel_text_row_new_with_placeholder (RUNNEL_FIELD_STRING, "."));
  add_row (form, prefix, "image", _("Container image"),
           _("For systems that run each step in a container; here it is used only by "
             "runnel run --container"),
           runnel_text_row_new_with_placeholder (RUNNEL_FIELD_STRING, _("such as debian:12")));
}

void
runnel_action_rows_add_timeout (RunnelForm *form,
                                const char *prefix)
{
  add_row (form, prefix, "timeout", _("Timeout"), _("How long one attempt may take"),
           runnel_text_row_new_with_placeholder (RUNNEL_FIELD_DURATION,
                                                 _("such as 90s or 1h30m")));
}

void
runnel_action_rows_add_retry (RunnelForm *form,
                              const char *prefix)
{
  const struct
  {
    const char *name, *title, *description;
    RunnelFieldType type;
    const char *placeholder;
  } rows[] = {
    { "retry.max", _("Retries"), _("How many attempts may follow a failed one"),
      RUNNEL_FIELD_INTEGER, "0" },
    { "retry.delay", _("Delay before a retry"), _("How long to wait before the next attempt"),
      RUNNEL_FIELD_DURATION, _("such as 10s") },
    { "retry.backoff", _("Backoff"),
      _("By which factor the delay grows from one retry to the next"), RUNNEL_FIELD_NUMBER, "1" },
    { "retry.max-delay", _("Longest delay"), _("The delay grows no longer than this"),
      RUNNEL_FIELD_DURATION, _("such as 5m") },
    { "retry.jitter", _("Jitter"), _("Which share of the delay is left to chance, from 0 to 1"),
      RUNNEL_FIELD_NUMBER, "0" },
    { "retry.exit-codes", _("Exit codes to retry"),
      _("Only these are retried, as a list such as [75, 111]"), RUNNEL_FIELD_ANY,
      _("any failure") },
    { "retry.if", _("Retry if"),
      _("An expression: a failure is retried only while it is true. It may look at "
        "steps.self.exit_code and steps.self.outputs"),
      RUNNEL_FIELD_STRING, "steps.self.exit_code != 2" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    add_row (form, prefix, rows[i].name, rows[i].title, rows[i].description,
             runnel_text_row_new_with_placeholder (rows[i].type, rows[i].placeholder));
}

/**
 * runnel_action_get_kind:
 * @action: (nullable): an object with a "kind"
 *
 * Returns: (transfer none) (nullable): the name of its kind
 */
const char *
runnel_action_get_kind (JsonNode *action)
{
  JsonNode *kind = runnel_field_value_get_member (action, NULL, "kind");

  return kind && JSON_NODE_HOLDS_VALUE (kind) ? json_node_get_string (kind) : NULL;
}

/**
 * runnel_action_with_kind:
 * @action: (nullable): an object with a "kind" and the fields of that kind
 * @kind: the name of another kind
 *
 * Returns: (transfer full): @action as one of another kind; it keeps what the other kind has, too
 */
JsonNode *
runnel_action_with_kind (JsonNode *action,
                         JsonNode *kind)
{
  g_autoptr(JsonNode) switched = runnel_field_value_with_member (action, NULL, "kind", kind);
  const char *name = runnel_action_get_kind (switched);
  g_autoptr(JsonNode) with =
    runnel_kind_fields_keep_known (name ? runnel_kind_lookup (name) : NULL,
                                   runnel_field_value_get_member (action, NULL, "with"));

  return runnel_field_value_with_member (switched, NULL, "with", with);
}
