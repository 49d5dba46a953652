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
