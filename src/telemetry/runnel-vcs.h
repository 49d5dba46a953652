/* runnel-vcs.h: which revision of a repository a file belongs to
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* What is not known is NULL. */
typedef struct
{
  char *url;      /* of the remote "origin", without a password */
  char *branch;   /* NULL also when none is checked out */
  char *revision;
} RunnelVcs;

RunnelVcs *runnel_vcs_read                 (const char *folder);
RunnelVcs *runnel_vcs_new_from_fingerprint (JsonObject *fingerprint);
void       runnel_vcs_free                 (RunnelVcs  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelVcs, runnel_vcs_free)

G_END_DECLS
