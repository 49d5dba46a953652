/* runnel-keyring.h: secrets in the keyring of the desktop
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define RUNNEL_KEYRING_ERROR (runnel_keyring_error_quark ())
typedef enum
{
  RUNNEL_KEYRING_ERROR_UNAVAILABLE = 1, /* there is none, or it does not answer */
  RUNNEL_KEYRING_ERROR_LOCKED,          /* it is locked, and nobody unlocked it */
  RUNNEL_KEYRING_ERROR_NOT_FOUND,       /* there is no secret of this name in it */
} RunnelKeyringError;
GQuark runnel_keyring_error_quark (void);

/* Values by name; a name that the keyring does not have is not in it. */
void        runnel_keyring_lookup_async  (const char *const    *names,
                                          GCancellable         *cancellable,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data);
GHashTable *runnel_keyring_lookup_finish (GAsyncResult         *result,
                                          GError              **error);
/* The names of all secrets, in order. Needs no unlocking. */
void        runnel_keyring_list_async    (GCancellable         *cancellable,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data);
char      **runnel_keyring_list_finish   (GAsyncResult         *result,
                                          GError              **error);
void        runnel_keyring_store_async   (const char           *name,
                                          const char           *value,
                                          GCancellable         *cancellable,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data);
gboolean    runnel_keyring_store_finish  (GAsyncResult         *result,
                                          GError              **error);
void        runnel_keyring_delete_async  (const char           *name,
                                          GCancellable         *cancellable,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data);
gboolean    runnel_keyring_delete_finish (GAsyncResult         *result,
                                          GError              **error);

G_END_DECLS
