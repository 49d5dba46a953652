/* runnel-zoom-bar.c: tells the zoom of a canvas, and changes it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "designer/canvas/runnel-zoom-bar.h"
#include "designer/commands/runnel-commands.h"
#include "designer/compat/runnel-tip.h"

#define LABEL_CHARS 6 /* of the largest zoom, so that the buttons stay where they are */

struct _RunnelZoomBar
{
  GtkWidget parent_instance;

  RunnelCanvas *canvas; /* borrowed: the pane has both */
  GtkWidget *less;
  GtkWidget *menu;
  GtkWidget *label;     /* of the menu: a child of its own, so that there is no arrow beside it */
  GtkWidget *more;
};

G_DEFINE_FINAL_TYPE (RunnelZoomBar, runnel_zoom_bar, GTK_TYPE_WIDGET)

/* What the menu offers besides percentages. */
static const char *const commands[] = { "canvas.fit", "canvas.fit-selection", "canvas.zoom-100" };

static const double zooms[] = { 0.25, 0.5, 2 };

static char *
format_zoom (double zoom)
{
  /* translators: how large the canvas is shown, as in “85 %” */
  return g_strdup_printf (_("%d %%"), (int) lround (zoom * 100));
}

static void
update (RunnelZoomBar *self)
{
  double zoom = runnel_canvas_get_zoom (self->canvas);
  g_autofree char *text = format_zoom (zoom);

  gtk_label_set_label (GTK_LABEL (self->label), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->menu), GTK_ACCESSIBLE_PROPERTY_LABEL, text,
                                  -1);
  gtk_widget_set_sensitive (self->less, zoom > RUNNEL_CANVAS_MIN_ZOOM);
  gtk_widget_set_sensitive (self->more, zoom < RUNNEL_CANVAS_MAX_ZOOM);
}

/* --- The menu --- */

static GMenuModel *
make_command_section (void)
{
  GMenu *section = g_menu_new ();

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      const RunnelCommand *command = runnel_commands_lookup (commands[i]);
      g_autofree char *action = g_strconcat ("zoom.command::", commands[i], NULL);

      if (command != NULL)
        g_menu_append (section, _(command->title), action);
    }

  return G_MENU_MODEL (section);
}

static GMenuModel *
make_zoom_section (void)
{
  GMenu *section = g_menu_new ();

  for (guint i = 0; i < G_N_ELEMENTS (zooms); i++)
    {
      g_autofree char *title = format_zoom (zooms[i]);
      g_autoptr(GMenuItem) item = g_menu_item_new (title, NULL);

      g_menu_item_set_action_and_target (item, "zoom.to", "d", zooms[i]);
      g_menu_append_item (section, item);
    }

  return G_MENU_MODEL (section);
}

static GMenuModel *
make_panel_section (void)
{
  GMenu *section = g_menu_new ();
  const RunnelCommand *command = runnel_commands_lookup ("win.minimap");

  if (command != NULL)
    g_menu_append (section, _(command->title), command->name);

  return G_MENU_MODEL (section);
}

static void
create_menu_cb (GtkMenuButton *button,
                gpointer       user_data)
{
  g_autoptr(GMenu) menu = g_menu_new ();
  g_autoptr(GMenuModel) first = make_command_section ();
  g_autoptr(GMenuModel) second = make_zoom_section ();
  g_autoptr(GMenuModel) third = make_panel_section ();

  g_menu_append_section (menu, NULL, first);
  g_menu_append_section (menu, NULL, second);
  g_menu_append_section (menu, NULL, third);
  gtk_menu_button_set_menu_model (button, G_MENU_MODEL (menu));
}

static void
command_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  RunnelZoomBar *self = RUNNEL_ZOOM_BAR (widget);

  gtk_widget_activate_action_variant (GTK_WIDGET (self->canvas),
                                      g_variant_get_string (parameter, NULL), NULL);
}

static void
zoom_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  runnel_canvas_set_zoom (RUNNEL_ZOOM_BAR (widget)->canvas, g_variant_get_double (parameter));
}

/* --- The buttons --- */

static GtkWidget *
add_button (RunnelZoomBar *self,
            const char    *icon_name,
            const char    *label,
            const char    *command)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon_name);

  runnel_tip_set (button, label);
  gtk_widget_add_css_class (button, "flat");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "zoom.command");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", command);
  gtk_widget_set_parent (button, GTK_WIDGET (self));
  return button;
}

static GtkWidget *
add_menu_button (RunnelZoomBar *self)
{
  GtkWidget *button = gtk_menu_button_new ();

  self->label = gtk_label_new (NULL);
  gtk_label_set_width_chars (GTK_LABEL (self->label), LABEL_CHARS);
  gtk_menu_button_set_child (GTK_MENU_BUTTON (button), self->label);
  gtk_widget_set_tooltip_text (button, _("Zoom"));
  gtk_widget_add_css_class (button, "flat");
  gtk_menu_button_set_direction (GTK_MENU_BUTTON (button), GTK_ARROW_UP);
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (button), create_menu_cb, NULL,
                                        NULL);
  gtk_widget_set_parent (button, GTK_WIDGET (self));
  return button;
}

static void
runnel_zoom_bar_dispose (GObject *object)
{
  RunnelZoomBar *self = RUNNEL_ZOOM_BAR (object);

  g_clear_pointer (&self->less, gtk_widget_unparent);
  g_clear_pointer (&self->menu, gtk_widget_unparent);
  g_clear_pointer (&self->more, gtk_widget_unparent);
  G_OBJECT_CLASS (runnel_zoom_bar_parent_class)->dispose (object);
}

static void
runnel_zoom_bar_class_init (RunnelZoomBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = runnel_zoom_bar_dispose;
  gtk_widget_class_install_action (widget_class, "zoom.command", "s", command_action);
  gtk_widget_class_install_action (widget_class, "zoom.to", "d", zoom_action);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "runnel-zoom-bar");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
runnel_zoom_bar_init (RunnelZoomBar *self)
{
  self->less = add_button (self, "list-remove-symbolic", _("Zoom Out"), "canvas.zoom-out");
  self->menu = add_menu_button (self);
  self->more = add_button (self, "list-add-symbolic", _("Zoom In"), "canvas.zoom-in");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Zoom"),
                                  -1);
}

/**
 * runnel_zoom_bar_new:
 * @canvas: the canvas whose zoom is meant; it must live as long as the bar
 */
GtkWidget *
runnel_zoom_bar_new (RunnelCanvas *canvas)
{
  RunnelZoomBar *self;

  g_return_val_if_fail (RUNNEL_IS_CANVAS (canvas), NULL);

  self = g_object_new (RUNNEL_TYPE_ZOOM_BAR, NULL);
  self->canvas = canvas;
  g_signal_connect_object (canvas, "notify::zoom", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}
