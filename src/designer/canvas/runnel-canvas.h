/* runnel-canvas.h: the widget on which a pipeline is drawn, read and changed
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "designer/canvas/runnel-legs.h"
#include "designer/canvas/runnel-scene.h"
#include "engine/runnel-state.h"
#include "model/runnel-comparison.h"
#include "model/runnel-document.h"

G_BEGIN_DECLS

#define RUNNEL_CANVAS_MIN_ZOOM 0.05
#define RUNNEL_CANVAS_MAX_ZOOM 4.0

/* Text dropped on the canvas that begins with this and goes on with the name of
 * a kind adds a step of that kind; the palette offers it as G_TYPE_STRING. */
#define RUNNEL_CANVAS_KIND_PREFIX "runnel-kind:"

/* What is known of a step beyond the document: a badge on its card, and what that means. */
typedef struct
{
  RunnelBadges badge;
  char *text; /* one thing a line */
} RunnelStepMark;

void runnel_step_mark_free (RunnelStepMark *self);

#define RUNNEL_TYPE_CANVAS (runnel_canvas_get_type ())
G_DECLARE_FINAL_TYPE (RunnelCanvas, runnel_canvas, RUNNEL, CANVAS, GtkWidget)

#define RUNNEL_TYPE_LINK_STYLE (runnel_link_style_get_type ())
GType runnel_link_style_get_type (void);

typedef RunnelLinkName RunnelCanvasLink;

/* A part of the world, as seen in a view of any size. */
typedef struct
{
  RunnelPoint center; /* world units */
  double zoom;
} RunnelPlace;

/* Properties: "document" (RunnelDocument), "zoom" (double), "read-only" (boolean),
 * "link-style" (RunnelLinkStyle), "traces-paths" (boolean).
 *
 * Signals:
 *   "selection-changed" ()                    the steps or the link selected are others now
 *   "view-changed"      ()                    other parts of the world are seen, or in another size
 *   "picture-changed"   ()                    what is drawn became other, at most once a frame
 *   "step-activated"    (const char *id)      double click or Enter
 *   "rename"            (const char *id)      F2
 *   "enter"             (const char *id)      Ctrl+double click
 *   "explain"           (const char *id)      returns why a step of the run shown is what it is, or NULL
 *   "folded"            ()                    other groups are closed now
 *   "link-followed"     (const char *address) Ctrl+click on an address in a note
 *   "edit-refused"      (const char *message) the document does not allow what was tried
 *
 * Actions "canvas.NAME" for keys, menus and buttons: the table in runnel-canvas-actions.c. They are
 * disabled when they would do nothing.
 */

GtkWidget      *runnel_canvas_new               (void);
RunnelDocument *runnel_canvas_get_document      (RunnelCanvas           *self);
void            runnel_canvas_set_document      (RunnelCanvas           *self,
                                                 RunnelDocument         *document);
void            runnel_canvas_set_pipeline      (RunnelCanvas           *self,
                                                 RunnelPipeline         *pipeline);
RunnelPipeline *runnel_canvas_get_pipeline      (RunnelCanvas           *self);
gboolean        runnel_canvas_get_read_only     (RunnelCanvas           *self);
void            runnel_canvas_set_read_only     (RunnelCanvas           *self,
                                                 gboolean                read_only);
const char     *runnel_canvas_get_obstacle      (RunnelCanvas           *self,
                                                 const char             *command);

/* Selection */
GStrv           runnel_canvas_get_selection     (RunnelCanvas           *self);
guint           runnel_canvas_get_n_selected    (RunnelCanvas           *self);
void            runnel_canvas_set_selection     (RunnelCanvas           *self,
                                                 const char *const      *ids);
gboolean        runnel_canvas_get_selected_link (RunnelCanvas           *self,
                                                 RunnelCanvasLink       *ret_link);
void            runnel_canvas_set_selected_link (RunnelCanvas           *self,
                                                 const RunnelCanvasLink *link);
void            runnel_canvas_select_all        (RunnelCanvas           *self);
void            runnel_canvas_select_none       (RunnelCanvas           *self);

GStrv           runnel_canvas_get_selected_groups (RunnelCanvas          *self);
GStrv           runnel_canvas_get_selected_notes (RunnelCanvas           *self);

/* Groups closed to a card: how the document is looked at, not part of it */
GStrv           runnel_canvas_get_closed_groups (RunnelCanvas           *self);
void            runnel_canvas_set_closed_groups (RunnelCanvas           *self,
                                                 const char *const      *ids);

/* What steps look like beyond what the document says */
void            runnel_canvas_set_step_state    (RunnelCanvas           *self,
                                                 const char             *id,
                                                 RunnelState             state,
                                                 const char             *text);
void            runnel_canvas_set_step_progress (RunnelCanvas           *self,
                                                 const char             *id,
                                                 double                  progress,
                                                 const char             *text);
void            runnel_canvas_set_marks         (RunnelCanvas           *self,
                                                 GHashTable             *marks);
void            runnel_canvas_set_trends        (RunnelCanvas           *self,
                                                 GHashTable             *trends);
void            runnel_canvas_set_step_legs     (RunnelCanvas           *self,
                                                 const char             *id,
                                                 const RunnelLegs       *legs);
void            runnel_canvas_clear_states      (RunnelCanvas           *self);
void            runnel_canvas_set_found         (RunnelCanvas           *self,
                                                 GPtrArray              *ids);
void            runnel_canvas_set_problems      (RunnelCanvas           *self,
                                                 const char *const      *ids);

gboolean        runnel_canvas_get_step_state    (RunnelCanvas           *self,
                                                 const char             *id,
                                                 RunnelState            *ret_state);
gboolean        runnel_canvas_has_problem       (RunnelCanvas           *self,
                                                 const char             *id);
char           *runnel_canvas_describe_step     (RunnelCanvas           *self,
                                                 const char             *id);

/* The pipeline shown is a union of two versions: what became of it */
void            runnel_canvas_show_changes      (RunnelCanvas           *self,
                                                 RunnelComparison       *comparison);

/* View */
double          runnel_canvas_get_zoom          (RunnelCanvas           *self);
void            runnel_canvas_set_zoom          (RunnelCanvas           *self,
                                                 double                  zoom);
void            runnel_canvas_zoom_in           (RunnelCanvas           *self);
void            runnel_canvas_zoom_out          (RunnelCanvas           *self);
void            runnel_canvas_zoom_100          (RunnelCanvas           *self);
void            runnel_canvas_fit               (RunnelCanvas           *self);
void            runnel_canvas_fit_selection     (RunnelCanvas           *self);
void            runnel_canvas_reveal            (RunnelCanvas           *self,
                                                 const char             *id);
RunnelPoint     runnel_canvas_get_center        (RunnelCanvas           *self);
gboolean        runnel_canvas_get_place         (RunnelCanvas           *self,
                                                 RunnelPlace            *ret_place);
void            runnel_canvas_show_place        (RunnelCanvas           *self,
                                                 const RunnelPlace      *place);

void            runnel_canvas_popup_step_menu   (RunnelCanvas           *self,
                                                 GtkWidget              *widget,
                                                 double                  x,
                                                 double                  y);

/* Edits */
void            runnel_canvas_delete            (RunnelCanvas           *self);
void            runnel_canvas_delete_and_heal   (RunnelCanvas           *self);
void            runnel_canvas_insert            (RunnelCanvas           *self);
void            runnel_canvas_disconnect        (RunnelCanvas           *self);
void            runnel_canvas_copy              (RunnelCanvas           *self);
void            runnel_canvas_cut               (RunnelCanvas           *self);
void            runnel_canvas_paste             (RunnelCanvas           *self);
void            runnel_canvas_paste_linked      (RunnelCanvas           *self);
void            runnel_canvas_duplicate         (RunnelCanvas           *self);
gboolean        runnel_canvas_connect           (RunnelCanvas           *self,
                                                 const char             *from,
                                                 const char             *to,
                                                 RunnelOn                on);
RunnelEdit     *runnel_canvas_make_layout_edit  (RunnelCanvas           *self);
void            runnel_canvas_tidy              (RunnelCanvas           *self);
void            runnel_canvas_group             (RunnelCanvas           *self);
void            runnel_canvas_ungroup           (RunnelCanvas           *self);
void            runnel_canvas_add_note          (RunnelCanvas           *self);
void            runnel_canvas_flush             (RunnelCanvas           *self);
void            runnel_canvas_quick_add         (RunnelCanvas           *self,
                                                 RunnelPoint             point,
                                                 const RunnelCanvasLink *link);
char           *runnel_canvas_add_kind          (RunnelCanvas           *self,
                                                 const char             *kind,
                                                 const RunnelPoint      *point,
                                                 const RunnelCanvasLink *link);

void            runnel_canvas_set_link_style    (RunnelCanvas    *self,
                                                 RunnelLinkStyle  style);
void            runnel_canvas_set_traces_paths  (RunnelCanvas    *self,
                                                 gboolean         traces_paths);

G_END_DECLS
