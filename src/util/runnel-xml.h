/* runnel-xml.h: text as XML may hold it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void runnel_xml_append_text (GString    *xml,
                             const char *text);

G_END_DECLS
