/* runnel-validate.c: what is wrong with a pipeline
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "model/runnel-json-read.h"
#include "model/runnel-pipeline-private.h"
#include "model/runnel-shape.h"

static void
check_member (RunnelPipeline    *self,
              const char        *key,
              JsonNode          *value,
              RunnelDiagnostics *diagnostics)
{
  const RunnelKey *known = runnel_shape_find_key (&runnel_pipeline_shape, key);
  g_autoptr(GString) path = g_string_new (NULL);

  if (known != NULL)
    {
      runnel_json_path_append_key (path, key);
      runnel_shape_check (known->shape, value, path, NULL, diagnostics);
      return;
    }
}

/* Reports all that is not as the format has it: types, ids, durations, choices, missing and unknown keys. */
void
_runnel_pipeline_check_shape (RunnelPipeline    *self,
                              RunnelDiagnostics *diagnostics)
{
  JsonObjectIter iter;
  const char *key;
  JsonNode *value;

  json_object_iter_init_ordered (&iter, self->members);
  while (json_object_iter_next_ordered (&iter, &key, &value))
    check_member (self, key, value, diagnostics);

  for (guint i = 0; i < self->steps->len; i++)
    {
      g_autofree char *path = _runnel_pipeline_get_step_path (self, i);

      runnel_step_check (g_ptr_array_index (self->steps, i), path, diagnostics);
    }
}

/**
 * runnel_pipeline_validate:
 * @self: a pipeline
 * @diagnostics: where findings go
 */
void
runnel_pipeline_validate (RunnelPipeline    *self,
                          RunnelDiagnostics *diagnostics)
{
  g_return_if_fail (RUNNEL_IS_PIPELINE (self));
  g_return_if_fail (diagnostics != NULL);

  _runnel_pipeline_check_shape (self, diagnostics);
}
