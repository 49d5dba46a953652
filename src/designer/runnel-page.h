/* runnel-page.h: what a window shows in one tab
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define RUNNEL_TYPE_PAGE (runnel_page_get_type ())
G_DECLARE_DERIVABLE_TYPE (RunnelPage, runnel_page, RUNNEL, PAGE, AdwBin)

/* Properties: "title", "subtitle", "icon-name" (strings), "modified" (boolean), "status" (string;
 * shown in place of the subtitle while something goes on, NULL = nothing does), "progress" (0..1,
 * below 0 = none to show). A page gives actions of its own by runnel_page_get_actions(); the window
 * offers those of the page in front under the prefix "page". */
struct _RunnelPageClass
{
  AdwBinClass parent_class;

  /* The page came to the front. */
  void     (*grab_focus)  (RunnelPage *self);
  /* A page that can be modified implements these three. Saving may ask for a file name. */
  void     (*save_async)  (RunnelPage *self, GAsyncReadyCallback callback, gpointer user_data);
  gboolean (*save_finish) (RunnelPage *self, GAsyncResult *result, GError **error);
  void     (*discard)     (RunnelPage *self);
  /* Whether a person who looks at the page sees how the run goes. */
  gboolean (*shows_run)   (RunnelPage *self, gint64 run);
  /* The timing chart that is seen, whose actions have the prefix "gantt"; NULL = none. */
  GtkWidget *(*get_chart) (RunnelPage *self);
  /* The log that is seen, whose actions have the prefix "log"; NULL = none. */
  GtkWidget *(*get_log)   (RunnelPage *self);
};

const char     *runnel_page_get_title     (RunnelPage *self);
void            runnel_page_set_title     (RunnelPage *self,
                                           const char *title);
const char     *runnel_page_get_subtitle  (RunnelPage *self);
void            runnel_page_set_subtitle  (RunnelPage *self,
                                           const char *subtitle);
const char     *runnel_page_get_icon_name (RunnelPage *self);
void            runnel_page_set_icon_name (RunnelPage *self,
                                           const char *icon_name);
gboolean        runnel_page_get_modified  (RunnelPage *self);
void            runnel_page_set_modified  (RunnelPage *self,
                                           gboolean    modified);
const char     *runnel_page_get_status    (RunnelPage *self);
double          runnel_page_get_progress  (RunnelPage *self);
void            runnel_page_set_progress  (RunnelPage *self,
                                           double      progress,
                                           const char *status);
GSimpleActionGroup *runnel_page_get_actions (RunnelPage *self);
void            runnel_page_focus         (RunnelPage *self);
gboolean        runnel_page_shows_run     (RunnelPage *self,
                                           gint64      run);
GtkWidget      *runnel_page_get_chart     (RunnelPage *self);
GtkWidget      *runnel_page_get_log       (RunnelPage *self);
void            runnel_page_save_async    (RunnelPage          *self,
                                           GAsyncReadyCallback  callback,
                                           gpointer             user_data);
gboolean        runnel_page_save_finish   (RunnelPage          *self,
                                           GAsyncResult        *result,
                                           GError             **error);
void            runnel_page_discard       (RunnelPage *self);

G_END_DECLS
