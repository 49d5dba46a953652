/* runnel-incident-row.c: an incident, and when it is opened up, who was told of it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/alerts/runnel-incident-row.h"
#include "designer/compat/runnel-tip.h"
#include "util/runnel-format.h"

static char *
describe_time (const RunnelIncident *incident,
               gint64                now)
{
  g_autofree char *span = NULL;
  g_autofree char *age = NULL;

  if (incident->resolved == 0)
    {
      span = runnel_format_duration_roughly (now - incident->opened);
      return g_strdup_printf (_("For %s"), span);
    }
  span = runnel_format_duration_roughly (incident->resolved - incident->opened);
  age = runnel_format_age (incident->resolved, now);
  return g_strdup_printf (_("Resolved %s, lasted %s"), age, span);
}

/* Texts may hold what looks like markup: a name is what somebody calls it. */
static void
set_texts (GtkWidget  *row,
           const char *title,
           const char *subtitle)
{
  g_autofree char *title_markup = g_markup_escape_text (title, -1);
  g_autofree char *subtitle_markup = g_markup_escape_text (subtitle, -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title_markup);
  if (ADW_IS_EXPANDER_ROW (row))
    adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (row), subtitle_markup);
  else
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle_markup);
}

/* Returns: (transfer none): the row */
static GtkWidget *
add_fact (GtkWidget  *row,
          const char *title,
          const char *text)
{
  GtkWidget *fact = adw_action_row_new ();

  set_texts (fact, title, text);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (fact), FALSE);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (row), fact);
  return fact;
}

static char *
describe_runs (const RunnelIncident *incident)
{
  if (incident->n_runs == 1)
    return g_strdup_printf (_("Run %" G_GINT64_FORMAT), incident->run);
  return g_strdup_printf (g_dngettext (NULL,
                                       "%u run, from %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT,
                                       "%u runs, from %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT,
                                       incident->n_runs),
                          incident->n_runs, incident->first_run, incident->run);
}

static char *
describe_notice (const RunnelNoticeRecord *notice)
{
  if (notice->delivered)
    return g_strdup (notice->is_end ? _("Told that it is over") : _("Told"));
  if (notice->problem == NULL)
    return g_strdup (notice->is_end ? _("About to be told that it is over")
                                    : _("About to be told"));
  return g_strdup_printf (notice->given_up ? _("Given up: %s") : _("Will be tried again: %s"),
                          notice->problem);
}

static GtkWidget *
create_run_button (gint64 run)
{
  GtkWidget *button = gtk_button_new_with_label (_("Show"));

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.show-run");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "x", run);
  runnel_tip_set (button, _("Show the Latest of These Runs"));
  return button;
}

static void
add_facts (GtkWidget            *row,
           const RunnelIncident *incident)
{
  g_autofree char *opened = runnel_format_time (incident->opened);
  g_autofree char *runs = incident->run > 0 ? describe_runs (incident) : NULL;

  add_fact (row, _("Rule"), incident->rule);
  add_fact (row, _("Since"), opened);
  if (runs != NULL)
    adw_action_row_add_suffix (ADW_ACTION_ROW (add_fact (row, _("Seen in"), runs)),
                               create_run_button (incident->run));
  if (incident->end != NULL)
    add_fact (row, _("It was"), incident->text);
  for (guint i = 0; i < incident->told->len; i++)
    {
      const RunnelNoticeRecord *notice = g_ptr_array_index (incident->told, i);
      g_autofree char *text = describe_notice (notice);

      add_fact (row, notice->channel, text);
    }
}

/**
 * runnel_incident_row_new:
 * @incident: an incident with who was told
 * @now: microseconds since 1970
 *
 * Returns: (transfer floating): an #AdwExpanderRow
 */
GtkWidget *
runnel_incident_row_new (const RunnelIncident *incident,
                         gint64                now)
{
  GtkWidget *row = adw_expander_row_new ();
  gboolean is_open = incident->resolved == 0;
  GtkWidget *icon = gtk_image_new_from_icon_name (is_open ? "dialog-warning-symbolic"
                                                  : "object-select-symbolic");
  g_autofree char *title = incident->step ? g_strdup_printf (_("%s, step %s"), incident->pipeline,
                                                             incident->step)
                                          : g_strdup (incident->pipeline);
  g_autofree char *time = describe_time (incident, now);
  g_autofree char *subtitle =
    g_strdup_printf ("%s\n%s", is_open ? incident->text : incident->end, time);

  gtk_widget_add_css_class (icon, is_open ? "warning" : "success");
  gtk_accessible_update_property (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  is_open ? _("Open") : _("Resolved"), -1);
  set_texts (row, title, subtitle);
  adw_expander_row_add_prefix (ADW_EXPANDER_ROW (row), icon);
  add_facts (row, incident);
  return row;
}
