/* runnel-portability-panel.c: what becomes of the pipeline on the systems it is meant for
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A row of buttons, one for each system with how well it does all that the pipeline asks for; those
 * that are pressed are looked at closer in the list below, what is lost first.
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/compat/runnel-tip.h"
#include "designer/interchange/runnel-finding.h"
#include "designer/interchange/runnel-portability-panel.h"

struct _RunnelPortabilityPanel
{
  AdwBin parent_instance;

  GtkWidget *chips; /* a box of buttons, in the order of the systems */
  GtkStack *stack;
  GtkLabel *message;
  GListStore *findings;

  RunnelPortability *portability; /* or NULL */
  GStrv systems;                  /* chosen */
  gboolean is_filling;            /* the buttons are set by us */
};

enum
{
  PROP_0,
  PROP_SYSTEMS,
  N_PROPS
};

enum
{
  STEP_ACTIVATED,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (RunnelPortabilityPanel, runnel_portability_panel, ADW_TYPE_BIN)

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static gboolean
is_chosen (RunnelPortabilityPanel *self,
           const RunnelTarget     *target)
{
  return g_strv_contains ((const char *const *) self->systems, target->name);
}

/* The list of findings */

static GtkWidget *
label_new (const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (label, css_class);
  return label;
}

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *list_item)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *text = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *place = label_new ("caption");
  GtkWidget *icon = gtk_image_new ();

  gtk_box_append (GTK_BOX (text), label_new ("body"));
  gtk_box_append (GTK_BOX (text), label_new ("caption"));
  gtk_widget_add_css_class (gtk_widget_get_last_child (text), "dim-label");
  gtk_box_append (GTK_BOX (text), label_new ("caption"));
  gtk_widget_set_hexpand (text, TRUE);
  gtk_label_set_wrap (GTK_LABEL (place), FALSE);
  gtk_label_set_ellipsize (GTK_LABEL (place), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (place), 24);
  gtk_widget_add_css_class (place, "dim-label");
  gtk_widget_set_valign (place, GTK_ALIGN_START);
  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (row), icon);
  gtk_box_append (GTK_BOX (row), text);
  gtk_box_append (GTK_BOX (row), place);
  gtk_list_item_set_child (list_item, row);
}

static void
set_text (GtkWidget  *label,
          const char *text)
{
  gtk_label_set_label (GTK_LABEL (label), text ? text : "");
  gtk_widget_set_visible (label, text != NULL);
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *list_item)
{
  RunnelFinding *finding = gtk_list_item_get_item (list_item);
  RunnelFidelity fidelity = runnel_finding_get_fidelity (finding);
  GtkWidget *row = gtk_list_item_get_child (list_item);
  GtkWidget *icon = gtk_widget_get_first_child (row);
  GtkWidget *title = gtk_widget_get_first_child (gtk_widget_get_next_sibling (icon));
  GtkWidget *how_label = gtk_widget_get_next_sibling (title);
  g_autofree char *text = runnel_finding_make_title (finding);
  g_autofree char *how = runnel_finding_make_how (finding);
  g_autofree char *fix = runnel_finding_make_fix (finding);
  const char *step = runnel_finding_get_step (finding);

  gtk_image_set_from_icon_name (GTK_IMAGE (icon), runnel_fidelity_get_icon (fidelity));
  gtk_widget_set_css_classes (icon, (const char *[]) { runnel_fidelity_get_style (fidelity), NULL });
  gtk_accessible_update_property (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  runnel_fidelity_get_word (fidelity), -1);
  set_text (title, text);
  set_text (how_label, how);
  set_text (gtk_widget_get_next_sibling (how_label), fix);
  gtk_label_set_label (GTK_LABEL (gtk_widget_get_last_child (row)), step ? step : _("Pipeline"));
  /* The row around it is what a screen reader reads. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_parent (row)),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

static void
activate_cb (GtkListView            *list,
             guint                   position,
             RunnelPortabilityPanel *self)
{
  g_autoptr(RunnelFinding) finding = g_list_model_get_item (G_LIST_MODEL (self->findings), position);

  g_signal_emit (self, signals[STEP_ACTIVATED], 0, runnel_finding_get_step (finding));
}

static void
add_findings (RunnelPortabilityPanel *self,
              GPtrArray              *findings,
              RunnelFidelity          fidelity)
{
  for (guint i = 0; i < self->portability->rows->len; i++)
    for (guint j = 0; j < self->portability->targets->len; j++)
      if (runnel_portability_get_row (self->portability, i)->verdicts[j].fidelity == fidelity
          && is_chosen (self, runnel_portability_get_target (self->portability, j)))
        g_ptr_array_add (findings, runnel_finding_new (self->portability, i, j));
}

static void
show_message (RunnelPortabilityPanel *self,
              const char             *text)
{
  gtk_label_set_label (self->message, text);
  gtk_stack_set_visible_child_name (self->stack, "message");
}

static void
update_findings (RunnelPortabilityPanel *self)
{
  g_autoptr(GPtrArray) findings = g_ptr_array_new_with_free_func (g_object_unref);

  for (int fidelity = RUNNEL_FIDELITY_LOST; self->portability && fidelity >= 0; fidelity--)
    add_findings (self, findings, fidelity);
  g_list_store_splice (self->findings, 0, g_list_model_get_n_items (G_LIST_MODEL (self->findings)),
                       findings->pdata, findings->len);
  if (!self->portability)
    return;
  if (findings->len > 0)
    gtk_stack_set_visible_child_name (self->stack, "findings");
  else if (self->systems[0])
    show_message (self, _("The pipeline asks for nothing in which systems differ"));
  else
    show_message (self, _("Choose the systems that the pipeline is meant for, to see what becomes "
                          "of its steps there"));
}

/* The buttons */

static void
toggled_cb (RunnelPortabilityPanel *self)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  if (self->is_filling)
    return;
  for (GtkWidget *chip = gtk_widget_get_first_child (self->chips); chip;
       chip = gtk_widget_get_next_sibling (chip))
    if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (chip)))
      g_strv_builder_add (builder, gtk_widget_get_name (chip));
  g_strfreev (self->systems);
  self->systems = g_strv_builder_end (builder);
  update_findings (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SYSTEMS]);
}

static RunnelFidelity
get_worst (const RunnelPortabilityCount *count)
{
  if (count->n[RUNNEL_FIDELITY_LOST] > 0)
    return RUNNEL_FIDELITY_LOST;
  return count->n[RUNNEL_FIDELITY_EMULATED] > 0 ? RUNNEL_FIDELITY_EMULATED : RUNNEL_FIDELITY_EXACT;
}

static GtkWidget *
chip_new (RunnelPortabilityPanel *self,
          const RunnelTarget     *target)
{
  GtkWidget *chip = gtk_toggle_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_box_append (GTK_BOX (box), gtk_image_new ());
  gtk_box_append (GTK_BOX (box), gtk_label_new (target->title));
  gtk_box_append (GTK_BOX (box), gtk_label_new (NULL));
  gtk_widget_add_css_class (gtk_widget_get_last_child (box), "dim-label");
  gtk_widget_add_css_class (gtk_widget_get_last_child (box), "numeric");
  gtk_button_set_child (GTK_BUTTON (chip), box);
  gtk_widget_set_name (chip, target->name);
  g_signal_connect_object (chip, "toggled", G_CALLBACK (toggled_cb), self, G_CONNECT_SWAPPED);
  return chip;
}

static void
show_count (GtkWidget                    *chip,
            const RunnelTarget           *target,
            const RunnelPortabilityCount *count)
{
  GtkWidget *icon = gtk_widget_get_first_child (gtk_button_get_child (GTK_BUTTON (chip)));
  GtkWidget *number = gtk_widget_get_last_child (gtk_button_get_child (GTK_BUTTON (chip)));
  RunnelFidelity worst = get_worst (count);
  g_autofree char *text = g_strdup_printf ("%u", count->n[worst]);
  /* translators: how many of the things a pipeline asks for a system does how well */
  g_autofree char *tip = g_strdup_printf (_("%u exact, %u emulated, %u lost"),
                                          count->n[RUNNEL_FIDELITY_EXACT],
                                          count->n[RUNNEL_FIDELITY_EMULATED],
                                          count->n[RUNNEL_FIDELITY_LOST]);
  g_autofree char *name = g_strdup_printf ("%s: %s", target->title, tip);

  gtk_image_set_from_icon_name (GTK_IMAGE (icon), runnel_fidelity_get_icon (worst));
  gtk_widget_set_css_classes (icon, (const char *[]) { runnel_fidelity_get_style (worst), NULL });
  gtk_label_set_label (GTK_LABEL (number), text);
  gtk_widget_set_visible (number, worst != RUNNEL_FIDELITY_EXACT);
  runnel_tip_set (chip, tip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (chip), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

/* What is pressed stays pressed, and keeps the focus, while one draws. */
static void
update_chips (RunnelPortabilityPanel *self)
{
  GtkWidget *chip = gtk_widget_get_first_child (self->chips);

  self->is_filling = TRUE;
  for (guint i = 0; self->portability && i < self->portability->targets->len; i++)
    {
      const RunnelTarget *target = runnel_portability_get_target (self->portability, i);
      RunnelPortabilityCount count = runnel_portability_count (self->portability, i);

      if (!chip)
        {
          chip = chip_new (self, target);
          gtk_box_append (GTK_BOX (self->chips), chip);
        }
      show_count (chip, target, &count);
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (chip), is_chosen (self, target));
      chip = gtk_widget_get_next_sibling (chip);
    }
  self->is_filling = FALSE;
}

/* The widget */

static GtkWidget *
create_list (RunnelPortabilityPanel *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GListModel *model = G_LIST_MODEL (g_object_ref (self->findings));
  GtkSingleSelection *selection = gtk_single_selection_new (model);
  GtkWidget *list, *scroller = gtk_scrolled_window_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  gtk_single_selection_set_autoselect (selection, FALSE);
  gtk_single_selection_set_can_unselect (selection, TRUE);
  list = gtk_list_view_new (GTK_SELECTION_MODEL (selection), factory);
  gtk_list_view_set_single_click_activate (GTK_LIST_VIEW (list), TRUE);
  gtk_widget_add_css_class (list, "problems-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("What the systems make of the pipeline"), -1);
  g_signal_connect (list, "activate", G_CALLBACK (activate_cb), self);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), list);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  return scroller;
}

static GtkWidget *
create_chips (RunnelPortabilityPanel *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->chips = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_widget_add_css_class (self->chips, "portability-systems");
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->chips);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_AUTOMATIC,
                                  GTK_POLICY_NEVER);
  return scroller;
}

static GtkWidget *
create_message (RunnelPortabilityPanel *self)
{
  self->message = GTK_LABEL (gtk_label_new (_("Looking at the pipeline…")));
  gtk_label_set_wrap (self->message, TRUE);
  gtk_label_set_justify (self->message, GTK_JUSTIFY_CENTER);
  gtk_widget_add_css_class (GTK_WIDGET (self->message), "dim-label");
  gtk_widget_set_margin_start (GTK_WIDGET (self->message), 12);
  gtk_widget_set_margin_end (GTK_WIDGET (self->message), 12);
  return GTK_WIDGET (self->message);
}

static void
runnel_portability_panel_get_property (GObject    *object,
                                       guint       property_id,
                                       GValue     *value,
                                       GParamSpec *pspec)
{
  g_assert (property_id == PROP_SYSTEMS);
  g_value_set_boxed (value, RUNNEL_PORTABILITY_PANEL (object)->systems);
}

static void
runnel_portability_panel_set_property (GObject      *object,
                                       guint         property_id,
                                       const GValue *value,
                                       GParamSpec   *pspec)
{
  g_assert (property_id == PROP_SYSTEMS);
  runnel_portability_panel_set_systems (RUNNEL_PORTABILITY_PANEL (object), g_value_get_boxed (value));
}

static void
runnel_portability_panel_dispose (GObject *object)
{
  g_clear_object (&RUNNEL_PORTABILITY_PANEL (object)->findings);
  G_OBJECT_CLASS (runnel_portability_panel_parent_class)->dispose (object);
}

static void
runnel_portability_panel_finalize (GObject *object)
{
  RunnelPortabilityPanel *self = RUNNEL_PORTABILITY_PANEL (object);

  g_clear_pointer (&self->portability, runnel_portability_unref);
  g_strfreev (self->systems);
  G_OBJECT_CLASS (runnel_portability_panel_parent_class)->finalize (object);
}

static void
runnel_portability_panel_class_init (RunnelPortabilityPanelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = runnel_portability_panel_get_property;
  object_class->set_property = runnel_portability_panel_set_property;
  object_class->dispose = runnel_portability_panel_dispose;
  object_class->finalize = runnel_portability_panel_finalize;

  /**
   * RunnelPortabilityPanel:systems:
   *
   * The names of the chosen systems.
   */
  properties[PROP_SYSTEMS] =
    g_param_spec_boxed ("systems", NULL, NULL, G_TYPE_STRV,
                        G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[STEP_ACTIVATED] = g_signal_new ("step-activated", G_TYPE_FROM_CLASS (klass),
                                          G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                          G_TYPE_STRING);
}

static void
runnel_portability_panel_init (RunnelPortabilityPanel *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->systems = g_new0 (char *, 1);
  self->findings = g_list_store_new (RUNNEL_TYPE_FINDING);
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  gtk_stack_add_named (self->stack, create_message (self), "message");
  gtk_stack_add_named (self->stack, create_list (self), "findings");
  gtk_box_append (GTK_BOX (box), create_chips (self));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->stack));
  adw_bin_set_child (ADW_BIN (self), box);
}

GtkWidget *
runnel_portability_panel_new (void)
{
  return g_object_new (RUNNEL_TYPE_PORTABILITY_PANEL, NULL);
}

/**
 * runnel_portability_panel_set_portability:
 * @portability: (nullable): what to show
 * @obstacle: (nullable): why there is nothing to show
 */
void
runnel_portability_panel_set_portability (RunnelPortabilityPanel *self,
                                          RunnelPortability      *portability,
                                          const char             *obstacle)
{
  g_return_if_fail (RUNNEL_IS_PORTABILITY_PANEL (self));

  if (portability)
    runnel_portability_ref (portability);
  g_clear_pointer (&self->portability, runnel_portability_unref);
  self->portability = portability;
  update_chips (self);
  update_findings (self);
  if (!portability)
    show_message (self, obstacle ? obstacle : _("Looking at the pipeline…"));
}

/**
 * runnel_portability_panel_get_systems:
 *
 * Returns: (transfer full): the names of the chosen systems
 */
GStrv
runnel_portability_panel_get_systems (RunnelPortabilityPanel *self)
{
  g_return_val_if_fail (RUNNEL_IS_PORTABILITY_PANEL (self), NULL);

  return g_strdupv (self->systems);
}

/**
 * runnel_portability_panel_set_systems:
 * @systems: (nullable): names of systems; those that are not known are kept
 */
void
runnel_portability_panel_set_systems (RunnelPortabilityPanel *self,
                                      const char *const      *systems)
{
  static const char *const none[] = { NULL };

  g_return_if_fail (RUNNEL_IS_PORTABILITY_PANEL (self));

  if (!systems)
    systems = none;
  if (g_strv_equal ((const char *const *) self->systems, systems))
    return;
  g_strfreev (self->systems);
  self->systems = g_strdupv ((char **) systems);
  update_chips (self);
  update_findings (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SYSTEMS]);
}

/**
 * runnel_portability_panel_get_findings:
 *
 * Returns: (transfer none): what is listed, of #RunnelFinding
 */
GListModel *
runnel_portability_panel_get_findings (RunnelPortabilityPanel *self)
{
  g_return_val_if_fail (RUNNEL_IS_PORTABILITY_PANEL (self), NULL);

  return G_LIST_MODEL (self->findings);
}
