/* runnel-markup.h: the simple markup of notes
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <pango/pango.h>

G_BEGIN_DECLS

/* What letters are written with. */
typedef enum
{
  RUNNEL_INK_TEXT,
  RUNNEL_INK_CODE,
  RUNNEL_INK_LINK,
  RUNNEL_N_INKS
} RunnelTextInk;

/* Where an address is written, in bytes of the text. */
typedef struct
{
  guint start;
  guint end;
  char *address;
} RunnelMarkupLink;

/* A text without its marks, and what they say about it. */
typedef struct
{
  char *text;
  PangoAttrList *attributes;
  GArray *links;             /* of RunnelMarkupLink */
} RunnelMarkup;

RunnelMarkup *runnel_markup_parse     (const char         *source);
void          runnel_markup_free      (RunnelMarkup       *self);
RunnelTextInk runnel_markup_get_ink   (const PangoItem    *item);
const char   *runnel_markup_find_link (const RunnelMarkup *self,
                                       guint               position);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelMarkup, runnel_markup_free)

G_END_DECLS
