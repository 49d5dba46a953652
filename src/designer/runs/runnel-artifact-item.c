/* runnel-artifact-item.c: a file that a step left as one item of a list
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/runs/runnel-artifact-item.h"
#include "engine/files/runnel-artifacts.h"

struct _RunnelArtifactItem
{
  GObject parent_instance;

  char *name; /* relative to the step's artifacts */
  char *path; /* absolute */
  char *sha256;
  gint64 size;
};

G_DEFINE_FINAL_TYPE (RunnelArtifactItem, runnel_artifact_item, G_TYPE_OBJECT)

static void
runnel_artifact_item_finalize (GObject *object)
{
  RunnelArtifactItem *self = RUNNEL_ARTIFACT_ITEM (object);

  g_free (self->name);
  g_free (self->path);
  g_free (self->sha256);

  G_OBJECT_CLASS (runnel_artifact_item_parent_class)->finalize (object);
}

static void
runnel_artifact_item_class_init (RunnelArtifactItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = runnel_artifact_item_finalize;
}

static void
runnel_artifact_item_init (RunnelArtifactItem *self)
{
}

/**
 * runnel_artifact_item_new:
 * @record: what the history knows of the file
 * @run_dir: (type filename): the folder of the run
 *
 * Returns: (transfer full): an item
 */
RunnelArtifactItem *
runnel_artifact_item_new (const RunnelArtifactRecord *record,
                          const char                 *run_dir)
{
  RunnelArtifactItem *self = g_object_new (RUNNEL_TYPE_ARTIFACT_ITEM, NULL);
  g_autofree char *folder = runnel_artifacts_get_path (run_dir, record->step);

  self->name = g_strdup (record->file->path);
  self->path = g_build_filename (folder, record->file->path, NULL);
  self->sha256 = g_strdup (record->file->sha256);
  self->size = record->file->size;
  return self;
}

/**
 * runnel_artifact_item_get_name:
 *
 * Returns: (transfer none): the path by which steps know it
 */
const char *
runnel_artifact_item_get_name (RunnelArtifactItem *self)
{
  return self->name;
}

/**
 * runnel_artifact_item_get_path:
 *
 * Returns: (transfer none) (type filename): where it is, absolute
 */
const char *
runnel_artifact_item_get_path (RunnelArtifactItem *self)
{
  return self->path;
}

const char *
runnel_artifact_item_get_sha256 (RunnelArtifactItem *self)
{
  return self->sha256;
}

/**
 * runnel_artifact_item_get_size:
 *
 * Returns: its length in bytes
 */
gint64
runnel_artifact_item_get_size (RunnelArtifactItem *self)
{
  return self->size;
}
