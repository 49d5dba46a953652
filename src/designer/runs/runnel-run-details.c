/* runnel-run-details.c: what is known of a run beside its steps
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/runnel-wrap-box.h"
#include "designer/runs/runnel-run-details.h"
#include "designer/runs/runnel-run-words.h"
#include "designer/runs/runnel-state-label.h"
#include "engine/runnel-fingerprint.h"
#include "util/runnel-format.h"

/* Of more runs there is a number only. */
#define MAX_RELATIVES 20

/* Of a button beside text, in pixels. */
#define CONTROL_HEIGHT 26

typedef enum
{
  SECTION_START,
  SECTION_PARAMETERS,
  SECTION_RELATIVES,
  SECTION_PLACE,
  SECTION_AUDIT,
  N_SECTIONS
} Section;

struct _RunnelRunDetails
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkWidget *headings[N_SECTIONS];
  GtkGrid *grids[N_SECTIONS];
  guint n_rows[N_SECTIONS];
};

G_DEFINE_FINAL_TYPE (RunnelRunDetails, runnel_run_details, GTK_TYPE_WIDGET)

/* --- Rows ------------------------------------------------------------------------------------ */

static void
clear (RunnelRunDetails *self,
       Section           section)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->grids[section]))) != NULL)
    gtk_grid_remove (self->grids[section], child);
  self->n_rows[section] = 0;
  gtk_widget_set_visible (self->headings[section], FALSE);
}

static void
add_row (RunnelRunDetails *self,
         Section           section,
         const char       *title,
         GtkWidget        *value)
{
  GtkWidget *label = gtk_label_new (title);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_valign (label, GTK_ALIGN_START);
  if (!GTK_IS_LABEL (value)) /* beside the first line of what is higher than text */
    gtk_widget_set_size_request (label, -1, CONTROL_HEIGHT);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 18);
  gtk_label_set_width_chars (GTK_LABEL (label), 12);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_set_hexpand (value, TRUE);
  gtk_grid_attach (self->grids[section], label, 0, self->n_rows[section], 1, 1);
  gtk_grid_attach (self->grids[section], value, 1, self->n_rows[section], 1, 1);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (value), GTK_ACCESSIBLE_RELATION_LABELLED_BY,
                                  label, NULL, -1);
  self->n_rows[section]++;
  gtk_widget_set_visible (self->headings[section], TRUE);
}

static GtkWidget *
make_text (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_set_can_focus (label, FALSE); /* the keyboard would select all of the first one */
  return label;
}

static void
add_text (RunnelRunDetails *self,
          Section           section,
          const char       *title,
          const char       *text)
{
  if (text != NULL && *text != '\0')
    add_row (self, section, title, make_text (text));
}

static GtkWidget *
make_button (const char *label,
             const char *action)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_add_css_class (button, "small-button");
  return button;
}

/* --- How it began ------------------------------------------------------------------------------- */

static const char *
get_detail (const RunnelRunRecord *record,
            const char            *member)
{
  return record->details != NULL
           ? json_object_get_string_member_with_default (record->details, member, NULL) : NULL;
}

static char *
describe_user (const RunnelRunRecord *record)
{
  const char *origin = get_detail (record, "origin");

  if (record->user == NULL)
    return NULL;
  if (origin == NULL)
    return g_strdup_printf (_("%s on %s"), record->user, record->host != NULL ? record->host : "?");
  /* translators: a person, a machine, and what was used: "anna on mira, terminal pts/3" */
  return g_strdup_printf (_("%s on %s, %s"), record->user, record->host != NULL ? record->host : "?",
                          origin);
}

static void
add_labels (RunnelRunDetails      *self,
            const RunnelRunRecord *record)
{
  GtkWidget *line = runnel_wrap_box_new ();

  for (guint i = 0; record->labels != NULL && record->labels[i] != NULL; i++)
    {
      GtkWidget *chip = gtk_label_new (record->labels[i]);

      gtk_widget_add_css_class (chip, "chip");
      gtk_widget_set_valign (chip, GTK_ALIGN_CENTER);
      runnel_wrap_box_append (RUNNEL_WRAP_BOX (line), chip);
    }
  runnel_wrap_box_append (RUNNEL_WRAP_BOX (line), make_button (_("_Labels…"), "page.label-run"));
  add_row (self, SECTION_START, _("Labels"), line);
}

static void
add_pin (RunnelRunDetails      *self,
         const RunnelRunRecord *record)
{
  GtkWidget *check = gtk_check_button_new_with_mnemonic (_("_Pinned: not cleared away"));

  gtk_actionable_set_action_name (GTK_ACTIONABLE (check), "page.pin-run");
  add_row (self, SECTION_START, _("Kept"), check);
}

static void
add_definition (RunnelRunDetails      *self,
                const RunnelRunRecord *record)
{
  GtkWidget *line = runnel_wrap_box_new ();

  runnel_wrap_box_append (RUNNEL_WRAP_BOX (line), make_text (record->file));
  runnel_wrap_box_append (RUNNEL_WRAP_BOX (line),
                          make_button (_("_Compare With the Present"), "page.compare-definition"));
  add_row (self, SECTION_START, _("Pipeline"), line);
}

static void
show_start (RunnelRunDetails      *self,
            const RunnelRunRecord *record)
{
  g_autofree char *user = describe_user (record);
  g_autofree char *trigger = runnel_run_describe_trigger (record);
  g_autofree char *started = runnel_format_time (record->started);
  g_autofree char *finished = record->finished > 0 ? runnel_format_time (record->finished) : NULL;

  clear (self, SECTION_START);
  add_text (self, SECTION_START, _("Trigger"), trigger);
  add_text (self, SECTION_START, _("Who"), user);
  add_text (self, SECTION_START, _("Began"), started);
  add_text (self, SECTION_START, _("Ended"), finished);
  if (record->file != NULL && *record->file != '\0')
    add_definition (self, record);
  add_labels (self, record);
  add_pin (self, record);
}

/* --- With what and where ------------------------------------------------------------------------- */

static JsonObject *
get_object (const RunnelRunRecord *record,
            const char            *member)
{
  JsonNode *node = record->details != NULL ? json_object_get_member (record->details, member) : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static char *
describe_value (JsonNode *value)
{
  return JSON_NODE_HOLDS_VALUE (value) && json_node_get_value_type (value) == G_TYPE_STRING
           ? json_node_dup_string (value) : json_to_string (value, FALSE);
}

static void
show_parameters (RunnelRunDetails      *self,
                 const RunnelRunRecord *record)
{
  JsonObject *parameters = get_object (record, "parameters");
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  clear (self, SECTION_PARAMETERS);
  if (parameters == NULL)
    return;
  json_object_iter_init_ordered (&iter, parameters);
  while (json_object_iter_next_ordered (&iter, &name, &value))
    {
      g_autofree char *text = describe_value (value);

      add_text (self, SECTION_PARAMETERS, name, *text != '\0' ? text : _("(empty)"));
    }
}

static void
show_place (RunnelRunDetails      *self,
            const RunnelRunRecord *record)
{
  static const struct
  {
    const char *member;
    const char *title;
  } rows[] = {
    { "cwd", N_("Folder") },     { "system", N_("System") }, { "kernel", N_("Kernel") },
    { "runnel", N_("Runnel") },  { "path", "PATH" },
  };
  JsonObject *fingerprint = get_object (record, "fingerprint");
  g_autofree char *sources = runnel_fingerprint_describe_sources (fingerprint);

  clear (self, SECTION_PLACE);
  add_text (self, SECTION_PLACE, _("Machine"), record->host);
  add_text (self, SECTION_PLACE, _("Sources"), sources);
  for (guint i = 0; fingerprint != NULL && i < G_N_ELEMENTS (rows); i++)
    add_text (self, SECTION_PLACE, _(rows[i].title),
              json_object_get_string_member_with_default (fingerprint, rows[i].member, NULL));
  if (record->imported_from != NULL)
    {
      g_autofree char *import =
        g_strdup_printf (_("%s, where it was run %" G_GINT64_FORMAT), record->imported_from,
                         record->imported_number);

      add_text (self, SECTION_PLACE, _("Imported from"), import);
    }
}

/* --- Other runs ------------------------------------------------------------------------------------- */

static GtkWidget *
make_run_button (gint64      run,
                 const char *text)
{
  GtkWidget *button = make_button (text, "win.show-run");

  gtk_button_set_use_underline (GTK_BUTTON (button), FALSE);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "x", run);
  return button;
}

static void
add_run (RunnelRunDetails *self,
         const char       *title,
         gint64            run,
         const char       *format)
{
  g_autofree char *text = g_strdup_printf (_("Run %" G_GINT64_FORMAT), run);
  GtkWidget *line = runnel_wrap_box_new ();

  runnel_wrap_box_append (RUNNEL_WRAP_BOX (line), make_run_button (run, text));
  if (format != NULL)
    runnel_wrap_box_append (RUNNEL_WRAP_BOX (line), make_text (format));
  add_row (self, SECTION_RELATIVES, title, line);
}

static void
add_runs (RunnelRunDetails *self,
          const char       *title,
          GPtrArray        *runs)
{
  GtkWidget *line;

  if (runs == NULL || runs->len == 0)
    return;
  line = runnel_wrap_box_new ();
  for (guint i = 0; i < runs->len && i < MAX_RELATIVES; i++)
    {
      const RunnelRunRecord *record = g_ptr_array_index (runs, i);
      /* translators: "Run 12: Succeeded" */
      g_autofree char *text = g_strdup_printf (_("Run %" G_GINT64_FORMAT ": %s"), record->id,
                                               runnel_state_get_title (record->state));

      runnel_wrap_box_append (RUNNEL_WRAP_BOX (line), make_run_button (record->id, text));
    }
  if (runs->len > MAX_RELATIVES)
    {
      g_autofree char *more = g_strdup_printf (_("and %u more"), runs->len - MAX_RELATIVES);

      runnel_wrap_box_append (RUNNEL_WRAP_BOX (line), gtk_label_new (more));
    }
  add_row (self, SECTION_RELATIVES, title, line);
}

static void
show_ancestors (RunnelRunDetails      *self,
                const RunnelRunRecord *record)
{
  g_autofree char *step =
    record->parent_step != NULL ? g_strdup_printf (_("as its step %s"), record->parent_step) : NULL;

  clear (self, SECTION_RELATIVES);
  if (record->parent > 0)
    add_run (self, _("Part of"), record->parent, step);
  if (record->origin > 0)
    add_run (self, _("Takes up"), record->origin, NULL);
}

/* --- The widget --------------------------------------------------------------------------------------- */

static void
add_section (RunnelRunDetails *self,
             Section           section)
{
  static const char *const titles[N_SECTIONS] = {
    [SECTION_START] = N_("Start"),
    [SECTION_PARAMETERS] = N_("Parameters"),
    [SECTION_RELATIVES] = N_("Other Runs"),
    [SECTION_PLACE] = N_("Where It Ran"),
    [SECTION_AUDIT] = N_("Who Did What"),
  };
  GtkWidget *heading = gtk_label_new (_(titles[section]));
  GtkWidget *grid = gtk_grid_new ();

  gtk_label_set_xalign (GTK_LABEL (heading), 0);
  gtk_widget_add_css_class (heading, "heading");
  gtk_widget_set_visible (heading, FALSE);
  gtk_widget_set_margin_top (heading, 12);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 6);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  gtk_box_append (GTK_BOX (self->box), heading);
  gtk_box_append (GTK_BOX (self->box), grid);
  self->headings[section] = heading;
  self->grids[section] = GTK_GRID (grid);
}

static void
runnel_run_details_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (runnel_run_details_parent_class)->dispose (object);
}

static void
runnel_run_details_class_init (RunnelRunDetailsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = runnel_run_details_dispose;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "rundetails");
}

static void
runnel_run_details_init (RunnelRunDetails *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_set_margin_start (self->box, 12);
  gtk_widget_set_margin_end (self->box, 12);
  gtk_widget_set_margin_bottom (self->box, 12);
  for (Section section = 0; section < N_SECTIONS; section++)
    add_section (self, section);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->box);
  gtk_widget_set_parent (scroller, GTK_WIDGET (self));
}

/**
 * runnel_run_details_new:
 *
 * Returns: (transfer floating): details of no run yet
 */
GtkWidget *
runnel_run_details_new (void)
{
  return g_object_new (RUNNEL_TYPE_RUN_DETAILS, NULL);
}

/**
 * runnel_run_details_set_run:
 * @self: details
 * @record: what history says of the run
 */
void
runnel_run_details_set_run (RunnelRunDetails      *self,
                            const RunnelRunRecord *record)
{
  g_return_if_fail (RUNNEL_IS_RUN_DETAILS (self));
  g_return_if_fail (record != NULL);

  show_start (self, record);
  show_parameters (self, record);
  show_place (self, record);
  show_ancestors (self, record);
}

/**
 * runnel_run_details_set_relatives:
 * @self: details of a run that was set just before
 * @children: (nullable) (element-type RunnelRunRecord): runs of its subpipelines
 * @successors: (nullable) (element-type RunnelRunRecord): runs that repeat it or take it back
 */
void
runnel_run_details_set_relatives (RunnelRunDetails *self,
                                  GPtrArray        *children,
                                  GPtrArray        *successors)
{
  g_return_if_fail (RUNNEL_IS_RUN_DETAILS (self));

  add_runs (self, _("Inside of it"), children);
  add_runs (self, _("Taken up by"), successors);
}

/**
 * runnel_run_details_set_audit:
 * @self: details
 * @audit: (element-type RunnelAuditRecord): what persons did to the run, by time
 */
void
runnel_run_details_set_audit (RunnelRunDetails *self,
                              GPtrArray        *audit)
{
  g_return_if_fail (RUNNEL_IS_RUN_DETAILS (self));
  g_return_if_fail (audit != NULL);

  clear (self, SECTION_AUDIT);
  for (guint i = 0; i < audit->len; i++)
    {
      const RunnelAuditRecord *record = g_ptr_array_index (audit, i);
      g_autofree char *time = runnel_format_time (record->time);
      g_autofree char *what = runnel_audit_record_describe (record);
      g_autofree char *who = record->user == NULL ? g_strdup (what)
                             : record->origin == NULL
                               ? g_strdup_printf (_("%s — %s on %s"), what, record->user, record->host)
                               : g_strdup_printf (_("%s — %s on %s, %s"), what, record->user,
                                                  record->host, record->origin);

      add_text (self, SECTION_AUDIT, time, who);
    }
}
