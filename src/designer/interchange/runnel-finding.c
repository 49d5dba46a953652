/* runnel-finding.c: how one system does one thing a step asks for, as an item of a list
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/interchange/runnel-finding.h"

struct _RunnelFinding
{
  GObject parent_instance;

  RunnelPortability *portability;
  guint row;
  guint target;
};

G_DEFINE_FINAL_TYPE (RunnelFinding, runnel_finding, G_TYPE_OBJECT)

static const RunnelPortabilityRow *
get_row (RunnelFinding *self)
{
  return runnel_portability_get_row (self->portability, self->row);
}

static const RunnelCapability *
get_verdict (RunnelFinding *self)
{
  return &get_row (self)->verdicts[self->target];
}

static void
runnel_finding_finalize (GObject *object)
{
  runnel_portability_unref (RUNNEL_FINDING (object)->portability);
  G_OBJECT_CLASS (runnel_finding_parent_class)->finalize (object);
}

static void
runnel_finding_class_init (RunnelFindingClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = runnel_finding_finalize;
}

static void
runnel_finding_init (RunnelFinding *self)
{
}

/**
 * runnel_finding_new:
 * @portability: findings
 * @row: position of a row in it
 * @target: position of a system in it
 *
 * Returns: (transfer full): the item
 */
RunnelFinding *
runnel_finding_new (RunnelPortability *portability,
                    guint              row,
                    guint              target)
{
  RunnelFinding *self = g_object_new (RUNNEL_TYPE_FINDING, NULL);

  self->portability = runnel_portability_ref (portability);
  self->row = row;
  self->target = target;
  return self;
}

/**
 * runnel_finding_get_step:
 *
 * Returns: (transfer none) (nullable): id of the step; %NULL for the pipeline itself
 */
const char *
runnel_finding_get_step (RunnelFinding *self)
{
  return get_row (self)->step;
}

RunnelFidelity
runnel_finding_get_fidelity (RunnelFinding *self)
{
  return get_verdict (self)->fidelity;
}

/**
 * runnel_finding_make_title:
 *
 * Returns: (transfer full): what it is about, such as "Retry: emulated on Jenkins"
 */
char *
runnel_finding_make_title (RunnelFinding *self)
{
  const char *feature = runnel_feature_get_title (get_row (self)->feature);
  const char *system = runnel_portability_get_target (self->portability, self->target)->title;

  switch (get_verdict (self)->fidelity)
    {
    case RUNNEL_FIDELITY_EXACT:
      /* translators: something a step asks for, such as Retry, and a system, such as Jenkins */
      return g_strdup_printf (_("%s: exact on %s"), feature, system);
    case RUNNEL_FIDELITY_EMULATED:
      return g_strdup_printf (_("%s: emulated on %s"), feature, system);
    case RUNNEL_FIDELITY_LOST:
    default:
      return g_strdup_printf (_("%s: lost on %s"), feature, system);
    }
}

/* A clause of the terminal, as a sentence of a list. */
static char *
make_sentence (const char *clause)
{
  g_autoptr(GString) sentence = NULL;

  if (!clause || !*clause)
    return NULL;
  clause = _(clause);
  sentence = g_string_new (NULL);
  g_string_append_unichar (sentence, g_unichar_totitle (g_utf8_get_char (clause)));
  g_string_append (sentence, g_utf8_next_char (clause));
  return g_string_free (g_steal_pointer (&sentence), FALSE);
}

/**
 * runnel_finding_make_how:
 *
 * Returns: (transfer full) (nullable): by what it is done, or what is lost
 */
char *
runnel_finding_make_how (RunnelFinding *self)
{
  return make_sentence (get_verdict (self)->how);
}

/**
 * runnel_finding_make_fix:
 *
 * Returns: (transfer full) (nullable): what to change so that it is no longer lost
 */
char *
runnel_finding_make_fix (RunnelFinding *self)
{
  return make_sentence (get_verdict (self)->fix);
}

/**
 * runnel_fidelity_get_icon:
 *
 * Returns: (transfer none): the name of a symbolic icon; not the colour alone tells it
 */
const char *
runnel_fidelity_get_icon (RunnelFidelity fidelity)
{
  static const char *const icons[] = {
    [RUNNEL_FIDELITY_EXACT] = "emblem-ok-symbolic",
    [RUNNEL_FIDELITY_EMULATED] = "emblem-synchronizing-symbolic",
    [RUNNEL_FIDELITY_LOST] = "dialog-warning-symbolic",
  };

  return icons[fidelity];
}

/**
 * runnel_fidelity_get_style:
 *
 * Returns: (transfer none): a style class for the icon
 */
const char *
runnel_fidelity_get_style (RunnelFidelity fidelity)
{
  static const char *const styles[] = {
    [RUNNEL_FIDELITY_EXACT] = "success",
    [RUNNEL_FIDELITY_EMULATED] = "dim-label",
    [RUNNEL_FIDELITY_LOST] = "warning",
  };

  return styles[fidelity];
}

/**
 * runnel_fidelity_get_word:
 *
 * Returns: (transfer none): the same for people, translated
 */
const char *
runnel_fidelity_get_word (RunnelFidelity fidelity)
{
  const char *const words[] = {
    [RUNNEL_FIDELITY_EXACT] = _("Exact"),
    [RUNNEL_FIDELITY_EMULATED] = _("Emulated"),
    [RUNNEL_FIDELITY_LOST] = _("Lost"),
  };

  return words[fidelity];
}
