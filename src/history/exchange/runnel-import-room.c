/* runnel-import-room.c: the room on the disks that an import writes to
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <sys/statvfs.h>

#include "history/exchange/runnel-import-room.h"

/* A file may hold any number of runs of any size; so the disks are looked at while it is read, and
 * something is left for everybody else. */
#define RESERVE (G_GUINT64_CONSTANT (100) * 1024 * 1024)
#define LOOK_EVERY (G_GUINT64_CONSTANT (16) * 1024 * 1024)

struct _RunnelImportRoom
{
  char *folders[2];
  guint64 until_look;  /* bytes to write before the disks are looked at */
};

/**
 * runnel_import_room_new:
 * @runs_dir: (type filename): the folder with those of all runs, in which is written what is read
 * @database: (type filename): the database that it goes to
 *
 * Returns: (transfer full): the room where both are
 */
RunnelImportRoom *
runnel_import_room_new (const char *runs_dir,
                        const char *database)
{
  RunnelImportRoom *self = g_new0 (RunnelImportRoom, 1);

  self->folders[0] = g_strdup (runs_dir);
  self->folders[1] = g_path_get_dirname (database);
  return self;
}

void
runnel_import_room_free (RunnelImportRoom *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->folders); i++)
    g_free (self->folders[i]);
  g_free (self);
}

static gboolean
has_room (const char *folder)
{
  struct statvfs status;

  return statvfs (folder, &status) != 0 ||
         (guint64) status.f_bavail * status.f_frsize > RESERVE;
}

/**
 * runnel_import_room_take:
 * @length: bytes that are about to be written
 * @error: return location; %G_IO_ERROR_NO_SPACE
 *
 * Costs nothing but now and then.
 *
 * Returns: whether there is room for them
 */
gboolean
runnel_import_room_take (RunnelImportRoom  *self,
                         gsize              length,
                         GError           **error)
{
  if (self->until_look > length)
    {
      self->until_look -= length;
      return TRUE;
    }
  self->until_look = LOOK_EVERY;
  for (guint i = 0; i < G_N_ELEMENTS (self->folders); i++)
    if (!has_room (self->folders[i]))
      {
        g_set_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE,
                     "There is not enough room on the disk of “%s”. Free some, or export without "
                     "artifacts, and import again: what is there already is not added twice",
                     self->folders[i]);
        return FALSE;
      }
  return TRUE;
}
