/* runnel-secrets.h: the values of the secrets that a pipeline declares
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

#include "engine/secrets/runnel-secret-mask.h"
#include "model/runnel-pipeline.h"

G_BEGIN_DECLS

#define RUNNEL_SECRET_MAX_SIZE (64 * 1024) /* what the environment of a process surely takes */
#define RUNNEL_SECRET_VARIABLE_PREFIX "RUNNEL_SECRET_"

#define RUNNEL_SECRETS_ERROR (runnel_secrets_error_quark ())
typedef enum
{
  RUNNEL_SECRETS_ERROR_MISSING = 1, /* no value was found; the message says how to give one */
  RUNNEL_SECRETS_ERROR_INVALID,     /* a value that can't be used */
  RUNNEL_SECRETS_ERROR_FILE,        /* a file that can't be read, or that others can read */
} RunnelSecretsError;
GQuark runnel_secrets_error_quark (void);

/* Where a value was found, in the order in which it is looked for. */
typedef enum
{
  RUNNEL_SECRET_MISSING,
  RUNNEL_SECRET_FROM_PARENT,      /* the run that this one is a step of */
  RUNNEL_SECRET_FROM_FILE,
  RUNNEL_SECRET_FROM_ENVIRONMENT,
  RUNNEL_SECRET_FROM_KEYRING,
} RunnelSecretSource;

typedef struct _RunnelSecrets RunnelSecrets;

const char         *runnel_secret_source_to_string   (RunnelSecretSource    source);
gboolean            runnel_secret_check_value        (const char           *name,
                                                      const char           *value,
                                                      GError              **error);

char              **runnel_secrets_list_declared     (RunnelPipeline       *pipeline);
RunnelSecrets      *runnel_secrets_new               (const char *const    *names);
void                runnel_secrets_free              (RunnelSecrets        *self);
gboolean            runnel_secrets_take_parent       (RunnelSecrets        *self,
                                                      JsonObject           *values,
                                                      GError              **error);
gboolean            runnel_secrets_take_file         (RunnelSecrets        *self,
                                                      const char           *path,
                                                      GError              **error);
gboolean            runnel_secrets_take_environment  (RunnelSecrets        *self,
                                                      const char *const    *environment,
                                                      GError              **error);
void                runnel_secrets_resolve_async     (RunnelSecrets        *self,
                                                      GCancellable         *cancellable,
                                                      GAsyncReadyCallback   callback,
                                                      gpointer              user_data);
gboolean            runnel_secrets_resolve_finish    (RunnelSecrets        *self,
                                                      GAsyncResult         *result,
                                                      GError              **error);

gboolean            runnel_secrets_resolve_sync      (RunnelSecrets        *self,
                                                      GCancellable         *cancellable,
                                                      GError              **error);
RunnelSecrets      *runnel_secrets_find_sync         (const char *const    *names,
                                                      GCancellable         *cancellable,
                                                      GError              **error);

const char         *runnel_secrets_lookup            (RunnelSecrets        *self,
                                                      const char           *name);
RunnelSecretSource  runnel_secrets_get_source        (RunnelSecrets        *self,
                                                      const char           *name);
RunnelSecretMask   *runnel_secrets_get_mask          (RunnelSecrets        *self);
JsonObject         *runnel_secrets_to_json           (RunnelSecrets        *self);
const char         *runnel_secrets_find_in_text      (RunnelSecrets        *self,
                                                      const char           *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelSecrets, runnel_secrets_free)

G_END_DECLS
