/* runnel-measures.h: how large things on the canvas are
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

/* All lengths in world units: one unit is one logical pixel at zoom 1. */
#define RUNNEL_NODE_WIDTH 216
#define RUNNEL_NODE_HEIGHT 72
#define RUNNEL_SNAP 8 /* the grid positions snap to */

#define RUNNEL_GROUP_PADDING 24 /* between a group's frame and its steps */
#define RUNNEL_GROUP_TITLE 28   /* above its steps */

#define RUNNEL_COLUMN_GAP 104 /* between columns of cards: links turn there */
#define RUNNEL_ROW_GAP 32     /* between cards in a column */

/* Where links go down, they leave a card at its right all the same, and come in at the left. */
#define RUNNEL_LAYER_GAP_DOWN 64 /* between rows of cards */
#define RUNNEL_ROW_GAP_DOWN 80   /* between cards in a row */
