/* runnel-fingerprint.h: where a run takes place: machine, program, folder, version of the sources
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* How long the start of a run waits at most for what git says. */
#define RUNNEL_FINGERPRINT_PATIENCE (250 * G_TIME_SPAN_MILLISECOND)

typedef struct _RunnelFingerprint RunnelFingerprint;

RunnelFingerprint *runnel_fingerprint_begin (const char        *folder);
JsonObject        *runnel_fingerprint_end   (RunnelFingerprint *self);
char              *runnel_fingerprint_describe_sources (JsonObject *fingerprint);

G_END_DECLS
