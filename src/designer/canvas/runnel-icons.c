/* runnel-icons.c: the small pictures on cards, as vector paths
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "designer/canvas/runnel-icons.h"

#define GRID 16.0       /* the pictures are drawn on 16 by 16 */
#define LINE_WIDTH 1.6

/* Drawn in our own hand. Commands, each with its numbers: M move, L line, C curve (two control
 * points, end), A arc (centre, radius, from and to in eighths of a turn, clockwise from the
 * right), O circle (centre, radius), Z close; S strokes what was collected, F fills it. */
static const char *const pictures[RUNNEL_N_ICONS] = {
  [RUNNEL_ICON_STEP] = "M 3 4 L 13 4 L 13 12 L 3 12 Z S",
  [RUNNEL_ICON_COMMAND] = "M 2.5 4 L 6.5 8 L 2.5 12 S M 8.5 12 L 13.5 12 S",
  [RUNNEL_ICON_SCRIPT] = "M 5.5 4 L 1.8 8 L 5.5 12 S M 10.5 4 L 14.2 8 L 10.5 12 S M 9 3 L 7 13 S",
  [RUNNEL_ICON_HTTP] = "O 8 8 6 S M 2 8 L 14 8 S M 8 2 C 4.2 5 4.2 11 8 14 C 11.8 11 11.8 5 8 2 Z S",
  [RUNNEL_ICON_WAIT] = "O 8 8 6 S M 8 4.6 L 8 8 L 10.6 9.8 S",
  [RUNNEL_ICON_APPROVAL] = "O 6.4 4.8 2.7 S M 1.6 13.6 C 1.6 9.4 9 8.4 10.4 11.2 S M 9.2 12 L 11.2 14 L 14.8 9.6 S",
  [RUNNEL_ICON_PIPELINE] = "M 1.6 2.6 L 6 2.6 L 6 7 L 1.6 7 Z S M 10 9 L 14.4 9 L 14.4 13.4 L 10 13.4 Z S "
                           "M 6 4.8 C 10.6 4.8 12.2 5.4 12.2 8.6 S",
  [RUNNEL_ICON_FOREIGN] = "M 7.4 3 L 2.6 3 L 2.6 13.4 L 13 13.4 L 13 8.6 S M 7 9 L 13.6 2.4 S "
                          "M 9.4 2.4 L 13.6 2.4 L 13.6 6.6 S",
  [RUNNEL_ICON_PENDING] = "O 8 8 5.4 S",
  [RUNNEL_ICON_QUEUED] = "O 8 8 6 S M 8 4.6 L 8 8 L 10.4 9.6 S",
  [RUNNEL_ICON_WAITING] = "M 4 2 L 12 2 S M 4 14 L 12 14 S M 5 2.4 C 5 6.6 11 9.4 11 13.6 S M 11 2.4 C 11 6.6 5 9.4 5 13.6 S "
                          "M 5.6 13.6 C 6.4 11.4 9.6 11.4 10.4 13.6 Z F",
  [RUNNEL_ICON_RUNNING] = "A 8 8 5.8 0 6 S",
  [RUNNEL_ICON_SUCCEEDED] = "M 2.6 8.6 L 6.4 12.2 L 13.4 4.2 S",
  [RUNNEL_ICON_FAILED] = "M 3.6 3.6 L 12.4 12.4 S M 12.4 3.6 L 3.6 12.4 S",
  [RUNNEL_ICON_TIMED_OUT] = "O 8 9 5.2 S M 8 6.2 L 8 9 S M 5.6 1.6 L 10.4 1.6 S M 8 10.8 L 8 11 S",
  [RUNNEL_ICON_SKIPPED] = "M 2.6 3.8 L 7.2 8 L 2.6 12.2 S M 8 3.8 L 12.6 8 L 8 12.2 S",
  [RUNNEL_ICON_CANCELLED] = "O 8 8 5.8 S M 4 12 L 12 4 S",
  [RUNNEL_ICON_INTERRUPTED] = "M 9.6 1.4 L 3.4 9 L 7.4 9 L 6.2 14.6 L 12.6 6.8 L 8.6 6.8 Z F",
  [RUNNEL_ICON_ERROR] = "M 6.8 2.4 L 9.2 2.4 L 9.2 9.4 L 6.8 9.4 Z F M 6.8 11.2 L 9.2 11.2 L 9.2 13.6 L 6.8 13.6 Z F",
  [RUNNEL_ICON_WARNING] = "M 6.8 2.4 L 9.2 2.4 L 9.2 9.4 L 6.8 9.4 Z F M 6.8 11.2 L 9.2 11.2 L 9.2 13.6 L 6.8 13.6 Z F",
  [RUNNEL_ICON_LOST] = "M 8.6 4.6 L 13 4.6 L 13 9 S M 12.6 5 L 8.6 9 S M 3 13 L 5.4 10.6 S M 3 4 L 12.4 13.4 S",
  [RUNNEL_ICON_EMULATED] = "M 2.4 6.6 C 4.6 3.4 6.6 4 8 5.4 C 9.4 6.8 11.4 7.4 13.6 4.2 S "
                           "M 2.4 11.8 C 4.6 8.6 6.6 9.2 8 10.6 C 9.4 12 11.4 12.6 13.6 9.4 S",
  [RUNNEL_ICON_CONDITION] = "M 8 1.8 L 14.2 8 L 8 14.2 L 1.8 8 Z S",
  [RUNNEL_ICON_RETRY] = "A 8 8 5.4 0 6.6 S M 12.2 1.4 L 12.2 5 L 8.6 5 S",
  [RUNNEL_ICON_TIMEOUT] = "O 8 9 5.2 S M 8 6 L 8 9 L 10 10.2 S M 6 1.6 L 10 1.6 S",
  [RUNNEL_ICON_MATRIX] = "M 2.4 2.4 L 6.4 2.4 L 6.4 6.4 L 2.4 6.4 Z F M 9.6 2.4 L 13.6 2.4 L 13.6 6.4 L 9.6 6.4 Z F "
                         "M 2.4 9.6 L 6.4 9.6 L 6.4 13.6 L 2.4 13.6 Z F M 9.6 9.6 L 13.6 9.6 L 13.6 13.6 L 9.6 13.6 Z F",
  [RUNNEL_ICON_POOL] = "M 8 2 L 14.4 5.2 L 8 8.4 L 1.6 5.2 Z S M 1.6 8.6 L 8 11.8 L 14.4 8.6 S M 1.6 11.6 L 8 14.6 L 14.4 11.6 S",
  [RUNNEL_ICON_UNDO] = "M 6 2.4 L 2.6 5.8 L 6 9.2 S M 3 5.8 L 9 5.8 C 14.6 5.8 14.6 13.2 9 13.2 L 6 13.2 S",
  [RUNNEL_ICON_CACHE] = "M 2.6 4.2 C 2.6 1.4 13.4 1.4 13.4 4.2 C 13.4 7 2.6 7 2.6 4.2 Z S "
                        "M 2.6 4.2 L 2.6 11.8 C 2.6 14.6 13.4 14.6 13.4 11.8 L 13.4 4.2 S M 2.6 8 C 2.6 10.8 13.4 10.8 13.4 8 S",
  [RUNNEL_ICON_SECRETS] = "O 5 11 3 S M 7.2 8.8 L 13.4 2.6 S M 10.6 5.4 L 13 7.8 S",
  [RUNNEL_ICON_ARTIFACTS] = "M 8 1.8 L 13.8 4.8 L 13.8 11.2 L 8 14.2 L 2.2 11.2 L 2.2 4.8 Z S M 2.2 4.8 L 8 7.8 L 13.8 4.8 S "
                            "M 8 7.8 L 8 14.2 S",
  [RUNNEL_ICON_BREAKER] = "O 3.4 11 1.6 F O 12.6 11 1.6 F M 3.4 11 L 11.4 3.8 S",
  [RUNNEL_ICON_CONTINUE] = "M 1.6 8 L 13.6 8 S M 10 4.2 L 13.8 8 L 10 11.8 S M 5.6 3.4 L 5.6 12.6 S",
  [RUNNEL_ICON_GROUP] = "M 1.8 6 L 10.4 6 L 10.4 13.6 L 1.8 13.6 Z S M 5 2.4 L 14.2 2.4 L 14.2 10.4 L 13.4 10.4 S M 5 2.4 L 5 3 S",
  [RUNNEL_ICON_FOLD] = "M 2.6 5.4 L 8 10.8 L 13.4 5.4 S",
  [RUNNEL_ICON_PINNED] = "M 4.8 2 L 11.2 2 S M 6 2.4 L 5.6 7 L 3.4 9.6 L 12.6 9.6 L 10.4 7 L 10 2.4 Z S M 8 9.8 L 8 14.4 S",
  [RUNNEL_ICON_BYPASS] = "M 1.8 11.6 C 3 3.4 11.4 2.8 13.6 9.6 S M 14.6 5.4 L 13.8 10 L 9.4 8.8 S",
};

/**
 * runnel_icon_for_kind:
 * @kind: (nullable): the `kind` of a step, known or not
 */
RunnelIcon
runnel_icon_for_kind (const char *kind)
{
  static const struct
  {
    const char *kind;
    RunnelIcon icon;
  } icons[] = {
    { "command", RUNNEL_ICON_COMMAND },   { "script", RUNNEL_ICON_SCRIPT },
    { "http", RUNNEL_ICON_HTTP },         { "wait", RUNNEL_ICON_WAIT },
    { "approval", RUNNEL_ICON_APPROVAL }, { "pipeline", RUNNEL_ICON_PIPELINE },
    { "foreign", RUNNEL_ICON_FOREIGN },
  };

  for (guint i = 0; i < G_N_ELEMENTS (icons); i++)
    {
      if (g_strcmp0 (kind, icons[i].kind) == 0)
        return icons[i].icon;
    }

  return RUNNEL_ICON_STEP;
}

static const char *
read_numbers (const char *text,
              double     *numbers,
              guint       n_numbers)
{
  for (guint i = 0; i < n_numbers; i++)
    numbers[i] = g_ascii_strtod (text, (char **) &text);

  return text;
}

/* Carries out one command; returns what comes after it. */
static const char *
trace_command (cairo_t         *cr,
               const char      *text,
               RunnelTraceFunc  trace,
               gpointer         user_data)
{
  const double eighth = G_PI / 4;
  double n[6];

  switch (*text++)
    {
    case 'M':
      text = read_numbers (text, n, 2);
      cairo_move_to (cr, n[0], n[1]);
      break;
    case 'L':
      text = read_numbers (text, n, 2);
      cairo_line_to (cr, n[0], n[1]);
      break;
    case 'C':
      text = read_numbers (text, n, 6);
      cairo_curve_to (cr, n[0], n[1], n[2], n[3], n[4], n[5]);
      break;
    case 'A':
      text = read_numbers (text, n, 5);
      cairo_new_sub_path (cr);
      cairo_arc (cr, n[0], n[1], n[2], n[3] * eighth, n[4] * eighth);
      break;
    case 'O':
      text = read_numbers (text, n, 3);
      cairo_new_sub_path (cr);
      cairo_arc (cr, n[0], n[1], n[2], 0, 2 * G_PI);
      cairo_close_path (cr);
      break;
    case 'Z':
      cairo_close_path (cr);
      break;
    case 'S':
      trace (cr, FALSE, user_data);
      break;
    case 'F':
      trace (cr, TRUE, user_data);
      break;
    default: /* blanks between */
      break;
    }

  return text;
}

/* How large the icon is on a card, world units. */
double
runnel_icon_get_size (RunnelIcon self)
{
  if (self <= RUNNEL_ICON_FOREIGN || self == RUNNEL_ICON_BYPASS || self == RUNNEL_ICON_GROUP)
    return RUNNEL_KIND_ICON;
  if (self <= RUNNEL_ICON_INTERRUPTED)
    return RUNNEL_STATE_ICON;
  return RUNNEL_BADGE_ICON;
}

void
runnel_icon_trace (RunnelIcon       self,
                   cairo_t         *cr,
                   double           x,
                   double           y,
                   double           size,
                   RunnelTraceFunc  trace,
                   gpointer         user_data)
{
  g_return_if_fail (self < RUNNEL_N_ICONS && cr != NULL && trace != NULL);

  cairo_save (cr);
  cairo_translate (cr, x, y);
  cairo_scale (cr, size / GRID, size / GRID);
  cairo_set_line_width (cr, LINE_WIDTH);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_new_path (cr);

  for (const char *text = pictures[self]; *text != '\0';)
    text = trace_command (cr, text, trace, user_data);

  cairo_restore (cr);
}

void
runnel_icon_draw (RunnelIcon  self,
                  cairo_t    *cr,
                  double      x,
                  double      y,
                  double      size)
{
  runnel_icon_trace (self, cr, x, y, size, runnel_trace_paint, NULL);
}
