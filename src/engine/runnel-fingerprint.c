/* runnel-fingerprint.c: where a run takes place: machine, program, folder, version of the sources
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * "It worked yesterday" is mostly about something that stands here. Of the environment only PATH is
 * kept: any other variable may hold a secret.
 */
#include "config.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

#include "engine/runnel-fingerprint.h"

/* Of git's answer no more is of interest than the head and whether there is one change. */
#define MAX_ANSWER 65536

#define SHORT_COMMIT 10

struct _RunnelFingerprint
{
  GPid pid;        /* of git, 0 = it is not asked */
  int answer;      /* what it writes */
  gint64 deadline; /* monotonic */
};

/* --- Git ------------------------------------------------------------------------------------ */

static gboolean
is_in_repository (const char *folder)
{
  g_autofree char *path = g_strdup (folder);

  while (TRUE)
    {
      g_autofree char *git = g_build_filename (path, ".git", NULL);
      g_autofree char *parent = g_path_get_dirname (path);

      if (g_file_test (git, G_FILE_TEST_EXISTS))
        return TRUE;
      if (g_str_equal (parent, path))
        return FALSE;
      g_free (path);
      path = g_steal_pointer (&parent);
    }
}

/* It takes no lock that the person's own git would trip over, and starts no monitor that is set up
 * in the repository. */
static void
ask_git (RunnelFingerprint *self,
         const char        *folder)
{
  const char *argv[] = { "git", "--no-optional-locks", "-c", "core.fsmonitor=false", "status",
                         "--porcelain=v2", "--branch", "--untracked-files=no", NULL };
  GSpawnFlags flags = G_SPAWN_SEARCH_PATH | G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDERR_TO_DEV_NULL;

  if (!g_spawn_async_with_pipes (folder, (char **) argv, NULL, flags, NULL, NULL, &self->pid, NULL,
                                 &self->answer, NULL, NULL))
    self->pid = 0;
}

/* Returns: whether there is more to come */
static gboolean
read_more (RunnelFingerprint *self,
           GString           *answer)
{
  struct pollfd fd = { .fd = self->answer, .events = POLLIN };
  gint64 left = self->deadline - g_get_monotonic_time ();
  char buffer[4096];
  gssize n_read;

  if (answer->len >= MAX_ANSWER || poll (&fd, 1, CLAMP (left / 1000, 0, G_MAXINT)) <= 0)
    return FALSE;
  n_read = read (self->answer, buffer, sizeof buffer);
  if (n_read < 0 && errno == EINTR)
    return TRUE;
  if (n_read > 0)
    g_string_append_len (answer, buffer, n_read);
  return n_read > 0;
}

/* Returns: (transfer full) (nullable): what git has written, if that is all of it, or enough */
static char *
hear_git (RunnelFingerprint *self)
{
  g_autoptr(GString) answer = g_string_new (NULL);
  gboolean is_whole;
  int status;

  while (read_more (self, answer))
    ;
  is_whole = answer->len >= MAX_ANSWER || g_get_monotonic_time () < self->deadline;
  close (self->answer);
  if (!is_whole)
    kill (self->pid, SIGKILL);
  waitpid (self->pid, &status, 0);
  g_spawn_close_pid (self->pid);
  return is_whole && answer->len > 0 ? g_strdup (answer->str) : NULL;
}

/* The lines are those of "git status", Porcelain Format Version 2, in git-status(1). */
static void
take_line (JsonObject *git,
           const char *line)
{
  static const struct
  {
    const char *head;
    const char *member;
  } heads[] = {
    { "# branch.oid ", "commit" },
    { "# branch.head ", "branch" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (heads); i++)
    if (g_str_has_prefix (line, heads[i].head) && line[strlen (heads[i].head)] != '(')
      json_object_set_string_member (git, heads[i].member, line + strlen (heads[i].head));
  if (*line != '#' && *line != '\0')
    json_object_set_boolean_member (git, "dirty", TRUE);
}

static void
add_git (JsonObject *fingerprint,
         const char *answer)
{
  g_auto(GStrv) lines = g_strsplit (answer, "\n", -1);
  JsonObject *git = json_object_new ();

  json_object_set_boolean_member (git, "dirty", FALSE);
  for (guint i = 0; lines[i] != NULL; i++)
    take_line (git, lines[i]);
  json_object_set_object_member (fingerprint, "git", git);
}

/* --- The machine ------------------------------------------------------------------------------ */

static void
add_text (JsonObject *fingerprint,
          const char *member,
          const char *text)
{
  if (text != NULL && g_utf8_validate (text, -1, NULL))
    json_object_set_string_member (fingerprint, member, text);
}

static void
add_machine (JsonObject *fingerprint)
{
  g_autofree char *system = g_get_os_info (G_OS_INFO_KEY_PRETTY_NAME);
  g_autofree char *folder = g_get_current_dir ();
  g_autofree char *kernel = NULL;
  struct utsname name;

  if (uname (&name) == 0)
    kernel = g_strdup_printf ("%s %s %s", name.sysname, name.release, name.machine);
  add_text (fingerprint, "kernel", kernel);
  add_text (fingerprint, "system", system);
  add_text (fingerprint, "runnel", RUNNEL_VERSION);
  add_text (fingerprint, "cwd", folder);
  add_text (fingerprint, "path", g_getenv ("PATH"));
}

/**
 * runnel_fingerprint_begin:
 * @folder: (type filename): that of the pipeline
 *
 * Begins to find out where a run takes place. Git is asked while the run gets its place in the
 * history, so that nothing waits for it.
 *
 * Returns: (transfer full): what runnel_fingerprint_end() takes
 */
RunnelFingerprint *
runnel_fingerprint_begin (const char *folder)
{
  RunnelFingerprint *self;

  g_return_val_if_fail (folder != NULL, NULL);

  self = g_new0 (RunnelFingerprint, 1);
  self->deadline = g_get_monotonic_time () + RUNNEL_FINGERPRINT_PATIENCE;
  if (is_in_repository (folder))
    ask_git (self, folder);
  return self;
}

/**
 * runnel_fingerprint_end:
 * @self: (transfer full): what was begun
 *
 * Returns: (transfer full): "kernel", "system", "runnel" (its version), "cwd", "path", and "git"
 *   when the folder is in a repository that answered in time: "commit", "branch" unless none is
 *   checked out, and "dirty", whether a file that git knows was changed since
 */
JsonObject *
runnel_fingerprint_end (RunnelFingerprint *self)
{
  JsonObject *fingerprint = json_object_new ();
  g_autofree char *answer = NULL;

  g_return_val_if_fail (self != NULL, fingerprint);

  add_machine (fingerprint);
  if (self->pid != 0)
    answer = hear_git (self);
  if (answer != NULL)
    add_git (fingerprint, answer);
  g_free (self);
  return fingerprint;
}

/**
 * runnel_fingerprint_describe_sources:
 * @fingerprint: (nullable): as runnel_fingerprint_end() makes it; whatever else is nothing
 *
 * Returns: (transfer full) (nullable): the version of the sources: "main, 1a2b3c4d5e, with changes"
 */
char *
runnel_fingerprint_describe_sources (JsonObject *fingerprint)
{
  JsonNode *node = fingerprint != NULL ? json_object_get_member (fingerprint, "git") : NULL;
  JsonObject *git = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *branch, *commit;

  if (git == NULL)
    return NULL;
  branch = json_object_get_string_member_with_default (git, "branch", NULL);
  commit = json_object_get_string_member_with_default (git, "commit", NULL);
  return g_strdup_printf ("%s%s%.*s%s", branch != NULL ? branch : "",
                          branch != NULL && commit != NULL ? ", " : "", SHORT_COMMIT,
                          commit != NULL ? commit : "",
                          json_object_get_boolean_member_with_default (git, "dirty", FALSE)
                            ? _(", with changes") : "");
}
