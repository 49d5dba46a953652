/* runnel-vcs.c: which revision of a repository a file belongs to
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reads what git keeps in .git, see gitrepository-layout(5): no program is started for it, since it
 * may be anybody's folder, and git does what the configuration in there says.
 */
#include "config.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "telemetry/runnel-vcs.h"

#define MAX_SIZE (4 * 1024 * 1024) /* of a file that is read */
#define BRANCH "refs/heads/"

/* Returns: (transfer full) (nullable): what stands in a regular file, and never waits for one */
static char *
read_text (const char *folder,
           const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  int fd = open (path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  struct stat info;
  char *text = NULL;
  ssize_t length = 0, n = 1;

  if (fd >= 0 && fstat (fd, &info) == 0 && S_ISREG (info.st_mode) && info.st_size < MAX_SIZE)
    {
      text = g_malloc0 (info.st_size + 1);
      while (n > 0 && length < info.st_size)
        length += n = MAX (read (fd, text + length, info.st_size - length), 0);
    }
  if (fd >= 0)
    close (fd);
  return text;
}

static char *
read_line (const char *folder,
           const char *name)
{
  char *text = read_text (folder, name);

  return text ? g_strchomp (text) : NULL;
}

/* A .git that is a file names the folder. */
static char *
find_in (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, ".git", NULL);
  g_autofree char *line = NULL;

  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    return g_steal_pointer (&path);
  line = read_line (folder, ".git");
  if (!line || !g_str_has_prefix (line, "gitdir: "))
    return NULL;
  return g_canonicalize_filename (line + strlen ("gitdir: "), folder);
}

static char *
find_repository (const char *folder)
{
  g_autofree char *current = g_canonicalize_filename (folder, NULL);
  char *found = NULL;

  while (!(found = find_in (current)) && !g_str_equal (current, "/"))
    {
      char *parent = g_path_get_dirname (current);

      g_free (current);
      current = parent;
    }
  return found;
}

/* The working trees of a repository share all but their HEAD. */
static char *
find_common (const char *repository)
{
  g_autofree char *line = read_line (repository, "commondir");

  return line ? g_canonicalize_filename (line, repository) : g_strdup (repository);
}

static gboolean
is_revision (const char *text)
{
  gsize n = strspn (text, "0123456789abcdef");

  return (n == 40 || n == 64) && text[n] == '\0';
}

/* In packed-refs each line is a revision and the name of a ref. */
static char *
find_packed (const char *common,
             const char *ref)
{
  g_autofree char *text = read_text (common, "packed-refs");
  g_auto(GStrv) lines = g_strsplit (text ? text : "", "\n", -1);

  for (char **line = lines; *line; line++)
    {
      char *space = strchr (*line, ' ');

      if (space && g_str_equal (space + 1, ref))
        return g_strndup (*line, space - *line);
    }
  return NULL;
}

static void
read_head (RunnelVcs  *self,
           const char *repository,
           const char *common)
{
  g_autofree char *head = read_line (repository, "HEAD");
  const char *ref = head && g_str_has_prefix (head, "ref: ") ? head + strlen ("ref: ") : NULL;
  g_autofree char *revision = NULL;

  if (ref && g_str_has_prefix (ref, BRANCH))
    self->branch = g_strdup (ref + strlen (BRANCH));
  if (ref && !strstr (ref, ".."))
    revision = read_line (common, ref);
  if (ref && !revision)
    revision = find_packed (common, ref);
  if (!ref)
    revision = g_steal_pointer (&head);
  if (revision && is_revision (revision))
    self->revision = g_steal_pointer (&revision);
}

/* The name of a user in it may be a token. */
static char *
clean_url (const char *text)
{
  g_autoptr(GUri) uri = g_uri_parse (text, G_URI_FLAGS_HAS_PASSWORD, NULL);

  if (!uri)
    return g_strdup (text); /* git@host:path, or a folder */
  return g_uri_to_string_partial (uri, G_URI_HIDE_USERINFO);
}

static char *
read_url (const char *common)
{
  g_autofree char *text = read_text (common, "config");
  g_auto(GStrv) lines = g_strsplit (text ? text : "", "\n", -1);
  gboolean is_origin = FALSE;

  for (char **line = lines; *line; line++)
    {
      char *stripped = g_strstrip (*line);
      char *value = strchr (stripped, '=');

      if (*stripped == '[')
        is_origin = g_str_has_prefix (stripped, "[remote \"origin\"]");
      else if (is_origin && value && g_str_has_prefix (stripped, "url")
               && strspn (stripped + 3, " \t") == (gsize) (value - stripped - 3))
        return clean_url (g_strchug (value + 1));
    }
  return NULL;
}

/**
 * runnel_vcs_read:
 * @folder: absolute
 *
 * Reads files.
 *
 * Returns: (transfer full) (nullable): what is checked out in the repository of git in which
 *   @folder lies; %NULL when it lies in none
 */
RunnelVcs *
runnel_vcs_read (const char *folder)
{
  g_autofree char *repository = find_repository (folder);
  g_autofree char *common = repository ? find_common (repository) : NULL;
  RunnelVcs *self;

  if (!repository)
    return NULL;
  self = g_new0 (RunnelVcs, 1);
  read_head (self, repository, common);
  self->url = read_url (common);
  return self;
}

/**
 * runnel_vcs_new_from_fingerprint:
 * @fingerprint: (nullable): as runnel_fingerprint_end() makes it; whatever else is nothing
 *
 * Where the repository comes from is not among that.
 *
 * Returns: (transfer full) (nullable): what was checked out then; %NULL when it was not known
 */
RunnelVcs *
runnel_vcs_new_from_fingerprint (JsonObject *fingerprint)
{
  JsonNode *node = fingerprint ? json_object_get_member (fingerprint, "git") : NULL;
  JsonObject *git = node && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  RunnelVcs *self;

  if (!git)
    return NULL;
  self = g_new0 (RunnelVcs, 1);
  self->branch = g_strdup (json_object_get_string_member_with_default (git, "branch", NULL));
  self->revision = g_strdup (json_object_get_string_member_with_default (git, "commit", NULL));
  return self;
}

void
runnel_vcs_free (RunnelVcs *self)
{
  g_free (self->url);
  g_free (self->branch);
  g_free (self->revision);
  g_free (self);
}
