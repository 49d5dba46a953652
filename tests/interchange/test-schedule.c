/* test-schedule.c: cron lines, and calendars of systemd
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "engine/kinds/runnel-kinds.h"
#include "interchange/runnel-schedule.h"
#include "interchange/runnel-targets.h"
#include "script-run.h"
#include "util/runnel-remove-tree.h"

static const struct
{
  const char *cron;
  const char *calendars;
} lines[] = {
  { "0 3 * * *", "*-*-* 03:00:00" },
  { "*/15 * * * *", "*-*-* *:00,15,30,45:00" },
  { "5 8-10 1 * *", "*-*-01 08,09,10:05:00" },
  { "0 9 * jan,7 mon-fri", "Mon,Tue,Wed,Thu,Fri *-01,07-* 09:00:00" },
  { "0 9 * * 7", "Sun *-*-* 09:00:00" },
  { "0 9 13 * 5", "*-*-13 09:00:00\nFri *-*-* 09:00:00" },
  { "0 0 */10 * *", "*-*-01,11,21,31 00:00:00" },
  { "@weekly", "Sun *-*-* 00:00:00" },
  { "  30  4\t* * * ", "*-*-* 04:30:00" },
};

static void
test_calendars (void)
{
  g_autoptr(GString) command = g_string_new ("systemd-analyze calendar");
  g_autofree char *analyzer = g_find_program_in_path ("systemd-analyze");

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autoptr(GPtrArray) calendars = runnel_schedule_get_calendars (lines[i].cron);
      g_autofree char *joined = NULL;

      g_assert_nonnull (calendars);
      for (guint j = 0; j < calendars->len; j++)
        g_string_append_printf (command, " '%s'", (char *) g_ptr_array_index (calendars, j));
      g_ptr_array_add (calendars, NULL);
      joined = g_strjoinv ("\n", (char **) calendars->pdata);
      g_assert_cmpstr (joined, ==, lines[i].calendars);
    }
  if (analyzer == NULL)
    {
      g_test_skip ("systemd-analyze is not installed");
      return;
    }
  g_string_append (command, " >/dev/null");
  g_assert_cmpint (run (g_get_tmp_dir (), command->str, NULL), ==, 0);
}

static void
test_refused (void)
{
  const char *const refused[] = {
    "",          "* * * *",      "60 * * * *", "* * 0 * *",   "5-1 * * * *", "*/0 * * * *",
    "x * * * *", "* * * * mon-", "@reboot",    "* * * * * *", "1, * * * *"
  };

  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    g_assert_false (runnel_schedule_is_cron (refused[i]));
}

static const char pipeline[] =
  "{\"format\": 1, \"name\": \"100 %\\n$HOME\", \"triggers\": [{\"kind\": \"schedule\", \"cron\": "
  "\"0 3 1 * mon\"}, {\"kind\": \"watch\"}], \"steps\": [{\"id\": \"a\", \"kind\": \"script\", "
  "\"with\": {\"run\": \"true\"}, \"breaker\": {\"failures\": 2}}]}";

static void
test_units (void)
{
  g_autofree char *folder = g_dir_make_tmp ("runnel-units-XXXXXX", NULL);
  g_autofree char *analyzer = g_find_program_in_path ("systemd-analyze");
  g_autofree char *service = NULL;
  g_autofree char *timer = NULL;
  g_autofree char *complaint = NULL;

  write_export (folder, &runnel_target_systemd, pipeline);
  run (folder, "cat p.service", &service);
  run (folder, "cat p.timer", &timer);
  g_assert_nonnull (strstr (service, "Description=100 %% $HOME\n"));
  g_assert_nonnull (strstr (service, "ExecStart=runnel run \"p.runnel.json\"\n"));
  g_assert_nonnull (strstr (service, "# runnel: lost: triggers: "));
  g_assert_null (strstr (service, "lost: breaker"));
  g_assert_nonnull (strstr (timer, "OnCalendar=*-*-01 03:00:00\nOnCalendar=Mon *-*-* 03:00:00\n"));

  if (analyzer == NULL)
    {
      g_test_skip ("systemd-analyze is not installed");
    }
  else
    {
      /* the program must exist for it */
      run (folder, "sed -i 's,=runnel ,=/bin/true ,' p.service; "
                   "systemd-analyze verify ./p.service ./p.timer 2>&1", &complaint);
      g_assert_cmpstr (complaint, ==, "");
    }
  runnel_remove_tree (folder, NULL);
}

static void
test_cron (void)
{
  g_autofree char *folder = g_dir_make_tmp ("runnel-units-XXXXXX", NULL);
  g_autofree char *text = NULL;

  write_export (folder, &runnel_target_cron, pipeline);
  run (folder, "grep -v '^#' p.cron", &text);
  g_assert_cmpstr (text, ==, "0 3 1 * mon runnel run p.runnel.json\n");
  runnel_remove_tree (folder, NULL);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  runnel_kinds_init ();

  g_test_add_func ("/interchange/schedule/calendars", test_calendars);
  g_test_add_func ("/interchange/schedule/refused", test_refused);
  g_test_add_func ("/interchange/schedule/units", test_units);
  g_test_add_func ("/interchange/schedule/cron", test_cron);

  return g_test_run ();
}
