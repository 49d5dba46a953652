/* runnel-environment.h: the environment variables of an attempt
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _RunnelEnvironment RunnelEnvironment;

RunnelEnvironment *runnel_environment_new        (const char *const       *inherited);
RunnelEnvironment *runnel_environment_copy       (RunnelEnvironment       *self);
void               runnel_environment_free       (RunnelEnvironment       *self);
void               runnel_environment_set        (RunnelEnvironment       *self,
                                                  const char              *name,
                                                  const char              *value);
void               runnel_environment_unset      (RunnelEnvironment       *self,
                                                  const char              *name);
const char *const *runnel_environment_get_block  (RunnelEnvironment       *self);
gboolean           runnel_environment_is_name    (const char              *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelEnvironment, runnel_environment_free)

G_END_DECLS
