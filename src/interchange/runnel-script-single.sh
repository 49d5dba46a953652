# ---------------------------------------------------------------------------
# One step in a process of its own, for make and ninja. What is known of the others is in the folder
# $stamps: a file STEP.state for each that is over.

load_states () {
  for file in "$stamps"/*.state; do
    if [ -f "$file" ]; then eval "$(cat "$file")"; fi
  done
}

prepare_single () {
  prepare
  RUNNEL_ARTIFACTS=${artifacts_folder:-$stamps/artifacts}
  mkdir -p "$RUNNEL_ARTIFACTS" || exit 4
  load_states
}

save_state () {
  {
    for variable in state conclusion failed_before exit_code; do
      eval "printf '%s=%s\n' ${variable}_$1 \"\${${variable}_$1:-}\""
    done
    for variable in STATE OUTCOME CONCLUSION EXIT_CODE ATTEMPTS; do
      eval "printf '%s=%s\n' RUNNEL_${variable}_$1 \"\${RUNNEL_${variable}_$1:-}\""
    done
    if [ -s "$work/$1.values" ]; then cat "$work/$1.values"; fi
  } >"$stamps/$1.new"
  mv "$stamps/$1.new" "$stamps/$1.state"
}

# Ends with 0 also when the step failed: it is for its links to say what follows from that.
run_single () {
  prepare_single
  look_up "$1"
  steps="$1 $legs"
  eval "state_$1=pending conclusion_$1=''"
  for leg in $legs; do eval "state_$leg='' conclusion_$leg=''"; done
  run_steps
  if [ "$run_cancelled" = 1 ]; then exit 130; fi
  for key in $steps; do
    eval "state=\${state_$key:-}"
    if [ -n "$state" ] && [ "$key" != "$1" ]; then save_state "$key"; fi
  done
  save_state "$1"
}

run_begin () {
  prepare_single
  run_in_turn "$on_start"
  if [ "$run_cancelled" = 1 ]; then exit 130; fi
  for turn in $on_start; do save_state "$turn"; done
  : >"$stamps/begun"
}

# What did not succeed is forgotten, so that the next make does it again.
run_finish () {
  prepare_single
  if [ -f "$stamps/started" ]; then
    started=$(awk '{ all = $0 " " all } END { print all }' "$stamps/started")
  fi
  conclude
  for key in $all; do
    eval "state=\${state_$key:-}"
    if [ "$state" != succeeded ]; then rm -f "$stamps/$key.state"; fi
  done
  rm -f "$stamps/begun" "$stamps/started"
  if [ "$run_state" != succeeded ]; then exit 1; fi
}

# --state FOLDER and one of --begin, --step STEP, --finish.
be_part () {
  case $2 in
    /*) stamps=$2 ;;
    *) stamps=$OLDPWD/$2 ;;
  esac
  approved=${RUNNEL_APPROVE:-} artifacts_folder='' jobs=${RUNNEL_JOBS:-$jobs}
  check_parameters
  set_environment
  case ${3:-} in
    --begin) run_begin ;;
    --step) run_single "$4" ;;
    --finish) run_finish ;;
    *) refuse 'one of --begin, --step and --finish belongs to --state' ;;
  esac
}
