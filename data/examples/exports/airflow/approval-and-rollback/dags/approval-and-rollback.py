# Made by Runnel from ../../../approval-and-rollback.runnel.json; edit that and export it again.
import json
import os
from datetime import datetime, timedelta
from pathlib import Path

from airflow.exceptions import AirflowException
from airflow.providers.standard.operators.bash import BashOperator
from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.providers.standard.operators.hitl import ApprovalOperator
from airflow.providers.standard.operators.python import PythonOperator
from airflow.sdk import DAG, Param

# Where the tasks work: set RUNNEL_FOLDER to the project's folder on the workers.
FOLDER = os.environ.get("RUNNEL_FOLDER", str(Path(__file__).parent))
ENV = {"RUNNEL_PARAM_VERSION": "{{ params['version'] }}", "RUNNEL_PARAM_BREAK_ROLL_OUT": "{{ params['break-roll-out'] | tojson }}"}
OUTPUTS = r"""
python3 -c '
import json, sys
values, lines = {}, iter(open(sys.argv[1]).read().splitlines())
for line in lines:
    name, equals, value = line.partition("=")
    if not equals or "<<" in name:
        name, _, end = line.partition("<<")
        value = "\n".join(iter(lambda: next(lines, end), end))
    values[name] = value
print(json.dumps(values))
' "$RUNNEL_OUTPUT"
"""


def check_outcome(steps, ti):
    """Fails when one of these steps failed; others have somebody who handles that."""
    states = ti.get_task_states(dag_id=ti.dag_id, run_ids=[ti.run_id])[ti.run_id]
    failed = [step for step in steps for task, state in states.items()
              if state == "failed" and (task == step or task.rpartition("_")[0] == step)]
    if failed:
        raise AirflowException("failed: " + ", ".join(failed))


with DAG(
    dag_id="approval-and-rollback",
    dag_display_name="Approval and rollback",
    description="A release goes to a canary first. A person decides whether everyone gets it; when they say no, or the roll-out fails, what was deployed is taken back in reverse order.",
    schedule=None,
    start_date=datetime(2025, 1, 1),
    catchup=False,
    params={
        "version": Param("1.1", type="string", description="The version to release"),
        "break-roll-out": Param(False, type="boolean", description="Make the roll-out fail, to see the way back"),
    },
    default_args={"append_env": True, "cwd": FOLDER},
) as dag:
    prepare = BashOperator(
        task_id="prepare",
        task_display_name="Prepare the site",
        bash_command="""\
set -e
RUNNEL_OUTPUT=$(mktemp)
export RUNNEL_OUTPUT
(
site="$RUNNEL_RUN_DIR/site"
mkdir -p "$site/canary" "$site/everyone"
echo 1.0 > "$site/canary/version"
echo 1.0 > "$site/everyone/version"
echo "site=$site" >> "$RUNNEL_OUTPUT"
)
""" + OUTPUTS,
        output_processor=json.loads,
        do_xcom_push=True,
        env={**ENV},
    )
    # runnel: lost: undo: nothing is taken back when the run fails
    deploy_canary = BashOperator(
        task_id="deploy-canary",
        task_display_name="Deploy to the canary",
        bash_command="""\
set -e
echo "$RUNNEL_PARAM_VERSION" > "$SITE/canary/version"
echo "The canary now has $(cat "$SITE/canary/version")."
""",
        do_xcom_push=False,
        env={**ENV, "SITE": "{{ (ti.xcom_pull(task_ids='prepare') or {}).get('site', '') }}"},
    )
    check_canary = BashOperator(
        task_id="check-canary",
        task_display_name="Check the canary",
        bash_command="""\
set -e
grep -qx "$RUNNEL_PARAM_VERSION" "$SITE/canary/version"
""",
        do_xcom_push=False,
        env={**ENV, "SITE": "{{ (ti.xcom_pull(task_ids='prepare') or {}).get('site', '') }}"},
        retries=2,
        retry_delay=timedelta(seconds=1),
        retry_exponential_backoff=True,
    )
    approve = ApprovalOperator(
        task_id="approve",
        task_display_name="Roll out to everyone?",
        subject="The canary looks well. Roll out version {{ params['version'] }} to everyone?",
        fail_on_reject=True,
        execution_timeout=timedelta(seconds=3600),
    )
    # runnel: lost: undo: nothing is taken back when the run fails
    roll_out = BashOperator(
        task_id="roll-out",
        task_display_name="Roll out",
        bash_command="""\
set -e
if [ "$RUNNEL_PARAM_BREAK_ROLL_OUT" = true ]; then
  echo "The roll-out broke, as asked for." >&2
  exit 1
fi
echo "$RUNNEL_PARAM_VERSION" > "$SITE/everyone/version"
echo "Everyone now has $(cat "$SITE/everyone/version")."
""",
        do_xcom_push=False,
        env={**ENV, "SITE": "{{ (ti.xcom_pull(task_ids='prepare') or {}).get('site', '') }}"},
    )

    prepare >> deploy_canary
    deploy_canary >> check_canary
    check_canary >> approve
    approve >> roll_out
    runnel_outcome = PythonOperator(
        task_id="runnel.outcome",
        python_callable=check_outcome,
        op_args=[["prepare", "deploy-canary", "check-canary", "approve", "roll-out"]],
        trigger_rule="all_done",
        doc_md="runnel: gate",
    )
    [prepare, deploy_canary, check_canary, approve, roll_out] >> runnel_outcome
    runnel_over = EmptyOperator(task_id="runnel.over", trigger_rule="all_done", doc_md="runnel: gate")
    runnel_outcome >> runnel_over
    # runnel: lost: expression: a value that can't be said in Jinja is empty
    report = BashOperator(
        task_id="report",
        task_display_name="Report",
        bash_command="""\
set -e
echo "The run $STATE. canary: $(cat "$SITE/canary/version"), everyone: $(cat "$SITE/everyone/version")"
""",
        do_xcom_push=False,
        env={**ENV, "SITE": "{{ (ti.xcom_pull(task_ids='prepare') or {}).get('site', '') }}", "STATE": ""},
        doc_md="runnel: hook on-finish",
    )
    runnel_over >> report
    runnel_end = EmptyOperator(task_id="runnel.end", trigger_rule="all_success", doc_md="runnel: gate")
    runnel_outcome >> runnel_end
