/* runnel-form.c: the fields of one object, in groups
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/inspector/runnel-form.h"

struct _RunnelForm
{
  GtkBox parent_instance;

  GtkWidget *group;    /* the box that rows are added to */
  GtkWidget *expander; /* around it, or NULL */
  GPtrArray *keys;     /* of char* */
  GPtrArray *rows;     /* of RunnelFieldRow, borrowed, as `keys` */
  gboolean is_shown;   /* values were shown at least once */
};

enum
{
  COMMIT,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (RunnelForm, runnel_form, GTK_TYPE_BOX)

static guint signals[N_SIGNALS];

#define GROUP_ID "runnel-group-id"

/* A folded expander has taken its child out of the tree, so a row can't find it there. */
#define EXPANDER "runnel-expander"

/* Whether a person folded or unfolded a group, by its id, as long as the process lives. A group
 * that nobody touched is unfolded when there is something in it. */
static GHashTable *choices;

static void
row_commit_cb (RunnelFieldRow *row,
               JsonNode       *value,
               RunnelForm     *self)
{
  guint index;

  if (g_ptr_array_find (self->rows, row, &index))
    g_signal_emit (self, signals[COMMIT], 0, g_ptr_array_index (self->keys, index), value);
}

static void
activated_cb (GtkExpander *expander)
{
  const char *id = g_object_get_data (G_OBJECT (expander), GROUP_ID);

  g_hash_table_insert (choices, g_strdup (id),
                       GINT_TO_POINTER (gtk_expander_get_expanded (expander)));
}

static void
unfold_filled_groups (RunnelForm *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      GtkWidget *expander = g_object_get_data (g_ptr_array_index (self->rows, i), EXPANDER);
      const char *id = expander ? g_object_get_data (G_OBJECT (expander), GROUP_ID) : NULL;

      if (id && !g_hash_table_contains (choices, id) &&
          runnel_field_row_get_value (g_ptr_array_index (self->rows, i)))
        gtk_expander_set_expanded (GTK_EXPANDER (expander), TRUE);
    }
}

static void
runnel_form_dispose (GObject *object)
{
  RunnelForm *self = RUNNEL_FORM (object);

  /* Rows that go away with something typed in them commit to nobody. */
  for (guint i = 0; i < self->rows->len; i++)
    g_signal_handlers_disconnect_by_data (g_ptr_array_index (self->rows, i), self);
  g_ptr_array_set_size (self->rows, 0);
  G_OBJECT_CLASS (runnel_form_parent_class)->dispose (object);
}

static void
runnel_form_finalize (GObject *object)
{
  RunnelForm *self = RUNNEL_FORM (object);

  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->keys, g_ptr_array_unref);
  G_OBJECT_CLASS (runnel_form_parent_class)->finalize (object);
}

static void
runnel_form_class_init (RunnelFormClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = runnel_form_dispose;
  object_class->finalize = runnel_form_finalize;

  signals[COMMIT] = g_signal_new ("commit", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, JSON_TYPE_NODE);
  choices = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

static void
runnel_form_init (RunnelForm *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 18);
  self->keys = g_ptr_array_new_with_free_func (g_free);
  self->rows = g_ptr_array_new ();
}

RunnelForm *
runnel_form_new (void)
{
  return g_object_new (RUNNEL_TYPE_FORM, NULL);
}

static GtkWidget *
expander_new (const char *id,
              const char *title,
              GtkWidget  *child)
{
  GtkWidget *expander = gtk_expander_new (NULL);
  GtkWidget *label = gtk_label_new (title);

  gtk_widget_add_css_class (label, "heading");
  gtk_expander_set_label_widget (GTK_EXPANDER (expander), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (expander), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  -1);
  gtk_expander_set_expanded (GTK_EXPANDER (expander),
                             GPOINTER_TO_INT (g_hash_table_lookup (choices, id)));
  gtk_expander_set_child (GTK_EXPANDER (expander), child);
  gtk_widget_set_margin_top (child, 12);
  g_object_set_data_full (G_OBJECT (expander), GROUP_ID, g_strdup (id), g_free);
  g_signal_connect_after (expander, "activate", G_CALLBACK (activated_cb), NULL);
  return expander;
}

/**
 * runnel_form_add_group:
 * @id: under which it is remembered whether the group is unfolded
 * @title: (nullable): its title; %NULL makes a group that is always shown
 *
 * Begins a group: what is added next belongs to it.
 */
void
runnel_form_add_group (RunnelForm *self,
                       const char *id,
                       const char *title)
{
  g_return_if_fail (RUNNEL_IS_FORM (self));

  self->group = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  self->expander = title ? expander_new (id, title, self->group) : NULL;
  gtk_box_append (GTK_BOX (self), title ? self->expander : self->group);
}

/**
 * runnel_form_add_widget:
 * @widget: (transfer floating): something that is no field
 */
void
runnel_form_add_widget (RunnelForm *self,
                        GtkWidget  *widget)
{
  g_return_if_fail (RUNNEL_IS_FORM (self));
  g_return_if_fail (self->group);

  gtk_box_append (GTK_BOX (self->group), widget);
}

/**
 * runnel_form_add_row:
 * @key: the member the row edits, such as "timeout" or "with.run"
 * @title: what it is
 * @description: (nullable): more about it
 * @row: (transfer floating): edits it
 */
void
runnel_form_add_row (RunnelForm     *self,
                     const char     *key,
                     const char     *title,
                     const char     *description,
                     RunnelFieldRow *row)
{
  g_return_if_fail (RUNNEL_IS_FORM (self));
  g_return_if_fail (key);
  g_return_if_fail (RUNNEL_IS_FIELD_ROW (row));

  runnel_field_row_set_title (row, title, description);
  g_ptr_array_add (self->keys, g_strdup (key));
  g_ptr_array_add (self->rows, row);
  g_object_set_data (G_OBJECT (row), EXPANDER, self->expander);
  g_signal_connect (row, "commit", G_CALLBACK (row_commit_cb), self);
  runnel_form_add_widget (self, GTK_WIDGET (row));
}

/**
 * runnel_form_get_row:
 *
 * Returns: (transfer none) (nullable): the row of @key
 */
RunnelFieldRow *
runnel_form_get_row (RunnelForm *self,
                     const char *key)
{
  g_return_val_if_fail (RUNNEL_IS_FORM (self), NULL);

  for (guint i = 0; i < self->rows->len; i++)
    if (g_str_equal (g_ptr_array_index (self->keys, i), key))
      return g_ptr_array_index (self->rows, i);
  return NULL;
}

/**
 * runnel_form_update:
 * @get: (scope call): gives the value of a key
 *
 * Shows the values of all fields. Groups with a value in them are unfolded at the first time.
 */
void
runnel_form_update (RunnelForm        *self,
                    RunnelFormGetFunc  get,
                    gpointer           user_data)
{
  g_return_if_fail (RUNNEL_IS_FORM (self));

  for (guint i = 0; i < self->rows->len; i++)
    runnel_field_row_set_value (g_ptr_array_index (self->rows, i),
                                get (g_ptr_array_index (self->keys, i), user_data));
  if (!self->is_shown)
    unfold_filled_groups (self);
  self->is_shown = TRUE;
}

/**
 * runnel_form_flush:
 *
 * Commits what was typed without waiting for a pause.
 */
void
runnel_form_flush (RunnelForm *self)
{
  g_autoptr(GPtrArray) rows = NULL;

  g_return_if_fail (RUNNEL_IS_FORM (self));

  /* A commit may rebuild the form. */
  rows = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < self->rows->len; i++)
    g_ptr_array_add (rows, g_object_ref (g_ptr_array_index (self->rows, i)));
  for (guint i = 0; i < rows->len; i++)
    runnel_field_row_flush (g_ptr_array_index (rows, i));
}

void
runnel_form_clear_problems (RunnelForm *self)
{
  g_return_if_fail (RUNNEL_IS_FORM (self));

  for (guint i = 0; i < self->rows->len; i++)
    runnel_field_row_set_problem (g_ptr_array_index (self->rows, i), RUNNEL_SEVERITY_WARNING, NULL);
}

static gboolean
covers (const char *key,
        const char *path)
{
  gsize length = strlen (key);

  return g_str_has_prefix (path, key) &&
         (!path[length] || path[length] == '.' || path[length] == '[');
}

/* The row of the longest key that @path is at or below. */
static RunnelFieldRow *
find_row (RunnelForm *self,
          const char *path)
{
  RunnelFieldRow *best = NULL;
  gsize best_length = 0;

  for (guint i = 0; i < self->rows->len; i++)
    {
      const char *key = g_ptr_array_index (self->keys, i);

      if (covers (key, path) && strlen (key) > best_length)
        {
          best = g_ptr_array_index (self->rows, i);
          best_length = strlen (key);
        }
    }
  return best;
}

static RunnelFieldRow *
find_first_below (RunnelForm *self,
                  const char *path)
{
  for (guint i = 0; i < self->rows->len; i++)
    if (covers (path, g_ptr_array_index (self->keys, i)))
      return g_ptr_array_index (self->rows, i);
  return NULL;
}

/**
 * runnel_form_add_problem:
 * @path: where, from the object of the form: "with.argv[2]"
 * @severity: how bad
 * @message: what
 *
 * Shows a problem under the field it is about; the first one of a field stays.
 *
 * Returns: %FALSE when no field is at @path
 */
gboolean
runnel_form_add_problem (RunnelForm     *self,
                         const char     *path,
                         RunnelSeverity  severity,
                         const char     *message)
{
  RunnelFieldRow *row;

  g_return_val_if_fail (RUNNEL_IS_FORM (self), FALSE);

  row = find_row (self, path);
  if (row && !runnel_field_row_get_message (row))
    runnel_field_row_set_problem (row, severity, message);
  return row != NULL;
}

/**
 * runnel_form_reveal:
 * @key: the key of a row, or the path of something below it or of an object it belongs to
 *
 * Unfolds the group of the row and gives it the focus.
 */
void
runnel_form_reveal (RunnelForm *self,
                    const char *key)
{
  RunnelFieldRow *row;
  GtkWidget *expander;

  g_return_if_fail (RUNNEL_IS_FORM (self));

  row = find_row (self, key);
  if (!row)
    row = find_first_below (self, key);
  if (!row)
    return;
  expander = g_object_get_data (G_OBJECT (row), EXPANDER);
  if (expander)
    gtk_expander_set_expanded (GTK_EXPANDER (expander), TRUE);
  gtk_widget_child_focus (GTK_WIDGET (row), GTK_DIR_TAB_FORWARD);
}
