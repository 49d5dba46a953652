/* runnel-starters.c: the targets “systemd” and “cron”, which start `runnel run`
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Of the pipeline they only say when it is run, so nothing of its steps is lost. Paths are relative
 * to the home of the user, where both begin.
 */
#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "interchange/runnel-schedule.h"
#include "interchange/runnel-targets.h"

#define BY_RUNNEL { RUNNEL_FIDELITY_EXACT, N_("“runnel run” does it"), NULL }

/* All but a few are the same. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Woverride-init"
static const RunnelCapability capabilities[RUNNEL_N_FEATURES] = {
  [0 ... RUNNEL_N_FEATURES - 1] = BY_RUNNEL,
  [RUNNEL_FEATURE_PARAMETERS] = { RUNNEL_FIDELITY_EXACT,
                                  N_("their defaults, or -p NAME=VALUE added to the command"),
                                  NULL },
  [RUNNEL_FEATURE_SECRETS] = { RUNNEL_FIDELITY_EXACT,
                               N_("the keyring, or --secrets-file added to the command"), NULL },
  [RUNNEL_FEATURE_TRIGGERS] = { RUNNEL_FIDELITY_EXACT, N_("times"), NULL },
};
#pragma GCC diagnostic pop

static void
judge (const RunnelFlow          *flow,
       const RunnelFlowStep      *step,
       RunnelFeature              feature,
       const RunnelExportOptions *options,
       RunnelCapability          *verdict)
{
  g_autoptr(GPtrArray) lines = NULL;
  gboolean all_said = TRUE;

  if (feature == RUNNEL_FEATURE_PARAMETERS)
    for (guint i = 0; i < flow->n_parameters; i++)
      if (flow->parameters[i].required && flow->parameters[i].default_value == NULL)
        *verdict =
          (RunnelCapability){ RUNNEL_FIDELITY_LOST, N_("nobody gives the value that is required"),
                              N_("give the parameter a default") };
  if (feature != RUNNEL_FEATURE_TRIGGERS)
    return;

  lines = runnel_schedule_list (flow);
  for (guint i = 0; i < lines->len; i++)
    all_said &= runnel_schedule_is_cron (g_ptr_array_index (lines, i));
  if (!all_said || flow->triggers == NULL || lines->len < json_array_get_length (flow->triggers))
    *verdict =
      (RunnelCapability){ RUNNEL_FIDELITY_LOST, N_("only times are known, as lines of cron"),
                          N_("give the trigger the kind “schedule” and a “cron”") };
}

static const char *
get_file (const RunnelFlow *flow)
{
  return flow->file != NULL ? flow->file : "pipeline.runnel.json";
}

static void
append_comments (GString                   *text,
                 const RunnelTarget        *target,
                 const RunnelFlow          *flow,
                 const RunnelExportOptions *options)
{
  g_autoptr(GPtrArray) losses = runnel_target_list_losses (target, flow, NULL, options);

  for (guint i = 0; i < losses->len; i++)
    g_string_append_printf (text, "# runnel: %s\n", (const char *) g_ptr_array_index (losses, i));
}

/* A value of a unit on one line; `%` begins a specifier there. */
static char *
escape_unit (const char *text)
{
  g_auto(GStrv) parts = g_strsplit (text, "%", -1);
  char *escaped = g_strjoinv ("%%", parts);

  return g_strdelimit (escaped, "\r\n", ' ');
}

/* An argument of ExecStart: in double quotes, without variables; see systemd.service(5). */
static char *
quote_argument (const char *text)
{
  GString *quoted = g_string_new ("\"");

  for (; *text != '\0'; text++)
    {
      if (*text == '"' || *text == '\\')
        g_string_append_c (quoted, '\\');
      g_string_append_c (quoted, *text);
      if (*text == '$' || *text == '%')
        g_string_append_c (quoted, *text);
    }
  g_string_append_c (quoted, '"');

  return g_string_free (quoted, FALSE);
}

static char *
write_service (const RunnelFlow          *flow,
               const RunnelExportOptions *options)
{
  GString *unit =
    g_string_new ("# Written by “runnel export --to systemd”. It belongs into "
                  "~/.config/systemd/user;\n# the path of the pipeline is relative to "
                  "the home of the user.\n");
  g_autofree char *stem = runnel_target_get_stem (flow);
  g_autofree char *title = escape_unit (flow->name != NULL ? flow->name : stem);
  g_autofree char *file = quote_argument (get_file (flow));

  append_comments (unit, &runnel_target_systemd, flow, options);
  g_string_append_printf (unit,
                          "[Unit]\nDescription=%s\n\n[Service]\nType=oneshot\nWorkingDirectory=~\n"
                          "ExecStart=%s run %s\n# A cancelled run is no failure of the unit.\n"
                          "SuccessExitStatus=130\nDelegate=yes\n",
                          title, options->command, file);

  return g_string_free (unit, FALSE);
}

static char *
write_timer (const RunnelFlow *flow,
             GPtrArray        *lines)
{
  GString *unit = g_string_new (NULL);
  g_autofree char *stem = runnel_target_get_stem (flow);
  g_autofree char *title = escape_unit (flow->name != NULL ? flow->name : stem);

  g_string_append_printf (
    unit,
    "# Written by “runnel export --to systemd”. Start it by\n"
    "# systemctl --user enable --now %s.timer\n[Unit]\nDescription=When to run "
    "%s\n\n[Timer]\n",
    stem, title);
  for (guint i = 0; i < lines->len; i++)
    {
      g_autoptr(GPtrArray) calendars = runnel_schedule_get_calendars (g_ptr_array_index (lines, i));

      g_string_append_printf (unit, "# cron: %s\n", (const char *) g_ptr_array_index (lines, i));
      for (guint j = 0; calendars != NULL && j < calendars->len; j++)
        g_string_append_printf (unit, "OnCalendar=%s\n",
                                (const char *) g_ptr_array_index (calendars, j));
    }
  g_string_append (unit, "Persistent=true\n\n[Install]\nWantedBy=timers.target\n");

  return g_string_free (unit, FALSE);
}

static gboolean
export_systemd (const RunnelFlow          *flow,
                const RunnelExportOptions *options,
                GPtrArray                 *files,
                GError                   **error)
{
  g_autoptr(GPtrArray) lines = runnel_schedule_list (flow);
  g_autofree char *stem = runnel_target_get_stem (flow);
  g_autofree char *service = g_strdup_printf ("%s.service", stem);
  g_autofree char *timer = g_strdup_printf ("%s.timer", stem);

  runnel_export_add_file (files, service, write_service (flow, options), 0644);
  if (lines->len > 0)
    runnel_export_add_file (files, timer, write_timer (flow, lines), 0644);

  return TRUE;
}

static gboolean
export_cron (const RunnelFlow          *flow,
             const RunnelExportOptions *options,
             GPtrArray                 *files,
             GError                   **error)
{
  g_autoptr(GPtrArray) lines = runnel_schedule_list (flow);
  g_autofree char *path = runnel_target_get_path (&runnel_target_cron, flow);
  g_autofree char *file = runnel_flow_quote (get_file (flow));
  g_auto(GStrv) parts = g_strsplit (file, "%", -1); /* it ends the command in a crontab */
  g_autofree char *word = g_strjoinv ("\\%", parts);
  GString *text = g_string_new ("# Written by “runnel export --to cron”. Lines for crontab -e; the "
                                "path of the pipeline is\n# relative to the home of the user.\n");

  append_comments (text, &runnel_target_cron, flow, options);
  for (guint i = 0; i < lines->len; i++)
    g_string_append_printf (text, "%s %s run %s\n", (const char *) g_ptr_array_index (lines, i),
                            options->command, word);
  if (lines->len == 0)
    g_string_append_printf (text,
                            "# The pipeline has no trigger of kind “schedule”, so say when:\n"
                            "# 0 3 * * * %s run %s\n",
                            options->command, word);
  runnel_export_add_file (files, path, g_string_free (text, FALSE), 0644);

  return TRUE;
}

const RunnelTarget runnel_target_systemd = {
  .name = "systemd",
  .title = "systemd",
  .language = "ini",
  .default_path = "%s.service",
  .capabilities = capabilities,
  .judge = judge,
  .export = export_systemd,
};

const RunnelTarget runnel_target_cron = {
  .name = "cron",
  .title = "cron",
  .language = "sh",
  .default_path = "%s.cron",
  .capabilities = capabilities,
  .judge = judge,
  .export = export_cron,
};
