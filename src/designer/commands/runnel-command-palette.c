/* runnel-command-palette.c: everything that can be done, found by typing
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Lies over the content of a window. The steps of a large pipeline are searched in slices between
 * frames, and items are made only of those that are shown.
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/commands/runnel-command-palette.h"
#include "designer/commands/runnel-fuzzy.h"
#include "util/runnel-slicer.h"

#define MAX_SHOWN 100

typedef struct
{
  guint rank;
  guint index;        /* of a command or of a step */
  gboolean is_step;
  gboolean is_useless; /* can't be chosen now */
} Hit;

struct _RunnelCommandPalette
{
  AdwBin parent_instance;

  /* Template Widgets */
  GtkEditable *entry;
  GtkListView *list;
  GtkStack *stack;
  GListStore *shown;
  GtkSingleSelection *selection;

  GPtrArray *commands;      /* of RunnelPaletteItem; NULL while hidden */
  RunnelPipeline *pipeline; /* or NULL */
  GtkWidget *focus_before;  /* weak */

  char *typed;              /* case folded */
  GArray *hits;             /* Hit */
  RunnelSlicer *slicer;     /* searches the steps */
};

enum
{
  COMMAND,
  STEP,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (RunnelCommandPalette, runnel_command_palette, ADW_TYPE_BIN)

static guint signals[N_SIGNALS];

static int
compare_hits (gconstpointer a,
              gconstpointer b)
{
  const Hit *left = a;
  const Hit *right = b;

  if (left->is_useless != right->is_useless)
    return left->is_useless ? 1 : -1;
  if (left->rank != right->rank)
    return left->rank > right->rank ? -1 : 1;
  if (left->is_step != right->is_step)
    return left->is_step ? 1 : -1;
  return left->index < right->index ? -1 : left->index > right->index;
}

static RunnelPaletteItem *
make_item (RunnelCommandPalette *self,
           const Hit            *hit)
{
  if (hit->is_step)
    return runnel_palette_item_new_step (runnel_pipeline_get_step (self->pipeline, hit->index));
  return g_object_ref (g_ptr_array_index (self->commands, hit->index));
}

static void
tell_selected (RunnelCommandPalette *self)
{
  RunnelPaletteItem *item = gtk_single_selection_get_selected_item (self->selection);
  g_autofree char *text = NULL;

  if (item)
    text = g_strdup_printf ("%s, %s", runnel_palette_item_get_title (item),
                            runnel_palette_item_get_heading (item));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  text ? text : _("Nothing found"), -1);
}

static void
show_hits (RunnelCommandPalette *self)
{
  g_autoptr(GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  g_array_sort (self->hits, compare_hits);
  for (guint i = 0; i < self->hits->len && i < MAX_SHOWN; i++)
    g_ptr_array_add (items, make_item (self, &g_array_index (self->hits, Hit, i)));
  g_list_store_splice (self->shown, 0, g_list_model_get_n_items (G_LIST_MODEL (self->shown)),
                       items->pdata, items->len);
  gtk_single_selection_set_selected (self->selection, 0);
  gtk_stack_set_visible_child_name (self->stack, items->len > 0 ? "list" : "empty");
  tell_selected (self);
}

static void
search_commands (RunnelCommandPalette *self)
{
  for (guint i = 0; i < self->commands->len; i++)
    {
      RunnelPaletteItem *item = g_ptr_array_index (self->commands, i);
      Hit hit = { .rank = runnel_palette_item_rank (item, self->typed), .index = i,
                  .is_useless = runnel_palette_item_get_obstacle (item) != NULL };

      if (hit.rank > 0)
        g_array_append_val (self->hits, hit);
    }
}

static void
search_step_cb (guint    index,
                gpointer user_data)
{
  RunnelCommandPalette *self = user_data;
  RunnelStep *step = runnel_pipeline_get_step (self->pipeline, index);
  g_autofree char *title = g_utf8_casefold (runnel_step_get_title (step), -1);
  Hit hit = { .rank = runnel_fuzzy_rank (title, self->typed), .index = index, .is_step = TRUE };

  if (hit.rank > 0)
    g_array_append_val (self->hits, hit);
}

static void
searched_cb (gpointer user_data)
{
  show_hits (user_data);
}

/* Nobody looks for a step with nothing. */
static void
search (RunnelCommandPalette *self)
{
  guint n_steps;

  g_free (self->typed);
  self->typed = g_utf8_casefold (gtk_editable_get_text (self->entry), -1);
  n_steps = self->pipeline && *self->typed ? runnel_pipeline_get_n_steps (self->pipeline) : 0;
  g_array_set_size (self->hits, 0);
  search_commands (self);
  runnel_slicer_start (self->slicer, n_steps);
  if (runnel_slicer_is_busy (self->slicer))
    show_hits (self);
}

static void
search_changed_cb (RunnelCommandPalette *self)
{
  if (self->commands)
    search (self);
}

/* Steps that come or go meanwhile are looked for again. */
static void
set_pipeline (RunnelCommandPalette *self,
              RunnelPipeline       *pipeline)
{
  if (self->pipeline)
    g_signal_handlers_disconnect_by_func (self->pipeline, search_changed_cb, self);
  g_set_object (&self->pipeline, pipeline);
  if (pipeline)
    g_signal_connect_swapped (pipeline, "changed", G_CALLBACK (search_changed_cb), self);
}

static void
choose (RunnelCommandPalette *self,
        guint                 position)
{
  g_autoptr(RunnelPaletteItem) item = g_list_model_get_item (G_LIST_MODEL (self->shown), position);

  if (!item || runnel_palette_item_get_obstacle (item))
    {
      gtk_widget_error_bell (GTK_WIDGET (self));
      return;
    }
  runnel_command_palette_popdown (self);
  if (runnel_palette_item_get_step (item))
    g_signal_emit (self, signals[STEP], 0, runnel_palette_item_get_step (item));
  else
    g_signal_emit (self, signals[COMMAND], 0, runnel_palette_item_get_command (item)->name);
}

static void
entry_activate_cb (RunnelCommandPalette *self)
{
  choose (self, gtk_single_selection_get_selected (self->selection));
}

static void
list_activate_cb (RunnelCommandPalette *self,
                  guint                 position)
{
  choose (self, position);
}

/* Up and Down walk the list while the entry keeps the focus, so that typing can go on. */
static gboolean
key_pressed_cb (RunnelCommandPalette *self,
                guint                 keyval,
                guint                 keycode,
                GdkModifierType       state)
{
  int n_items = (int) g_list_model_get_n_items (G_LIST_MODEL (self->shown));
  int selected = (int) gtk_single_selection_get_selected (self->selection);
  const struct
  {
    guint key, keypad;
    int step;
  } steps[] = {
    { GDK_KEY_Down, GDK_KEY_KP_Down, 1 },
    { GDK_KEY_Up, GDK_KEY_KP_Up, -1 },
    { GDK_KEY_Page_Down, GDK_KEY_KP_Page_Down, 8 },
    { GDK_KEY_Page_Up, GDK_KEY_KP_Page_Up, -8 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      if (keyval != steps[i].key && keyval != steps[i].keypad)
        continue;
      if (n_items == 0)
        return GDK_EVENT_STOP;

      selected = CLAMP (selected + steps[i].step, 0, n_items - 1);
      gtk_single_selection_set_selected (self->selection, selected);
      gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", selected);
      tell_selected (self);
      return GDK_EVENT_STOP;
    }
  return GDK_EVENT_PROPAGATE;
}

static GtkWidget *
add_label (GtkWidget  *row,
           const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  if (css_class)
    gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (row), label);
  return label;
}

static void
setup_row_cb (GtkSignalListItemFactory *factory,
              GtkListItem              *list_item)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *title = add_label (row, NULL);

  gtk_widget_set_hexpand (title, TRUE);
  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  add_label (row, "dim-label");
  add_label (row, "palette-keys");
  gtk_list_item_set_child (list_item, row);
}

/* Of what can't be chosen, the reason stands in the place of the heading. */
static void
bind_row_cb (GtkSignalListItemFactory *factory,
             GtkListItem              *list_item)
{
  RunnelPaletteItem *item = gtk_list_item_get_item (list_item);
  GtkWidget *row = gtk_list_item_get_child (list_item);
  GtkWidget *title = gtk_widget_get_first_child (row);
  GtkWidget *heading = gtk_widget_get_next_sibling (title);
  GtkWidget *keys = gtk_widget_get_next_sibling (heading);
  const char *obstacle = runnel_palette_item_get_obstacle (item);
  g_autofree char *key = runnel_palette_item_get_keys (item);

  gtk_label_set_label (GTK_LABEL (title), runnel_palette_item_get_title (item));
  gtk_label_set_label (GTK_LABEL (heading),
                       obstacle ? obstacle : runnel_palette_item_get_heading (item));
  gtk_label_set_label (GTK_LABEL (keys), key);
  gtk_widget_set_visible (keys, *key != '\0');
  gtk_widget_set_sensitive (title, obstacle == NULL);
  gtk_widget_set_sensitive (keys, obstacle == NULL);
}

static void
focus_left_cb (RunnelCommandPalette *self)
{
  runnel_command_palette_popdown (self);
}

static void
runnel_command_palette_dispose (GObject *object)
{
  RunnelCommandPalette *self = RUNNEL_COMMAND_PALETTE (object);

  g_clear_pointer (&self->slicer, runnel_slicer_free);
  g_clear_weak_pointer (&self->focus_before);
  g_clear_pointer (&self->commands, g_ptr_array_unref);
  set_pipeline (self, NULL);

  G_OBJECT_CLASS (runnel_command_palette_parent_class)->dispose (object);
}

static void
runnel_command_palette_finalize (GObject *object)
{
  RunnelCommandPalette *self = RUNNEL_COMMAND_PALETTE (object);

  g_array_unref (self->hits);
  g_free (self->typed);

  G_OBJECT_CLASS (runnel_command_palette_parent_class)->finalize (object);
}

static void
runnel_command_palette_class_init (RunnelCommandPaletteClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = runnel_command_palette_dispose;
  object_class->finalize = runnel_command_palette_finalize;

  /**
   * RunnelCommandPalette::command:
   * @name: an action with its target
   */
  signals[COMMAND] = g_signal_new ("command", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  /**
   * RunnelCommandPalette::step:
   * @id: of a step to go to
   */
  signals[STEP] = g_signal_new ("step", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  g_type_ensure (RUNNEL_TYPE_PALETTE_ITEM);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/runnel/Runnel/runnel-command-palette.ui");
  gtk_widget_class_bind_template_child (widget_class, RunnelCommandPalette, entry);
  gtk_widget_class_bind_template_child (widget_class, RunnelCommandPalette, list);
  gtk_widget_class_bind_template_child (widget_class, RunnelCommandPalette, stack);
  gtk_widget_class_bind_template_child (widget_class, RunnelCommandPalette, shown);
  gtk_widget_class_bind_template_child (widget_class, RunnelCommandPalette, selection);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, entry_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, list_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, focus_left_cb);
  gtk_widget_class_bind_template_callback (widget_class, setup_row_cb);
  gtk_widget_class_bind_template_callback (widget_class, bind_row_cb);
  gtk_widget_class_bind_template_callback (widget_class, runnel_command_palette_popdown);
}

static void
runnel_command_palette_init (RunnelCommandPalette *self)
{
  self->hits = g_array_new (FALSE, FALSE, sizeof (Hit));
  self->slicer = runnel_slicer_new (search_step_cb, searched_cb, self);
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * runnel_command_palette_popup:
 * @commands: (element-type RunnelPaletteItem): commands, those wanted first at the front
 * @pipeline: (nullable): steps to go to
 *
 * Shows the palette with an empty search and gives it the keyboard.
 */
void
runnel_command_palette_popup (RunnelCommandPalette *self,
                              GPtrArray            *commands,
                              RunnelPipeline       *pipeline)
{
  g_return_if_fail (RUNNEL_IS_COMMAND_PALETTE (self));
  g_return_if_fail (commands);
  g_return_if_fail (!pipeline || RUNNEL_IS_PIPELINE (pipeline));

  if (!self->commands)
    g_set_weak_pointer (&self->focus_before,
                        gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self))));
  g_clear_pointer (&self->commands, g_ptr_array_unref);
  self->commands = g_ptr_array_ref (commands);
  set_pipeline (self, pipeline);
  gtk_editable_set_text (self->entry, "");
  search (self);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

/**
 * runnel_command_palette_popdown:
 *
 * Hides the palette and gives the keyboard back, unless somebody has taken it.
 */
void
runnel_command_palette_popdown (RunnelCommandPalette *self)
{
  g_autoptr(GPtrArray) commands = NULL;
  GtkRoot *root;
  GtkWidget *focus;

  g_return_if_fail (RUNNEL_IS_COMMAND_PALETTE (self));

  commands = g_steal_pointer (&self->commands);
  if (!commands)
    return;

  runnel_slicer_stop (self->slicer);
  root = gtk_widget_get_root (GTK_WIDGET (self));
  focus = gtk_root_get_focus (root);
  if (self->focus_before && (!focus || gtk_widget_is_ancestor (focus, GTK_WIDGET (self))))
    gtk_widget_grab_focus (self->focus_before);
  g_clear_weak_pointer (&self->focus_before);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  set_pipeline (self, NULL);
}
