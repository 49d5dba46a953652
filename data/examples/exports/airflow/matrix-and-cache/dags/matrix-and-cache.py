# Made by Runnel from ../../../matrix-and-cache.runnel.json; edit that and export it again.
import json
import os
from datetime import datetime, timedelta
from pathlib import Path

from airflow.exceptions import AirflowException
from airflow.providers.standard.operators.bash import BashOperator
from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.providers.standard.operators.python import PythonOperator
from airflow.sdk import DAG, Param

# Where the tasks work: set RUNNEL_FOLDER to the project's folder on the workers.
FOLDER = os.environ.get("RUNNEL_FOLDER", str(Path(__file__).parent))
ENV = {"RUNNEL_PARAM_PAGES": "{{ params['pages'] }}", "RUNNEL_PARAM_PLANT_FAILURE": "{{ params['plant-failure'] | tojson }}", "RUNNEL_ARTIFACTS": FOLDER + "/.runnel/{{ run_id }}"}
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
    dag_id="matrix-and-cache",
    dag_display_name="Matrix, cache and rollback",
    description="Makes each page of a list as a leg of a matrix, two at a time, and publishes them together. A second run makes only the pages that are new. With plant-failure it fails after publishing, and what was published is taken back.",
    schedule=None,
    start_date=datetime(2025, 1, 1),
    catchup=False,
    params={
        "pages": Param("home about news contact", type="string", description="The pages to make, with spaces between them"),
        "plant-failure": Param(False, type="boolean", description="Let the last check fail, to see the rollback"),
    },
    default_args={"append_env": True, "cwd": FOLDER},
) as dag:
    list_2 = BashOperator(
        task_id="list",
        task_display_name="List the pages",
        bash_command="""\
set -e
RUNNEL_OUTPUT=$(mktemp)
export RUNNEL_OUTPUT
(
list=
for page in $RUNNEL_PARAM_PAGES; do
  list="$list${list:+, }\\"$page\\\""
done
echo "pages=[$list]" >> "$RUNNEL_OUTPUT"
)
""" + OUTPUTS,
        output_processor=json.loads,
        do_xcom_push=True,
        env={**ENV},
    )
    # runnel: lost: cache: the step always runs
    # runnel: lost: matrix-dynamic: the legs must be known when the file is written
    # runnel: lost: matrix-fail-fast: the other legs go on after a failure
    make = BashOperator(
        task_id="make",
        task_display_name="Make a page",
        bash_command="""\
set -e
RUNNEL_OUTPUT=$(mktemp)
export RUNNEL_OUTPUT
(
sleep 0.3
echo "html=<h1>$RUNNEL_MATRIX_PAGE</h1>" >> "$RUNNEL_OUTPUT"
)
""" + OUTPUTS,
        output_processor=json.loads,
        do_xcom_push=True,
        env={**ENV},
        pool="printer",
    )
    # runnel: lost: expression: a folder, time or continue-on-error that is computed
    # runnel: lost: undo: nothing is taken back when the run fails
    publish = BashOperator(
        task_id="publish",
        task_display_name="Publish",
        bash_command="""\
set -e
RUNNEL_OUTPUT=$(mktemp)
export RUNNEL_OUTPUT
(
mkdir public
printf '%s\\n' "$PAGES" > public/index.html
echo "place=$PWD/public" >> "$RUNNEL_OUTPUT"
)
mkdir -p "$RUNNEL_ARTIFACTS/publish"
cp -R --parents -- public/*.html "$RUNNEL_ARTIFACTS/publish"
""" + OUTPUTS,
        output_processor=json.loads,
        do_xcom_push=True,
        env={**ENV, "PAGES": ""},
    )
    check = BashOperator(
        task_id="check",
        task_display_name="Check what was published",
        bash_command="""\
set -e
test "$RUNNEL_PARAM_PLANT_FAILURE" = false
cat "$RUNNEL_ARTIFACTS/publish/public/index.html"
""",
        do_xcom_push=False,
        env={**ENV},
        retries=1,
        retry_delay=timedelta(seconds=0.2),
    )

    list_2 >> make
    make >> publish
    publish >> check
    runnel_outcome = PythonOperator(
        task_id="runnel.outcome",
        python_callable=check_outcome,
        op_args=[["list", "make", "publish", "check"]],
        trigger_rule="all_done",
        doc_md="runnel: gate",
    )
    [list_2, make, publish, check] >> runnel_outcome
    runnel_over = EmptyOperator(task_id="runnel.over", trigger_rule="all_done", doc_md="runnel: gate")
    runnel_outcome >> runnel_over
    # runnel: lost: expression: a value that can't be said in Jinja is empty
    tell = BashOperator(
        task_id="tell",
        task_display_name="Tell how it went",
        bash_command="""\
set -e
echo "The run has $OUTCOME"
""",
        do_xcom_push=False,
        env={**ENV, "OUTCOME": ""},
        doc_md="runnel: hook on-finish",
    )
    runnel_over >> tell
    runnel_end = EmptyOperator(task_id="runnel.end", trigger_rule="all_success", doc_md="runnel: gate")
    runnel_outcome >> runnel_end
