/* runnel-origin.c: from where somebody does something
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>
#include <unistd.h>

#include "engine/runnel-origin.h"

static char *
describe_step (void)
{
  const char *run = g_getenv ("RUNNEL_RUN_ID");
  const char *step = g_getenv ("RUNNEL_STEP");

  return run != NULL && step != NULL ? g_strdup_printf ("step %s of run %s", step, run) : NULL;
}

/* The first word is the address of the other side; see sshd(8). */
static char *
describe_ssh (void)
{
  const char *connection = g_getenv ("SSH_CONNECTION");

  return connection != NULL
           ? g_strdup_printf ("ssh %.*s", (int) strcspn (connection, " "), connection)
           : NULL;
}

static char *
describe_terminal (void)
{
  char name[64];

  for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
    if (isatty (fd) && ttyname_r (fd, name, sizeof name) == 0)
      return g_strdup_printf ("terminal %s", g_str_has_prefix (name, "/dev/") ? name + 5 : name);
  return NULL;
}

/**
 * runnel_origin_is_valid:
 * @origin: (nullable): what another program says
 *
 * Returns: whether it can be shown on a line
 */
gboolean
runnel_origin_is_valid (const char *origin)
{
  if (origin == NULL || *origin == '\0' || strlen (origin) > RUNNEL_MAX_ORIGIN_LENGTH ||
      !g_utf8_validate (origin, -1, NULL))
    return FALSE;
  for (; *origin != '\0'; origin = g_utf8_next_char (origin))
    if (!g_unichar_isprint (g_utf8_get_char (origin)))
      return FALSE;
  return TRUE;
}

/**
 * runnel_origin_describe:
 *
 * Says from where this process does what it does: a step of a run, what RUNNEL_ORIGIN says, the
 * other side of SSH, a terminal, or in the background. It is for people who look back; nothing is
 * allowed or refused by it.
 *
 * Returns: (transfer full): "step deploy of run 12", "application", "ssh 192.0.2.7",
 *   "terminal pts/3" or "background"
 */
char *
runnel_origin_describe (void)
{
  const char *told = g_getenv (RUNNEL_ENV_ORIGIN);
  char *origin = describe_step ();

  if (origin == NULL && runnel_origin_is_valid (told))
    origin = g_strdup (told);
  if (origin == NULL)
    origin = describe_ssh ();
  if (origin == NULL)
    origin = describe_terminal ();
  return origin != NULL ? origin : g_strdup ("background");
}
