/* runnel-cgroup.c: control groups of the kernel, which know what all processes of an attempt took
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From wait4() we know what a program took and what it waited for, and the size of the largest of
 * these. A group knows the time of all of them and how much memory they had together. It costs up to
 * some milliseconds for each attempt, so it is used only where somebody has handed a group
 * over to us: `systemd-run --user --scope -p Delegate=yes runnel run ...`, a unit with Delegate=yes.
 * Version 2 of the groups; see Documentation/admin-guide/cgroup-v2.rst in the kernel's sources and
 * https://systemd.io/CGROUP_DELEGATION.
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "engine/runnel-cgroup.h"

/* A group with groups in it has no processes of its own, so we move into this one. */
#define OWN_GROUP "runnel"

#define ATTEMPT_GROUP "attempt-"

struct _RunnelCgroups
{
  char *folder;
  guint n_made;
};

struct _RunnelCgroup
{
  char *folder;
  int fd;         /* of cgroup.procs */
};

static char *
read_file (const char *folder,
           const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, NULL);
  return text;
}

static gboolean
write_file (const char *folder,
            const char *name,
            const char *text)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  int fd = open (path, O_WRONLY | O_CLOEXEC);
  gboolean ok = fd >= 0 && write (fd, text, strlen (text)) == (gssize) strlen (text);

  if (fd >= 0)
    close (fd);
  return ok;
}

/* Where the groups are: /sys/fs/cgroup, or a folder in it beside those of version 1. */
static char *
find_mount (void)
{
  g_autofree char *text = read_file ("/proc/self", "mounts");
  g_auto(GStrv) lines = g_strsplit (text ? text : "", "\n", -1);

  for (char **line = lines; *line != NULL; line++)
    {
      g_auto(GStrv) words = g_strsplit (*line, " ", 4);

      if (g_strv_length (words) == 4 && g_str_equal (words[2], "cgroup2"))
        return g_steal_pointer (&words[1]);
    }
  return NULL;
}

/* The line of version 2 is "0::/user.slice/...". */
static char *
find_own_folder (void)
{
  g_autofree char *mount = find_mount ();
  g_autofree char *text = read_file ("/proc/self", "cgroup");
  g_auto(GStrv) lines = g_strsplit (text ? text : "", "\n", -1);

  for (char **line = lines; mount != NULL && *line != NULL; line++)
    if (g_str_has_prefix (*line, "0::/"))
      return g_build_filename (mount, *line + strlen ("0::"), NULL);
  return NULL;
}

static gboolean
has_mark (const char *folder,
          const char *name)
{
  char value = '0';

  return getxattr (folder, name, &value, 1) == 1 && value == '1';
}

/* Whoever hands over a group marks it; what is below it is handed over, too. */
static gboolean
is_delegated (const char *folder)
{
  g_autofree char *path = g_strdup (folder);

  while (strlen (path) > strlen ("/sys/fs/cgroup"))
    {
      g_autofree char *parent = g_path_get_dirname (path);

      if (has_mark (path, "user.delegate") || has_mark (path, "trusted.delegate"))
        return TRUE;
      g_free (path);
      path = g_steal_pointer (&parent);
    }
  return FALSE;
}

/* The guard is our parent, and belongs to us. */
static gboolean
is_alone (const char *folder)
{
  g_autofree char *text = read_file (folder, "cgroup.procs");
  g_auto(GStrv) lines = g_strsplit (text ? text : "?", "\n", -1);

  for (char **line = lines; *line != NULL; line++)
    {
      gint64 pid = g_ascii_strtoll (*line, NULL, 10);

      if (**line != '\0' && pid != getpid () && pid != getppid ())
        return FALSE;
    }
  return TRUE;
}

static gboolean
move_processes (const char *from,
                const char *to)
{
  g_autofree char *text = read_file (from, "cgroup.procs");
  g_auto(GStrv) lines = g_strsplit (text ? text : "", "\n", -1);

  for (char **line = lines; *line != NULL; line++)
    if (**line != '\0' && !write_file (to, "cgroup.procs", *line))
      return FALSE;
  return TRUE;
}

/* With the folders below it, which a run that is an attempt of this one made; processes that are
 * still there keep theirs. */
static void
remove_group (const char *folder)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        remove_group (path);
    }
  g_rmdir (folder);
}

/**
 * runnel_cgroups_new_for:
 * @folder: the folder of the group in which this process is
 *
 * Takes possession of the group, if it was handed over and nobody else is in it: moves into a group
 * below it, and has those beside it count memory, where that is possible.
 *
 * Returns: (transfer full) (nullable): the group, or %NULL when it is not to be had
 */
RunnelCgroups *
runnel_cgroups_new_for (const char *folder)
{
  g_autofree char *own = NULL;
  RunnelCgroups *self;

  g_return_val_if_fail (folder != NULL, NULL);

  if (!is_delegated (folder) || !is_alone (folder))
    return NULL;
  own = g_build_filename (folder, OWN_GROUP, NULL);
  if (g_mkdir (own, 0755) < 0 && errno != EEXIST)
    return NULL;
  if (!move_processes (folder, own))
    {
      move_processes (own, folder);
      g_rmdir (own);
      return NULL;
    }
  write_file (folder, "cgroup.subtree_control", "+memory");
  self = g_new0 (RunnelCgroups, 1);
  self->folder = g_strdup (folder);
  return self;
}

/**
 * runnel_cgroups_new:
 *
 * Returns: (transfer full) (nullable): the group in which this process is, or %NULL when that is not
 *   to be had; see runnel_cgroups_new_for()
 */
RunnelCgroups *
runnel_cgroups_new (void)
{
  g_autofree char *folder = find_own_folder ();

  return folder != NULL ? runnel_cgroups_new_for (folder) : NULL;
}

/**
 * runnel_cgroups_free:
 * @self: (transfer full) (nullable): the group; this process goes back into it
 */
void
runnel_cgroups_free (RunnelCgroups *self)
{
  g_autofree char *own = NULL;

  if (self == NULL)
    return;
  own = g_build_filename (self->folder, OWN_GROUP, NULL);
  write_file (self->folder, "cgroup.subtree_control", "-memory");
  if (move_processes (own, self->folder))
    g_rmdir (own);
  g_free (self->folder);
  g_free (self);
}

/**
 * runnel_cgroup_new:
 * @parent: (nullable): the group in which to make it
 *
 * Returns: (transfer full) (nullable): a group without processes; %NULL when it can't be made, or
 *   there is no @parent
 */
RunnelCgroup *
runnel_cgroup_new (RunnelCgroups *parent)
{
  g_autofree char *name = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *path = NULL;
  RunnelCgroup *self;
  int fd;

  if (parent == NULL)
    return NULL;
  name = g_strdup_printf (ATTEMPT_GROUP "%u", ++parent->n_made);
  folder = g_build_filename (parent->folder, name, NULL);
  path = g_build_filename (folder, "cgroup.procs", NULL);
  if (g_mkdir (folder, 0755) < 0)
    return NULL;
  fd = open (path, O_WRONLY | O_CLOEXEC);
  if (fd < 0)
    {
      g_rmdir (folder);
      return NULL;
    }
  self = g_new0 (RunnelCgroup, 1);
  self->folder = g_steal_pointer (&folder);
  self->fd = fd;
  return self;
}

/**
 * runnel_cgroup_free:
 * @self: (transfer full) (nullable): a group; it is removed unless there are processes in it
 */
void
runnel_cgroup_free (RunnelCgroup *self)
{
  if (self == NULL)
    return;
  close (self->fd);
  remove_group (self->folder);
  g_free (self->folder);
  g_free (self);
}

/**
 * runnel_cgroup_get_fd:
 * @self: (nullable): a group
 *
 * Returns: what a process writes "0" to in order to move into the group; -1 without a group
 */
int
runnel_cgroup_get_fd (RunnelCgroup *self)
{
  return self != NULL ? self->fd : -1;
}

/* "usage_usec 1234\nuser_usec ..." */
static gint64
read_cpu (const char *folder)
{
  g_autofree char *text = read_file (folder, "cpu.stat");
  long long usage = 0;

  if (text == NULL || sscanf (text, "usage_usec %lld", &usage) != 1)
    return 0;
  return usage;
}

/**
 * runnel_cgroup_measure:
 * @self: (nullable): a group
 * @usage: where to put what its processes have taken so far: `cpu_us` and, where the kernel counts
 *   it (since 5.19), `peak_kb`
 */
void
runnel_cgroup_measure (RunnelCgroup *self,
                       RunnelUsage  *usage)
{
  g_autofree char *peak = self != NULL ? read_file (self->folder, "memory.peak") : NULL;

  if (self == NULL)
    return;
  usage->cpu_us = read_cpu (self->folder);
  usage->peak_kb = peak != NULL ? g_ascii_strtoll (peak, NULL, 10) / 1024 : 0;
}
