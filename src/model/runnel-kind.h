/* runnel-kind.h: what a step kind declares about itself, as data
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The type of a field of a step's `with`. */
typedef enum
{
  RUNNEL_FIELD_STRING,
  RUNNEL_FIELD_NUMBER,
  RUNNEL_FIELD_INTEGER,
  RUNNEL_FIELD_BOOLEAN,
  RUNNEL_FIELD_CHOICE,     /* one of `choices` */
  RUNNEL_FIELD_DURATION,   /* "90s", "5m", "1h30m" */
  RUNNEL_FIELD_STRINGS,    /* array of strings, such as argv */
  RUNNEL_FIELD_MAP,        /* object of strings, such as headers */
  RUNNEL_FIELD_ANY,        /* any JSON, such as a request body */
  RUNNEL_FIELD_FILE,       /* path of a file, relative to the pipeline's folder */
} RunnelFieldType;

typedef enum
{
  RUNNEL_FIELD_REQUIRED       = 1 << 0,
  RUNNEL_FIELD_MULTILINE      = 1 << 1, /* shown in a code editor */
  RUNNEL_FIELD_NO_EXPRESSIONS = 1 << 2, /* text handed to a shell: values go by environment, never spliced */
  RUNNEL_FIELD_DEFERRED       = 1 << 3, /* expressions are left as they are: the kind has them evaluated elsewhere */
  RUNNEL_FIELD_SECRETS        = 1 << 4, /* may hold secrets: it is neither an argument of a process nor shown */
} RunnelFieldFlags;

/* One field of a kind. Inspector form, validation, JSON Schema, `runnel kinds`
 * and the documentation are all derived from this declaration. */
typedef struct
{
  const char *name;               /* the key in `with` */
  RunnelFieldType type;
  RunnelFieldFlags flags;
  const char *label;              /* N_() */
  const char *description;        /* N_(), one or two sentences */
  const char *default_value;      /* as JSON text, or NULL */
  const char *const *choices;     /* NULL-terminated, for RUNNEL_FIELD_CHOICE */
} RunnelField;

typedef struct
{
  const char *name;               /* the value of `kind` */
  const char *title;              /* N_() */
  const char *description;        /* N_(), what it does, one or two sentences */
  const char *icon_name;
  const RunnelField *fields;      /* ended by a field with a NULL name */
  const char *example;            /* the JSON text of a step of this kind */
  const char *summary_field;      /* the field that tells what the step does, shown on the canvas, or NULL */
  gboolean idle;                  /* only waits: its attempts start at once and take none of the run's jobs */
} RunnelKind;

/* The kinds live above this room, in engine/kinds/; runnel_kinds_init() there
 * registers them once at start. The model only reads declarations. */
void               runnel_kind_register   (const RunnelKind *kind);
const RunnelKind  *runnel_kind_lookup     (const char       *name);
const RunnelKind **runnel_kind_list       (guint            *ret_n_kinds);
const RunnelField *runnel_kind_find_field (const RunnelKind *self,
                                           const char       *name);

G_END_DECLS
