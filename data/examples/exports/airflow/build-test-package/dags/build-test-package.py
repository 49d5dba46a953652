# Made by Runnel from ../../../build-test-package.runnel.json; edit that and export it again.
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
ENV = {"RUNNEL_PARAM_SOURCE": "{{ params['source'] }}", "RUNNEL_PARAM_OPTIONS": "{{ params['options'] }}", "RUNNEL_PARAM_TEST_OPTIONS": "{{ params['test-options'] }}", "RUNNEL_PARAM_PLANT_FAILURE": "{{ params['plant-failure'] }}"}
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
    dag_id="build-test-package",
    dag_display_name="Build, test, package",
    description="Builds a C project, runs its unit tests beside a static analysis, packages it, checks the package in a staging folder, and releases it; when the package fails its smoke test, the previous release stays.",
    schedule=None,
    start_date=datetime(2025, 1, 1),
    catchup=False,
    params={
        "source": Param("../..", type="string", description="The folder of the project, with Meson, CMake, configure or a Makefile; relative to this pipeline"),
        "options": Param("-Ddesigner=false -Dbuildtype=debug", type="string", description="Options for configuring, as words"),
        "test-options": Param("--suite util --suite model --suite expr", type="string", description="Options for the unit tests, as words"),
        "plant-failure": Param("nothing", type="string", enum=["nothing", "unit-tests", "smoke-test"], description="Let a step fail, to see what the pipeline makes of it"),
    },
    default_args={"append_env": True, "cwd": FOLDER},
) as dag:
    inspect = BashOperator(
        task_id="inspect",
        task_display_name="Look at the project",
        bash_command="""\
set -e
RUNNEL_OUTPUT=$(mktemp)
export RUNNEL_OUTPUT
(
cd "$RUNNEL_PARAM_SOURCE"
root=$(pwd)
name=$(basename "$root")
version=0
if [ -f meson.build ]; then
  system=meson
  info=$(meson introspect --projectinfo meson.build)
  name=$(printf %s "$info" | sed 's/.*"descriptive_name": "\\([^"]*\\)".*/\\1/')
  version=$(printf %s "$info" | sed 's/.*"version": "\\([^"]*\\)".*/\\1/')
elif [ -f CMakeLists.txt ]; then
  system=cmake
elif [ -x configure ]; then
  system=autotools
elif [ -f Makefile ]; then
  system=make
else
  echo "$root has no meson.build, CMakeLists.txt, configure or Makefile: give a C project with -p source=FOLDER" >&2
  exit 1
fi
echo "$name $version is built with $system"
{
  echo "root=$root"
  echo "name=$name"
  echo "version=$version"
  echo "system=$system"
} >> "$RUNNEL_OUTPUT"
)
""" + OUTPUTS,
        output_processor=json.loads,
        do_xcom_push=True,
        env={**ENV},
    )
    configure = BashOperator(
        task_id="configure",
        task_display_name="Configure",
        bash_command="""\
set -e
RUNNEL_OUTPUT=$(mktemp)
export RUNNEL_OUTPUT
(
build="$RUNNEL_RUN_DIR/build"
# The options are words: they are split on purpose.
case "$SYSTEM" in
  meson) meson setup "$build" "$ROOT" --prefix /usr/local $RUNNEL_PARAM_OPTIONS ;;
  cmake) cmake -S "$ROOT" -B "$build" -DCMAKE_EXPORT_COMPILE_COMMANDS=ON $RUNNEL_PARAM_OPTIONS ;;
  autotools) mkdir -p "$build"; cd "$build"; "$ROOT/configure" $RUNNEL_PARAM_OPTIONS ;;
  make) cp -a "$ROOT" "$build" ;;
esac
echo "build=$build" >> "$RUNNEL_OUTPUT"
)
""" + OUTPUTS,
        output_processor=json.loads,
        do_xcom_push=True,
        env={**ENV, "ROOT": "{{ (ti.xcom_pull(task_ids='inspect') or {}).get('root', '') }}", "SYSTEM": "{{ (ti.xcom_pull(task_ids='inspect') or {}).get('system', '') }}"},
    )
    compile = BashOperator(
        task_id="compile",
        task_display_name="Compile",
        bash_command="""\
set -e
case "$SYSTEM" in
  meson) ninja -C "$BUILD" ;;
  cmake) cmake --build "$BUILD" --parallel ;;
  *) make -C "$BUILD" -j2 ;;
esac
""",
        do_xcom_push=False,
        env={**ENV, "BUILD": "{{ (ti.xcom_pull(task_ids='configure') or {}).get('build', '') }}", "SYSTEM": "{{ (ti.xcom_pull(task_ids='inspect') or {}).get('system', '') }}"},
        execution_timeout=timedelta(seconds=1800),
    )
    unit_tests = BashOperator(
        task_id="unit-tests",
        task_display_name="Unit tests",
        bash_command="""\
set -e
case "$SYSTEM" in
  meson) meson test -C "$BUILD" --no-rebuild --print-errorlogs $RUNNEL_PARAM_TEST_OPTIONS ;;
  cmake) ctest --test-dir "$BUILD" --output-on-failure $RUNNEL_PARAM_TEST_OPTIONS ;;
  *) make -C "$BUILD" check ;;
esac
if [ "$RUNNEL_PARAM_PLANT_FAILURE" = unit-tests ]; then
  echo "A failing unit test was planted with -p plant-failure=unit-tests" >&2
  exit 1
fi
""",
        do_xcom_push=False,
        env={**ENV, "BUILD": "{{ (ti.xcom_pull(task_ids='configure') or {}).get('build', '') }}", "SYSTEM": "{{ (ti.xcom_pull(task_ids='inspect') or {}).get('system', '') }}"},
        execution_timeout=timedelta(seconds=900),
    )
    static_analysis = BashOperator(
        task_id="static-analysis",
        task_display_name="Static analysis",
        bash_command="""\
set -e
RUNNEL_OUTPUT=$(mktemp)
export RUNNEL_OUTPUT
(
# runnel: {"shell": "python3", "continue-on-error": true}
script=$(mktemp -d)/step
trap 'rm -rf "${script%/*}"' EXIT
cat >"$script" <<'END'
import concurrent.futures, json, os, pathlib, shlex, subprocess, sys

database = pathlib.Path(os.environ["BUILD"], "compile_commands.json")
if not database.exists():
    print("The build system wrote no compile_commands.json: nothing to analyse")
    sys.exit(0)

def analyse(unit):
    words = shlex.split(unit["command"])
    keep = [word for word in words if word.startswith(("-I", "-D", "-U", "-std=", "-isystem"))]
    command = [words[0] if "ccache" not in words[0] else words[1], "-fsyntax-only", "-Wall", "-Wextra",
               "-Wformat=2", "-Wno-unused-parameter", "-Wno-missing-field-initializers", *keep, unit["file"]]
    return subprocess.run(command, cwd=unit["directory"], capture_output=True, text=True).stderr

units = [unit for unit in json.loads(database.read_text()) if unit["file"].endswith(".c")]
with concurrent.futures.ThreadPoolExecutor(2) as pool:
    findings = [text for text in pool.map(analyse, units) if text]
print(\"".join(findings), end=\"")
print(f"{len(units)} files analysed, {len(findings)} with findings")
with open(os.environ["RUNNEL_OUTPUT"], "a") as outputs:
    print(f"findings={len(findings)}", file=outputs)
END
status=0
python3 -u "$script" </dev/null || status=$?
if [ "$status" -ne 0 ]; then
  echo "exit code $status, and it goes on" >&2
  exit 0
fi
exit "$status"
)
""" + OUTPUTS,
        output_processor=json.loads,
        do_xcom_push=True,
        env={**ENV, "BUILD": "{{ (ti.xcom_pull(task_ids='configure') or {}).get('build', '') }}", "SYSTEM": "{{ (ti.xcom_pull(task_ids='inspect') or {}).get('system', '') }}"},
    )
    package = BashOperator(
        task_id="package",
        task_display_name="Package",
        bash_command="""\
set -e
RUNNEL_OUTPUT=$(mktemp)
export RUNNEL_OUTPUT
(
root="$RUNNEL_RUN_DIR/root"
case "$SYSTEM" in
  meson) DESTDIR="$root" meson install -C "$BUILD" --no-rebuild --quiet ;;
  cmake) DESTDIR="$root" cmake --install "$BUILD" ;;
  *) make -C "$BUILD" install DESTDIR="$root" ;;
esac
package="$RUNNEL_RUN_DIR/$NAME-$VERSION.tar.gz"
tar -C "$root" --sort=name --owner=0 --group=0 -czf "$package" .
ls -l "$package"
echo "package=$package" >> "$RUNNEL_OUTPUT"
)
""" + OUTPUTS,
        output_processor=json.loads,
        do_xcom_push=True,
        env={**ENV, "NAME": "{{ (ti.xcom_pull(task_ids='inspect') or {}).get('name', '') }}", "VERSION": "{{ (ti.xcom_pull(task_ids='inspect') or {}).get('version', '') }}", "BUILD": "{{ (ti.xcom_pull(task_ids='configure') or {}).get('build', '') }}", "SYSTEM": "{{ (ti.xcom_pull(task_ids='inspect') or {}).get('system', '') }}"},
    )
    checksum = BashOperator(
        task_id="checksum",
        task_display_name="Checksum",
        bash_command="""\
set -e
RUNNEL_OUTPUT=$(mktemp)
export RUNNEL_OUTPUT
(
cd "$(dirname "$PACKAGE")"
sha256sum "$(basename "$PACKAGE")" | tee "$PACKAGE.sha256"
echo "sha256=$(cut -d ' ' -f 1 "$PACKAGE.sha256")" >> "$RUNNEL_OUTPUT"
)
""" + OUTPUTS,
        output_processor=json.loads,
        do_xcom_push=True,
        env={**ENV, "PACKAGE": "{{ (ti.xcom_pull(task_ids='package') or {}).get('package', '') }}"},
    )
    stage = BashOperator(
        task_id="stage",
        task_display_name="Install into staging",
        bash_command="""\
set -e
RUNNEL_OUTPUT=$(mktemp)
export RUNNEL_OUTPUT
(
cd "$(dirname "$PACKAGE")"
sha256sum --check "$PACKAGE.sha256"
mkdir -p staging
tar -C staging -xzf "$PACKAGE"
echo "staging=$PWD/staging" >> "$RUNNEL_OUTPUT"
)
""" + OUTPUTS,
        output_processor=json.loads,
        do_xcom_push=True,
        env={**ENV, "PACKAGE": "{{ (ti.xcom_pull(task_ids='package') or {}).get('package', '') }}"},
    )
    smoke_test = BashOperator(
        task_id="smoke-test",
        task_display_name="Smoke test",
        bash_command="""\
set -e
program=$(find "$STAGING" -path '*/bin/*' -type f -perm /111 | sort | head -n 1)
if [ -z "$program" ]; then
  echo "The package holds no program" >&2
  exit 1
fi
echo "$program --version:"
"$program" --version
if [ "$RUNNEL_PARAM_PLANT_FAILURE" = smoke-test ]; then
  echo "A failing smoke test was planted with -p plant-failure=smoke-test" >&2
  exit 1
fi
""",
        do_xcom_push=False,
        env={**ENV, "STAGING": "{{ (ti.xcom_pull(task_ids='stage') or {}).get('staging', '') }}"},
        execution_timeout=timedelta(seconds=60),
    )
    publish = BashOperator(
        task_id="publish",
        task_display_name="Release",
        bash_command="""\
set -e
RUNNEL_OUTPUT=$(mktemp)
export RUNNEL_OUTPUT
(
release="$RUNNEL_RUN_DIR/release"
mkdir -p "$release"
cp "$PACKAGE" "$PACKAGE.sha256" "$release"
echo "Released $(basename "$PACKAGE") to $release"
echo "release=$release" >> "$RUNNEL_OUTPUT"
)
""" + OUTPUTS,
        output_processor=json.loads,
        do_xcom_push=True,
        env={**ENV, "PACKAGE": "{{ (ti.xcom_pull(task_ids='package') or {}).get('package', '') }}"},
    )
    keep_previous = BashOperator(
        task_id="keep-previous",
        task_display_name="Keep the previous release",
        bash_command="""\
set -e
echo "The smoke test failed: $(basename "$PACKAGE") is withheld, and the previous release stays."
mv "$PACKAGE" "$PACKAGE.rejected"
""",
        do_xcom_push=False,
        env={**ENV, "PACKAGE": "{{ (ti.xcom_pull(task_ids='package') or {}).get('package', '') }}"},
    )
    collect_logs = BashOperator(
        task_id="collect-logs",
        task_display_name="Collect the test logs",
        bash_command="""\
set -e
echo "The unit tests failed. What they wrote:"
find "$BUILD" -name 'testlog*.txt' -o -name 'LastTest.log' | while read -r log; do tail -n 60 "$log"; done
""",
        do_xcom_push=False,
        env={**ENV, "BUILD": "{{ (ti.xcom_pull(task_ids='configure') or {}).get('build', '') }}", "SYSTEM": "{{ (ti.xcom_pull(task_ids='inspect') or {}).get('system', '') }}"},
    )
    # runnel: lost: expression: a value that can't be said in Jinja is empty
    report = BashOperator(
        task_id="report",
        task_display_name="Report",
        bash_command="""\
set -e
printf '%-16s %s\\n' compile "$COMPILE" unit-tests "$UNIT_TESTS" static-analysis "$ANALYSIS" smoke-test "$SMOKE_TEST" publish "$PUBLISH" keep-previous "$KEEP_PREVIOUS"
""",
        do_xcom_push=False,
        env={**ENV, "COMPILE": "", "ANALYSIS": "", "SMOKE_TEST": "", "KEEP_PREVIOUS": "", "UNIT_TESTS": "", "PUBLISH": ""},
    )

    inspect >> configure
    configure >> compile
    compile >> unit_tests
    configure >> static_analysis
    unit_tests >> package
    static_analysis >> package
    package >> checksum
    checksum >> stage
    stage >> smoke_test
    smoke_test >> publish
    smoke_test_started = EmptyOperator(task_id="smoke-test.started", trigger_rule="all_success", doc_md="runnel: gate")
    stage >> smoke_test_started
    smoke_test_failed_itself = EmptyOperator(task_id="smoke-test.failed-itself", trigger_rule="all_failed", doc_md="runnel: gate")
    smoke_test >> smoke_test_failed_itself
    smoke_test_failed = EmptyOperator(task_id="smoke-test.failed", trigger_rule="all_success", doc_md="runnel: gate")
    smoke_test_started >> smoke_test_failed
    smoke_test_failed_itself >> smoke_test_failed
    smoke_test_failed >> keep_previous
    unit_tests_started = EmptyOperator(task_id="unit-tests.started", trigger_rule="all_success", doc_md="runnel: gate")
    compile >> unit_tests_started
    unit_tests_failed_itself = EmptyOperator(task_id="unit-tests.failed-itself", trigger_rule="all_failed", doc_md="runnel: gate")
    unit_tests >> unit_tests_failed_itself
    unit_tests_failed = EmptyOperator(task_id="unit-tests.failed", trigger_rule="all_success", doc_md="runnel: gate")
    unit_tests_started >> unit_tests_failed
    unit_tests_failed_itself >> unit_tests_failed
    unit_tests_failed >> collect_logs
    publish_over = EmptyOperator(task_id="publish.over", trigger_rule="all_done", doc_md="runnel: gate")
    publish >> publish_over
    publish_over >> report
    keep_previous_over = EmptyOperator(task_id="keep-previous.over", trigger_rule="all_done", doc_md="runnel: gate")
    keep_previous >> keep_previous_over
    keep_previous_over >> report
    runnel_outcome = PythonOperator(
        task_id="runnel.outcome",
        python_callable=check_outcome,
        op_args=[["inspect", "configure", "compile", "unit-tests", "static-analysis", "package", "checksum", "stage", "publish", "keep-previous", "collect-logs", "report"]],
        trigger_rule="all_done",
        doc_md="runnel: gate",
    )
    [inspect, configure, compile, unit_tests, static_analysis, package, checksum, stage, smoke_test, publish, keep_previous, collect_logs, report] >> runnel_outcome
