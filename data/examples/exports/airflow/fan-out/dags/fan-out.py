# Made by Runnel from ../../../fan-out.runnel.json; edit that and export it again.
import json
import os
from datetime import datetime, timedelta
from pathlib import Path

from airflow.providers.standard.operators.bash import BashOperator
from airflow.sdk import DAG, Param

# Where the tasks work: set RUNNEL_FOLDER to the project's folder on the workers.
FOLDER = os.environ.get("RUNNEL_FOLDER", str(Path(__file__).parent))
ENV = {}

with DAG(
    dag_id="fan-out",
    dag_display_name="Fan out",
    description="One step, then two hundred short ones side by side, then one that waits for all of them.",
    schedule=None,
    start_date=datetime(2025, 1, 1),
    catchup=False,
    default_args={"append_env": True, "cwd": FOLDER},
) as dag:
    start = BashOperator(
        task_id="start",
        task_display_name="Start",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["true"]}}
true </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_001 = BashOperator(
        task_id="part-001",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.01"]}}
sleep 0.01 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_002 = BashOperator(
        task_id="part-002",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.02"]}}
sleep 0.02 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_003 = BashOperator(
        task_id="part-003",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.03"]}}
sleep 0.03 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_004 = BashOperator(
        task_id="part-004",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.04"]}}
sleep 0.04 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_005 = BashOperator(
        task_id="part-005",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.05"]}}
sleep 0.05 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_006 = BashOperator(
        task_id="part-006",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.01"]}}
sleep 0.01 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_007 = BashOperator(
        task_id="part-007",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.02"]}}
sleep 0.02 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_008 = BashOperator(
        task_id="part-008",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.03"]}}
sleep 0.03 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_009 = BashOperator(
        task_id="part-009",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.04"]}}
sleep 0.04 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_010 = BashOperator(
        task_id="part-010",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.05"]}}
sleep 0.05 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_011 = BashOperator(
        task_id="part-011",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.01"]}}
sleep 0.01 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_012 = BashOperator(
        task_id="part-012",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.02"]}}
sleep 0.02 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_013 = BashOperator(
        task_id="part-013",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.03"]}}
sleep 0.03 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_014 = BashOperator(
        task_id="part-014",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.04"]}}
sleep 0.04 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_015 = BashOperator(
        task_id="part-015",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.05"]}}
sleep 0.05 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_016 = BashOperator(
        task_id="part-016",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.01"]}}
sleep 0.01 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_017 = BashOperator(
        task_id="part-017",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.02"]}}
sleep 0.02 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_018 = BashOperator(
        task_id="part-018",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.03"]}}
sleep 0.03 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_019 = BashOperator(
        task_id="part-019",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.04"]}}
sleep 0.04 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_020 = BashOperator(
        task_id="part-020",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.05"]}}
sleep 0.05 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_021 = BashOperator(
        task_id="part-021",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.01"]}}
sleep 0.01 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_022 = BashOperator(
        task_id="part-022",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.02"]}}
sleep 0.02 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_023 = BashOperator(
        task_id="part-023",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.03"]}}
sleep 0.03 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_024 = BashOperator(
        task_id="part-024",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.04"]}}
sleep 0.04 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_025 = BashOperator(
        task_id="part-025",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.05"]}}
sleep 0.05 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_026 = BashOperator(
        task_id="part-026",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.01"]}}
sleep 0.01 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_027 = BashOperator(
        task_id="part-027",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.02"]}}
sleep 0.02 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_028 = BashOperator(
        task_id="part-028",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.03"]}}
sleep 0.03 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_029 = BashOperator(
        task_id="part-029",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.04"]}}
sleep 0.04 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_030 = BashOperator(
        task_id="part-030",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.05"]}}
sleep 0.05 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_031 = BashOperator(
        task_id="part-031",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.01"]}}
sleep 0.01 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_032 = BashOperator(
        task_id="part-032",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.02"]}}
sleep 0.02 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_033 = BashOperator(
        task_id="part-033",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.03"]}}
sleep 0.03 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_034 = BashOperator(
        task_id="part-034",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.04"]}}
sleep 0.04 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_035 = BashOperator(
        task_id="part-035",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.05"]}}
sleep 0.05 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_036 = BashOperator(
        task_id="part-036",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.01"]}}
sleep 0.01 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_037 = BashOperator(
        task_id="part-037",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.02"]}}
sleep 0.02 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_038 = BashOperator(
        task_id="part-038",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.03"]}}
sleep 0.03 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_039 = BashOperator(
        task_id="part-039",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.04"]}}
sleep 0.04 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_040 = BashOperator(
        task_id="part-040",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.05"]}}
sleep 0.05 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_041 = BashOperator(
        task_id="part-041",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.01"]}}
sleep 0.01 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_042 = BashOperator(
        task_id="part-042",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.02"]}}
sleep 0.02 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_043 = BashOperator(
        task_id="part-043",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.03"]}}
sleep 0.03 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_044 = BashOperator(
        task_id="part-044",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.04"]}}
sleep 0.04 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_045 = BashOperator(
        task_id="part-045",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.05"]}}
sleep 0.05 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_046 = BashOperator(
        task_id="part-046",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.01"]}}
sleep 0.01 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_047 = BashOperator(
        task_id="part-047",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.02"]}}
sleep 0.02 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_048 = BashOperator(
        task_id="part-048",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.03"]}}
sleep 0.03 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_049 = BashOperator(
        task_id="part-049",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.04"]}}
sleep 0.04 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_050 = BashOperator(
        task_id="part-050",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.05"]}}
sleep 0.05 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_051 = BashOperator(
        task_id="part-051",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.01"]}}
sleep 0.01 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_052 = BashOperator(
        task_id="part-052",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.02"]}}
sleep 0.02 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_053 = BashOperator(
        task_id="part-053",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.03"]}}
sleep 0.03 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_054 = BashOperator(
        task_id="part-054",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.04"]}}
sleep 0.04 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_055 = BashOperator(
        task_id="part-055",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.05"]}}
sleep 0.05 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_056 = BashOperator(
        task_id="part-056",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.01"]}}
sleep 0.01 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_057 = BashOperator(
        task_id="part-057",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.02"]}}
sleep 0.02 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_058 = BashOperator(
        task_id="part-058",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.03"]}}
sleep 0.03 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_059 = BashOperator(
        task_id="part-059",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.04"]}}
sleep 0.04 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_060 = BashOperator(
        task_id="part-060",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.05"]}}
sleep 0.05 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_061 = BashOperator(
        task_id="part-061",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.01"]}}
sleep 0.01 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_062 = BashOperator(
        task_id="part-062",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.02"]}}
sleep 0.02 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_063 = BashOperator(
        task_id="part-063",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.03"]}}
sleep 0.03 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_064 = BashOperator(
        task_id="part-064",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.04"]}}
sleep 0.04 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_065 = BashOperator(
        task_id="part-065",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.05"]}}
sleep 0.05 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_066 = BashOperator(
        task_id="part-066",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.01"]}}
sleep 0.01 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_067 = BashOperator(
        task_id="part-067",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.02"]}}
sleep 0.02 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_068 = BashOperator(
        task_id="part-068",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.03"]}}
sleep 0.03 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_069 = BashOperator(
        task_id="part-069",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.04"]}}
sleep 0.04 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_070 = BashOperator(
        task_id="part-070",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.05"]}}
sleep 0.05 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_071 = BashOperator(
        task_id="part-071",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.01"]}}
sleep 0.01 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_072 = BashOperator(
        task_id="part-072",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.02"]}}
sleep 0.02 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_073 = BashOperator(
        task_id="part-073",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.03"]}}
sleep 0.03 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_074 = BashOperator(
        task_id="part-074",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.04"]}}
sleep 0.04 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_075 = BashOperator(
        task_id="part-075",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.05"]}}
sleep 0.05 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_076 = BashOperator(
        task_id="part-076",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.01"]}}
sleep 0.01 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_077 = BashOperator(
        task_id="part-077",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.02"]}}
sleep 0.02 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_078 = BashOperator(
        task_id="part-078",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.03"]}}
sleep 0.03 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_079 = BashOperator(
        task_id="part-079",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.04"]}}
sleep 0.04 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_080 = BashOperator(
        task_id="part-080",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.05"]}}
sleep 0.05 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_081 = BashOperator(
        task_id="part-081",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.01"]}}
sleep 0.01 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_082 = BashOperator(
        task_id="part-082",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.02"]}}
sleep 0.02 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_083 = BashOperator(
        task_id="part-083",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.03"]}}
sleep 0.03 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_084 = BashOperator(
        task_id="part-084",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.04"]}}
sleep 0.04 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_085 = BashOperator(
        task_id="part-085",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.05"]}}
sleep 0.05 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_086 = BashOperator(
        task_id="part-086",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.01"]}}
sleep 0.01 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_087 = BashOperator(
        task_id="part-087",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.02"]}}
sleep 0.02 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_088 = BashOperator(
        task_id="part-088",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.03"]}}
sleep 0.03 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_089 = BashOperator(
        task_id="part-089",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.04"]}}
sleep 0.04 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_090 = BashOperator(
        task_id="part-090",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.05"]}}
sleep 0.05 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_091 = BashOperator(
        task_id="part-091",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.01"]}}
sleep 0.01 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_092 = BashOperator(
        task_id="part-092",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.02"]}}
sleep 0.02 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_093 = BashOperator(
        task_id="part-093",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.03"]}}
sleep 0.03 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_094 = BashOperator(
        task_id="part-094",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.04"]}}
sleep 0.04 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_095 = BashOperator(
        task_id="part-095",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.05"]}}
sleep 0.05 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_096 = BashOperator(
        task_id="part-096",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.01"]}}
sleep 0.01 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_097 = BashOperator(
        task_id="part-097",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.02"]}}
sleep 0.02 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_098 = BashOperator(
        task_id="part-098",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.03"]}}
sleep 0.03 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_099 = BashOperator(
        task_id="part-099",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.04"]}}
sleep 0.04 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_100 = BashOperator(
        task_id="part-100",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.05"]}}
sleep 0.05 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_101 = BashOperator(
        task_id="part-101",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.01"]}}
sleep 0.01 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_102 = BashOperator(
        task_id="part-102",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.02"]}}
sleep 0.02 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_103 = BashOperator(
        task_id="part-103",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.03"]}}
sleep 0.03 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_104 = BashOperator(
        task_id="part-104",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.04"]}}
sleep 0.04 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_105 = BashOperator(
        task_id="part-105",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.05"]}}
sleep 0.05 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_106 = BashOperator(
        task_id="part-106",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.01"]}}
sleep 0.01 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_107 = BashOperator(
        task_id="part-107",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.02"]}}
sleep 0.02 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_108 = BashOperator(
        task_id="part-108",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.03"]}}
sleep 0.03 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_109 = BashOperator(
        task_id="part-109",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.04"]}}
sleep 0.04 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_110 = BashOperator(
        task_id="part-110",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.05"]}}
sleep 0.05 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_111 = BashOperator(
        task_id="part-111",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.01"]}}
sleep 0.01 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_112 = BashOperator(
        task_id="part-112",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.02"]}}
sleep 0.02 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_113 = BashOperator(
        task_id="part-113",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.03"]}}
sleep 0.03 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_114 = BashOperator(
        task_id="part-114",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.04"]}}
sleep 0.04 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_115 = BashOperator(
        task_id="part-115",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.05"]}}
sleep 0.05 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_116 = BashOperator(
        task_id="part-116",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.01"]}}
sleep 0.01 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_117 = BashOperator(
        task_id="part-117",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.02"]}}
sleep 0.02 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_118 = BashOperator(
        task_id="part-118",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.03"]}}
sleep 0.03 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_119 = BashOperator(
        task_id="part-119",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.04"]}}
sleep 0.04 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_120 = BashOperator(
        task_id="part-120",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.05"]}}
sleep 0.05 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_121 = BashOperator(
        task_id="part-121",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.01"]}}
sleep 0.01 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_122 = BashOperator(
        task_id="part-122",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.02"]}}
sleep 0.02 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_123 = BashOperator(
        task_id="part-123",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.03"]}}
sleep 0.03 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_124 = BashOperator(
        task_id="part-124",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.04"]}}
sleep 0.04 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_125 = BashOperator(
        task_id="part-125",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.05"]}}
sleep 0.05 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_126 = BashOperator(
        task_id="part-126",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.01"]}}
sleep 0.01 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_127 = BashOperator(
        task_id="part-127",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.02"]}}
sleep 0.02 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_128 = BashOperator(
        task_id="part-128",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.03"]}}
sleep 0.03 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_129 = BashOperator(
        task_id="part-129",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.04"]}}
sleep 0.04 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_130 = BashOperator(
        task_id="part-130",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.05"]}}
sleep 0.05 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_131 = BashOperator(
        task_id="part-131",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.01"]}}
sleep 0.01 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_132 = BashOperator(
        task_id="part-132",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.02"]}}
sleep 0.02 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_133 = BashOperator(
        task_id="part-133",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.03"]}}
sleep 0.03 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_134 = BashOperator(
        task_id="part-134",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.04"]}}
sleep 0.04 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_135 = BashOperator(
        task_id="part-135",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.05"]}}
sleep 0.05 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_136 = BashOperator(
        task_id="part-136",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.01"]}}
sleep 0.01 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_137 = BashOperator(
        task_id="part-137",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.02"]}}
sleep 0.02 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_138 = BashOperator(
        task_id="part-138",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.03"]}}
sleep 0.03 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_139 = BashOperator(
        task_id="part-139",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.04"]}}
sleep 0.04 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_140 = BashOperator(
        task_id="part-140",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.05"]}}
sleep 0.05 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_141 = BashOperator(
        task_id="part-141",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.01"]}}
sleep 0.01 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_142 = BashOperator(
        task_id="part-142",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.02"]}}
sleep 0.02 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_143 = BashOperator(
        task_id="part-143",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.03"]}}
sleep 0.03 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_144 = BashOperator(
        task_id="part-144",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.04"]}}
sleep 0.04 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_145 = BashOperator(
        task_id="part-145",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.05"]}}
sleep 0.05 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_146 = BashOperator(
        task_id="part-146",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.01"]}}
sleep 0.01 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_147 = BashOperator(
        task_id="part-147",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.02"]}}
sleep 0.02 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_148 = BashOperator(
        task_id="part-148",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.03"]}}
sleep 0.03 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_149 = BashOperator(
        task_id="part-149",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.04"]}}
sleep 0.04 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_150 = BashOperator(
        task_id="part-150",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.05"]}}
sleep 0.05 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_151 = BashOperator(
        task_id="part-151",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.01"]}}
sleep 0.01 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_152 = BashOperator(
        task_id="part-152",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.02"]}}
sleep 0.02 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_153 = BashOperator(
        task_id="part-153",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.03"]}}
sleep 0.03 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_154 = BashOperator(
        task_id="part-154",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.04"]}}
sleep 0.04 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_155 = BashOperator(
        task_id="part-155",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.05"]}}
sleep 0.05 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_156 = BashOperator(
        task_id="part-156",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.01"]}}
sleep 0.01 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_157 = BashOperator(
        task_id="part-157",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.02"]}}
sleep 0.02 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_158 = BashOperator(
        task_id="part-158",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.03"]}}
sleep 0.03 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_159 = BashOperator(
        task_id="part-159",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.04"]}}
sleep 0.04 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_160 = BashOperator(
        task_id="part-160",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.05"]}}
sleep 0.05 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_161 = BashOperator(
        task_id="part-161",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.01"]}}
sleep 0.01 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_162 = BashOperator(
        task_id="part-162",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.02"]}}
sleep 0.02 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_163 = BashOperator(
        task_id="part-163",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.03"]}}
sleep 0.03 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_164 = BashOperator(
        task_id="part-164",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.04"]}}
sleep 0.04 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_165 = BashOperator(
        task_id="part-165",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.05"]}}
sleep 0.05 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_166 = BashOperator(
        task_id="part-166",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.01"]}}
sleep 0.01 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_167 = BashOperator(
        task_id="part-167",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.02"]}}
sleep 0.02 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_168 = BashOperator(
        task_id="part-168",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.03"]}}
sleep 0.03 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_169 = BashOperator(
        task_id="part-169",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.04"]}}
sleep 0.04 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_170 = BashOperator(
        task_id="part-170",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.05"]}}
sleep 0.05 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_171 = BashOperator(
        task_id="part-171",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.01"]}}
sleep 0.01 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_172 = BashOperator(
        task_id="part-172",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.02"]}}
sleep 0.02 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_173 = BashOperator(
        task_id="part-173",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.03"]}}
sleep 0.03 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_174 = BashOperator(
        task_id="part-174",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.04"]}}
sleep 0.04 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_175 = BashOperator(
        task_id="part-175",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.05"]}}
sleep 0.05 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_176 = BashOperator(
        task_id="part-176",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.01"]}}
sleep 0.01 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_177 = BashOperator(
        task_id="part-177",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.02"]}}
sleep 0.02 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_178 = BashOperator(
        task_id="part-178",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.03"]}}
sleep 0.03 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_179 = BashOperator(
        task_id="part-179",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.04"]}}
sleep 0.04 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_180 = BashOperator(
        task_id="part-180",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.05"]}}
sleep 0.05 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_181 = BashOperator(
        task_id="part-181",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.01"]}}
sleep 0.01 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_182 = BashOperator(
        task_id="part-182",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.02"]}}
sleep 0.02 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_183 = BashOperator(
        task_id="part-183",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.03"]}}
sleep 0.03 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_184 = BashOperator(
        task_id="part-184",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.04"]}}
sleep 0.04 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_185 = BashOperator(
        task_id="part-185",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.05"]}}
sleep 0.05 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_186 = BashOperator(
        task_id="part-186",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.01"]}}
sleep 0.01 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_187 = BashOperator(
        task_id="part-187",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.02"]}}
sleep 0.02 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_188 = BashOperator(
        task_id="part-188",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.03"]}}
sleep 0.03 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_189 = BashOperator(
        task_id="part-189",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.04"]}}
sleep 0.04 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_190 = BashOperator(
        task_id="part-190",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.05"]}}
sleep 0.05 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_191 = BashOperator(
        task_id="part-191",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.01"]}}
sleep 0.01 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_192 = BashOperator(
        task_id="part-192",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.02"]}}
sleep 0.02 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_193 = BashOperator(
        task_id="part-193",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.03"]}}
sleep 0.03 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_194 = BashOperator(
        task_id="part-194",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.04"]}}
sleep 0.04 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_195 = BashOperator(
        task_id="part-195",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.05"]}}
sleep 0.05 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_196 = BashOperator(
        task_id="part-196",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.01"]}}
sleep 0.01 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_197 = BashOperator(
        task_id="part-197",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.02"]}}
sleep 0.02 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_198 = BashOperator(
        task_id="part-198",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.03"]}}
sleep 0.03 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_199 = BashOperator(
        task_id="part-199",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.04"]}}
sleep 0.04 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    part_200 = BashOperator(
        task_id="part-200",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["sleep", "0.05"]}}
sleep 0.05 </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )
    finish = BashOperator(
        task_id="finish",
        task_display_name="Finish",
        bash_command="""\
set -e
# runnel: {"kind": "command", "with": {"argv": ["echo", "All 200 parts are done."]}}
echo 'All 200 parts are done.' </dev/null
""",
        do_xcom_push=False,
        env={**ENV},
    )

    start >> part_001
    start >> part_002
    start >> part_003
    start >> part_004
    start >> part_005
    start >> part_006
    start >> part_007
    start >> part_008
    start >> part_009
    start >> part_010
    start >> part_011
    start >> part_012
    start >> part_013
    start >> part_014
    start >> part_015
    start >> part_016
    start >> part_017
    start >> part_018
    start >> part_019
    start >> part_020
    start >> part_021
    start >> part_022
    start >> part_023
    start >> part_024
    start >> part_025
    start >> part_026
    start >> part_027
    start >> part_028
    start >> part_029
    start >> part_030
    start >> part_031
    start >> part_032
    start >> part_033
    start >> part_034
    start >> part_035
    start >> part_036
    start >> part_037
    start >> part_038
    start >> part_039
    start >> part_040
    start >> part_041
    start >> part_042
    start >> part_043
    start >> part_044
    start >> part_045
    start >> part_046
    start >> part_047
    start >> part_048
    start >> part_049
    start >> part_050
    start >> part_051
    start >> part_052
    start >> part_053
    start >> part_054
    start >> part_055
    start >> part_056
    start >> part_057
    start >> part_058
    start >> part_059
    start >> part_060
    start >> part_061
    start >> part_062
    start >> part_063
    start >> part_064
    start >> part_065
    start >> part_066
    start >> part_067
    start >> part_068
    start >> part_069
    start >> part_070
    start >> part_071
    start >> part_072
    start >> part_073
    start >> part_074
    start >> part_075
    start >> part_076
    start >> part_077
    start >> part_078
    start >> part_079
    start >> part_080
    start >> part_081
    start >> part_082
    start >> part_083
    start >> part_084
    start >> part_085
    start >> part_086
    start >> part_087
    start >> part_088
    start >> part_089
    start >> part_090
    start >> part_091
    start >> part_092
    start >> part_093
    start >> part_094
    start >> part_095
    start >> part_096
    start >> part_097
    start >> part_098
    start >> part_099
    start >> part_100
    start >> part_101
    start >> part_102
    start >> part_103
    start >> part_104
    start >> part_105
    start >> part_106
    start >> part_107
    start >> part_108
    start >> part_109
    start >> part_110
    start >> part_111
    start >> part_112
    start >> part_113
    start >> part_114
    start >> part_115
    start >> part_116
    start >> part_117
    start >> part_118
    start >> part_119
    start >> part_120
    start >> part_121
    start >> part_122
    start >> part_123
    start >> part_124
    start >> part_125
    start >> part_126
    start >> part_127
    start >> part_128
    start >> part_129
    start >> part_130
    start >> part_131
    start >> part_132
    start >> part_133
    start >> part_134
    start >> part_135
    start >> part_136
    start >> part_137
    start >> part_138
    start >> part_139
    start >> part_140
    start >> part_141
    start >> part_142
    start >> part_143
    start >> part_144
    start >> part_145
    start >> part_146
    start >> part_147
    start >> part_148
    start >> part_149
    start >> part_150
    start >> part_151
    start >> part_152
    start >> part_153
    start >> part_154
    start >> part_155
    start >> part_156
    start >> part_157
    start >> part_158
    start >> part_159
    start >> part_160
    start >> part_161
    start >> part_162
    start >> part_163
    start >> part_164
    start >> part_165
    start >> part_166
    start >> part_167
    start >> part_168
    start >> part_169
    start >> part_170
    start >> part_171
    start >> part_172
    start >> part_173
    start >> part_174
    start >> part_175
    start >> part_176
    start >> part_177
    start >> part_178
    start >> part_179
    start >> part_180
    start >> part_181
    start >> part_182
    start >> part_183
    start >> part_184
    start >> part_185
    start >> part_186
    start >> part_187
    start >> part_188
    start >> part_189
    start >> part_190
    start >> part_191
    start >> part_192
    start >> part_193
    start >> part_194
    start >> part_195
    start >> part_196
    start >> part_197
    start >> part_198
    start >> part_199
    start >> part_200
    part_001 >> finish
    part_002 >> finish
    part_003 >> finish
    part_004 >> finish
    part_005 >> finish
    part_006 >> finish
    part_007 >> finish
    part_008 >> finish
    part_009 >> finish
    part_010 >> finish
    part_011 >> finish
    part_012 >> finish
    part_013 >> finish
    part_014 >> finish
    part_015 >> finish
    part_016 >> finish
    part_017 >> finish
    part_018 >> finish
    part_019 >> finish
    part_020 >> finish
    part_021 >> finish
    part_022 >> finish
    part_023 >> finish
    part_024 >> finish
    part_025 >> finish
    part_026 >> finish
    part_027 >> finish
    part_028 >> finish
    part_029 >> finish
    part_030 >> finish
    part_031 >> finish
    part_032 >> finish
    part_033 >> finish
    part_034 >> finish
    part_035 >> finish
    part_036 >> finish
    part_037 >> finish
    part_038 >> finish
    part_039 >> finish
    part_040 >> finish
    part_041 >> finish
    part_042 >> finish
    part_043 >> finish
    part_044 >> finish
    part_045 >> finish
    part_046 >> finish
    part_047 >> finish
    part_048 >> finish
    part_049 >> finish
    part_050 >> finish
    part_051 >> finish
    part_052 >> finish
    part_053 >> finish
    part_054 >> finish
    part_055 >> finish
    part_056 >> finish
    part_057 >> finish
    part_058 >> finish
    part_059 >> finish
    part_060 >> finish
    part_061 >> finish
    part_062 >> finish
    part_063 >> finish
    part_064 >> finish
    part_065 >> finish
    part_066 >> finish
    part_067 >> finish
    part_068 >> finish
    part_069 >> finish
    part_070 >> finish
    part_071 >> finish
    part_072 >> finish
    part_073 >> finish
    part_074 >> finish
    part_075 >> finish
    part_076 >> finish
    part_077 >> finish
    part_078 >> finish
    part_079 >> finish
    part_080 >> finish
    part_081 >> finish
    part_082 >> finish
    part_083 >> finish
    part_084 >> finish
    part_085 >> finish
    part_086 >> finish
    part_087 >> finish
    part_088 >> finish
    part_089 >> finish
    part_090 >> finish
    part_091 >> finish
    part_092 >> finish
    part_093 >> finish
    part_094 >> finish
    part_095 >> finish
    part_096 >> finish
    part_097 >> finish
    part_098 >> finish
    part_099 >> finish
    part_100 >> finish
    part_101 >> finish
    part_102 >> finish
    part_103 >> finish
    part_104 >> finish
    part_105 >> finish
    part_106 >> finish
    part_107 >> finish
    part_108 >> finish
    part_109 >> finish
    part_110 >> finish
    part_111 >> finish
    part_112 >> finish
    part_113 >> finish
    part_114 >> finish
    part_115 >> finish
    part_116 >> finish
    part_117 >> finish
    part_118 >> finish
    part_119 >> finish
    part_120 >> finish
    part_121 >> finish
    part_122 >> finish
    part_123 >> finish
    part_124 >> finish
    part_125 >> finish
    part_126 >> finish
    part_127 >> finish
    part_128 >> finish
    part_129 >> finish
    part_130 >> finish
    part_131 >> finish
    part_132 >> finish
    part_133 >> finish
    part_134 >> finish
    part_135 >> finish
    part_136 >> finish
    part_137 >> finish
    part_138 >> finish
    part_139 >> finish
    part_140 >> finish
    part_141 >> finish
    part_142 >> finish
    part_143 >> finish
    part_144 >> finish
    part_145 >> finish
    part_146 >> finish
    part_147 >> finish
    part_148 >> finish
    part_149 >> finish
    part_150 >> finish
    part_151 >> finish
    part_152 >> finish
    part_153 >> finish
    part_154 >> finish
    part_155 >> finish
    part_156 >> finish
    part_157 >> finish
    part_158 >> finish
    part_159 >> finish
    part_160 >> finish
    part_161 >> finish
    part_162 >> finish
    part_163 >> finish
    part_164 >> finish
    part_165 >> finish
    part_166 >> finish
    part_167 >> finish
    part_168 >> finish
    part_169 >> finish
    part_170 >> finish
    part_171 >> finish
    part_172 >> finish
    part_173 >> finish
    part_174 >> finish
    part_175 >> finish
    part_176 >> finish
    part_177 >> finish
    part_178 >> finish
    part_179 >> finish
    part_180 >> finish
    part_181 >> finish
    part_182 >> finish
    part_183 >> finish
    part_184 >> finish
    part_185 >> finish
    part_186 >> finish
    part_187 >> finish
    part_188 >> finish
    part_189 >> finish
    part_190 >> finish
    part_191 >> finish
    part_192 >> finish
    part_193 >> finish
    part_194 >> finish
    part_195 >> finish
    part_196 >> finish
    part_197 >> finish
    part_198 >> finish
    part_199 >> finish
    part_200 >> finish
