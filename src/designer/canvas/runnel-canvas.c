/* runnel-canvas.c: the widget on which a pipeline is drawn, read and changed
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/canvas/runnel-canvas-private.h"
#include "designer/compat/runnel-x11-memory.h"

enum
{
  PROP_0,
  PROP_DOCUMENT,
  PROP_ZOOM,
  PROP_READ_ONLY,
  PROP_SNAPS,
  PROP_WHEEL_ZOOMS,
  PROP_TIDY_DOWN,
  PROP_LINK_STYLE,
  PROP_TRACES_PATHS,
  N_PROPS
};

enum
{
  SELECTION_CHANGED,
  VIEW_CHANGED,
  PICTURE_CHANGED,
  STEP_ACTIVATED,
  RENAME,
  ENTER,
  EDIT_REFUSED,
  EXPLAIN,
  FOLDED,
  LINK_FOLLOWED,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (RunnelCanvas, runnel_canvas, GTK_TYPE_WIDGET)

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

void
runnel_canvas_emit_selection_changed (RunnelCanvas *self)
{
  runnel_canvas_trace_update (self);
  runnel_canvas_update_actions (self);
  runnel_canvas_a11y_queue_update (self);
  g_signal_emit (self, signals[SELECTION_CHANGED], 0);
}

void
runnel_canvas_emit_view_changed (RunnelCanvas *self)
{
  g_signal_emit (self, signals[VIEW_CHANGED], 0);
}

void
runnel_canvas_emit_step_activated (RunnelCanvas *self,
                                   guint         node)
{
  g_signal_emit (self, signals[STEP_ACTIVATED], 0, runnel_canvas_get_node_id (self, node));
}

void
runnel_canvas_emit_rename (RunnelCanvas *self,
                           guint         node)
{
  g_signal_emit (self, signals[RENAME], 0, runnel_canvas_get_node_id (self, node));
}

void
runnel_canvas_emit_folded (RunnelCanvas *self)
{
  g_signal_emit (self, signals[FOLDED], 0);
}

void
runnel_canvas_emit_link_followed (RunnelCanvas *self,
                                  const char   *address)
{
  g_signal_emit (self, signals[LINK_FOLLOWED], 0, address);
}

void
runnel_canvas_emit_enter (RunnelCanvas *self,
                          guint         node)
{
  g_signal_emit (self, signals[ENTER], 0, runnel_canvas_get_node_id (self, node));
}

/* Tells the person why what was tried does not happen. */
void
runnel_canvas_refuse (RunnelCanvas *self,
                      const char   *message)
{
  gtk_widget_error_bell (GTK_WIDGET (self));
  g_signal_emit (self, signals[EDIT_REFUSED], 0, message);
}

/* Returns: (transfer full) (nullable): what whoever shows a run says about the node's step */
char *
runnel_canvas_explain (RunnelCanvas *self,
                       guint         node)
{
  char *text = NULL;

  g_signal_emit (self, signals[EXPLAIN], 0, runnel_canvas_get_node_id (self, node), &text);
  return text;
}

gboolean
runnel_canvas_can_edit (RunnelCanvas *self)
{
  return self->document != NULL && !self->read_only;
}

/* Applies an edit (transfer full) together with the positions that the file lacks. */
gboolean
runnel_canvas_apply (RunnelCanvas *self,
                     RunnelEdit   *edit)
{
  g_autoptr(RunnelEdit) whole = NULL;
  g_autoptr(GError) error = NULL;

  g_assert (runnel_canvas_can_edit (self));
  g_assert (edit != NULL);

  whole = runnel_canvas_layout_complete (self, edit);
  if (runnel_document_apply (self->document, whole, &error))
    return TRUE;

  runnel_canvas_refuse (self, error->message);
  return FALSE;
}

const char *
runnel_canvas_get_node_id (RunnelCanvas *self,
                           guint         node)
{
  return runnel_scene_get_node_id (self->scene, node);
}

guint
runnel_canvas_find_node (RunnelCanvas *self,
                         const char   *id)
{
  guint node;

  return runnel_scene_find_node (self->scene, id, &node) ? node : RUNNEL_NO_INDEX;
}

/* Returns: (transfer none) (nullable): the step that a node shows */
RunnelStep *
runnel_canvas_get_node_step (RunnelCanvas *self,
                             guint         node)
{
  const char *id = runnel_canvas_get_node_id (self, node);
  guint index;

  if (self->pipeline == NULL || !runnel_pipeline_find_step (self->pipeline, id, &index))
    return NULL;

  return runnel_pipeline_get_step (self->pipeline, index);
}

static void
runnel_canvas_measure (GtkWidget      *widget,
                       GtkOrientation  orientation,
                       int             for_size,
                       int            *minimum,
                       int            *natural,
                       int            *minimum_baseline,
                       int            *natural_baseline)
{
  *minimum = 100;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 800 : 500;
}

static void
keep_memory (GtkWidget *widget)
{
  GdkSurface *surface = gtk_native_get_surface (gtk_widget_get_native (widget));
  int density = gtk_widget_get_scale_factor (widget);

  runnel_x11_memory_keep (gtk_widget_get_display (widget),
                          gdk_surface_get_width (surface) * density,
                          gdk_surface_get_height (surface) * density);
}

static void
runnel_canvas_size_allocate (GtkWidget *widget,
                             int        width,
                             int        height,
                             int        baseline)
{
  RunnelCanvas *self = RUNNEL_CANVAS (widget);

  keep_memory (widget);
  runnel_canvas_view_resize (self, width, height);
  runnel_canvas_a11y_allocate (self);
  runnel_canvas_busy_allocate (self, width, height);
  runnel_canvas_area_editor_allocate (self);
  gtk_popover_present (GTK_POPOVER (self->quick_add));
  if (self->menu != NULL)
    gtk_popover_present (GTK_POPOVER (self->menu));
}

static void
tell_picture (RunnelCanvas *self)
{
  guint64 revision = runnel_scene_get_revision (self->scene)
                     + runnel_raster_get_revision (self->raster);

  if (revision == self->shown_revision)
    return;

  self->shown_revision = revision;
  g_signal_emit (self, signals[PICTURE_CHANGED], 0);
}

static void
runnel_canvas_snapshot (GtkWidget   *widget,
                        GtkSnapshot *snapshot)
{
  RunnelCanvas *self = RUNNEL_CANVAS (widget);
  GskRenderer *renderer = gtk_native_get_renderer (gtk_widget_get_native (widget));
  const RunnelBlit *blits;
  guint n_blits;

  if (self->view.width <= 0 || self->view.height <= 0)
    return;

  blits = runnel_tiles_update (self->tiles, &self->view, &n_blits);

  gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT (0, 0, gtk_widget_get_width (widget),
                                                         gtk_widget_get_height (widget)));
  runnel_output_snapshot (self->output, snapshot, renderer, blits, n_blits, self->view.density);
  runnel_canvas_overlay_snapshot (self, snapshot);
  runnel_canvas_busy_snapshot (self, snapshot);
  if (self->area_editor != NULL)
    gtk_widget_snapshot_child (widget, self->area_editor, snapshot);
  gtk_snapshot_pop (snapshot);
  tell_picture (self);
}

static void
runnel_canvas_realize (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (runnel_canvas_parent_class)->realize (widget);
  runnel_canvas_style_update (RUNNEL_CANVAS (widget));
}

static void
runnel_canvas_css_changed (GtkWidget         *widget,
                           GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (runnel_canvas_parent_class)->css_changed (widget, change);
  runnel_canvas_style_update (RUNNEL_CANVAS (widget));
}

static void
runnel_canvas_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (runnel_canvas_parent_class)->map (widget);
  runnel_canvas_state_update_animation (RUNNEL_CANVAS (widget));
  runnel_canvas_a11y_queue_update (RUNNEL_CANVAS (widget));
}

static void
runnel_canvas_unmap (GtkWidget *widget)
{
  RunnelCanvas *self = RUNNEL_CANVAS (widget);

  runnel_canvas_pointer_cancel (self);
  runnel_canvas_area_editor_close (self);
  runnel_canvas_motion_stop (self);
  runnel_canvas_travel_finish (self);
  runnel_canvas_state_stop_animation (self);
  GTK_WIDGET_CLASS (runnel_canvas_parent_class)->unmap (widget);
}

/* Tab goes past the canvas: its steps are walked with the arrow keys. */
static gboolean
runnel_canvas_focus (GtkWidget        *widget,
                     GtkDirectionType  direction)
{
  RunnelCanvas *self = RUNNEL_CANVAS (widget);

  if (runnel_canvas_contains_focus (self))
    return FALSE;

  self->by_keyboard = TRUE;
  return gtk_widget_grab_focus (widget);
}

static gboolean
runnel_canvas_grab_focus (GtkWidget *widget)
{
  RunnelCanvas *self = RUNNEL_CANVAS (widget);

  GtkWidget *proxy = runnel_canvas_a11y_get_focus (self);

  if (proxy == NULL)
    return GTK_WIDGET_CLASS (runnel_canvas_parent_class)->grab_focus (widget);

  return gtk_widget_grab_focus (proxy);
}

static void
set_tip_area (RunnelCanvas *self,
              GtkTooltip   *tooltip,
              guint         node)
{
  graphene_rect_t rect;
  RunnelBox box;

  runnel_scene_get_node_box (self->scene, node, &box);
  runnel_canvas_view_get_rect (self, &box, &rect);
  gtk_tooltip_set_tip_area (tooltip, &(GdkRectangle) { rect.origin.x, rect.origin.y,
                                                       rect.size.width, rect.size.height });
}

/* Of the step, or else of the link; with the keyboard, of the step where it is. */
static gboolean
runnel_canvas_query_tooltip (GtkWidget  *widget,
                             int         x,
                             int         y,
                             gboolean    keyboard,
                             GtkTooltip *tooltip)
{
  RunnelCanvas *self = RUNNEL_CANVAS (widget);
  guint node = keyboard ? self->focus_node : self->hovered_node;
  guint link = keyboard ? self->selected_link : self->hovered_link;
  g_autofree char *text = NULL;

  if (self->pointer.drag != RUNNEL_DRAG_NONE
      || (node == RUNNEL_NO_INDEX && link == RUNNEL_NO_INDEX))
    return FALSE;

  if (node != RUNNEL_NO_INDEX)
    set_tip_area (self, tooltip, node);
  text = node != RUNNEL_NO_INDEX ? runnel_canvas_make_tooltip (self, node)
                                 : runnel_canvas_describe_link (self, link);
  gtk_tooltip_set_text (tooltip, text);

  return TRUE;
}

static void
runnel_canvas_dispose (GObject *object)
{
  RunnelCanvas *self = RUNNEL_CANVAS (object);

  runnel_canvas_pointer_cancel (self);
  runnel_canvas_motion_stop (self);
  runnel_canvas_tidy_cancel (self);
  runnel_canvas_travel_forget (self);
  runnel_canvas_state_stop_animation (self);
  runnel_canvas_areas_clear (self);
  runnel_canvas_trace_forget (self);
  runnel_canvas_a11y_clear (self);
  g_clear_object (&self->document_signals);
  g_clear_object (&self->pipeline_signals);
  g_clear_object (&self->document);
  g_clear_object (&self->pipeline);
  g_clear_pointer (&self->quick_add, gtk_widget_unparent);
  g_clear_pointer (&self->menu, gtk_widget_unparent);

  G_OBJECT_CLASS (runnel_canvas_parent_class)->dispose (object);
}

static void
runnel_canvas_finalize (GObject *object)
{
  RunnelCanvas *self = RUNNEL_CANVAS (object);

  runnel_canvas_sync_clear (self);
  g_clear_pointer (&self->output, runnel_output_free);
  g_clear_pointer (&self->tiles, runnel_tiles_free);
  g_clear_pointer (&self->raster, runnel_raster_free);
  g_clear_pointer (&self->scene, runnel_scene_free);
  runnel_canvas_trace_finalize (self);
  g_clear_pointer (&self->selection, g_hash_table_unref);
  g_clear_pointer (&self->proxies, g_hash_table_unref);
  g_clear_pointer (&self->travel.moves, g_array_unref);
  g_clear_pointer (&self->pointer.moved_nodes, g_array_unref);
  g_clear_pointer (&self->pointer.moved_notes, g_ptr_array_unref);
  g_clear_pointer (&self->pointer.moved_groups, g_ptr_array_unref);
  g_clear_pointer (&self->pointer.drop_groups, g_ptr_array_unref);
  g_clear_pointer (&self->pointer.box_before, g_hash_table_unref);
  g_clear_pointer (&self->pointer.stroke, g_array_unref);
  g_clear_pointer (&self->pointer.cut_links, g_hash_table_unref);
  g_clear_pointer (&self->connecting.refusal, g_free);
  g_clear_pointer (&self->adding.from, g_free);
  g_clear_pointer (&self->adding.to, g_free);

  G_OBJECT_CLASS (runnel_canvas_parent_class)->finalize (object);
}

static void
runnel_canvas_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  RunnelCanvas *self = RUNNEL_CANVAS (object);

  switch (prop_id)
    {
    case PROP_DOCUMENT:
      g_value_set_object (value, self->document);
      break;

    case PROP_ZOOM:
      g_value_set_double (value, self->view.zoom);
      break;

    case PROP_READ_ONLY:
      g_value_set_boolean (value, self->read_only);
      break;

    case PROP_SNAPS:
      g_value_set_boolean (value, self->snaps);
      break;

    case PROP_WHEEL_ZOOMS:
      g_value_set_boolean (value, self->wheel_zooms);
      break;

    case PROP_TIDY_DOWN:
      g_value_set_boolean (value, self->tidy_down);
      break;

    case PROP_LINK_STYLE:
      g_value_set_enum (value, runnel_scene_get_link_style (self->scene));
      break;

    case PROP_TRACES_PATHS:
      g_value_set_boolean (value, self->trace.enabled);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
runnel_canvas_set_property (GObject      *object,
                            guint         prop_id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  RunnelCanvas *self = RUNNEL_CANVAS (object);

  switch (prop_id)
    {
    case PROP_DOCUMENT:
      runnel_canvas_set_document (self, g_value_get_object (value));
      break;

    case PROP_ZOOM:
      runnel_canvas_set_zoom (self, g_value_get_double (value));
      break;

    case PROP_READ_ONLY:
      runnel_canvas_set_read_only (self, g_value_get_boolean (value));
      break;

    case PROP_SNAPS:
      self->snaps = g_value_get_boolean (value);
      break;

    case PROP_WHEEL_ZOOMS:
      self->wheel_zooms = g_value_get_boolean (value);
      break;

    case PROP_TIDY_DOWN:
      self->tidy_down = g_value_get_boolean (value);
      break;

    case PROP_LINK_STYLE:
      runnel_canvas_set_link_style (self, g_value_get_enum (value));
      break;

    case PROP_TRACES_PATHS:
      runnel_canvas_set_traces_paths (self, g_value_get_boolean (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
install_properties (GObjectClass *klass)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  properties[PROP_DOCUMENT] = g_param_spec_object ("document", NULL, NULL, RUNNEL_TYPE_DOCUMENT,
                                                   flags);
  properties[PROP_ZOOM] = g_param_spec_double ("zoom", NULL, NULL, RUNNEL_CANVAS_MIN_ZOOM,
                                               RUNNEL_CANVAS_MAX_ZOOM, 1.0, flags);
  properties[PROP_READ_ONLY] = g_param_spec_boolean ("read-only", NULL, NULL, FALSE, flags);
  properties[PROP_WHEEL_ZOOMS] = g_param_spec_boolean ("wheel-zooms", NULL, NULL, FALSE,
                                                       G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_SNAPS] = g_param_spec_boolean ("snaps", NULL, NULL, TRUE,
                                                 G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_TIDY_DOWN] = g_param_spec_boolean ("tidy-down", NULL, NULL, FALSE,
                                                     G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_LINK_STYLE] = g_param_spec_enum ("link-style", NULL, NULL,
                                                   RUNNEL_TYPE_LINK_STYLE, RUNNEL_LINKS_CURVED,
                                                   flags);
  properties[PROP_TRACES_PATHS] = g_param_spec_boolean ("traces-paths", NULL, NULL, TRUE, flags);
  g_object_class_install_properties (klass, N_PROPS, properties);
}

static void
install_signals (GType type)
{
  /**
   * RunnelCanvas::selection-changed:
   *
   * Other steps, or another link, are selected now.
   */
  signals[SELECTION_CHANGED] = g_signal_new ("selection-changed", type, G_SIGNAL_RUN_LAST, 0, NULL,
                                             NULL, NULL, G_TYPE_NONE, 0);

  /**
   * RunnelCanvas::view-changed:
   *
   * Another part of the world is seen, in the same size or another. Comes with every frame of a
   * motion.
   */
  signals[VIEW_CHANGED] = g_signal_new ("view-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                        NULL, G_TYPE_NONE, 0);

  /**
   * RunnelCanvas::picture-changed:
   *
   * The frame being drawn shows other steps, links or colours than the one before, wherever they
   * are. Nothing may be drawn or laid out in a handler.
   */
  signals[PICTURE_CHANGED] = g_signal_new ("picture-changed", type, G_SIGNAL_RUN_LAST, 0, NULL,
                                           NULL, NULL, G_TYPE_NONE, 0);

  /**
   * RunnelCanvas::step-activated:
   * @id: the step that was double-clicked, or on which Enter was pressed
   */
  signals[STEP_ACTIVATED] = g_signal_new ("step-activated", type, G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  /**
   * RunnelCanvas::rename:
   * @id: the step that the person wants to give another name
   */
  signals[RENAME] = g_signal_new ("rename", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_STRING);

  /**
   * RunnelCanvas::enter:
   * @id: the step double-clicked with Ctrl: what is inside of it is wanted
   */
  signals[ENTER] = g_signal_new ("enter", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_STRING);

  /**
   * RunnelCanvas::edit-refused:
   * @message: why what the person tried can't be done
   */
  signals[EDIT_REFUSED] = g_signal_new ("edit-refused", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                        NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  /**
   * RunnelCanvas::folded:
   *
   * Other groups are closed than before.
   */
  signals[FOLDED] = g_signal_new ("folded", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 0);

  /**
   * RunnelCanvas::link-followed:
   * @address: of the web or of e-mail; to be shown to the person before it is opened
   */
  signals[LINK_FOLLOWED] = g_signal_new ("link-followed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                         NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  /**
   * RunnelCanvas::explain:
   * @id: a step whose state is shown
   *
   * Returns: (transfer full) (nullable): why it is what it is, one fact a line, for its tooltip
   */
  signals[EXPLAIN] = g_signal_new ("explain", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_STRING, 1, G_TYPE_STRING);
}

static void
runnel_canvas_class_init (RunnelCanvasClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = runnel_canvas_dispose;
  object_class->finalize = runnel_canvas_finalize;
  object_class->get_property = runnel_canvas_get_property;
  object_class->set_property = runnel_canvas_set_property;

  widget_class->measure = runnel_canvas_measure;
  widget_class->size_allocate = runnel_canvas_size_allocate;
  widget_class->snapshot = runnel_canvas_snapshot;
  widget_class->realize = runnel_canvas_realize;
  widget_class->map = runnel_canvas_map;
  widget_class->unmap = runnel_canvas_unmap;
  widget_class->css_changed = runnel_canvas_css_changed;
  widget_class->focus = runnel_canvas_focus;
  widget_class->grab_focus = runnel_canvas_grab_focus;
  widget_class->query_tooltip = runnel_canvas_query_tooltip;

  install_properties (object_class);
  install_signals (G_TYPE_FROM_CLASS (klass));
  runnel_canvas_class_install_actions (widget_class);

  gtk_widget_class_set_css_name (widget_class, "runnel-canvas");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
runnel_canvas_init (RunnelCanvas *self)
{
  self->scene = runnel_scene_new ();
  self->raster = runnel_raster_new ();
  self->tiles = runnel_tiles_new (self->scene, self->raster, 0);
  self->output = runnel_output_new ();
  self->view = (RunnelViewport) { .zoom = 1, .density = 1 };
  self->selection = g_hash_table_new (NULL, NULL);
  self->proxies = g_hash_table_new (NULL, NULL);
  runnel_canvas_trace_init (self);
  self->snaps = TRUE;
  self->selected_link = RUNNEL_NO_INDEX;
  self->focus_node = RUNNEL_NO_INDEX;
  self->hovered_node = RUNNEL_NO_INDEX;
  self->hovered_link = RUNNEL_NO_INDEX;
  self->aimed_link = RUNNEL_NO_INDEX;
  self->connecting.anchor = RUNNEL_NO_INDEX;
  self->connecting.target = RUNNEL_NO_INDEX;
  self->connecting.link = RUNNEL_NO_INDEX;
  self->pointer.press_node = RUNNEL_NO_INDEX;
  self->travel.moves = runnel_canvas_travel_new ();
  self->pointer.press_link = RUNNEL_NO_INDEX;
  self->pointer.moved_nodes = g_array_new (FALSE, FALSE, sizeof (RunnelMovedNode));
  self->pointer.moved_notes = g_ptr_array_new ();
  self->pointer.moved_groups = g_ptr_array_new ();
  self->pointer.drop_groups = g_ptr_array_new ();
  self->pointer.stroke = g_array_new (FALSE, FALSE, sizeof (RunnelPoint));
  self->pointer.cut_links = g_hash_table_new (NULL, NULL);

  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  gtk_widget_set_hexpand (GTK_WIDGET (self), TRUE);
  gtk_widget_set_vexpand (GTK_WIDGET (self), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _("Pipeline Canvas"),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  _("Arrow keys go from step to step, N adds a step"), -1);

  runnel_canvas_sync_init (self);
  runnel_canvas_style_init (self);
  runnel_canvas_actions_init (self);
  runnel_canvas_gestures_init (self);
  runnel_canvas_add_init (self);
  runnel_canvas_update_actions (self);
}

/**
 * runnel_canvas_new:
 *
 * Makes a canvas that shows nothing yet.
 */
GtkWidget *
runnel_canvas_new (void)
{
  return g_object_new (RUNNEL_TYPE_CANVAS, NULL);
}

/**
 * runnel_canvas_get_document:
 *
 * Returns: (transfer none) (nullable): the document that is shown and changed
 */
RunnelDocument *
runnel_canvas_get_document (RunnelCanvas *self)
{
  g_return_val_if_fail (RUNNEL_IS_CANVAS (self), NULL);

  return self->document;
}

/**
 * runnel_canvas_get_pipeline:
 *
 * Returns: (transfer none) (nullable): the pipeline that is shown
 */
RunnelPipeline *
runnel_canvas_get_pipeline (RunnelCanvas *self)
{
  g_return_val_if_fail (RUNNEL_IS_CANVAS (self), NULL);

  return self->pipeline;
}

static void
show_pipeline (RunnelCanvas   *self,
               RunnelPipeline *pipeline)
{
  if (!g_set_object (&self->pipeline, pipeline))
    return;

  runnel_canvas_pointer_cancel (self);
  g_signal_group_set_target (self->pipeline_signals, pipeline);
  runnel_canvas_sync_all (self);
  runnel_canvas_place_fit (self);
  runnel_canvas_emit_selection_changed (self);
}

/**
 * runnel_canvas_set_document:
 * @document: (nullable): the document to show and change
 *
 * Shows a document from now on and follows its changes, whoever makes them. Steps without a
 * position are arranged; the document stays unmodified until the person changes something.
 */
void
runnel_canvas_set_document (RunnelCanvas   *self,
                            RunnelDocument *document)
{
  g_return_if_fail (RUNNEL_IS_CANVAS (self));
  g_return_if_fail (document == NULL || RUNNEL_IS_DOCUMENT (document));

  if (document == self->document)
    return;

  runnel_canvas_area_editor_close (self);
  g_set_object (&self->document, document);
  g_signal_group_set_target (self->document_signals, document);
  show_pipeline (self, document != NULL ? runnel_document_get_pipeline (document) : NULL);
  runnel_canvas_update_actions (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DOCUMENT]);
}

/**
 * runnel_canvas_set_pipeline:
 * @pipeline: (nullable): a pipeline without a document, such as that of an earlier run
 *
 * Shows a pipeline that can't be changed here.
 */
void
runnel_canvas_set_pipeline (RunnelCanvas   *self,
                            RunnelPipeline *pipeline)
{
  g_return_if_fail (RUNNEL_IS_CANVAS (self));
  g_return_if_fail (pipeline == NULL || RUNNEL_IS_PIPELINE (pipeline));

  runnel_canvas_set_document (self, NULL);
  show_pipeline (self, pipeline);
}

gboolean
runnel_canvas_get_read_only (RunnelCanvas *self)
{
  g_return_val_if_fail (RUNNEL_IS_CANVAS (self), FALSE);

  return self->read_only;
}

/**
 * runnel_canvas_set_read_only:
 * @read_only: whether the document can be looked at but not changed
 */
void
runnel_canvas_set_read_only (RunnelCanvas *self,
                             gboolean      read_only)
{
  g_return_if_fail (RUNNEL_IS_CANVAS (self));

  if (self->read_only == !!read_only)
    return;

  runnel_canvas_area_editor_close (self);
  self->read_only = !!read_only;
  runnel_canvas_tidy_cancel (self);
  runnel_canvas_pointer_cancel (self);
  runnel_canvas_update_actions (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_READ_ONLY]);
}

/**
 * runnel_canvas_get_zoom:
 *
 * Returns: logical pixels per world unit
 */
double
runnel_canvas_get_zoom (RunnelCanvas *self)
{
  g_return_val_if_fail (RUNNEL_IS_CANVAS (self), 1);

  return self->view.zoom;
}

/**
 * runnel_canvas_set_zoom:
 * @zoom: logical pixels per world unit, taken into the allowed range
 *
 * Zooms around the middle of what is seen.
 */
void
runnel_canvas_set_zoom (RunnelCanvas *self,
                        double        zoom)
{
  g_return_if_fail (RUNNEL_IS_CANVAS (self));

  runnel_canvas_view_zoom_at (self, zoom, gtk_widget_get_width (GTK_WIDGET (self)) / 2.0,
                              gtk_widget_get_height (GTK_WIDGET (self)) / 2.0);
}
