/* runnel-run-tokens.c: what runs are chosen by, each to be taken back by a click
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/runnel-wrap-layout.h"
#include "designer/runs/runnel-run-tokens.h"
#include "designer/runs/runnel-run-words.h"

#define MAX_CHARS 40

struct _RunnelRunTokens
{
  GtkWidget parent_instance;

  RunnelRunQuery *query;
};

G_DEFINE_FINAL_TYPE (RunnelRunTokens, runnel_run_tokens, GTK_TYPE_WIDGET)

/* Takes one condition out of a filter; `index` is that of one of several. */
typedef void (*TakeFunc) (RunnelRunFilter *filter, guint index);

static void
take_states (RunnelRunFilter *filter,
             guint            index)
{
  filter->states = 0;
}

static void
take_pipeline (RunnelRunFilter *filter,
               guint            index)
{
  g_clear_pointer (&filter->pipeline, g_free);
}

static void
take_trigger (RunnelRunFilter *filter,
              guint            index)
{
  g_clear_pointer (&filter->trigger, g_free);
}

static void
take_since (RunnelRunFilter *filter,
            guint            index)
{
  filter->since = 0;
}

static void
take_until (RunnelRunFilter *filter,
            guint            index)
{
  filter->until = 0;
}

static void
take_label (RunnelRunFilter *filter,
            guint            index)
{
  g_ptr_array_remove_index (filter->labels, index);
}

static void
take_parameter (RunnelRunFilter *filter,
                guint            index)
{
  g_ptr_array_remove_index (filter->parameters, index);
}

static void
take_text (RunnelRunFilter *filter,
           guint            index)
{
  g_ptr_array_remove_index (filter->texts, index);
}

static void
take_pinned (RunnelRunFilter *filter,
             guint            index)
{
  filter->pinned = FALSE;
}

static void
take_top_level (RunnelRunFilter *filter,
                guint            index)
{
  filter->top_level = FALSE;
}

static void
take_parent (RunnelRunFilter *filter,
             guint            index)
{
  filter->parent = 0;
}

static void
take_before (RunnelRunFilter *filter,
             guint            index)
{
  filter->before = 0;
}

/* --- Buttons --------------------------------------------------------------------------- */

typedef struct
{
  TakeFunc take;
  guint index;
} Token;

static guint
get_place (GtkWidget *button)
{
  guint place = 0;

  while ((button = gtk_widget_get_prev_sibling (button)) != NULL)
    place++;
  return place;
}

/* The button that was clicked is gone, and the keyboard with it. */
static void
focus_place (RunnelRunTokens *self,
             guint            place)
{
  GtkWidget *button = gtk_widget_get_first_child (GTK_WIDGET (self));

  for (; place > 0 && button != NULL && gtk_widget_get_next_sibling (button) != NULL; place--)
    button = gtk_widget_get_next_sibling (button);
  if (button != NULL)
    gtk_widget_grab_focus (button);
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "page.find", NULL);
}

static void
clicked_cb (RunnelRunTokens *self,
            GtkButton       *button)
{
  const Token *token = g_object_get_data (G_OBJECT (button), "token");
  RunnelRunFilter *chosen = runnel_run_filter_copy (runnel_run_query_get_chosen (self->query));
  guint place = get_place (GTK_WIDGET (button));

  token->take (chosen, token->index);
  runnel_run_query_choose (self->query, chosen);
  focus_place (self, place);
}

static GtkWidget *
make_content (const char *text)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), MAX_CHARS);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("window-close-symbolic"));
  return box;
}

/* Takes @text. */
static void
add (RunnelRunTokens *self,
     char            *text,
     TakeFunc         take,
     guint            index)
{
  GtkWidget *button = gtk_button_new ();
  Token *token = g_new (Token, 1);
  /* translators: one of the conditions by which runs are chosen */
  g_autofree char *description = g_strdup_printf (_("Remove the Filter “%s”"), text);

  *token = (Token) { take, index };
  gtk_button_set_child (GTK_BUTTON (button), make_content (text));
  gtk_widget_add_css_class (button, "token");
  gtk_widget_set_tooltip_text (button, description);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  description, -1);
  g_object_set_data_full (G_OBJECT (button), "token", token, g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (clicked_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_set_parent (button, GTK_WIDGET (self));
  g_free (text);
}

static void
add_all (RunnelRunTokens       *self,
         const RunnelRunFilter *filter)
{
  g_autofree char *trigger =
    filter->trigger != NULL ? runnel_trigger_describe (filter->trigger) : NULL;

  if (filter->states != 0)
    add (self, runnel_run_describe_states (filter->states), take_states, 0);
  if (filter->pipeline != NULL)
    add (self, g_strdup_printf (_("Pipeline: %s"), filter->pipeline), take_pipeline, 0);
  if (trigger != NULL)
    add (self, g_strdup_printf (_("Trigger: %s"), trigger), take_trigger, 0);
  if (filter->since != 0)
    add (self, runnel_run_describe_since (filter->since), take_since, 0);
  if (filter->until != 0)
    add (self, runnel_run_describe_until (filter->until), take_until, 0);
  for (guint i = 0; i < filter->labels->len; i++)
    add (self, g_strdup_printf (_("Label: %s"), (char *) filter->labels->pdata[i]), take_label, i);
  for (guint i = 0; i < filter->parameters->len; i++)
    add (self, g_strdup_printf (_("Parameter: %s"), (char *) filter->parameters->pdata[i]),
         take_parameter, i);
  for (guint i = 0; i < filter->texts->len; i++)
    add (self, g_strdup_printf (_("Text: %s"), (char *) filter->texts->pdata[i]), take_text, i);
  if (filter->pinned)
    add (self, g_strdup (_("Pinned")), take_pinned, 0);
  if (filter->top_level)
    add (self, g_strdup (_("Not inside of other runs")), take_top_level, 0);
  if (filter->parent != 0)
    add (self, g_strdup_printf (_("Inside of run %" G_GINT64_FORMAT), filter->parent), take_parent, 0);
  if (filter->before != 0)
    add (self, g_strdup_printf (_("Before run %" G_GINT64_FORMAT), filter->before), take_before, 0);
}

static void
remove_all (RunnelRunTokens *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
}

static void
update (RunnelRunTokens *self)
{
  remove_all (self);
  add_all (self, runnel_run_query_get_chosen (self->query));
  gtk_widget_set_visible (GTK_WIDGET (self),
                          gtk_widget_get_first_child (GTK_WIDGET (self)) != NULL);
}

static void
runnel_run_tokens_dispose (GObject *object)
{
  RunnelRunTokens *self = RUNNEL_RUN_TOKENS (object);

  remove_all (self);
  g_clear_object (&self->query);

  G_OBJECT_CLASS (runnel_run_tokens_parent_class)->dispose (object);
}

static void
runnel_run_tokens_class_init (RunnelRunTokensClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = runnel_run_tokens_dispose;

  gtk_widget_class_set_layout_manager_type (widget_class, RUNNEL_TYPE_WRAP_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "runtokens");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
runnel_run_tokens_init (RunnelRunTokens *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Filters"), -1);
}

/**
 * runnel_run_tokens_new:
 *
 * Returns: (transfer floating): tokens of no query yet
 */
GtkWidget *
runnel_run_tokens_new (void)
{
  return g_object_new (RUNNEL_TYPE_RUN_TOKENS, NULL);
}

/**
 * runnel_run_tokens_set_query:
 * @self: tokens, which have no query yet
 * @query: what to show and change
 */
void
runnel_run_tokens_set_query (RunnelRunTokens *self,
                             RunnelRunQuery  *query)
{
  g_return_if_fail (RUNNEL_IS_RUN_TOKENS (self));
  g_return_if_fail (RUNNEL_IS_RUN_QUERY (query) && self->query == NULL);

  self->query = g_object_ref (query);
  g_signal_connect_object (query, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}
