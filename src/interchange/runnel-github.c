/* runnel-github.c: GitHub Actions
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax
 */
#include "config.h"

#include "interchange/runnel-github-private.h"

static const char *const modes[] = { "jobs", "one-job", NULL };

const RunnelTarget runnel_target_github = {
  .name = RUNNEL_GITHUB,
  .title = "GitHub Actions",
  .language = "yaml",
  .default_path = ".github/workflows/%s.yml",
  .modes = modes,
  .capabilities = runnel_github_capabilities,
  .judge = _runnel_github_judge,
  .export = _runnel_github_export,
  .detect = _runnel_github_detect,
  .import = _runnel_github_import,
};
