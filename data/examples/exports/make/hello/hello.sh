#!/bin/sh
# Hello
# Three steps: one greets, one counts the letters of the greeting, one says both.
#
# Written by “runnel export --to make”. Needs a POSIX shell, awk and timeout; see --help.

# Variables and functions of a step are called by names made of its id.
# shellcheck disable=SC2034,SC2154,SC2317

cd "$(dirname "$0")"/../../.. || exit 3

usage () {
  cat <<'END'
Hello

Three steps: one greets, one counts the letters of the greeting, one says both.

  -p, --param NAME=VALUE  give a parameter a value
  -j, --jobs N            run at most N steps at once
      --approve STEP      answer the question of a step with yes; “all” of all
      --artifacts FOLDER  keep the artifacts of the steps there
  -h, --help              show this

Parameters, also taken from the environment as RUNNEL_PARAM_NAME:
  who: Whom to greet [world]

Exits with 0 when the run succeeded, 1 when it failed, 130 when it was cancelled.
END
}

# ---------------------------------------------------------------------------
# Options and parameters.

refuse () {
  printf '%s: %s\n' "$0" "$1" >&2
  exit 2
}

# Parameter $1 has the value $2, which must be one of the others.
one_of () {
  name=$1 value=$2
  shift 2
  for choice; do
    if [ "$choice" = "$value" ]; then return; fi
  done
  refuse "parameter $name is \"$value\", but must be one of: $*"
}

number () {
  awk 'BEGIN { exit ARGV[1] !~ /^[-+]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][-+]?[0-9]+)?$/ }' "$2" ||
    refuse "parameter $1 is \"$2\", but must be a number"
}

boolean () {
  case $2 in
    [Tt][Rr][Uu][Ee] | [Yy][Ee][Ss] | [Oo][Nn] | 1) echo true ;;
    [Ff][Aa][Ll][Ss][Ee] | [Nn][Oo] | [Oo][Ff][Ff] | 0) echo false ;;
    *) refuse "parameter $1 is \"$2\", but must be true or false" ;;
  esac
}

read_options () {
  approved='' artifacts_folder=''
  while [ $# -gt 0 ]; do
    case $1 in
      -h | --help) usage; exit 0 ;;
      -p | --param | -j | --jobs | --approve | --artifacts)
        if [ $# -lt 2 ]; then refuse "$1 needs a value"; fi
        take_option "$1" "$2"
        shift ;;
      --*=*) take_option "${1%%=*}" "${1#*=}" ;;
      *) refuse "there is no option $1; see --help" ;;
    esac
    shift
  done
}

take_option () {
  case $1 in
    -p | --param) set_parameter "$2" ;;
    -j | --jobs)
      case $2 in '' | *[!0-9]* | 0) refuse "$1 is a number of steps from 1 on" ;; esac
      jobs=$2 ;;
    --approve) approved="$approved $2" ;;
    --artifacts) artifacts_folder=$2 ;;
    *) refuse "there is no option $1; see --help" ;;
  esac
}

count_processors () {
  getconf _NPROCESSORS_ONLN 2>/dev/null || echo 1
}

set_parameter () {
  case $1 in
    who=*) RUNNEL_PARAM_WHO=${1#*=} ;;
    *=*) refuse "there is no parameter ${1%%=*}; see --help" ;;
    *) refuse 'a parameter is given as NAME=VALUE' ;;
  esac
}

check_parameters () {
  if [ -z "${RUNNEL_PARAM_WHO+set}" ]; then RUNNEL_PARAM_WHO=world; fi
  if [ -n "${RUNNEL_PARAM_WHO+set}" ]; then
    export RUNNEL_PARAM_WHO
  fi
  :
}

set_environment () {
  :
}

steps='greet count say'
all='greet count say'
backwards='say count greet'
on_start=''
on_success=''
on_failure=''
on_finish=''
rolls_back=0
jobs=$(count_processors)

# What the pipeline says of step $1. A link is OUTCOME:STEP.
look_up () {
  needs='' join=all enabled=yes conditional=0 matrix=0 legs='' at_once=0 fail_fast=1
  leg_of='' values='' place=1 pool='' slots=0 retries=0 limited=0 tolerant=0 artifacts=0
  undo='' base=$1 output_prefix=$1
  case $1 in
    greet) id=greet ;;
    count) id=count needs='success:greet' ;;
    say) id=say needs='success:greet success:count' ;;
  esac
}

RUNNEL_OUTPUT_greet__greeting=''
RUNNEL_OUTPUT_count__letters=''

# greet: Greet
do_greet () {
  cat >"$RUNNEL_SCRIPT" <<'END'
greeting="Hello, $RUNNEL_PARAM_WHO!"
echo "$greeting"
echo "greeting=$greeting" >> "$RUNNEL_OUTPUT"
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# count: Count the letters
do_count () {
  GREETING="$RUNNEL_OUTPUT_greet__greeting"
  export GREETING
  cat >"$RUNNEL_SCRIPT" <<'END'
echo "letters=$(printf %s "$GREETING" | tr -cd '[:alpha:]' | wc -c)" >> "$RUNNEL_OUTPUT"
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# say: Say both
do_say () {
  RUNNEL_ARGUMENT_1="$RUNNEL_OUTPUT_greet__greeting"' has '"$RUNNEL_OUTPUT_count__letters"' letters.'
  export RUNNEL_ARGUMENT_1
  cat >"$RUNNEL_SCRIPT" <<'END'
echo "$RUNNEL_ARGUMENT_1" </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}


# ---------------------------------------------------------------------------
# From here on every exported script is the same: it starts the steps in order.

# What links ask of a step that is over: success (also of a tolerated failure), failure, skipped or
# cancelled; empty while it is not over.
conclusion_of () {
  eval "conclusion=\${conclusion_$1:-}"
}

# Says how the links into step $1 stand: decision is start, skip or wait.
decide () {
  fired=0 broken=0 unsettled=0 failed_before=0 cancelled_before=0
  for need in $needs; do
    on=${need%%:*} from=${need#*:}
    from=${from%%:*}
    conclusion_of "$from"
    [ -n "$conclusion" ] || { unsettled=1; continue; }
    eval "before=\${failed_before_$from:-0}"
    case $conclusion:$before in
      failure:* | skipped:1) failed_before=1 ;;
      cancelled:*) cancelled_before=1 ;;
    esac
    case $on:$conclusion in
      success:success | failure:failure | finished:success | finished:failure | always:*) fired=1 ;;
      *) case $join:$conclusion in
           none-failed:success | none-failed:skipped) ;;
           *) broken=1 ;;
         esac ;;
    esac
  done
  eval "failed_before_$1=\$failed_before"

  decision=start
  if [ -n "$needs" ]; then
    case $join in
      any)
        if [ "$fired$unsettled" = 01 ]; then decision='wait'
        elif [ "$fired" = 0 ]; then decision=skip; fi ;;
      none-failed)
        if [ "$unsettled" = 1 ]; then decision='wait'
        elif [ "$fired" = 0 ] || [ "$broken" = 1 ]; then decision=skip; fi ;;
      *)
        if [ "$broken" = 1 ]; then decision=skip
        elif [ "$unsettled" = 1 ]; then decision='wait'; fi ;;
    esac
  fi
  set_answers
}

# success(), failure() and cancelled() in conditions.
set_answers () {
  success=false failure=false cancelled=false
  if [ "$failed_before" = 1 ]; then failure=true; fi
  if [ "$cancelled_before" = 1 ]; then cancelled=true; fi
  if [ "$failed_before$cancelled_before" = 00 ]; then
    if [ "$fired" = 1 ] || [ -z "$needs" ]; then success=true; fi
  fi
}

# Step $1 ends in state $2 with conclusion $3; its last exit code was $4.
finish () {
  eval "state_$1=\$2 conclusion_$1=\$3 exit_code_$1=\${4:-} attempts=\${attempt_$1:-0}"
  case $2 in
    succeeded) outcome=success ;;
    failed | timed-out) outcome=failure ;;
    *) outcome=$2 ;;
  esac
  eval "RUNNEL_STATE_$1=\$2 RUNNEL_OUTCOME_$1=\$outcome RUNNEL_CONCLUSION_$1=\$3"
  eval "RUNNEL_EXIT_CODE_$1=\${4:-} RUNNEL_ATTEMPTS_$1=\$attempts"
  if [ -s "$work/$1.values" ] && [ -z "$leg_of" ]; then eval "$(cat "$work/$1.values")"; fi
  note "$2"
}

note () {
  printf '== %s: %s\n' "$id" "$1"
}

# Decides about every step that is not decided yet, until nothing changes any more.
advance () {
  changed=1
  while [ "$changed" = 1 ]; do
    changed=0
    for key in $steps; do
      eval "state=\${state_$key:-}"
      [ "$state" = pending ] || continue
      look_up "$key"
      decide "$key"
      case $decision in
        skip) finish "$key" skipped skipped; changed=1 ;;
        start) begin "$key"; changed=1 ;;
      esac
    done
  done
}

# The links into step $1 let it start.
begin () {
  if [ "$enabled" = no ]; then finish "$1" skipped skipped
  elif [ "$enabled" = bypass ]; then finish "$1" succeeded success
  elif [ "$conditional" = 1 ] && ! "if_$1"; then finish "$1" skipped skipped
  elif [ "$matrix" = 1 ] && [ -z "$legs" ]; then finish "$1" skipped skipped
  elif [ "$matrix" = 1 ]; then
    eval "state_$1=running"
    for leg in $legs; do eval "state_$leg=queued"; done
  else eval "state_$1=queued"; fi
}

# Starts what may start, the most urgent first, as far as there is a place for it.
start_queued () {
  taken_pools=' '
  for key in $steps; do
    eval "state=\${state_$key:-}"
    [ "$state" = queued ] || continue
    look_up "$key"
    if [ "$place" = 1 ] && [ "$busy" -ge "$jobs" ]; then continue; fi
    if [ -n "$leg_of" ] && [ "$at_once" -gt 0 ]; then
      eval "active=\${active_$leg_of:-0}"
      [ "$active" -lt "$at_once" ] || continue
    fi
    if [ -n "$pool" ]; then
      eval "free=\$pool_$pool"
      case $taken_pools in *" $pool "*) continue ;; esac
      if [ "$free" -lt "$slots" ]; then taken_pools="$taken_pools$pool "; continue; fi
    fi
    start "$key"
  done
}

# Takes ($2 = 1) or gives back ($2 = -1) the places that an attempt of step $1 needs.
take () {
  running=$((running + $2))
  busy=$((busy + place * $2))
  if [ -n "$pool" ]; then eval "pool_$pool=\$((pool_$pool - slots * $2))"; fi
  if [ -n "$leg_of" ]; then eval "active_$leg_of=\$((\${active_$leg_of:-0} + $2))"; fi
}

start () {
  take "$1" 1
  eval "attempt=\$((\${attempt_$1:-0} + 1)); attempt_$1=\$attempt state_$1=running heard_$1=0"
  if [ "$attempt" = 1 ]; then
    started="$1 $started"
    if [ -n "$stamps" ]; then echo "$1" >>"$stamps/started"; fi
  fi
  note "running, attempt $attempt"
  attend "$1" &
  eval "pid_$1=\$!"
}

# A message of attend(): $1 is what happened to step $2.
hear () {
  if [ "$1" = stop ]; then
    stop
    return
  fi
  look_up "$2"
  case $1 in
    began)
      eval "heard_$2=1 unwanted=\${unwanted_$2:-0}"
      if [ "$unwanted" = 1 ]; then stop_steps "$2"; fi ;;
    over)
      take "$2" -1
      finish "$2" "$3" "$4" "$5"
      if [ -n "$leg_of" ]; then end_matrix "$leg_of"; fi ;;
    delayed)
      take "$2" -1
      eval "state_$2=waiting"
      note 'waiting for its next attempt' ;;
    due) eval "state_$2=queued" ;;
    again)
      take "$2" -1
      eval "state_$2=queued" ;;
  esac
  if [ "$run_cancelled" = 1 ]; then drop "$2"; fi
}

# A step that was to be tried again, in a run that was cancelled meanwhile.
drop () {
  eval "state=\${state_$1:-}"
  if [ "$phase" = steps ] && [ "$state" = queued ]; then
    finish "$1" cancelled cancelled
    if [ -n "$leg_of" ]; then end_matrix "$leg_of"; fi
  fi
}

# Counts how the legs of a matrix stand.
tally () {
  left=0 any_failed=0 any_tolerated=0 any_cancelled=0
  for leg in $legs; do
    conclusion_of "$leg"
    eval "state=\$state_$leg"
    case $conclusion:$state in
      :*) left=1 ;;
      failure:*) any_failed=1 ;;
      success:failed | success:timed-out) any_tolerated=1 ;;
      cancelled:*) any_cancelled=1 ;;
    esac
  done
}

# Of the matrix step $1: fails fast, and is over when its legs are.
end_matrix () {
  look_up "$1"
  tally
  if [ "$left$any_failed$fail_fast" = 111 ]; then
    stop_steps "$legs"
    look_up "$1"
    tally
  fi
  if [ "$left" = 1 ]; then return; fi
  if [ "$any_failed" = 1 ]; then finish "$1" failed failure
  elif [ "$any_cancelled" = 1 ]; then finish "$1" cancelled cancelled
  elif [ "$any_tolerated" = 1 ]; then finish "$1" failed success
  else finish "$1" succeeded success; fi
}

# Ends what is under way of the steps $1, and lets the others not begin. A process is not asked
# before it can hear it.
stop_steps () {
  for key in $1; do
    eval "state=\${state_$key:-} heard=\${heard_$key:-0} pid=\${pid_$key:-}"
    look_up "$key"
    case $state:$matrix in
      running:0 | waiting:0)
        eval "unwanted_$key=1"
        if [ "$heard" = 1 ]; then kill "$pid" 2>/dev/null || :; fi ;;
      pending:* | queued:*) finish "$key" cancelled cancelled ;;
    esac
  done
}

# Ends the matrix steps of which no leg is left.
end_matrices () {
  for matrix_step in $steps; do
    eval "state=\${state_$matrix_step:-}"
    look_up "$matrix_step"
    if [ "$state$matrix" = running1 ]; then end_matrix "$matrix_step"; fi
  done
}

# Waits for one message. A signal interrupts that.
listen () {
  if read -r event step state conclusion status <&3; then
    hear "$event" "$step" "$state" "$conclusion" "$status"
  fi
}

is_waiting () {
  for key in $1; do
    eval "state=\${state_$key:-}"
    case $state in queued | running | waiting) return 0 ;; esac
  done
  return 1
}

run_steps () {
  while :; do
    if [ "$run_cancelled" = 0 ]; then
      advance
      start_queued
    fi
    is_waiting "$steps" || break
    listen
  done
}

# Hooks and undos: one after another.
run_in_turn () {
  for turn in $1; do
    [ "$phase_stopped" = 0 ] || return 0
    look_up "$turn"
    failed_before=0 cancelled_before=0 fired=1
    set_run_answers
    begin "$turn"
    lane=$turn
    while eval "state=\$state_$turn"; do
      case $state in
        queued)
          look_up "$turn"
          if [ "$phase_stopped" = 1 ]; then
            finish "$turn" cancelled cancelled
          else
            start "$turn"
          fi ;;
        running | waiting) listen ;;
        *) break ;;
      esac
    done
    lane=
  done
}

# Whether failed steps were made good: a link that handles the failure led to a success, or to a
# failure that was made good itself.
find_handled () {
  handled=' '
  for key in $backwards; do
    look_up "$key"
    eval "state=\$state_$key"
    if [ "$state" != succeeded ] && ! is_handled "$key"; then continue; fi
    for need in $needs; do
      on=${need%%:*} from=${need#*:}
      case $from in *:handles) from=${from%%:*} ;; *) continue ;; esac
      conclusion_of "$from"
      case $on:$conclusion in
        failure:failure | finished:failure | always:failure) handled="$handled$from " ;;
      esac
    done
  done
}

is_handled () {
  case $handled in *" $1 "*) return 0 ;; esac
  return 1
}

judge_run () {
  run_state=succeeded
  find_handled
  for key in $backwards; do
    conclusion_of "$key"
    case $conclusion in
      cancelled) run_state=failed ;;
      failure) is_handled "$key" || run_state=failed ;;
    esac
  done
  if [ "$run_cancelled" = 1 ]; then run_state=cancelled; fi
  RUNNEL_RUN_STATE=$run_state
}

set_run_answers () {
  success=false failure=false cancelled=false
  case $run_state in
    failed) failure=true ;;
    cancelled) cancelled=true ;;
    *) success=true ;;
  esac
}

# The undos of what was started, the latest first.
roll_back () {
  for key in $started; do
    look_up "$key"
    if [ -n "$undo" ]; then run_in_turn "$undo"; fi
  done
}

stop () {
  case $phase in
    steps)
      run_cancelled=1
      stop_steps "$lane $steps"
      end_matrices ;;
    *)
      phase_stopped=1
      stop_steps "$lane" ;;
  esac
}

summarize () {
  printf '\n'
  for key in $all; do
    look_up "$key"
    eval "state=\${state_$key:-}"
    if [ -n "$state" ]; then printf '   %s\t%s\n' "$id" "$state"; fi
  done
  printf '== the run: %s\n' "$run_state"
}

prepare () {
  work=$(mktemp -d) || exit 4
  trap 'rm -rf "$work"' EXIT
  mkfifo "$work/events" || exit 4
  exec 3<>"$work/events"
  trap 'echo stop >&3' INT TERM HUP
  RUNNEL_RUN_DIR=$work RUNNEL_RUN_ID=$$ RUNNEL_ARTIFACTS=${artifacts_folder:-$work/artifacts}
  export RUNNEL_RUN_DIR RUNNEL_RUN_ID RUNNEL_ARTIFACTS
  mkdir -p "$RUNNEL_ARTIFACTS" || exit 4
  running=0 busy=0 started='' lane='' run_cancelled=0 phase_stopped=0 phase=steps
  run_state=running RUNNEL_RUN_STATE=running
  for key in $backwards; do eval "state_$key=pending"; done
}

# What follows the steps.
conclude () {
  judge_run
  phase=rollback
  if [ "$run_state" = failed ] && [ "$rolls_back" = 1 ]; then roll_back; fi
  phase=end phase_stopped=0
  if [ "$run_state" = succeeded ]; then run_in_turn "$on_success"; fi
  if [ "$run_state" = failed ]; then run_in_turn "$on_failure"; fi
  phase_stopped=0
  run_in_turn "$on_finish"
  summarize
}

main () {
  prepare
  run_in_turn "$on_start"
  run_steps
  conclude
  case $run_state in
    succeeded) exit 0 ;;
    cancelled) exit 130 ;;
    *) exit 1 ;;
  esac
}

# ---------------------------------------------------------------------------
# One attempt of a step.

# One attempt of step $1, in a process of its own, which tells the scheduler how it went.
attend () {
  stopped=0 pid=
  trap 'stopped=1; if [ -n "$pid" ]; then kill "$pid" 2>/dev/null; fi' TERM
  trap '' INT
  trap - EXIT
  RUNNEL_STEP=$id RUNNEL_ATTEMPT=$attempt RUNNEL_OUTPUT=$work/$1.output
  RUNNEL_SCRIPT=$work/$1.script
  export RUNNEL_STEP RUNNEL_ATTEMPT RUNNEL_OUTPUT
  : >"$RUNNEL_OUTPUT"
  if [ -n "$values" ]; then
    "values_of_$values"
    if [ -s "$work/$values.values" ]; then eval "$(cat "$work/$values.values")"; fi
  fi

  echo "began $1" >&3
  "do_$base" &
  pid=$!
  status=0
  if [ "$stopped" = 1 ]; then kill "$pid" 2>/dev/null; fi
  wait "$pid" || status=$?
  while kill -0 "$pid" 2>/dev/null; do status=0; wait "$pid" || status=$?; done
  pid=

  state=succeeded conclusion=success
  if [ "$status" -ne 0 ]; then state=failed conclusion=failure; fi
  if [ "$status" -eq 124 ] && [ "$limited" = 1 ]; then state=timed-out; fi
  if [ "$status" -ne 0 ] && [ "$stopped" = 1 ]; then state=cancelled conclusion=cancelled; fi
  good=1
  read_outputs "$1" || good=0
  if [ "$state" = succeeded ] && ! { [ "$good" = 1 ] && keep_artifacts; }; then
    state=failed conclusion=failure status=1
  fi
  delay=0
  if [ "$conclusion" = failure ] && [ "$retries" -ge "$attempt" ] && "again_$base"; then
    try_again "$1"
    return
  fi
  if [ "$conclusion" = failure ] && [ "$tolerant" = 1 ] && "tolerates_$base"; then
    conclusion=success
  fi
  echo "over $1 $state $conclusion $status" >&3
}

# Waits for the time of the next attempt without taking a place.
try_again () {
  if [ "$delay" != 0 ]; then
    echo "delayed $1" >&3
    sleep "$delay" 3>&- &
    pid=$!
    wait "$pid"
    if [ "$stopped" = 1 ]; then
      echo "over $1 cancelled cancelled $status" >&3
      return
    fi
    echo "due $1" >&3
  else echo "again $1" >&3; fi
}

# Becomes a command that is ended after $1 seconds (0 = never), with all that it has started.
limit () {
  exec timeout -k 10 "$@" </dev/null 3>&-
}

# Makes assignments of the lines `name=value` and `name<<WORD` that step $1 has written.
read_outputs () {
  awk -v prefix="RUNNEL_OUTPUT_$output_prefix""__" -v step="$id" '
    function quote(text) { gsub(/\047/, "\047\\\047\047", text); return "\047" text "\047" }
    function give(name, value) { gsub(/-/, "_", name); print prefix name "=" quote(value) }
    function refuse(why) {
      print step ": line " NR " of its outputs " why | "cat >&2"; bad = 1; exit 1
    }
    word != "" && $0 == word { give(name, value); word = ""; next }
    word != "" { value = value separator $0; separator = "\n"; next }
    /^[A-Za-z_][A-Za-z0-9_-]*=/ {
      i = index($0, "="); give(substr($0, 1, i - 1), substr($0, i + 1)); next
    }
    /^[A-Za-z_][A-Za-z0-9_-]*<<./ {
      i = index($0, "<<"); name = substr($0, 1, i - 1); word = substr($0, i + 2)
      value = ""; separator = ""; next
    }
    $0 != "" { refuse("is neither name=value nor name<<EOF") }
    END { if (!bad && word != "") refuse("is missing: " word) }
  ' "$RUNNEL_OUTPUT" >"$work/$1.values"
}

keep_artifacts () {
  [ "$artifacts" = 1 ] || return 0
  folder=$RUNNEL_ARTIFACTS/$id
  "files_of_$base" | while IFS= read -r file; do
    file=${file#./}
    parent=$folder
    case $file in */*) parent=$folder/${file%/*} ;; esac
    if ! { mkdir -p "$parent" && cp -p "$file" "$parent/"; }; then exit 1; fi
  done
}

# A person is asked at the terminal: $1 is the question, $2 the time in seconds (0 = no limit), $3
# what holds when nobody answers.
ask () {
  case " $approved " in *" $RUNNEL_STEP "* | *" all "*) approve ;; esac
  if ! (: </dev/tty) 2>/dev/null; then
    echo "$RUNNEL_STEP: there is no terminal to ask at; say --approve $RUNNEL_STEP" >&2
    exit 1
  fi
  asker=
  trap 'if [ -n "$asker" ]; then kill "$asker"; fi; rmdir "$work/asking" 2>/dev/null; exit 143' TERM
  until mkdir "$work/asking" 2>/dev/null; do sleep 1; done
  printf '%s [y/N] ' "$1" >/dev/tty
  # shellcheck disable=SC2016 # the other shell expands it
  timeout --foreground "$2" sh -c 'read -r answer </dev/tty; printf %s "$answer"' >"$work/answer" &
  asker=$!
  status=0
  wait "$asker" || status=$?
  answer=$(cat "$work/answer")
  rmdir "$work/asking"
  if [ "$status" -eq 124 ]; then
    echo "$RUNNEL_STEP: nobody has answered" >&2
    answer=$3
  fi
  case $answer in y | Y | yes | approve) approve ;; esac
  exit 1
}

approve () {
  printf 'approved-by=%s\ncomment=\n' "$(id -un)" >>"$RUNNEL_OUTPUT"
  exit 0
}

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

if [ "${1:-}" = --state ]; then
  be_part "$@"
  exit
fi
stamps=''
read_options "$@"
check_parameters
set_environment
main
