/* runnel-secret-file.c: a file of secrets that only its owner can read
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <json-glib/json-glib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "engine/secrets/runnel-secret-file.h"
#include "engine/secrets/runnel-secrets.h"

#define MAX_SIZE (1024 * 1024)

static gboolean
set_error (GError     **error,
           const char  *path,
           const char  *problem)
{
  g_set_error (error, RUNNEL_SECRETS_ERROR, RUNNEL_SECRETS_ERROR_FILE,
               "the file of secrets “%s” %s", path, problem);
  return FALSE;
}

/* Asked of what is open, so that nobody can put another file in its place meanwhile. A pipe, such
 * as `<(pass show ...)` of a shell, is as good as a file. */
static gboolean
check_permissions (int          fd,
                   const char  *path,
                   GError     **error)
{
  g_autofree char *problem = NULL;
  g_autofree char *quoted = g_shell_quote (path);
  struct stat st;

  if (fstat (fd, &st) < 0)
    return set_error (error, path, g_strerror (errno));
  if (!S_ISREG (st.st_mode) && !S_ISFIFO (st.st_mode))
    return set_error (error, path, "is neither a file nor a pipe");
  if (st.st_uid != geteuid ())
    return set_error (error, path, "belongs to somebody else: use one of your own");
  if ((st.st_mode & (S_IRWXG | S_IRWXO)) == 0)
    return TRUE;
  problem = g_strdup_printf ("may be used by others, its mode is %04o; change that with "
                             "`chmod 600 %s`", st.st_mode & 07777, quoted);
  return set_error (error, path, problem);
}

static gboolean
read_all (int          fd,
          const char  *path,
          GString     *text,
          GError     **error)
{
  char buffer[4096];
  ssize_t n;

  while ((n = read (fd, buffer, sizeof buffer)) != 0)
    {
      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return set_error (error, path, g_strerror (errno));
      g_string_append_len (text, buffer, n);
      if (text->len > MAX_SIZE)
        return set_error (error, path, "is larger than 1 MiB");
    }
  explicit_bzero (buffer, sizeof buffer);
  return TRUE;
}

/* What the parser would say of the place may show a part of a secret. */
static JsonNode *
parse_object (const char *text,
              gsize       length)
{
  g_autoptr(JsonParser) parser = json_parser_new_immutable ();
  JsonNode *root;

  if (memchr (text, '\0', length) || !json_parser_load_from_data (parser, text, length, NULL))
    return NULL;
  root = json_parser_get_root (parser);
  return root && JSON_NODE_HOLDS_OBJECT (root) ? json_node_ref (root) : NULL;
}

/**
 * runnel_secret_file_parse:
 * @text: a JSON object: values by name
 * @length: bytes of @text
 * @error: %RUNNEL_SECRETS_ERROR_INVALID, in words that do not tell a value
 *
 * Returns: (transfer full) (nullable): strings by name
 */
GHashTable *
runnel_secret_file_parse (const char  *text,
                          gsize        length,
                          GError     **error)
{
  g_autoptr(GHashTable) values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr(JsonNode) root = parse_object (text, length);
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  if (!root)
    {
      g_set_error_literal (error, RUNNEL_SECRETS_ERROR, RUNNEL_SECRETS_ERROR_INVALID,
                           "the secrets are no JSON object: write {\"NAME\": \"value\", …}");
      return NULL;
    }
  json_object_iter_init (&iter, json_node_get_object (root));
  while (json_object_iter_next (&iter, &name, &value))
    {
      if (json_node_get_value_type (value) != G_TYPE_STRING)
        {
          g_set_error (error, RUNNEL_SECRETS_ERROR, RUNNEL_SECRETS_ERROR_INVALID,
                       "the secret “%s” is no text: put it in quotes", name);
          return NULL;
        }
      g_hash_table_insert (values, g_strdup (name), json_node_dup_string (value));
    }
  return g_steal_pointer (&values);
}

/**
 * runnel_secret_file_read:
 * @path: a JSON object in a file that belongs to the user, and that nobody else may read or
 *   write; or a pipe
 * @error: #RUNNEL_SECRETS_ERROR: FILE or INVALID
 *
 * Returns: (transfer full) (nullable): strings by name
 */
GHashTable *
runnel_secret_file_read (const char  *path,
                         GError     **error)
{
  g_autoptr(GString) text = g_string_new (NULL);
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
  GHashTable *values = NULL;

  if (fd < 0)
    {
      g_autofree char *problem = g_strconcat ("can't be read: ", g_strerror (errno), NULL);

      set_error (error, path, problem);
      return NULL;
    }
  if (check_permissions (fd, path, error) && read_all (fd, path, text, error))
    values = runnel_secret_file_parse (text->str, text->len, error);
  close (fd);
  explicit_bzero (text->str, text->len);
  return values;
}
