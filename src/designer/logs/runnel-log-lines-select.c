/* runnel-log-lines-select.c: selects lines of a log, by keys too
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/logs/runnel-log-lines-private.h"

static int
compare_spots (const RunnelLogSpot *a,
               const RunnelLogSpot *b)
{
  int order = runnel_log_line_compare (&a->line, &b->line);

  return order != 0 ? order : (a->byte > b->byte) - (a->byte < b->byte);
}

/**
 * runnel_log_lines_get_selection:
 * @ret_from: (out) (optional): where it begins
 * @ret_to: (out) (optional): where it ends
 *
 * Returns: whether anything is selected
 */
gboolean
runnel_log_lines_get_selection (RunnelLogLines *self,
                                RunnelLogSpot  *ret_from,
                                RunnelLogSpot  *ret_to)
{
  int order = self->has_cursor ? compare_spots (&self->anchor, &self->cursor) : 0;

  if (order == 0)
    return FALSE;
  if (ret_from)
    *ret_from = order < 0 ? self->anchor : self->cursor;
  if (ret_to)
    *ret_to = order < 0 ? self->cursor : self->anchor;
  return TRUE;
}

/* From where to where a line is selected; the end is behind its text when the next line is, too. */
gboolean
_runnel_log_lines_is_selected (RunnelLogLines      *self,
                               const RunnelLogLine *line,
                               gsize               *ret_start,
                               gsize               *ret_end)
{
  RunnelLogSpot from, to;

  if (!runnel_log_lines_get_selection (self, &from, &to) ||
      runnel_log_line_compare (line, &from.line) < 0 ||
      runnel_log_line_compare (line, &to.line) > 0)
    return FALSE;
  *ret_start = runnel_log_line_compare (line, &from.line) == 0 ? from.byte : 0;
  *ret_end = runnel_log_line_compare (line, &to.line) == 0 ? to.byte : G_MAXSIZE;
  return *ret_start < *ret_end;
}

/* Selects from the one to the other; both the same, it only goes there. */
void
_runnel_log_lines_select (RunnelLogLines      *self,
                          const RunnelLogSpot *anchor,
                          const RunnelLogSpot *cursor)
{
  self->anchor = *anchor;
  self->cursor = *cursor;
  self->has_cursor = TRUE;
  _runnel_log_lines_queue (self);
}

/**
 * runnel_log_lines_get_cursor:
 * @ret_line: (out): the line that a person went to last
 *
 * Returns: whether there is one
 */
gboolean
runnel_log_lines_get_cursor (RunnelLogLines *self,
                             RunnelLogLine  *ret_line)
{
  if (self->has_cursor)
    *ret_line = self->cursor.line;
  return self->has_cursor;
}

void
runnel_log_lines_select_all (RunnelLogLines *self)
{
  const RunnelLogSpot start = { { 0, 0 }, 0 };
  RunnelLogSpot end = { { 0, 0 }, G_MAXSIZE };
  guint64 n_lines = self->model ? runnel_log_model_get_n_lines (self->model) : 0;

  if (n_lines > 0 && runnel_log_model_find_number (self->model, n_lines - 1, &end.line))
    _runnel_log_lines_select (self, &start, &end);
}

void
runnel_log_lines_select_none (RunnelLogLines *self)
{
  self->has_cursor = FALSE;
  _runnel_log_lines_queue (self);
}

/* --- Folds ----------------------------------------------------------------------------------- */

/* What a key is about: the line that a person went to, or else the first that is seen. */
static gboolean
get_line_at_hand (RunnelLogLines *self,
                  RunnelLogLine  *line)
{
  return self->model && runnel_log_model_get_folds (self->model) &&
         (runnel_log_lines_get_cursor (self, line) || runnel_log_lines_get_first (self, line));
}

/**
 * runnel_log_lines_go_to_line:
 * @line: a line
 *
 * Makes it the line at hand, and shows it.
 */
void
runnel_log_lines_go_to_line (RunnelLogLines      *self,
                             const RunnelLogLine *line)
{
  const RunnelLogSpot spot = { *line, 0 };

  _runnel_log_lines_select (self, &spot, &spot);
  runnel_log_lines_show_spot (self, &spot);
}

/**
 * runnel_log_lines_toggle_fold:
 *
 * Opens or closes the group that begins at the line at hand, or that it is in.
 */
void
runnel_log_lines_toggle_fold (RunnelLogLines *self)
{
  RunnelLogFolds *folds;
  RunnelLogLine line;
  guint index;

  if (!get_line_at_hand (self, &line))
    return;
  folds = runnel_log_model_get_folds (self->model);
  if (!runnel_log_folds_find_around (folds, &line, &index))
    return;
  runnel_log_folds_set_closed (folds, index, !runnel_log_folds_get (folds, index)->is_closed);
  line = runnel_log_folds_get (folds, index)->head;
  runnel_log_model_update_folds (self->model);
  runnel_log_lines_go_to_line (self, &line);
}

/**
 * runnel_log_lines_go_to_fold:
 * @direction: which way
 *
 * Goes to the next line where a group begins.
 *
 * Returns: whether there is one
 */
gboolean
runnel_log_lines_go_to_fold (RunnelLogLines     *self,
                             RunnelLogDirection  direction)
{
  RunnelLogFolds *folds;
  RunnelLogLine line, found;
  gboolean has_found = FALSE;

  if (!get_line_at_hand (self, &line))
    return FALSE;
  folds = runnel_log_model_get_folds (self->model);
  for (guint i = 0; i < runnel_log_folds_get_n (folds); i++)
    {
      const RunnelLogLine *head = &runnel_log_folds_get (folds, i)->head;
      int order = runnel_log_line_compare (head, &line);

      if (direction == RUNNEL_LOG_BACKWARD && order >= 0)
        break;
      if (order == 0 || (order < 0) != (direction == RUNNEL_LOG_BACKWARD))
        continue;
      found = *head;
      has_found = TRUE;
      if (direction == RUNNEL_LOG_FORWARD)
        break;
    }
  if (has_found)
    runnel_log_lines_go_to_line (self, &found);
  return has_found;
}

/* --- Keys ---------------------------------------------------------------------------------------- */

static const RunnelLogText *
get_text (RunnelLogLines      *self,
          const RunnelLogLine *line)
{
  RunnelLogDrawn *drawn;

  if (_runnel_log_lines_get_drawn (self, line, &drawn) != RUNNEL_LOG_CACHE_READY)
    return NULL;
  return runnel_log_shape_get_text (drawn->shape);
}

/* To the row that is so many below. */
static void
move_by_rows (RunnelLogLines *self,
              RunnelLogSpot  *spot,
              gint64          n)
{
  gint64 last = (gint64) runnel_log_model_get_n_rows (self->model) - 1;
  gint64 row = (gint64) runnel_log_model_find_row (self->model, &spot->line) + n;
  const RunnelLogText *text;

  runnel_log_model_get_row (self->model, (guint64) CLAMP (row, 0, MAX (last, 0)), &spot->line);
  text = get_text (self, &spot->line);
  if (row > last)
    spot->byte = G_MAXSIZE;
  else if (row < 0)
    spot->byte = 0;
  if (text)
    spot->byte = MIN (spot->byte, text->text->len);
}

static void
move_by_char (RunnelLogLines *self,
              RunnelLogSpot  *spot,
              gboolean        back)
{
  const RunnelLogText *text = get_text (self, &spot->line);
  const char *start, *p;

  if (!text)
    return;
  start = text->text->str;
  p = start + MIN (spot->byte, text->text->len);
  if (back ? p == start : *p == '\0')
    {
      spot->byte = back ? G_MAXSIZE : 0;
      move_by_rows (self, spot, back ? -1 : 1);
    }
  else
    spot->byte = (gsize) ((back ? g_utf8_prev_char (p) : g_utf8_next_char (p)) - start);
}

static gint64
count_page (RunnelLogLines *self)
{
  return MAX ((gint64) gtk_adjustment_get_page_increment (self->vadjustment), 1);
}

static gboolean
extend (RunnelLogLines *self,
        guint           keyval)
{
  RunnelLogSpot spot = self->cursor;

  if (!self->has_cursor)
    {
      if (!runnel_log_lines_get_first (self, &spot.line))
        return FALSE;
      spot.byte = 0;
      self->anchor = spot;
    }
  switch (keyval)
    {
    case GDK_KEY_Up:
      move_by_rows (self, &spot, -1);
      break;
    case GDK_KEY_Down:
      move_by_rows (self, &spot, 1);
      break;
    case GDK_KEY_Page_Up:
      move_by_rows (self, &spot, -count_page (self));
      break;
    case GDK_KEY_Page_Down:
      move_by_rows (self, &spot, count_page (self));
      break;
    case GDK_KEY_Left:
    case GDK_KEY_Right:
      move_by_char (self, &spot, keyval == GDK_KEY_Left);
      break;
    case GDK_KEY_Home:
    case GDK_KEY_End:
      spot.byte = keyval == GDK_KEY_Home ? 0 : G_MAXSIZE;
      move_by_rows (self, &spot, 0);
      break;
    default:
      return FALSE;
    }
  _runnel_log_lines_select (self, &self->anchor, &spot);
  runnel_log_lines_show_spot (self, &spot);
  return TRUE;
}

static gboolean
scroll (RunnelLogLines *self,
        guint           keyval)
{
  double line = self->pen.line_height, cells = 4 * self->pen.cell_width;
  double page = MAX (gtk_widget_get_height (GTK_WIDGET (self)) - line, line);

  switch (keyval)
    {
    case GDK_KEY_Up:
      _runnel_log_lines_scroll_by (self, 0, -line);
      return TRUE;
    case GDK_KEY_Down:
      _runnel_log_lines_scroll_by (self, 0, line);
      return TRUE;
    case GDK_KEY_Page_Up:
      _runnel_log_lines_scroll_by (self, 0, -page);
      return TRUE;
    case GDK_KEY_Page_Down:
    case GDK_KEY_space:
      _runnel_log_lines_scroll_by (self, 0, page);
      return TRUE;
    case GDK_KEY_Left:
      _runnel_log_lines_scroll_by (self, -cells, 0);
      return TRUE;
    case GDK_KEY_Right:
      _runnel_log_lines_scroll_by (self, cells, 0);
      return TRUE;
    case GDK_KEY_Home:
      runnel_log_lines_scroll_to_start (self);
      return TRUE;
    case GDK_KEY_End:
      runnel_log_lines_scroll_to_end (self);
      return TRUE;
    default:
      return FALSE;
    }
}

/* The same keys of the number pad. */
static guint
get_plain_key (guint keyval)
{
  static const guint keys[][2] = {
    { GDK_KEY_KP_Up, GDK_KEY_Up },           { GDK_KEY_KP_Down, GDK_KEY_Down },
    { GDK_KEY_KP_Left, GDK_KEY_Left },       { GDK_KEY_KP_Right, GDK_KEY_Right },
    { GDK_KEY_KP_Page_Up, GDK_KEY_Page_Up }, { GDK_KEY_KP_Page_Down, GDK_KEY_Page_Down },
    { GDK_KEY_KP_Home, GDK_KEY_Home },       { GDK_KEY_KP_End, GDK_KEY_End },
  };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (keys[i][0] == keyval)
      return keys[i][1];
  return keyval;
}

/* Before the text view that is there for assistive technology, which knows only what is seen. */
static gboolean
key_pressed_cb (RunnelLogLines *self,
                guint           keyval,
                guint           keycode,
                GdkModifierType state)
{
  GdkModifierType modifiers = state & gtk_accelerator_get_default_mod_mask ();

  keyval = get_plain_key (keyval);
  if (!self->model)
    return FALSE;
  if (modifiers == GDK_SHIFT_MASK)
    return extend (self, keyval);
  if (modifiers == 0)
    return scroll (self, keyval);
  if (modifiers == GDK_CONTROL_MASK && (keyval == GDK_KEY_Home || keyval == GDK_KEY_End))
    return scroll (self, keyval);
  return FALSE;
}

void
_runnel_log_lines_keys_init (RunnelLogLines *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}
