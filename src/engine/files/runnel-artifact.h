/* runnel-artifact.h: a file that a step leaves to the run
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Of a kept file: nobody writes to it, and it can be executed if it could. */
#define RUNNEL_ARTIFACT_MODE(mode) (0400 | ((mode) & 0100))

typedef struct
{
  char *path;   /* relative to the step's artifacts, UTF-8 */
  gint64 size;  /* bytes */
  char *sha256; /* hexadecimal */
  guint mode;   /* permissions; 0 when not known */
} RunnelArtifact;

RunnelArtifact *runnel_artifact_new          (const char      *path,
                                              gint64           size,
                                              const char      *sha256,
                                              guint            mode);
void            runnel_artifact_free         (RunnelArtifact  *self);
JsonObject     *runnel_artifact_to_json      (const RunnelArtifact *self,
                                              gboolean         with_mode);
JsonArray      *runnel_artifacts_to_json     (GPtrArray       *artifacts,
                                              gboolean         with_modes);
GPtrArray      *runnel_artifacts_from_json   (JsonArray       *array,
                                              GError         **error);
gboolean        runnel_artifact_path_is_safe (const char      *path);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelArtifact, runnel_artifact_free)

G_END_DECLS
