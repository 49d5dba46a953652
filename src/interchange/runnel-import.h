/* runnel-import.h: a pipeline made from what another system has
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <json-glib/json-glib.h>

#include "model/runnel-pipeline.h"

G_BEGIN_DECLS

#define RUNNEL_IMPORT_ERROR (runnel_import_error_quark ())
typedef enum
{
  RUNNEL_IMPORT_ERROR_SYNTAX = 1, /* it can't be read; the message has line and column */
  RUNNEL_IMPORT_ERROR_INVALID,    /* it can be read, but the system itself would refuse it */
  RUNNEL_IMPORT_ERROR_UNKNOWN,    /* it is of no system we know */
  RUNNEL_IMPORT_ERROR_TOO_LARGE,
} RunnelImportError;
GQuark runnel_import_error_quark (void);

/* Something that the importer says about what it read: kept as it is, or understood otherwise. */
typedef struct
{
  guint line;    /* from 1; 0 = of the whole */
  guint column;  /* from 1 */
  char *step;    /* id of the step concerned, or NULL */
  char *message;
} RunnelImportNote;

/* Collects one document. Importers add steps in the order of the file they read and give names
 * as they stand there; ids are made from them. A file may give several pipelines (several
 * documents, triggers, included ones). */
typedef struct _RunnelImport RunnelImport;

RunnelImport   *runnel_import_new          (const char    *folder);
void            runnel_import_free         (RunnelImport  *self);

/* The folder for files that the imported one names, or NULL = none may be read. */
const char     *runnel_import_get_folder   (RunnelImport  *self);

/* Begins another pipeline (the first one too) and returns its object (transfer none) to fill in
 * `description`, `env`, `parameters`, `foreign`, ... `stem` is a proposal for the file name,
 * without suffix. */
JsonObject     *runnel_import_add_pipeline (RunnelImport  *self,
                                            const char    *stem,
                                            const char    *name);

/* Adds a step to the present pipeline and returns its object (transfer none): `id`, and `name`
 * if it says more than the id. `name` is the other system's name of it, unique there. */
JsonObject     *runnel_import_add_step     (RunnelImport  *self,
                                            const char    *name,
                                            const char    *kind);
JsonObject     *runnel_import_add_hook     (RunnelImport  *self,
                                            /* "on-start", "on-success", ... */
                                            const char    *point,
                                            const char    *name,
                                            const char    *kind);
/* The id that step `name` has or will have; the same for the same name within one pipeline
 * (transfer none). */
const char     *runnel_import_get_id       (RunnelImport  *self,
                                            const char    *name);
/* A link from the step called `name` there; `on` as in the format, NULL = success. */
void            runnel_import_add_need     (RunnelImport  *self,
                                            JsonObject    *step,
                                            const char    *name,
                                            const char    *on);
void            runnel_import_set_string   (JsonObject    *object,
                                            const char    *key,
                                            const char    *value);
/* Keeps what is not modelled, for the way back: `foreign.SYSTEM.KEY` of the step or pipeline.
 * Takes `value`. */
void            runnel_import_keep         (JsonObject    *object,
                                            const char    *system,
                                            const char    *key,
                                            JsonNode      *value);
void            runnel_import_note         (RunnelImport  *self,
                                            guint          line,
                                            guint          column,
                                            const char    *step,
                                            const char    *format,
                                            ...) G_GNUC_PRINTF (5, 6);

guint           runnel_import_get_n_pipelines (RunnelImport *self);
const char     *runnel_import_get_stem     (RunnelImport  *self,
                                            guint          index);
/* The finished document, checked by reading its text; links to steps that do not exist are an
 * error of import. */
RunnelPipeline *runnel_import_make_pipeline (RunnelImport *self,
                                            guint          index,
                                            GError       **error);
/* of RunnelImportNote (transfer none) */
GPtrArray      *runnel_import_get_notes    (RunnelImport  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelImport, runnel_import_free)

G_END_DECLS
