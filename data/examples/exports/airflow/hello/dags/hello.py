# Made by Runnel from ../../../hello.runnel.json; edit that and export it again.
import json
import os
from datetime import datetime, timedelta
from pathlib import Path

from airflow.providers.standard.operators.bash import BashOperator
from airflow.sdk import DAG, Param

# Where the tasks work: set RUNNEL_FOLDER to the project's folder on the workers.
FOLDER = os.environ.get("RUNNEL_FOLDER", str(Path(__file__).parent))
ENV = {"RUNNEL_PARAM_WHO": "{{ params['who'] }}"}
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

with DAG(
    dag_id="hello",
    dag_display_name="Hello",
    description="Three steps: one greets, one counts the letters of the greeting, one says both.",
    schedule=None,
    start_date=datetime(2025, 1, 1),
    catchup=False,
    params={
        "who": Param("world", type="string", description="Whom to greet"),
    },
    default_args={"append_env": True, "cwd": FOLDER},
) as dag:
    greet = BashOperator(
        task_id="greet",
        task_display_name="Greet",
        bash_command="""\
set -e
RUNNEL_OUTPUT=$(mktemp)
export RUNNEL_OUTPUT
(
greeting="Hello, $RUNNEL_PARAM_WHO!"
echo "$greeting"
echo "greeting=$greeting" >> "$RUNNEL_OUTPUT"
)
""" + OUTPUTS,
        output_processor=json.loads,
        do_xcom_push=True,
        env={**ENV},
    )
    count = BashOperator(
        task_id="count",
        task_display_name="Count the letters",
        bash_command="""\
set -e
RUNNEL_OUTPUT=$(mktemp)
export RUNNEL_OUTPUT
(
echo "letters=$(printf %s "$GREETING" | tr -cd '[:alpha:]' | wc -c)" >> "$RUNNEL_OUTPUT"
)
""" + OUTPUTS,
        output_processor=json.loads,
        do_xcom_push=True,
        env={**ENV, "GREETING": "{{ (ti.xcom_pull(task_ids='greet') or {}).get('greeting', '') }}"},
    )
    say = BashOperator(
        task_id="say",
        task_display_name="Say both",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["echo", "\\u0024\\u007b\\u007b steps.greet.outputs.greeting }} has \\u0024\\u007b\\u007b steps.count.outputs.letters }} letters."]}}
echo "$RUNNEL_ARGUMENT_1" </dev/null
""",
        do_xcom_push=False,
        env={**ENV, "RUNNEL_ARGUMENT_1": "{{ (ti.xcom_pull(task_ids='greet') or {}).get('greeting', '') }} has {{ (ti.xcom_pull(task_ids='count') or {}).get('letters', '') }} letters."},
    )

    greet >> count
    greet >> say
    count >> say
