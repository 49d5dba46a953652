/* runnel-page.c: what a window shows in one tab
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/runnel-page.h"

typedef struct
{
  char *title;
  char *subtitle;
  char *icon_name;
  char *status;
  double progress;
  GSimpleActionGroup *actions;
  guint modified : 1;
} RunnelPagePrivate;

enum
{
  PROP_0,
  PROP_TITLE,
  PROP_SUBTITLE,
  PROP_ICON_NAME,
  PROP_MODIFIED,
  PROP_STATUS,
  PROP_PROGRESS,
  N_PROPS
};

G_DEFINE_TYPE_WITH_PRIVATE (RunnelPage, runnel_page, ADW_TYPE_BIN)

static GParamSpec *properties[N_PROPS];

static void
set_string (RunnelPage  *self,
            char       **field,
            const char  *value,
            guint        property)
{
  if (g_strcmp0 (*field, value) == 0)
    return;
  g_free (*field);
  *field = g_strdup (value);
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
runnel_page_finalize (GObject *object)
{
  RunnelPagePrivate *priv = runnel_page_get_instance_private (RUNNEL_PAGE (object));

  g_clear_pointer (&priv->title, g_free);
  g_clear_pointer (&priv->subtitle, g_free);
  g_clear_pointer (&priv->icon_name, g_free);
  g_clear_pointer (&priv->status, g_free);
  g_clear_object (&priv->actions);
  G_OBJECT_CLASS (runnel_page_parent_class)->finalize (object);
}

static void
runnel_page_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  RunnelPagePrivate *priv = runnel_page_get_instance_private (RUNNEL_PAGE (object));

  switch (prop_id)
    {
    case PROP_TITLE:
      g_value_set_string (value, priv->title);
      break;
    case PROP_SUBTITLE:
      g_value_set_string (value, priv->subtitle);
      break;
    case PROP_ICON_NAME:
      g_value_set_string (value, priv->icon_name);
      break;
    case PROP_MODIFIED:
      g_value_set_boolean (value, priv->modified);
      break;
    case PROP_STATUS:
      g_value_set_string (value, priv->status);
      break;
    case PROP_PROGRESS:
      g_value_set_double (value, priv->progress);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
runnel_page_set_property (GObject      *object,
                          guint         prop_id,
                          const GValue *value,
                          GParamSpec   *pspec)
{
  RunnelPage *self = RUNNEL_PAGE (object);

  switch (prop_id)
    {
    case PROP_TITLE:
      runnel_page_set_title (self, g_value_get_string (value));
      break;
    case PROP_SUBTITLE:
      runnel_page_set_subtitle (self, g_value_get_string (value));
      break;
    case PROP_ICON_NAME:
      runnel_page_set_icon_name (self, g_value_get_string (value));
      break;
    case PROP_MODIFIED:
      runnel_page_set_modified (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
runnel_page_class_init (RunnelPageClass *klass)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = runnel_page_finalize;
  object_class->get_property = runnel_page_get_property;
  object_class->set_property = runnel_page_set_property;

  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, "", flags);
  properties[PROP_SUBTITLE] = g_param_spec_string ("subtitle", NULL, NULL, "", flags);
  properties[PROP_ICON_NAME] = g_param_spec_string ("icon-name", NULL, NULL, NULL, flags);
  properties[PROP_MODIFIED] = g_param_spec_boolean ("modified", NULL, NULL, FALSE, flags);
  properties[PROP_STATUS] = g_param_spec_string ("status", NULL, NULL, NULL,
                                                 G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_PROGRESS] = g_param_spec_double ("progress", NULL, NULL, -1, 1, -1,
                                                   G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
runnel_page_init (RunnelPage *self)
{
  RunnelPagePrivate *priv = runnel_page_get_instance_private (self);

  priv->title = g_strdup ("");
  priv->subtitle = g_strdup ("");
  priv->progress = -1;
  priv->actions = g_simple_action_group_new ();
}

const char *
runnel_page_get_title (RunnelPage *self)
{
  RunnelPagePrivate *priv = runnel_page_get_instance_private (self);

  g_return_val_if_fail (RUNNEL_IS_PAGE (self), NULL);

  return priv->title;
}

void
runnel_page_set_title (RunnelPage *self,
                       const char *title)
{
  RunnelPagePrivate *priv = runnel_page_get_instance_private (self);

  g_return_if_fail (RUNNEL_IS_PAGE (self));

  set_string (self, &priv->title, title, PROP_TITLE);
}

const char *
runnel_page_get_subtitle (RunnelPage *self)
{
  RunnelPagePrivate *priv = runnel_page_get_instance_private (self);

  g_return_val_if_fail (RUNNEL_IS_PAGE (self), NULL);

  return priv->subtitle;
}

void
runnel_page_set_subtitle (RunnelPage *self,
                          const char *subtitle)
{
  RunnelPagePrivate *priv = runnel_page_get_instance_private (self);

  g_return_if_fail (RUNNEL_IS_PAGE (self));

  set_string (self, &priv->subtitle, subtitle, PROP_SUBTITLE);
}

const char *
runnel_page_get_icon_name (RunnelPage *self)
{
  RunnelPagePrivate *priv = runnel_page_get_instance_private (self);

  g_return_val_if_fail (RUNNEL_IS_PAGE (self), NULL);

  return priv->icon_name;
}

void
runnel_page_set_icon_name (RunnelPage *self,
                           const char *icon_name)
{
  RunnelPagePrivate *priv = runnel_page_get_instance_private (self);

  g_return_if_fail (RUNNEL_IS_PAGE (self));

  set_string (self, &priv->icon_name, icon_name, PROP_ICON_NAME);
}

gboolean
runnel_page_get_modified (RunnelPage *self)
{
  RunnelPagePrivate *priv = runnel_page_get_instance_private (self);

  g_return_val_if_fail (RUNNEL_IS_PAGE (self), FALSE);

  return priv->modified;
}

void
runnel_page_set_modified (RunnelPage *self,
                          gboolean    modified)
{
  RunnelPagePrivate *priv = runnel_page_get_instance_private (self);

  g_return_if_fail (RUNNEL_IS_PAGE (self));

  modified = !!modified;
  if (priv->modified == modified)
    return;
  priv->modified = modified;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MODIFIED]);
}

const char *
runnel_page_get_status (RunnelPage *self)
{
  RunnelPagePrivate *priv = runnel_page_get_instance_private (self);

  g_return_val_if_fail (RUNNEL_IS_PAGE (self), NULL);

  return priv->status;
}

double
runnel_page_get_progress (RunnelPage *self)
{
  RunnelPagePrivate *priv = runnel_page_get_instance_private (self);

  g_return_val_if_fail (RUNNEL_IS_PAGE (self), -1);

  return priv->progress;
}

/**
 * runnel_page_set_progress:
 * @progress: 0..1, or below 0 when there is none to show
 * @status: (nullable): a few words about what goes on
 *
 * Tells how far what goes on in the page has come.
 */
void
runnel_page_set_progress (RunnelPage *self,
                          double      progress,
                          const char *status)
{
  RunnelPagePrivate *priv = runnel_page_get_instance_private (self);

  g_return_if_fail (RUNNEL_IS_PAGE (self));

  progress = progress < 0 ? -1 : MIN (progress, 1);
  set_string (self, &priv->status, status, PROP_STATUS);
  if (priv->progress == progress)
    return;
  priv->progress = progress;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROGRESS]);
}

/**
 * runnel_page_get_actions:
 *
 * Returns: (transfer none): the page's own actions, to be filled by the page
 */
GSimpleActionGroup *
runnel_page_get_actions (RunnelPage *self)
{
  RunnelPagePrivate *priv = runnel_page_get_instance_private (self);

  g_return_val_if_fail (RUNNEL_IS_PAGE (self), NULL);

  return priv->actions;
}

/**
 * runnel_page_focus:
 *
 * Gives the keyboard to the part of the page where work begins.
 */
void
runnel_page_focus (RunnelPage *self)
{
  g_return_if_fail (RUNNEL_IS_PAGE (self));

  if (RUNNEL_PAGE_GET_CLASS (self)->grab_focus)
    RUNNEL_PAGE_GET_CLASS (self)->grab_focus (self);
  else
    gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);
}

/**
 * runnel_page_shows_run:
 * @run: the number of a run
 *
 * Returns: whether a person who looks at the page sees how the run goes
 */
gboolean
runnel_page_shows_run (RunnelPage *self,
                       gint64      run)
{
  g_return_val_if_fail (RUNNEL_IS_PAGE (self), FALSE);

  return RUNNEL_PAGE_GET_CLASS (self)->shows_run && RUNNEL_PAGE_GET_CLASS (self)->shows_run (self, run);
}

/**
 * runnel_page_get_chart:
 *
 * Returns: (transfer none) (nullable): the timing chart that is seen on the page
 */
GtkWidget *
runnel_page_get_chart (RunnelPage *self)
{
  g_return_val_if_fail (RUNNEL_IS_PAGE (self), NULL);

  return RUNNEL_PAGE_GET_CLASS (self)->get_chart ? RUNNEL_PAGE_GET_CLASS (self)->get_chart (self) : NULL;
}

/**
 * runnel_page_get_log:
 *
 * Returns: (transfer none) (nullable): the log that is seen on the page
 */
GtkWidget *
runnel_page_get_log (RunnelPage *self)
{
  g_return_val_if_fail (RUNNEL_IS_PAGE (self), NULL);

  return RUNNEL_PAGE_GET_CLASS (self)->get_log ? RUNNEL_PAGE_GET_CLASS (self)->get_log (self) : NULL;
}

/**
 * runnel_page_save_async:
 *
 * Saves what was modified, after asking for a name where there is none yet.
 */
void
runnel_page_save_async (RunnelPage          *self,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_return_if_fail (RUNNEL_IS_PAGE (self));
  g_return_if_fail (RUNNEL_PAGE_GET_CLASS (self)->save_async);

  RUNNEL_PAGE_GET_CLASS (self)->save_async (self, callback, user_data);
}

/**
 * runnel_page_save_finish:
 *
 * Returns: %TRUE when saved; %G_IO_ERROR_CANCELLED when a person thought better of it; whatever
 *   else went wrong was already told
 */
gboolean
runnel_page_save_finish (RunnelPage    *self,
                         GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (RUNNEL_IS_PAGE (self), FALSE);

  return RUNNEL_PAGE_GET_CLASS (self)->save_finish (self, result, error);
}

/**
 * runnel_page_discard:
 *
 * Gives up what was modified: the page is about to be closed.
 */
void
runnel_page_discard (RunnelPage *self)
{
  g_return_if_fail (RUNNEL_IS_PAGE (self));

  if (RUNNEL_PAGE_GET_CLASS (self)->discard)
    RUNNEL_PAGE_GET_CLASS (self)->discard (self);
}
