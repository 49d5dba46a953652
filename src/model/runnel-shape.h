/* runnel-shape.h: what JSON a value may be, as data
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <json-glib/json-glib.h>

#include "model/runnel-diagnostic.h"
#include "model/runnel-json-slice.h"
#include "model/runnel-kind.h"

G_BEGIN_DECLS

/* What a value may be; a shape allows one or several. */
typedef enum
{
  RUNNEL_SHAPE_STRING     = 1 << 0,
  RUNNEL_SHAPE_ID         = 1 << 1,  /* a string by runnel_id_is_valid() */
  RUNNEL_SHAPE_DURATION   = 1 << 2,  /* "1h30m" */
  RUNNEL_SHAPE_CHOICE     = 1 << 3,  /* one of `choices` */
  RUNNEL_SHAPE_EXPRESSION = 1 << 4,  /* a string with ${{ }} that yields one of the others */
  RUNNEL_SHAPE_INTEGER    = 1 << 5,
  RUNNEL_SHAPE_NUMBER     = 1 << 6,
  RUNNEL_SHAPE_BOOLEAN    = 1 << 7,
  RUNNEL_SHAPE_OBJECT     = 1 << 8,  /* with the `keys` */
  RUNNEL_SHAPE_MAP        = 1 << 9,  /* object of any names, each of shape `values` */
  RUNNEL_SHAPE_ARRAY      = 1 << 10, /* each of shape `values` */
  RUNNEL_SHAPE_ANY        = 1 << 11,
  RUNNEL_SHAPE_SIZE       = 1 << 12, /* "5 GB" */
} RunnelShapeTypes;

typedef struct _RunnelShape RunnelShape;

/* A key of an object. */
typedef struct
{
  const char *name;
  const RunnelShape *shape;
  gboolean required;
  const char *description; /* for the JSON Schema and people */
} RunnelKey;

struct _RunnelShape
{
  RunnelShapeTypes types;
  const char *noun;            /* "a duration such as \"90s\"" */
  const RunnelKey *keys;       /* ended by a key with a NULL name */
  const char *short_key;       /* the key for which a bare value stands: {"max": 3} is written 3 */
  const RunnelShape *values;
  const char *const *choices;  /* NULL-terminated */
  gboolean has_range;
  double minimum, maximum;     /* of numbers, both included */
};

gboolean         runnel_id_is_valid          (const char        *text);
char            *runnel_id_from_text         (const char        *text);
const RunnelKey *runnel_shape_find_key       (const RunnelShape *self,
                                              const char        *name);
void             runnel_shape_report_unknown (const RunnelShape *self,
                                              const char        *name,
                                              const char        *path,
                                              const char        *step,
                                              RunnelDiagnostics *diagnostics);
void             runnel_shape_check_slice    (const RunnelShape *self,
                                              RunnelJsonSlice    value,
                                              GString           *path,
                                              const char        *step,
                                              RunnelDiagnostics *diagnostics);
void             runnel_shape_check          (const RunnelShape *self,
                                              JsonNode          *value,
                                              GString           *path,
                                              const char        *step,
                                              RunnelDiagnostics *diagnostics);
RunnelShape      runnel_shape_of_field       (const RunnelField *field);

/* The shapes of the format. */
extern const RunnelShape runnel_pipeline_shape;
extern const RunnelShape runnel_step_shape;
extern const RunnelShape runnel_undo_shape;
extern const RunnelShape runnel_hook_shape;
extern const RunnelShape runnel_layout_shape;

G_END_DECLS
