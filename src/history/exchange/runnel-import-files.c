/* runnel-import-files.c: the folder of a run that is being imported
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "engine/files/runnel-artifact.h"
#include "engine/runnel-run-dir.h"
#include "history/exchange/runnel-import-files.h"
#include "history/exchange/runnel-import-line.h"

#define MAX_FILES 100000
#define MAX_PATH 4000 /* bytes; something is left for the folder */
#define MAX_NAME 255  /* bytes of each part: what file systems take */
#define FILE_COST 4096 /* bytes that a file takes on disk, however small it is */

struct _RunnelImportFiles
{
  char *folder;
  guint n_files;
  RunnelImportRoom *room;

  /* The file that is being written. */
  int fd;              /* -1 = none */
  char *name;
  GChecksum *checksum;
  guint64 size;
};

static gboolean
fail (GError     **error,
      const char  *name)
{
  int code = errno;

  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code), "Can't write the file “%s”: %s",
               name, g_strerror (code));
  return FALSE;
}

/**
 * runnel_import_files_new:
 * @folder: (type filename): the folder, which is made
 * @room: where it is; must outlive the files
 * @error: return location for a #GIOErrorEnum
 *
 * Returns: (transfer full) (nullable): nothing in an empty folder
 */
RunnelImportFiles *
runnel_import_files_new (const char        *folder,
                         RunnelImportRoom  *room,
                         GError           **error)
{
  RunnelImportFiles *self;

  if (g_mkdir (folder, 0700) != 0)
    {
      fail (error, folder);
      return NULL;
    }
  self = g_new0 (RunnelImportFiles, 1);
  self->folder = g_strdup (folder);
  self->room = room;
  self->fd = -1;
  return self;
}

static void
close_file (RunnelImportFiles *self)
{
  if (self->fd >= 0)
    close (self->fd);
  self->fd = -1;
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->checksum, g_checksum_free);
}

void
runnel_import_files_free (RunnelImportFiles *self)
{
  close_file (self);
  g_free (self->folder);
  g_free (self);
}

gboolean
runnel_import_files_is_open (RunnelImportFiles *self)
{
  return self->fd >= 0;
}

/* A run that somebody exported does not live here, so nothing may look as if it did. */
static gboolean
is_safe (const char *name)
{
  return runnel_artifact_path_is_safe (name) && !g_str_equal (name, RUNNEL_RUN_DIR_LOCK) &&
         !g_str_equal (name, RUNNEL_RUN_DIR_SOCKET);
}

static gboolean
is_too_long (const char *name)
{
  g_auto(GStrv) parts = g_strsplit (name, "/", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    if (strlen (parts[i]) > MAX_NAME)
      return TRUE;
  return strlen (name) > MAX_PATH;
}

/* In a folder of ours there are no links that could lead out of it. */
static gboolean
open_file (RunnelImportFiles  *self,
           const char         *name,
           gboolean            executable,
           GError            **error)
{
  g_autofree char *path = g_build_filename (self->folder, name, NULL);
  g_autofree char *parent = g_path_get_dirname (path);

  if (g_mkdir_with_parents (parent, 0700) != 0)
    return fail (error, name);
  self->fd = open (path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
                   executable ? 0700 : 0600);
  if (self->fd < 0 && errno == EEXIST)
    return runnel_import_refuse (error, "There is a file of that name already");
  if (self->fd < 0)
    return fail (error, name);
  self->name = g_strdup (name);
  self->checksum = g_checksum_new (G_CHECKSUM_SHA256);
  self->size = 0;
  self->n_files++;
  return TRUE;
}

/**
 * runnel_import_files_begin:
 * @object: a line of the type "file"
 * @error: return location; %RUNNEL_HISTORY_ERROR_EXCHANGE, or a #GIOErrorEnum
 *
 * Returns: whether a file is begun
 */
gboolean
runnel_import_files_begin (RunnelImportFiles  *self,
                           JsonObject         *object,
                           GError            **error)
{
  const char *name = runnel_import_get_text (object, "name");
  JsonNode *executable = json_object_get_member (object, "executable");

  if (self->fd >= 0)
    return runnel_import_refuse (error, "The file before has no end");
  if (name == NULL)
    return runnel_import_refuse (error, "A file has no name");
  if (!is_safe (name))
    return runnel_import_refuse (error, "The name of a file leads out of the folder of its run");
  if (is_too_long (name))
    return runnel_import_refuse (error, "The name of a file is too long");
  if (self->n_files >= MAX_FILES)
    return runnel_import_refuse (error, "A run can't have so many files");
  return runnel_import_room_take (self->room, FILE_COST, error) &&
         open_file (self, name,
                    executable != NULL && json_node_get_value_type (executable) == G_TYPE_BOOLEAN &&
                    json_node_get_boolean (executable), error);
}

static gboolean
write_all (RunnelImportFiles  *self,
           const guint8       *data,
           gsize               length,
           GError            **error)
{
  gsize n_done = 0;

  if (!runnel_import_room_take (self->room, length, error))
    return FALSE;
  while (n_done < length)
    {
      gssize n_written = write (self->fd, data + n_done, length - n_done);

      if (n_written < 0 && errno == EINTR)
        continue;
      if (n_written < 0)
        return fail (error, self->name);
      n_done += n_written;
    }
  g_checksum_update (self->checksum, data, length);
  self->size += length;
  return TRUE;
}

/**
 * runnel_import_files_add:
 * @object: a line of the type "data"
 * @error: return location; %RUNNEL_HISTORY_ERROR_EXCHANGE, or a #GIOErrorEnum
 *
 * Returns: whether that is added to the file
 */
gboolean
runnel_import_files_add (RunnelImportFiles  *self,
                         JsonObject         *object,
                         GError            **error)
{
  const char *text = runnel_import_get_text (object, "text");
  const char *base64 = runnel_import_get_text (object, "base64");
  g_autofree guchar *data = NULL;
  gsize length;

  if (self->fd < 0)
    return runnel_import_refuse (error, "There is data here, but no file that it belongs to");
  if (text != NULL)
    return write_all (self, (const guint8 *) text, strlen (text), error);
  if (base64 == NULL)
    return runnel_import_refuse (error, "Data must be “text” or “base64”");
  data = g_base64_decode (base64, &length);
  return write_all (self, data, length, error);
}

/**
 * runnel_import_files_end:
 * @object: a line of the type "file-end"
 * @error: return location; %RUNNEL_HISTORY_ERROR_EXCHANGE, or a #GIOErrorEnum
 *
 * Returns: whether the file is as it was when it was exported
 */
gboolean
runnel_import_files_end (RunnelImportFiles  *self,
                         JsonObject         *object,
                         GError            **error)
{
  const char *sha256 = runnel_import_get_text (object, "sha256");

  if (self->fd < 0)
    return runnel_import_refuse (error, "A file ends here that did not begin");
  if (g_strcmp0 (sha256, g_checksum_get_string (self->checksum)) != 0)
    {
      g_set_error (error, RUNNEL_HISTORY_ERROR, RUNNEL_HISTORY_ERROR_EXCHANGE,
                   "The file “%s” is not what was exported: its SHA-256 differs", self->name);
      return FALSE;
    }
  close_file (self);
  return TRUE;
}
