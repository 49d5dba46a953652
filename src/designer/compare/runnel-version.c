/* runnel-version.c: one version of a pipeline, and where it comes from
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/compare/runnel-version.h"

struct _RunnelVersion
{
  char *title;
  GFile *file;      /* or NULL */
  char *revision;   /* of the file, as git knows it, or NULL */
  char *text;       /* when there is no file */
};

static RunnelVersion *
version_new (const char *title)
{
  RunnelVersion *self = g_new0 (RunnelVersion, 1);

  self->title = g_strdup (title);
  return self;
}

/**
 * runnel_version_new_file:
 * @file: a file of whatever name
 * @title: (nullable): what the version is called; %NULL = as the file
 *
 * Returns: (transfer full): the version that lies there
 */
RunnelVersion *
runnel_version_new_file (GFile      *file,
                         const char *title)
{
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *shown = g_filename_display_name (name);
  RunnelVersion *self = version_new (title != NULL ? title : shown);

  self->file = g_object_ref (file);
  return self;
}

/**
 * runnel_version_new_text:
 *
 * Returns: (transfer full): a version that is nowhere else
 */
RunnelVersion *
runnel_version_new_text (const char *text,
                         const char *title)
{
  RunnelVersion *self = version_new (title);

  self->text = g_strdup (text);
  return self;
}

/**
 * runnel_version_new_revision:
 * @file: a file in a git repository
 * @revision: "HEAD", a branch, a tag, a commit
 *
 * Returns: (transfer full): the version of then
 */
RunnelVersion *
runnel_version_new_revision (GFile      *file,
                             const char *revision)
{
  RunnelVersion *self = version_new (revision);

  self->file = g_object_ref (file);
  self->revision = g_strdup (revision);
  return self;
}

void
runnel_version_free (RunnelVersion *self)
{
  g_free (self->title);
  g_clear_object (&self->file);
  g_free (self->revision);
  g_free (self->text);
  g_free (self);
}

const char *
runnel_version_get_title (RunnelVersion *self)
{
  return self->title;
}

static GBytes *
ask_git (RunnelVersion  *self,
         GCancellable   *cancellable,
         GError        **error)
{
  g_autoptr(GFile) parent = g_file_get_parent (self->file);
  g_autofree char *folder = g_file_get_path (parent);
  g_autofree char *name = g_file_get_basename (self->file);
  g_autofree char *object = g_strdup_printf ("%s:./%s", self->revision, name);
  g_autoptr(GSubprocess) git =
    g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE, error, "git",
                      "-C", folder, "show", "--end-of-options", object, NULL);
  g_autoptr(GBytes) output = NULL;
  g_autoptr(GBytes) complaint = NULL;

  if (git == NULL
      || !g_subprocess_communicate (git, NULL, cancellable, &output, &complaint, error))
    return NULL;
  if (g_subprocess_get_successful (git))
    return g_steal_pointer (&output);

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _("git has no version %s of the file: %.*s"),
               self->revision, (int) g_bytes_get_size (complaint),
               (const char *) g_bytes_get_data (complaint, NULL));
  return NULL;
}

/**
 * runnel_version_read:
 * @cancellable: (nullable): cancels
 * @error: return location for an error
 *
 * Reads and parses the version, waiting for files and programs: for threads. An empty file is a
 * pipeline without anything: so tools show one that was not there.
 *
 * Returns: (transfer full): the pipeline, or %NULL with @error set
 */
RunnelPipeline *
runnel_version_read (RunnelVersion  *self,
                     GCancellable   *cancellable,
                     GError        **error)
{
  g_autoptr(GBytes) bytes = NULL;
  RunnelPipeline *pipeline;

  if (self->text != NULL)
    bytes = g_bytes_new (self->text, strlen (self->text));
  else if (self->revision != NULL)
    bytes = ask_git (self, cancellable, error);
  else
    bytes = g_file_load_bytes (self->file, cancellable, NULL, error);

  if (bytes == NULL)
    return NULL;
  if (g_bytes_get_size (bytes) == 0)
    return runnel_pipeline_new ();

  pipeline = runnel_pipeline_new_from_text (g_bytes_get_data (bytes, NULL),
                                            g_bytes_get_size (bytes), NULL, error);
  if (pipeline == NULL)
    g_prefix_error (error, "%s: ", self->title);
  return pipeline;
}
