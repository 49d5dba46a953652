/* runnel-settings.h: what holds for every pipeline on this machine
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <json-glib/json-glib.h>

#include "model/runnel-diagnostic.h"

G_BEGIN_DECLS

#define RUNNEL_SETTINGS_ERROR (runnel_settings_error_quark ())
typedef enum
{
  RUNNEL_SETTINGS_ERROR_UNKNOWN = 1, /* there is no such setting */
  RUNNEL_SETTINGS_ERROR_INVALID,     /* the value, or what the file holds, is not as it has to be */
  RUNNEL_SETTINGS_ERROR_UNWRITABLE,  /* the file can't be read or replaced */
} RunnelSettingsError;
GQuark runnel_settings_error_quark (void);

/* The settings as they were when they were loaded. The user's file wins over the system's, and
 * what is wrong in either counts as not given. Belongs to one thread. */
typedef struct _RunnelSettings RunnelSettings;

char           *runnel_settings_get_path           (void); /* $XDG_CONFIG_HOME/runnel/settings.json */
/* These two read and write files: not for the application's thread. */
RunnelSettings *runnel_settings_load               (void);
gboolean        runnel_settings_set                (const char      *key,   /* "pools.gpu" */
                                                    JsonNode        *value, /* (nullable): takes it out */
                                                    GError         **error);
void            runnel_settings_free               (RunnelSettings  *self);
JsonObject     *runnel_settings_get_all            (RunnelSettings  *self);
JsonNode       *runnel_settings_lookup             (RunnelSettings  *self,
                                                    const char      *key,
                                                    GError         **error);
char           *runnel_settings_describe_keys      (void);
char           *runnel_settings_describe_problems  (RunnelSettings  *self,
                                                    RunnelSeverity   least);

guint           runnel_settings_get_pool_size      (RunnelSettings  *self,
                                                    const char      *pool);
char          **runnel_settings_list_pools         (RunnelSettings  *self);
guint64         runnel_settings_get_max_cache_size (RunnelSettings  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelSettings, runnel_settings_free)

G_END_DECLS
