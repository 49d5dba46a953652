/* runnel-matrix.h: the combinations for which a step runs
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define RUNNEL_MATRIX_LIMIT 1000 /* combinations, when the matrix gives no `limit` */

/* What a step's `matrix` says, once its expressions are evaluated. */
typedef struct
{
  GPtrArray *combinations; /* of JsonObject: values by axis */
  guint max_parallel;      /* 0 = all at once */
  gboolean fail_fast;
} RunnelMatrix;

#define RUNNEL_MATRIX_ERROR (runnel_matrix_error_quark ())
typedef enum
{
  RUNNEL_MATRIX_ERROR_TYPE = 1, /* an axis is no list, `include` has no objects, ... */
  RUNNEL_MATRIX_ERROR_LIMIT,    /* more combinations than allowed */
} RunnelMatrixError;
GQuark runnel_matrix_error_quark (void);

gboolean runnel_matrix_init    (RunnelMatrix  *self,
                                JsonNode      *value,
                                GError       **error);
void     runnel_matrix_clear   (RunnelMatrix  *self);
char    *runnel_matrix_to_text (JsonObject    *combination);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RunnelMatrix, runnel_matrix_clear)

G_END_DECLS
