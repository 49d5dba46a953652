/* runnel-editor-page-view.c: the editor page remembers how its file was looked at
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "designer/runnel-editor-page-private.h"

#define PLACE "place"
#define PLACE_TYPE "(ddd)" /* middle of what was seen, zoom */
#define CLOSED_GROUPS "closed-groups"
#define FARTHEST 1e9       /* world units; what is farther was not written by us */

static gboolean
is_sane (const RunnelPlace *place)
{
  return isfinite (place->zoom) && place->zoom > 0 && fabs (place->center.x) < FARTHEST
         && fabs (place->center.y) < FARTHEST;
}

static void
view_changed_cb (RunnelEditorPage *self)
{
  RunnelPlace place;
  GVariant *value = NULL;

  if (!self->is_view_restored)
    return;
  if (runnel_canvas_get_place (self->canvas, &place))
    value = g_variant_new (PLACE_TYPE, place.center.x, place.center.y, place.zoom);
  runnel_view_memory_set (self->memory, PLACE, value);
}

static void
folded_cb (RunnelEditorPage *self)
{
  g_auto(GStrv) ids = NULL;

  if (!self->is_view_restored)
    return;
  ids = runnel_canvas_get_closed_groups (self->canvas);
  runnel_view_memory_set (self->memory, CLOSED_GROUPS,
                          ids[0] ? g_variant_new_strv ((const char *const *) ids, -1) : NULL);
}

static void
restore_groups (RunnelEditorPage *self)
{
  g_autoptr(GVariant) value = runnel_view_memory_lookup (self->memory, CLOSED_GROUPS,
                                                         G_VARIANT_TYPE_STRING_ARRAY);
  g_autofree const char **ids = value ? g_variant_get_strv (value, NULL) : NULL;

  if (ids)
    runnel_canvas_set_closed_groups (self->canvas, ids);
}

/* When both the document and the memory are there, whichever comes last. */
static void
restore (RunnelEditorPage *self)
{
  g_autoptr(GVariant) value = NULL;
  RunnelPlace place;

  if (!self->document || !self->is_memory_loaded)
    return;
  restore_groups (self);
  value = runnel_view_memory_lookup (self->memory, PLACE, G_VARIANT_TYPE (PLACE_TYPE));
  if (value)
    {
      g_variant_get (value, PLACE_TYPE, &place.center.x, &place.center.y, &place.zoom);
      if (is_sane (&place))
        runnel_canvas_show_place (self->canvas, &place);
    }
  self->is_view_restored = TRUE;
  view_changed_cb (self);
}

static void
loaded_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(RunnelEditorPage) self = user_data;

  if (!self->memory)
    return;
  self->is_memory_loaded = runnel_view_memory_load_finish (self->memory, result, NULL);
  restore (self);
}

/* Reads what is remembered of a file, while the file itself is read. */
void
_runnel_editor_page_view_load (RunnelEditorPage *self,
                               GFile            *file)
{
  if (self->memory)
    return;
  self->memory = runnel_view_memory_new (file);
  runnel_view_memory_load_async (self->memory, NULL, loaded_cb, g_object_ref (self));
}

/* The canvas gets another document: until its view is restored nothing is remembered. */
void
_runnel_editor_page_view_show (RunnelEditorPage *self,
                               RunnelDocument   *document)
{
  self->is_view_restored = FALSE;
  if (!self->memory)
    {
      self->memory = runnel_view_memory_new (runnel_document_get_file (document));
      self->is_memory_loaded = TRUE;
    }
  runnel_canvas_set_document (self->canvas, document);
  restore (self);
}

void
_runnel_editor_page_view_init (RunnelEditorPage *self)
{
  g_signal_connect_swapped (self->canvas, "view-changed", G_CALLBACK (view_changed_cb), self);
  g_signal_connect_swapped (self->canvas, "folded", G_CALLBACK (folded_cb), self);
}
