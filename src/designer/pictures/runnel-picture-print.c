/* runnel-picture-print.c: a scene on paper
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "designer/pictures/runnel-picture-print.h"
#include "designer/pictures/runnel-picture.h"
#include "util/runnel-task.h"

#define POINTS_PER_UNIT 0.75   /* 96 units to the inch, as on a screen */

typedef struct
{
  RunnelScene *scene;
  RunnelBox box;
  RunnelPrintPages pages;
  GtkCheckButton *poster_button; /* (weak) of the dialog's page of ours */
  gboolean poster;
} Print;

static void
print_free (Print *self)
{
  runnel_scene_free (self->scene);
  g_free (self);
}

/**
 * runnel_picture_lay_out_pages:
 * @box: what is to be seen of the world
 * @page_width: what can be printed on, in points
 * @page_height: likewise
 * @poster: whether it has its size of the screen, on as many pages as that takes; else it has one
 *   page and is made smaller where it has to be
 */
void
runnel_picture_lay_out_pages (const RunnelBox  *box,
                              double            page_width,
                              double            page_height,
                              gboolean          poster,
                              RunnelPrintPages *ret_pages)
{
  const double width = box->x1 - box->x0, height = box->y1 - box->y0;
  const double fitting = MIN (page_width / width, page_height / height);

  if (poster)
    *ret_pages = (RunnelPrintPages) { ceil (width * POINTS_PER_UNIT / page_width),
                                      ceil (height * POINTS_PER_UNIT / page_height),
                                      POINTS_PER_UNIT };
  else
    *ret_pages = (RunnelPrintPages) { 1, 1, MIN (POINTS_PER_UNIT, fitting) };
}

static GtkWidget *
create_options_cb (GtkPrintOperation *operation,
                   Print             *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *fit = gtk_check_button_new_with_mnemonic (_("All on _one page"));
  GtkWidget *poster = gtk_check_button_new_with_mnemonic (
    _("A _poster of several pages, as large as on the screen"));

  gtk_check_button_set_group (GTK_CHECK_BUTTON (poster), GTK_CHECK_BUTTON (fit));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (fit), TRUE);
  gtk_box_append (GTK_BOX (box), fit);
  gtk_box_append (GTK_BOX (box), poster);
  gtk_widget_set_margin_top (box, 12);
  gtk_widget_set_margin_start (box, 12);
  g_set_weak_pointer (&self->poster_button, GTK_CHECK_BUTTON (poster));
  return box;
}

static void
apply_options_cb (GtkPrintOperation *operation,
                  GtkWidget         *widget,
                  Print             *self)
{
  if (self->poster_button != NULL)
    self->poster = gtk_check_button_get_active (self->poster_button);
  g_clear_weak_pointer (&self->poster_button);
}

static void
begin_cb (GtkPrintOperation *operation,
          GtkPrintContext   *context,
          Print             *self)
{
  runnel_picture_lay_out_pages (&self->box, gtk_print_context_get_width (context),
                                gtk_print_context_get_height (context), self->poster,
                                &self->pages);
  gtk_print_operation_set_n_pages (operation, self->pages.columns * self->pages.rows);
}

/* --- A page --- */

typedef struct
{
  Print *print;
  cairo_t *cr;
  RunnelBox part;
} Page;

static void
page_free (Page *page)
{
  cairo_destroy (page->cr);
  g_free (page);
}

static void
draw_in_thread (GTask        *task,
                gpointer      source_object,
                gpointer      task_data,
                GCancellable *cancellable)
{
  Page *page = task_data;
  RunnelGlyphs *glyphs = runnel_glyphs_new ();
  RunnelPen *pen = runnel_pen_new_cairo (page->cr, glyphs);

  runnel_picture_draw (page->print->scene, runnel_palette_get (RUNNEL_PALETTE_LIGHT), &page->part,
                       pen);
  runnel_pen_free (pen);
  runnel_glyphs_free (glyphs);
  g_task_return_boolean (task, TRUE);
}

static void
drawn_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  gtk_print_operation_draw_page_finish (GTK_PRINT_OPERATION (object));
}

static void
set_part (Page   *page,
          guint   number,
          double  page_width,
          double  page_height)
{
  const RunnelPrintPages *pages = &page->print->pages;
  const double width = page_width / pages->scale, height = page_height / pages->scale;
  const double x = page->print->box.x0 + number % pages->columns * width;
  const double y = page->print->box.y0 + number / pages->columns * height;

  page->part = (RunnelBox) { x, y, x + width, y + height };
}

/* GTK waits for a page that is drawn in a thread. */
static void
draw_cb (GtkPrintOperation *operation,
         GtkPrintContext   *context,
         int                number,
         Print             *self)
{
  g_autoptr(GTask) task = g_task_new (operation, NULL, drawn_cb, NULL);
  Page *page = g_new0 (Page, 1);

  page->print = self;
  page->cr = cairo_reference (gtk_print_context_get_cairo_context (context));
  set_part (page, number, gtk_print_context_get_width (context),
            gtk_print_context_get_height (context));
  cairo_scale (page->cr, self->pages.scale, self->pages.scale);
  cairo_translate (page->cr, -page->part.x0, -page->part.y0);

  gtk_print_operation_set_defer_drawing (operation);
  g_task_set_source_tag (task, draw_cb);
  g_task_set_task_data (task, page, (GDestroyNotify) page_free);
  runnel_task_run_in_thread (task, draw_in_thread);
}

/**
 * runnel_picture_print_new:
 * @scene: (transfer full): what to print; it has something to show
 * @title: what it is called
 *
 * Returns: (transfer full): the printing of it, to be run
 */
GtkPrintOperation *
runnel_picture_print_new (RunnelScene *scene,
                          const char  *title)
{
  GtkPrintOperation *operation = gtk_print_operation_new ();
  g_autoptr(GtkPageSetup) page = gtk_page_setup_new ();
  Print *self = g_new0 (Print, 1);

  self->scene = scene;
  runnel_picture_get_box (scene, &self->box);
  g_object_set_data_full (G_OBJECT (operation), "runnel-print", self,
                          (GDestroyNotify) print_free);

  if (self->box.x1 - self->box.x0 > self->box.y1 - self->box.y0)
    gtk_page_setup_set_orientation (page, GTK_PAGE_ORIENTATION_LANDSCAPE);
  gtk_print_operation_set_default_page_setup (operation, page);
  gtk_print_operation_set_job_name (operation, title);
  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_embed_page_setup (operation, TRUE);
  gtk_print_operation_set_custom_tab_label (operation, _("Picture"));
  gtk_print_operation_set_allow_async (operation, TRUE);
  g_signal_connect (operation, "create-custom-widget", G_CALLBACK (create_options_cb), self);
  g_signal_connect (operation, "custom-widget-apply", G_CALLBACK (apply_options_cb), self);
  g_signal_connect (operation, "begin-print", G_CALLBACK (begin_cb), self);
  g_signal_connect (operation, "draw-page", G_CALLBACK (draw_cb), self);
  return operation;
}
