/* runnel-rerunner.h: the actions of a page that run again what ran before
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "designer/runnel-page.h"
#include "designer/runs/runnel-run-launcher.h"

G_BEGIN_DECLS

#define RUNNEL_TYPE_RERUNNER (runnel_rerunner_get_type ())
G_DECLARE_FINAL_TYPE (RunnelRerunner, runnel_rerunner, RUNNEL, RERUNNER, GObject)

/* Adds to the actions of its page "rerun", "resume" (what failed), and "run-step", "run-from",
 * "run-until", which are about the selected step.
 *
 * Signals:
 *   "starting" ()                            what is being typed must be in the document now
 *   "started" (gint64 run)                   the new run
 *   "first-run" (guint verb, const char *step)  there is no earlier run: a RunnelRerunVerb
 *   "message" (const char *text)             for a toast */

/* Returns: (transfer full) (nullable): the pipeline as it is now, saved or not */
typedef char *(*RunnelTextFunc) (gpointer user_data);

RunnelRerunner *runnel_rerunner_new           (RunnelPage      *page);
void            runnel_rerunner_set_text_func (RunnelRerunner  *self,
                                               RunnelTextFunc   get_text,
                                               gpointer         user_data);
void            runnel_rerunner_set_run       (RunnelRerunner  *self,
                                               gint64           run);
void            runnel_rerunner_set_path      (RunnelRerunner  *self,
                                               const char      *path);
void            runnel_rerunner_set_step      (RunnelRerunner  *self,
                                               const char      *step);
void            runnel_rerunner_set_enabled   (RunnelRerunner  *self,
                                               gboolean         enabled);

G_END_DECLS
